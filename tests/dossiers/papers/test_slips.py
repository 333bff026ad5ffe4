"""Receipt slip and control sheet: complete, readable, and nothing a person typed is markup."""

import io
from dataclasses import fields, replace

import pypdf
import pytest

from core.office.facts import GAP
from dossiers.papers import control_sheet_pdf, receipt_pdf
from tests.dossiers.papers.filled import CONTROL, MINIMAL_RECEIPT, RECEIPT, TRACE

HOSTILE = [
    "{{ 7*7 }}",
    '#import "@preview/x:1.0.0": *',
    "<w:p>",
    "*a* _b_ $c$",
    "= Đề mục",
    "x; y",
    "\\ ~ --",
]


def text_of(content: bytes) -> str:
    """Return the text of all pages, without the line breaks that the layout makes."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def count(text: str, content: bytes) -> int:
    """Return how often a text stands in a PDF, wherever its lines break."""
    return "".join(text_of(content).split()).count("".join(text.split()))


def pages_of(content: bytes):
    return pypdf.PdfReader(io.BytesIO(content)).pages


def test_the_receipt_says_everything_the_applicant_needs():
    text = text_of(receipt_pdf(RECEIPT))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bảo Thắng, ngày 05 tháng 9 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H38.17-261019-0003",
        "Mã bí mật: 7KQ4-MX2P",
        RECEIPT.applicant,
        RECEIPT.address,
        RECEIPT.telephone,
        RECEIPT.email,
        RECEIPT.procedure,
        RECEIPT.content,
        RECEIPT.regime,
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 19 tháng 10 năm 2026",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 08 tháng 12 năm 2026",
        RECEIPT.return_method,
        RECEIPT.filer,
        RECEIPT.receiver,
        RECEIPT.tracking_page,
        *TRACE,
    ):
        assert said in text, said


def test_the_receipt_lists_every_paper_with_kind_count_size_and_checksum():
    text = text_of(receipt_pdf(RECEIPT))
    assert "Bản chính 01" in text
    assert "Bản điện tử 01 8,1 MB" in text
    assert "Bản sao 02 891 KB" in text
    for paper in RECEIPT.papers:
        assert paper.name in text
        assert paper.sha256 in text


def test_an_ordinary_receipt_fits_on_one_page_of_a4():
    (page,) = pages_of(receipt_pdf(RECEIPT))
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_the_receipt_has_an_english_copy():
    text = text_of(receipt_pdf(RECEIPT, "en"))
    assert "RECEIPT OF DOSSIER AND APPOINTMENT FOR THE RESULT" in text
    assert "Received: 09:05, 19 October 2026" in text
    assert "8.1 MB" in text
    assert "GIẤY TIẾP NHẬN" not in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_receipt_with_nothing_but_a_code_has_gaps_for_the_pen(language):
    text = text_of(receipt_pdf(MINIMAL_RECEIPT, language))
    assert text.count(GAP) > 8
    assert "none" not in text.lower().replace("none but", "")


def test_a_receipt_with_many_papers_goes_on_over_pages_with_numbers():
    many = replace(RECEIPT, papers=[replace(RECEIPT.papers[1], name=f"Tài liệu thứ {n}") for n in range(60)])
    pages = pages_of(receipt_pdf(many))
    assert len(pages) > 2
    assert not pages[0].extract_text().startswith("1")
    assert pages[1].extract_text().split()[0] == "2"
    assert "Tên giấy tờ" in pages[1].extract_text()
    assert "Tài liệu thứ 59" in text_of(receipt_pdf(many))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_comes_out_as_it_is(text):
    texts = {part.name: text for part in fields(RECEIPT) if isinstance(getattr(RECEIPT, part.name), str)}
    slip = replace(RECEIPT, **texts, trace=[text], papers=[replace(RECEIPT.papers[0], name=text)])
    assert count(text, receipt_pdf(slip)) >= len(texts)
    step = replace(CONTROL.steps[0], name=text, unit=text, person=text, note=text)
    sheet = replace(CONTROL, applicant=text, procedure=text, regime=text, trace=[text], steps=[step])
    assert count(text, control_sheet_pdf(sheet)) == 8


def test_a_very_long_name_does_not_break_the_slip():
    long = "Công ty Trách nhiệm hữu hạn Một thành viên " * 40
    assert "Một thành viên Công ty" in text_of(receipt_pdf(replace(RECEIPT, applicant=long)))
    assert text_of(receipt_pdf(replace(RECEIPT, applicant="x" * 3000)))


def test_the_slip_carries_its_qr_code_with_a_text_for_those_who_cannot_see_it():
    content = receipt_pdf(RECEIPT)
    assert content != receipt_pdf(replace(RECEIPT, tracking_url="https://example.org/"))
    assert (
        "Mã QR" in str(pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])
        or b"/Alt" in content
    )


def test_the_same_slip_gives_the_same_bytes():
    assert receipt_pdf(RECEIPT) == receipt_pdf(RECEIPT)


def test_the_control_sheet_has_a_row_a_step_with_its_punctuality():
    text = text_of(control_sheet_pdf(CONTROL))
    for said in (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "H38.17-261019-0003",
        "08:00 15/10/2026 19/10/2026 10:00 16/10/2026 Sớm hạn 1 ngày",
        "Đúng hạn",
        "Quá hạn 2 ngày",
        "Đang xử lý",
        "Chờ bản gốc qua bưu chính",
        "Vàng Seo Páo",
        "Lò Thị Mẩy",
        *TRACE,
    ):
        assert said in text, said


def test_the_control_sheet_lies_across_and_fits_on_a_page():
    (page,) = pages_of(control_sheet_pdf(CONTROL))
    assert page.mediabox.width > page.mediabox.height


def test_a_control_sheet_without_steps_is_still_a_paper():
    assert "Bước xử lý" in text_of(control_sheet_pdf(replace(CONTROL, steps=[], trace=[], due=None)))
