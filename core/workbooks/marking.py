"""Give a workbook back with its problems marked: red frames, notes, and a sheet that lists them all.

The officer's own .xlsx keeps its looks and formulas; of .xls, .ods and .csv an .xlsx with the same cells is made.
Macros are left out. The sheet of problems is not read as data when the workbook comes back (``is_problem_sheet``).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from core.workbooks.cells import Value, column_letter
from core.workbooks.problems import MAX_SHEET_NAME, Problem, Severity, is_problem_sheet, problem_sheet_name
from core.workbooks.reading import Workbook

MAX_COMMENTS = 5_000
_FRAME = Side(style="medium", color="FFC00000")
_BORDER = Border(left=_FRAME, right=_FRAME, top=_FRAME, bottom=_FRAME)
_SIGNATURE = "ccn-problems"


def mark_workbook(
    workbook: Workbook, problems: Iterable[Problem], file: IO[bytes], original: IO[bytes] | None = None
) -> None:
    """Write the workbook with its problems marked to ``file``, as .xlsx.

    ``original`` is the uploaded file of an .xlsx or .xlsm, already checked by ``read_workbook``; without it the
    cells as read are written. Notes are listed but not framed. At most ``MAX_COMMENTS`` cells carry a note; all are
    framed.
    """
    listed = list(problems)
    if original is not None and workbook.type in ("xlsx", "xlsm"):
        original.seek(0)
        book = load_workbook(original, keep_vba=False, keep_links=False)
        titles = {name: name for name in book.sheetnames}
    else:
        book, titles = _rebuild(workbook)
    _clean(book)
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in listed:
        if problem.cell and problem.severity is not Severity.NOTE and problem.sheet in titles:
            by_cell[titles[problem.sheet], problem.cell].append(problem)
    for count, ((sheet, address), found) in enumerate(by_cell.items()):
        _mark(book[sheet], address, found, with_note=count < MAX_COMMENTS)
    _list(book.create_sheet(problem_sheet_name(), 0), listed, titles)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    book.save(file)


def _clean(book: Book) -> None:
    """Take away what an earlier marking left, so that a mended cell no longer looks wrong."""
    marked = [sheet for sheet in book.worksheets if is_problem_sheet(sheet.title)]
    for sheet in marked:
        book.remove(sheet)
    if not marked:
        return
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _SIGNATURE:
                    cell.comment = None
                if cell.has_style and cell.border.top == _FRAME:
                    cell.border = Border()


def _rebuild(workbook: Workbook) -> tuple[Book, dict[str, str]]:
    """Return a workbook with the cells as read, and the names its sheets got (some signs are not allowed in one)."""
    book = Book()
    book.remove(book.worksheets[0])
    titles: dict[str, str] = {}
    for sheet in workbook.sheets:
        made = book.create_sheet(_sheet_name(sheet.name))
        titles[sheet.name] = made.title
        for row, cells in enumerate(sheet.rows, 1):
            for column, value in enumerate(cells, 1):
                if value is not None:
                    _put(made, row, column, value)
        for top, left, bottom, right in sheet.merged:
            made.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    return book, titles


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell: Any = sheet.cell(row, column)
    if isinstance(value, Decimal | bool | dt.date):
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    # Text stays text, also where it begins like a formula.
    cell.data_type = "s"
    if str(value)[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def _mark(sheet: Worksheet, address: str, problems: list[Problem], *, with_note: bool) -> None:
    cell: Any = sheet[address]
    if isinstance(cell, MergedCell):
        return
    cell.border = copy(_BORDER)
    if with_note:
        text = "\n".join(_sentence(problem) for problem in problems)
        note = Comment(text[:2000], _SIGNATURE)
        note.width, note.height = 360, 40 + 34 * len(problems)
        cell.comment = note


def _sentence(problem: Problem) -> str:
    return f"{problem.severity.label}: {problem.message} {problem.remedy}".strip()


def _list(sheet: Worksheet, problems: list[Problem], titles: dict[str, str]) -> None:
    headings = [_("Sheet"), _("Cell"), _("Severity"), _("What is wrong"), _("What to do")]
    for column, heading in enumerate(headings, 1):
        _put(sheet, 1, column, heading)
        sheet.cell(1, column).font = Font(bold=True)
    for row, problem in enumerate(problems, 2):
        values = (
            problem.sheet,
            problem.cell,
            problem.severity.label,
            str(problem.message),
            str(problem.remedy),
        )
        for column, value in enumerate(values, 1):
            _put(sheet, row, column, value)
        if problem.cell:
            title = titles.get(problem.sheet, problem.sheet).replace("'", "''")
            sheet.cell(row, 2).hyperlink = f"#'{title}'!{problem.cell}"
        for column in (4, 5):
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate((24, 10, 12, 70, 50)):
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _sheet_name(name: str) -> str:
    return (
        "".join("-" if char in "[]:*?/\\" else char for char in name).strip("'")[:MAX_SHEET_NAME] or "Sheet"
    )
