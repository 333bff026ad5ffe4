"""The layout of annex I of Decree 30/2020, read back from a model document."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.office.decree30 import MOTTO, NUMBER, STATE, Column, Paper
from core.office.docx import placeholders
from tests.core.office.made import lines


def built(*, landscape: bool = False):
    paper = Paper("Thử", landscape=landscape)
    paper.head()
    paper.title("QUYẾT ĐỊNH", "Về việc thử")
    paper.bases()
    paper.text("Nội dung **đậm** và __nghiêng__.")
    paper.table("rows", [Column("TT", "{{ row.no }}", 20), Column("Tên", "{{ row.name }}", 100)])
    paper.text("Câu cuối./.")
    paper.sign()
    return paper.save()


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(built()))


def paragraph(document, text: str):
    return next(p for p in all_paragraphs(document) if text in p.text)


def all_paragraphs(document):
    yield from document.paragraphs
    for table in document.tables:
        for cell in table._cells:
            yield from cell.paragraphs


def test_the_page_is_a4_with_the_margins_of_the_annex(document):
    (section,) = document.sections
    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    assert 20 <= round(section.top_margin.mm) <= 25
    assert 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20


def test_a_landscape_page_is_turned():
    section = docx.Document(io.BytesIO(built(landscape=True))).sections[0]
    assert section.page_width > section.page_height


def test_the_font_is_times_new_roman_for_every_script(document):
    style = document.styles["Normal"]
    assert style.font.size == Pt(14)
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }
    sizes = {run.font.size.pt for p in all_paragraphs(document) for run in p.runs}
    assert sizes <= {11, 12, 13, 14}


def test_state_name_and_motto_stand_at_the_right_of_the_head(document):
    issuer, state = document.tables[0].rows[0].cells
    assert [p.text for p in state.paragraphs][:2] == [STATE, MOTTO]
    assert all(p.alignment == ALIGN.CENTER for p in state.paragraphs[:2])
    assert paragraph(document, STATE).runs[0].bold
    assert paragraph(document, "{{ head.place }}, {{ head.day }}").runs[0].italic
    assert any(p.text == NUMBER for p in issuer.paragraphs)


def test_lines_stand_under_issuer_motto_and_title(document):
    ruled = [
        p
        for p in all_paragraphs(document)
        if p._p.pPr is not None and p._p.pPr.find(qn("w:pBdr")) is not None
    ]
    assert len(ruled) == 3
    assert not any(p.text for p in ruled)


def test_the_body_is_justified_with_an_indent_of_a_centimetre(document):
    body = paragraph(document, "Nội dung")
    assert body.alignment == ALIGN.JUSTIFY
    assert body.paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=700)
    assert body.paragraph_format.space_after >= Pt(6)
    assert [(run.text, run.bold, run.italic) for run in body.runs][1::2] == [
        ("đậm", True, None),
        ("nghiêng", None, True),
    ]


def test_bases_are_in_italics(document):
    assert paragraph(document, "{{ basis }}").runs[0].italic


def test_the_page_number_is_centred_in_the_top_margin_and_not_on_the_first_page(document):
    (section,) = document.sections
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert number.alignment == ALIGN.CENTER
    assert "PAGE" in number._p.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_signature_block_never_stands_alone_on_a_page(document):
    assert paragraph(document, "Câu cuối").paragraph_format.keep_with_next
    block = document.tables[-1]
    assert block.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    last = document.paragraphs[-1]
    assert last.paragraph_format.line_spacing == Pt(1)


def test_receivers_stand_left_and_the_signer_right(document):
    left, right = document.tables[-1].rows[0].cells
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert left.paragraphs[0].runs[0].italic
    assert left.paragraphs[0].runs[0].font.size == Pt(12)
    assert paragraph(document, "- {{ receiver }}").runs[0].font.size == Pt(11)
    assert right.paragraphs[-1].text == "{{ signature.name }}"


def test_the_heading_of_a_table_is_repeated_and_rows_do_not_break(document):
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_paper_without_a_number_has_no_place_for_one():
    paper = Paper("Phiếu")
    paper.head(numbered=False)
    assert not any("Số:" in line for line in lines(paper.save()))


def test_two_may_sign():
    paper = Paper("Biên bản")
    paper.text("Hết.")
    paper.sign(("THƯ KÝ", "secretary"), ("CHỦ TỊCH", "chair"), personal="(Ký)")
    assert placeholders(paper.save()) == {"secretary", "chair"}


def test_building_twice_gives_the_same_bytes():
    assert built() == built()
