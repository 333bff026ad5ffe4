"""Letters to the applicant: Word draft and PDF say the same."""

from dataclasses import fields, replace

import pytest

from core.office.docx import placeholders
from core.office.facts import Head
from dossiers.papers import FACTS, building, declared_placeholders, letter_docx, letter_pdf, model_path
from tests.core.office.made import lines
from tests.dossiers.papers.filled import LETTERS
from tests.dossiers.papers.test_slips import HOSTILE, text_of

KINDS = sorted(FACTS)
SAID = {
    "supplement_letter": [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "lần 02",
        "Chưa ghi kinh tuyến trục của hệ tọa độ VN-2000",
        "Nộp bản sao chứng thực hoặc bản điện tử có chữ ký số",
        "ngày 13 tháng 11 năm 2026",
        "không tính vào thời hạn thẩm định",
    ],
    "refusal_letter": [
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
        "- Hồ sơ nộp sau thời điểm kết thúc tiếp nhận",
        "Căn cứ: khoản 1 Điều 10 Nghị định số 32/2024/NĐ-CP.",
        "- 01 bộ hồ sơ giấy.",
        "Quyền khiếu nại: gửi Giám đốc Sở Công Thương",
    ],
    "apology_letter": [
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "lúc 09 giờ 05 phút, ngày 19 tháng 10 năm 2026; ngày hẹn trả kết quả là ngày 08 tháng 12 năm 2026",
        "hẹn lại ngày trả kết quả: ngày 15 tháng 12 năm 2026",
        "- Chưa nhận đủ ý kiến của các cơ quan liên quan.",
    ],
}
COMMON = [
    "UBND TỈNH LÀO CAI",
    "SỞ CÔNG THƯƠNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "/SCT-QLCN",
    "Lào Cai, ngày 05 tháng 9 năm 2026",
    "H38.17-261019-0003",
    "Công ty Cổ phần Đầu tư Hạ tầng Hồng Hà",
    "KT. GIÁM ĐỐC",
    "Trần Thị Thúy Hằng",
    "- Lưu: VT, QLCN.",
]


def said_in(letter, how: str) -> str:
    return (
        text_of(letter_pdf(letter))
        if how == "pdf"
        else " ".join(" ".join(lines(letter_docx(letter))).split())
    )


@pytest.mark.parametrize("how", ["pdf", "docx"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_what_it_has_to(kind, how):
    text = said_in(LETTERS[kind], how)
    for said in [*COMMON, *SAID[kind]]:
        assert said in text, said


@pytest.mark.parametrize("how", ["pdf", "docx"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_no_facts_is_a_form_for_the_pen(kind, how):
    text = said_in(FACTS[kind](), how)
    assert "…………" in text
    assert "{{" not in text
    assert "{%" not in text
    assert "None" not in text


@pytest.mark.parametrize("how", ["pdf", "docx"])
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_comes_out_as_it_is(kind, text, how):
    letter = LETTERS[kind]
    texts = {part.name: text for part in fields(letter) if isinstance(getattr(letter, part.name), str)}
    shown = said_in(replace(letter, **texts, head=Head(issuer=text, place=text, symbol=text)), how)
    assert shown.count(text) >= 6


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_asks_for_nothing_the_letter_does_not_declare(kind):
    assert placeholders(model_path(kind)) <= set(declared_placeholders(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_in_the_project_is_the_one_that_is_built(kind):
    assert model_path(kind).read_bytes() == building.MODELS[kind](), "run manage.py build_model_documents"


def test_a_department_may_use_its_own_model():
    from tests.core.office.made import model

    assert lines(letter_docx(LETTERS["apology_letter"], model=model("Xin lỗi {{ applicant }}")))[
        0
    ].startswith("Xin lỗi Công ty")
