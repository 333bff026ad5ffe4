"""What may not come in is refused with one sentence that names file, rule and remedy, before it is expanded."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks import guards, inside_xls
from core.workbooks.guards import Refused
from core.workbooks.inside import Inside
from core.workbooks.reading import read_workbook
from tests.core.workbooks.made import ods, ods_text, read, repacked, with_rows, xlsx

DATA = Path(__file__).resolve().parents[2] / "data" / "workbooks"
CELL = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'


def refusal(file: io.BytesIO | bytes, name: str = "bảng.xlsx") -> str:
    """Return the code of the refusal, having looked at its sentence."""
    with pytest.raises(Refused) as caught:
        read_workbook(io.BytesIO(file) if isinstance(file, bytes) else file, name)
    sentence = caught.value.messages[0]
    assert name in sentence and sentence.count(".") >= 2 and "%(" not in sentence
    return caught.value.code


@pytest.mark.parametrize("name", ["bảng.docx", "bảng", "bảng.xlsb", "bảng.pdf"])
def test_another_type_is_refused(name):
    assert refusal(xlsx(["x"]), name) == "kind"


def test_an_empty_file_is_refused():
    assert refusal(b"", "bảng.csv") == "empty"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx(["x"]).getvalue(), "bảng.xls"),
        (xlsx(["x"]).getvalue(), "bảng.csv"),
        (xlsx(["x"]).getvalue(), "bảng.ods"),
        ((DATA / "old.xls").read_bytes(), "bảng.xlsx"),
        ((DATA / "old.xls").read_bytes(), "bảng.csv"),
        (b"STT,T\xc3\xaan\n1,a\n", "bảng.xlsx"),
        (b"%PDF-1.7 ", "bảng.csv"),
        (b"%PDF-1.7 ", "bảng.xls"),
        (b"a\x00b,c\n\x01\x02", "bảng.csv"),
    ],
)
def test_a_renamed_file_is_refused(content, name):
    assert refusal(content, name) == "renamed"


@pytest.mark.parametrize("name", ["bảng.xls", "bảng.csv", "bảng.xlsx"])
def test_a_web_page_under_the_name_of_a_workbook_is_refused(name):
    assert refusal(b"<html><table><tr><td>1</td></tr></table></html>", name) == "markup"


def test_a_workbook_with_macros_under_the_name_of_one_without_is_refused():
    assert refusal(repacked(xlsx(["x"]), {}, {"xl/vbaProject.bin": b"x"})) == "renamed"


def test_a_workbook_with_a_password_is_refused():
    assert refusal((DATA / "encrypted.xlsx").read_bytes()) == "password"
    assert refusal((DATA / "encrypted.xlsx").read_bytes(), "bảng.xls") == "password"
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refusal(ods("", manifest=entry), "bảng.ods") == "password"


def test_an_old_workbook_with_a_password_or_links_is_refused():
    for kind, body, code in [
        (0x002F, b"\1\0", "password"),
        (0x01AE, struct.pack("<HH", 1, 9) + b"other.xls", "links"),
    ]:
        with pytest.raises(Refused) as caught:
            inside_xls._walk(struct.pack("<HH", kind, len(body)) + body, "bảng.xls", Inside())
        assert caught.value.code == code
    own = struct.pack("<HHHH", 0x01AE, 4, 1, 0x0401)
    inside_xls._walk(own, "bảng.xls", Inside())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:4] + b"\0" * (len(content) - 4),
        lambda content: content[:100] + bytes(byte ^ 255 for byte in content[100:400]) + content[400:],
    ],
)
def test_a_damaged_workbook_is_refused(spoil):
    assert refusal(spoil(xlsx(["STT", "Tên"], [1, "Âu Lâu"]).getvalue())) == "damaged"


def test_a_part_that_is_no_xml_is_damage():
    assert refusal(repacked(xlsx(["x"]), {"xl/workbook.xml": b"<workbook"})) == "damaged"
    assert refusal(repacked(xlsx(["x"]), {"xl/worksheets/sheet1.xml": "<w/>".encode("utf-16")})) == "damaged"


def test_a_damaged_old_workbook_is_refused():
    assert refusal((DATA / "old.xls").read_bytes()[:1500], "bảng.xls") == "damaged"


def test_links_to_other_workbooks_are_refused():
    assert refusal(repacked(xlsx(["x"]), {}, {"xl/externalLinks/externalLink1.xml": b"<x/>"})) == "links"
    formula = ods_text("1", " table:formula=\"of:='file:///d/other.ods'#$Sheet1.A1\"")
    assert refusal(ods(f"<table:table-row>{formula}</table:table-row>"), "bảng.ods") == "links"


def test_a_hyperlink_in_a_cell_is_no_link_to_another_workbook():
    def link(book):
        book.worksheets[0]["A1"].hyperlink = "https://example.vn"

    assert read(["x"], change=link).sheets[0].rows == [["x"]]


def test_a_forgotten_cell_a_million_rows_down_is_refused_and_not_expanded():
    file = with_rows(
        f'<row r="1">{CELL.format("A1")}</row><row r="1048576">{CELL.format("XFD1048576")}</row>'
    )
    tracemalloc.start()
    assert refusal(file) == "blank_rows"
    assert tracemalloc.get_traced_memory()[1] < 20 * guards.MEGABYTE
    tracemalloc.stop()


def test_more_than_ten_million_cells_are_refused():
    rows = "".join(f'<row r="{row}">{CELL.format(f"A{row}")}</row>' for row in range(1, 1001))
    assert refusal(with_rows(rows.replace("A1000", "XFD1000"))) == "cells"


def test_ten_million_cells_in_an_open_document_are_refused():
    cell = ods_text("x", ' table:number-columns-repeated="11"')
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}'
    assert refusal(ods(f"{row}</table:table-row>"), "bảng.ods") == "cells"


def test_a_million_blank_rows_below_the_table_are_left_aside():
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 100_000))
    file = with_rows(f'<row r="1">{CELL.format("A1")}</row><row r="2">{CELL.format("B2")}</row>{blank}')
    assert read_workbook(file, "bảng.xlsx").sheets[0].rows == [["x", None], [None, "x"]]
    below = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    file = ods(f"<table:table-row>{ods_text('x')}</table:table-row>{below}")
    assert read_workbook(file, "bảng.ods").sheets[0].rows == [["x"]]


def test_a_desert_in_a_text_table_is_refused():
    assert refusal(b"a,b\n" + b"\n" * 100_001 + b"c,d\n", "bảng.csv") == "blank_rows"


def test_a_decompression_bomb_is_refused_by_what_its_parts_say():
    assert refusal(repacked(xlsx(["x"]), {}, {"xl/media/bomb.bin": b"0" * 20_000_000})) == "bomb"


def test_a_part_longer_than_it_says_is_damage():
    content = bytearray(repacked(xlsx(["x"]), {}, {"xl/styles2.xml": b"<x>" + b"0" * 100_000}).getvalue())
    at = content.rindex(b"xl/styles2.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal(bytes(content)) == "damaged"


def test_long_shared_texts_repeated_until_the_memory_is_full_are_refused():
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    texts = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    assert refusal(repacked(with_rows(rows), {}, {"xl/sharedStrings.xml": texts})) == "bomb"


def test_long_texts_repeated_in_an_open_document_are_refused():
    cell = ods_text("x" * 1000, ' table:number-columns-repeated="1000"')
    row = f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>'
    assert refusal(ods(row), "bảng.ods") == "bomb"


def test_paths_that_lead_out_of_the_package_are_refused():
    for path in ("../../etc/passwd", "/etc/passwd", "xl/../../x", "C:/x"):
        assert refusal(repacked(xlsx(["x"]), {}, {path: b"x"})) == "path"


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert refusal(with_rows('<row r="1"><c r="A1"/></row>', before=bomb)) == "entities"
    assert (
        refusal(repacked(xlsx(["x"]), {"xl/workbook.xml": lambda part: bomb.encode() + part})) == "entities"
    )


def test_more_than_sixty_megabytes_are_refused_without_reading_them():
    class Huge(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return super().seek(offset, whence)

        def tell(self) -> int:
            return guards.MAX_SIZE + 1

    assert refusal(Huge(b"x")) == "size"


def test_a_workbook_without_any_cell_is_refused():
    assert refusal(xlsx()) == "no_sheet"
    assert refusal(b",,\n,,\n", "bảng.csv") == "no_sheet"


def test_a_quotation_mark_that_swallows_the_rest_is_refused():
    assert refusal(b'a,b\n"c,d\n' + b"e,f\n" * 200, "bảng.csv") == "csv"


@given(st.binary(max_size=400), st.sampled_from(guards.TYPES))
def test_no_bytes_break_the_reader(content, extension):
    for start in (b"", guards.ZIP, guards.OLE):
        try:
            read_workbook(io.BytesIO(start + content), f"bảng.{extension}")
        except Refused as refused:
            assert refused.messages


@given(st.integers(0, 4000), st.integers(0, 255))
def test_no_flipped_byte_breaks_the_reader(at, value):
    content = bytearray(repacked(xlsx(["STT", "Tên"], [1, "x"]), {}).getvalue())
    content[at % len(content)] = value
    try:
        read_workbook(io.BytesIO(bytes(content)), "bảng.xlsx")
    except Refused as refused:
        assert refused.messages


def test_a_package_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refusal(file) == "renamed"
