"""Workbooks are read into typed cells; what was not taken as it stands is said."""

import datetime as dt
import io
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from core.workbooks.cells import ErrorValue, address, position, text_of
from core.workbooks.delimited import _TCVN3, from_tcvn3
from core.workbooks.problems import Problem, Severity, count_by_severity, problem_at
from core.workbooks.reading import read_workbook
from tests.core.workbooks.made import csv_file, ods, ods_text, read, repacked, with_rows, xlsx

DATA = Path(__file__).resolve().parents[2] / "data" / "workbooks"
TEXT = 'Tên cụm;Diện tích;Địa điểm\nÂu Lâu;29,56;"phường Âu Lâu\nxã Trấn Yên"\nKhánh Yên Thượng;3;Lào Cai\n'
TONES = "\u0300\u0301\u0303\u0309\u0323"


def messages(workbook) -> list[str]:
    with translation.override("en"):
        return [str(note.message) for note in workbook.notes]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_cells_keep_their_types():
    workbook = read(
        [
            "text",
            461,
            44.87,
            dt.date(2019, 3, 12),
            True,
            dt.datetime.fromisoformat("2019-03-12T05:30"),
            None,
            dt.time(4, 5),
        ],
    )
    assert workbook.sheets[0].rows == [
        [
            "text",
            Decimal(461),
            Decimal("44.87"),
            dt.date(2019, 3, 12),
            True,
            dt.datetime.fromisoformat("2019-03-12T05:30"),
            None,
            "04:05:00",
        ]
    ]
    assert workbook.notes == []


def test_rows_and_columns_stand_where_they_stand_on_paper():
    def place(book):
        book.worksheets[0]["C3"] = "x"

    sheet = read(change=place).sheets[0]
    assert sheet.rows == [[None] * 3, [None] * 3, [None, None, "x"]]
    assert sheet.value(2, 2) == "x" and sheet.value(9, 9) is None


def test_of_a_formula_the_last_value_is_taken_and_said():
    workbook = read_workbook(
        with_rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>'), "a.xlsx"
    )
    (sheet,) = workbook.sheets
    assert sheet.rows == [[Decimal(2)]] and sheet.formulas == ["A1", "B1"]
    assert messages(workbook) == [
        "2 cells are formulas (A1, B1); their last values were taken.",
        "1 formula has no stored value (B1) and was read as blank.",
    ]
    assert [note.severity for note in workbook.notes] == [Severity.NOTE, Severity.DOUBT]


def test_errors_are_kept_as_errors():
    cells = '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1" t="str"><v>#1</v></c><c r="D2" t="e"><v>#N/A</v></c>'
    sheet = read_workbook(with_rows(f'<row r="1">{cells}</row>'), "a.xlsx").sheets[0]
    assert sheet.rows == [[ErrorValue("#DIV/0!"), "#1", None, None], [None, None, None, ErrorValue("#N/A")]]


def test_macros_are_not_run_and_said():
    workbook = read_workbook(repacked(xlsx(["x"]), {}, {"xl/vbaProject.bin": b"x"}), "a.xlsm")
    assert workbook.sheets[0].rows == [["x"]]
    assert messages(workbook) == [
        "The workbook contains macros. They were not run; only the cells were read."
    ]


def test_hidden_sheets_are_read_and_said_and_blank_ones_left_out():
    def hide(book):
        book.create_sheet("Blank")
        book.create_sheet("Aside").append([1])
        book["Aside"].sheet_state = "hidden"

    workbook = read(["x"], change=hide)
    assert [(sheet.name, sheet.hidden) for sheet in workbook.sheets] == [("Data", False), ("Aside", True)]
    assert messages(workbook) == ["The sheet is hidden; it was read all the same."]
    assert workbook.sheet("Aside").rows == [[Decimal(1)]]
    with pytest.raises(KeyError):
        workbook.sheet("Blank")


def test_an_old_workbook_is_read():
    workbook = read_workbook(DATA / "old.xls")
    (sheet,) = workbook.sheets
    assert sheet.name == "Dữ liệu" and sheet.merged == [(0, 0, 0, 3)]
    assert sheet.rows == [
        ["DANH MỤC", None, None, None],
        [None] * 4,
        ["STT", "Tên", "Ngày", "Diện tích"],
        [Decimal(1), "Âu Lâu", dt.date(2019, 3, 12), Decimal("29.56")],
        [Decimal(2), "Báo Đáp", None, None],
        [True, ErrorValue("#N/A"), None, None],
    ]
    assert messages(workbook)[0] == "1 cell is a formula (D5); its last value was taken."


def test_an_open_document_is_read():
    wide = ods_text("Tên", ' table:number-columns-spanned="2"')
    rows = (
        f"<table:table-row>{ods_text('STT')}{wide}"
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="2" table:formula="of:=1+1">'
        '<text:p>2</text:p></table:table-cell><table:table-cell office:value-type="date" '
        'office:date-value="2019-03-12"><text:p>12/03/2019</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="29.56"/></table:table-row>'
    )
    (sheet,) = read_workbook(ods(rows), "a.ods").sheets
    assert sheet.name == "Sổ 1" and sheet.merged == [(0, 1, 0, 2)] and sheet.formulas == ["A4"]
    assert sheet.rows == [
        ["STT", "Tên", None],
        [None] * 3,
        [None] * 3,
        [Decimal(2), dt.date(2019, 3, 12), Decimal("29.56")],
    ]


def in_windows_1258(text: str) -> bytes:
    written = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in TONES)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        written += (base + tone).encode("cp1258")
    return written


def in_tcvn3(text: str) -> bytes:
    bytes_of = {letter: byte for byte, letter in _TCVN3.items()}
    return bytes(bytes_of.get(char, ord(char) if ord(char) < 128 else 63) for char in text)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (in_windows_1258(TEXT), "cp1258"),
        (in_tcvn3(TEXT), "tcvn3"),
    ],
)
def test_a_text_table_is_read_in_every_encoding_in_use(content, encoding):
    workbook = read_workbook(io.BytesIO(content), "bảng.csv")
    assert (workbook.encoding, workbook.delimiter) == (encoding, ";")
    assert workbook.sheets[0].name == "bảng"
    assert workbook.sheets[0].rows == [
        ["Tên cụm", "Diện tích", "Địa điểm"],
        ["Âu Lâu", "29,56", "phường Âu Lâu\nxã Trấn Yên"],
        ["Khánh Yên Thượng", "3", "Lào Cai"],
    ]
    assert bool(workbook.notes) == (encoding in {"cp1258", "tcvn3"})


def test_every_letter_of_the_old_fonts_is_known():
    small = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    assert set(small) <= set(_TCVN3.values()) and len(set(_TCVN3.values())) == len(_TCVN3)
    assert from_tcvn3("Côm c«ng nghiÖp ®Þnh h­íng") == "Cụm công nghiệp định hướng"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(delimiter):
    text = f'a{delimiter}b{delimiter}"1{delimiter}5; 2, 3"\nc{delimiter}d{delimiter}e\n'
    workbook = read_workbook(csv_file(text), "a.csv")
    assert workbook.sheets[0].rows == [["a", "b", f"1{delimiter}5; 2, 3"], ["c", "d", "e"]]


def test_a_first_line_may_name_the_separator():
    assert read_workbook(csv_file("sep=|\na,b|c\n"), "a.csv").sheets[0].rows == [["a,b", "c"]]


def test_quotation_marks_inside_a_cell_do_no_harm():
    rows = read_workbook(csv_file('a,b\n"Cụm" Âu Lâu,2\n3,4\n'), "a.csv").sheets[0].rows
    assert rows[0] == ["a", "b"] and rows[2] == ["3", "4"] and "Âu Lâu" in rows[1][0]


def test_addresses_go_both_ways():
    for row, column in [(0, 0), (6, 25), (9, 26), (1_048_575, 16_383)]:
        assert position(address(row, column)) == (row, column)
    assert address(1_048_575, 16_383) == "XFD1048576"
    with pytest.raises(ValueError, match="7B"):
        position("7B")


def test_a_cell_reads_as_a_person_reads_it():
    assert text_of(dt.date(2019, 3, 2)) == "02/03/2019" and text_of(Decimal("44.870")) == "44.870"
    assert text_of("  a\n b ") == "a b" and text_of(None) == "" and text_of(ErrorValue("#N/A")) == "#N/A"
    assert text_of(dt.datetime.fromisoformat("2019-03-02T05:07")) == "02/03/2019 05:07"


def test_problems_can_be_stored_and_counted():
    problem = problem_at(6, 1, "wrong", "mend it", sheet="Data")
    assert problem.cell == "B7" and Problem.from_dict(problem.as_dict()) == problem
    assert count_by_severity([problem]) == {Severity.ERROR: 1, Severity.DOUBT: 0, Severity.NOTE: 0}
    assert Severity.DOUBT.label == "doubt"
