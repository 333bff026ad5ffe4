"""Read a workbook into plain typed cells: .xlsx, .xlsm, .xls, .ods, .csv.

Nothing in a workbook is ever run: of a formula the last value is taken, macros are left aside, and both are said in
``Workbook.notes``.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import python_calamine as calamine

from core.sentences import Sentence, ngettext
from core.sentences import sentence as _
from core.workbooks.cells import ErrorValue, Row, Value, address, is_blank, position
from core.workbooks.delimited import read_delimited
from core.workbooks.guards import check_outside, refused
from core.workbooks.inside import Extent, Inside, Range, walk_xlsx
from core.workbooks.inside_ods import walk_ods
from core.workbooks.inside_xls import walk_xls
from core.workbooks.problems import Problem, Severity

_WALKS: dict[str, Callable[[IO[bytes], str], Inside]] = {
    "xlsx": walk_xlsx,
    "xlsm": walk_xlsx,
    "ods": walk_ods,
    "xls": walk_xls,
}
_SHOWN_FORMULAS = 5


@dataclass
class Sheet:
    """One sheet: ``rows[r][c]`` from 0 as on paper, every row as wide as the widest, no blank rows at the end."""

    name: str
    rows: list[Row]
    merged: list[Range] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    hidden: bool = False

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def value(self, row: int, column: int) -> Value:
        """Return what a cell holds; None outside the sheet."""
        return self.rows[row][column] if 0 <= row < len(self.rows) and 0 <= column < self.width else None


@dataclass
class Workbook:
    """A workbook as read: its sheets with content, and what a person should know about how it was read.

    ``encoding`` and ``delimiter`` are those found for .csv, empty otherwise.
    """

    name: str
    type: str
    sheets: list[Sheet]
    notes: list[Problem] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of that name. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def read_workbook(file: IO[bytes] | str | Path, name: str = "") -> Workbook:
    """Return the workbook in ``file`` (a path or an open binary file), called ``name`` in every sentence.

    Raises Refused (``core.workbooks.guards``) with one sentence for whatever may not come in. The file is left open.
    """
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            return read_workbook(opened, name or Path(file).name)
    kind = check_outside(file, name)
    if kind == "csv":
        return _read_csv(file, name)
    inside = _WALKS[kind](file, name)
    file.seek(0)
    workbook = Workbook(name, kind, [])
    if inside.macros:
        workbook.notes.append(
            _note(_("The workbook contains macros. They were not run; only the cells were read."))
        )
    try:
        with calamine.load_workbook(file) as book:
            for index, facts in enumerate(book.sheets_metadata):
                if facts.typ == calamine.SheetTypeEnum.WorkSheet:
                    extent = inside.sheets.get(facts.name, Extent())
                    hidden = facts.visible != calamine.SheetVisibleEnum.Visible
                    sheet = _read_sheet(book.get_sheet_by_index(index), extent, hidden=hidden)
                    if sheet.rows:
                        workbook.sheets.append(sheet)
    except calamine.PasswordError as fault:
        raise refused("password", name) from fault
    except (calamine.CalamineError, OSError, ValueError) as fault:
        raise refused("damaged", name) from fault
    if not workbook.sheets:
        raise refused("no_sheet", name)
    for sheet in workbook.sheets:
        workbook.notes.extend(_notes_of(sheet))
    return workbook


def _read_csv(file: IO[bytes], name: str) -> Workbook:
    rows, encoding, delimiter = read_delimited(file.read(), name)
    if not rows:
        raise refused("no_sheet", name)
    sheet = Sheet(Path(name).stem, _square(rows))
    workbook = Workbook(name, "csv", [sheet], encoding=encoding, delimiter=delimiter)
    if not encoding.startswith("utf"):
        workbook.notes.append(
            _note(
                _("The text was read as %(encoding)s. Check a few names with tone marks.")
                % {"encoding": encoding}
            )
        )
    return workbook


def _read_sheet(read: Any, extent: Extent, *, hidden: bool) -> Sheet:
    top, left = read.start or (0, 0)
    rows: list[Row] = [[] for _row in range(top)]
    rows.extend(
        [None] * left + [_typed(cell) for cell in cells] for cells in read.to_python(skip_empty_area=True)
    )
    merged = [(*start, *end) for start, end in read.merged_cell_ranges or []] or extent.merged
    for (row, column), error in extent.errors.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = error
    while rows and all(map(is_blank, rows[-1])):
        rows.pop()
    formulas = [address(*cell) for cell in extent.formulas]
    return Sheet(read.name, _square(rows), merged, formulas, hidden)


def _typed(cell: Any) -> Value:
    """Return a cell as calamine gives it in the types of ``cells.Value``."""
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float):
        return Decimal(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else Decimal(repr(cell))
    if isinstance(cell, bool | str):
        return ErrorValue(cell) if isinstance(cell, str) and cell in _ERROR_TEXTS else cell
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.time() == dt.time() else cell
    return cell if isinstance(cell, dt.date) else str(cell)


_ERROR_TEXTS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}


def _square(rows: list[Row]) -> list[Row]:
    """Return the rows, each as wide as the last column with content."""
    width = 0
    for row in rows:
        for column in range(len(row) - 1, width - 1, -1):
            if not is_blank(row[column]):
                width = column + 1
                break
    return [row[:width] if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]


def _notes_of(sheet: Sheet) -> list[Problem]:
    notes = []
    if sheet.formulas:
        count = len(sheet.formulas)
        facts = {"count": count, "cells": ", ".join(sheet.formulas[:_SHOWN_FORMULAS])}
        if count > _SHOWN_FORMULAS:
            facts["cells"] = f"{facts['cells']}…"
        message = ngettext(
            "%(count)s cell is a formula (%(cells)s); its last value was taken.",
            "%(count)s cells are formulas (%(cells)s); their last values were taken.",
            count,
        )
        notes.append(_note(message % facts, sheet.name, sheet.formulas[0]))
        empty = [cell for cell in sheet.formulas if is_blank(sheet.value(*position(cell)))]
        if empty:
            message = ngettext(
                "%(count)s formula has no stored value (%(cells)s) and was read as blank.",
                "%(count)s formulas have no stored value (%(cells)s) and were read as blank.",
                len(empty),
            )
            facts = {"count": len(empty), "cells": ", ".join(empty[:_SHOWN_FORMULAS])}
            remedy = _("Open the workbook in Excel, let it calculate, and save it again.")
            notes.append(Problem(message % facts, remedy, Severity.DOUBT, sheet.name, empty[0]))
    if sheet.hidden:
        notes.append(_note(_("The sheet is hidden; it was read all the same."), sheet.name))
    return notes


def _note(message: Sentence, sheet: str = "", cell: str = "") -> Problem:
    return Problem(message, severity=Severity.NOTE, sheet=sheet, cell=cell)
