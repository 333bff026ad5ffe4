"""What is given back: marked workbooks, templates, exports. Nothing in them runs, and they can be read again."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import LAND
from core.workbooks.cells import ErrorValue
from core.workbooks.headers import find_tables
from core.workbooks.mapping import Field, rank_specs
from core.workbooks.marking import mark_workbook
from core.workbooks.problems import Problem, Severity, is_problem_sheet, problem_at
from core.workbooks.reading import read_workbook
from core.workbooks.templates import write_template
from core.workbooks.writing import csv_chunks, neutralise, write_xlsx
from tests.core.workbooks.made import csv_file, xlsx

DAY = dt.date(2019, 3, 12)
FIELDS = [
    Field("name", "Tên cụm công nghiệp", required=True, note="Như trong quyết định.", example="Âu Lâu"),
    Field("area", "Diện tích", kind="number", units=LAND, required=True),
    Field(
        "stage",
        "Giai đoạn",
        kind="choice",
        options={"plan": ("Quy hoạch",), "run": ("Hoạt động", "Vận hành")},
    ),
    Field("founded", "Ngày thành lập", kind="date"),
    Field("decision", "Quyết định", kind="reference"),
    Field("treated", "Có xử lý nước thải", kind="boolean"),
    Field("occupancy", "Tỷ lệ lấp đầy", kind="percent"),
]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def marked(file: io.BytesIO, name: str, problems: list[Problem]) -> tuple[openpyxl.Workbook, io.BytesIO]:
    workbook = read_workbook(file, name)
    made = io.BytesIO()
    mark_workbook(workbook, problems, made, original=file)
    made.seek(0)
    return openpyxl.load_workbook(made), made


def test_the_officers_own_workbook_comes_back_with_frames_notes_and_a_list():
    def dress(book):
        book.worksheets[0]["A1"].font = openpyxl.styles.Font(bold=True)
        book.worksheets[0]["C2"] = "=A2*2"

    file = xlsx(["STT", "Diện tích"], [1, "nhiều"], change=dress)
    wrong = problem_at(1, 1, "=is no number", "Type a number.", sheet="Data")
    also = problem_at(1, 1, "doubtful", sheet="Data", severity=Severity.DOUBT)
    note = problem_at(0, 0, "read", sheet="Data", severity=Severity.NOTE)
    book, made = marked(file, "a.xlsx", [wrong, also, note, Problem("Column missing", sheet="Data")])
    sheet = book["Data"]
    assert sheet["B2"].border.top.color.rgb == "FFC00000" and sheet["B2"].value == "nhiều"
    assert sheet["B2"].comment.text == "error: =is no number Type a number.\ndoubt: doubtful"
    assert sheet["A1"].font.bold and sheet["A1"].comment is None
    assert sheet["C2"].value == "=A2*2"
    listed = [[cell.value for cell in row] for row in book["Problems found"].iter_rows(min_row=2)]
    assert listed[0] == ["Data", "B2", "error", "=is no number", "Type a number."]
    assert [row[1] for row in listed] == ["B2", "B2", "A1", None]
    assert book["Problems found"]["D2"].data_type == "s"
    assert book["Problems found"].freeze_panes is None and book["Problems found"]["A1"].fill.fill_type is None
    assert read_workbook(made, "a.xlsx").sheet("Data").rows[1][:2] == [Decimal(1), "nhiều"]


def test_marked_again_the_list_of_problems_is_made_anew():
    _book, made = marked(xlsx(["a", "b"]), "a.xlsx", [problem_at(0, 0, "one", sheet="Data")])
    with translation.override("vi"):
        book, _made = marked(made, "a.xlsx", [problem_at(0, 1, "two", sheet="Data")])
    assert len(book.sheetnames) == 2 and is_problem_sheet(book.sheetnames[0])
    assert book["Data"]["B1"].comment.text.endswith("two")
    assert book["Data"]["A1"].comment is None and book["Data"]["A1"].border.top is None


def test_a_text_table_comes_back_as_a_workbook_that_runs_nothing():
    file = csv_file("Tên,Diện tích\n=1+1,5\n-Âu Lâu,6\n")
    book, made = marked(file, "bảng [1].csv", [problem_at(1, 0, "x", sheet="bảng [1]")])
    sheet = book.worksheets[1]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s" and sheet["A2"].comment
    assert read_workbook(made, "a.xlsx").sheets[1].rows[1] == ["=1+1", "5"]


def test_errors_and_merges_come_back_too():
    workbook = read_workbook(csv_file("a,b\nc,d\n"), "a.csv")
    workbook.sheets[0].rows[1] = [ErrorValue("#N/A"), DAY]
    workbook.sheets[0].merged = [(0, 0, 0, 1)]
    made = io.BytesIO()
    mark_workbook(workbook, [problem_at(0, 1, "covered", sheet="a")], made)
    sheet = openpyxl.load_workbook(made)["a"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet["A2"].value == "#N/A" and sheet["B2"].value.date() == DAY


def test_a_template_is_read_back_without_a_doubt():
    file = io.BytesIO()
    write_template(file, FIELDS, title="Cụm công nghiệp")
    file.seek(0)
    workbook = read_workbook(file, "mẫu.xlsx")
    tables = [table for sheet in workbook.sheets if not sheet.hidden for table in find_tables(sheet)]
    _key, table, guess = rank_specs({"clusters": FIELDS}, tables)[0]
    assert table.sheet == "Cụm công nghiệp" and table.rows == []
    assert guess.positions == {wanted.key: position for position, wanted in enumerate(FIELDS)}
    assert all(match.sure for match in guess.matches.values())


def test_a_template_has_lists_notes_and_advice_and_the_officers_looks():
    file = io.BytesIO()
    write_template(file, FIELDS, title="Cụm công nghiệp")
    book = openpyxl.load_workbook(file)
    page, advice, lists = book.worksheets
    assert page["A1"].value == "Tên cụm công nghiệp *" and page["C1"].value == "Giai đoạn"
    assert page["A1"].comment.text == "Như trong quyết định. Text. It has to be filled in. Example: Âu Lâu"
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {"C2:C20001": "'Lists'!$C$2:$C$3", "F2:F20001": "'Lists'!$F$2:$F$3"}
    assert [lists["C2"].value, lists["C3"].value] == [
        "Quy hoạch",
        "Hoạt động",
    ] and lists.sheet_state == "hidden"
    assert page.freeze_panes is None and page["A1"].fill.fill_type is None
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert "Diện tích *" in [cell.value for cell in advice["A"]]


def test_an_export_is_typed_and_runs_nothing():
    file = io.BytesIO()
    moment = dt.datetime.fromisoformat("2019-03-12T05:30+07:00")
    rows = [["=1+1", Decimal("1234.5"), DAY, moment, True, None], ["Âu Lâu\x07", 3, None, None, False, "@x"]]
    assert write_xlsx(file, ["Tên", "Diện tích", "Ngày", "Lúc", "Có", "Ghi chú"], rows, sheet="Cụm") == 2
    book = openpyxl.load_workbook(file)
    sheet = book["Cụm"]
    assert sheet["A2"].value == "=1+1" and sheet["A2"].data_type == "s" and sheet["A2"].quotePrefix
    assert sheet["B2"].value == 1234.5 and sheet["C2"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes is None
    file.seek(0)
    assert read_workbook(file, "a.xlsx").sheets[0].rows[1:] == [
        ["=1+1", Decimal("1234.5"), DAY, moment.replace(tzinfo=None), True, None],
        ["Âu Lâu", Decimal(3), None, None, False, "@x"],
    ]


def test_beyond_the_rows_of_a_sheet_another_is_begun(monkeypatch):
    monkeypatch.setattr("core.workbooks.writing.MAX_ROWS", 3)
    file = io.BytesIO()
    assert write_xlsx(file, ["n"], ([number] for number in range(5)), sheet="Cụm") == 5
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Cụm", "Cụm 2", "Cụm 3"]
    assert [cell.value for cell in book["Cụm 3"]["A"]] == ["n", 4]


def test_a_text_export_opens_in_excel_and_comes_back_as_it_was():
    rows = [["=1+1", Decimal("1234.50"), DAY, True, None], ["Âu Lâu, xã", -3, None, False, "\t@x"]]
    content = b"".join(csv_chunks(["Tên", "Diện tích", "Ngày", "Có", "-"], rows))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == "'=1+1,1234.50,12/03/2019,1,"
    back = read_workbook(io.BytesIO(content), "a.csv").sheets[0].rows
    assert back[0] == ["Tên", "Diện tích", "Ngày", "Có", "-"]
    assert back[1:] == [["=1+1", "1234.50", "12/03/2019", "1", None], ["Âu Lâu, xã", "-3", None, "0", "\t@x"]]


def test_a_text_export_is_streamed():
    taken = 0

    def rows():
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield [number]

    chunks = csv_chunks(["n"], rows(), delimiter=";", decimal=",")
    first = next(chunks)
    assert first.count(b"\r\n") == taken + 1 < 10_000
    assert sum(chunk.count(b"\r\n") for chunk in chunks) == 10_000 - first.count(b"\r\n") + 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_no_text_leaves_as_a_formula(text):
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    content = b"".join(csv_chunks(["a", "b"], [[text.strip(), "x"]]))
    (row,) = read_workbook(io.BytesIO(content), "a.csv").sheets[0].rows[1:]
    assert row == [text.strip() or None, "x"]
