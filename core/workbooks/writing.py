"""Write rows as .xlsx and .csv, in constant memory, so that Excel shows Vietnamese and runs nothing.

Text that begins like a formula is neutralised: in .xlsx it is stored as text with the mark that keeps it so, in .csv an
apostrophe goes before it, which ``read_workbook`` takes away again.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.workbooks.delimited import FORMULA_STARTS

MAX_ROWS = 1_048_576
_BATCH = 2_000
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_TEXT = 32_767


def write_xlsx(
    file: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "",
    widths: Sequence[int] = (),
) -> int:
    """Write rows as .xlsx to ``file`` and return how many there were.

    A cell may be text, a number (Decimal, int, float), a date, a time stamp, a truth value or None. A4 landscape, as
    wide as the page, header on every page; no fills, no frozen panes. Beyond a million rows another sheet is begun.
    """
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    styles = {
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }
    name = sheet or _("Data")
    page = _begin_sheet(book, name, header, widths, styles)
    total, row, sheets = 0, 1, 1
    for cells in rows:
        if row == MAX_ROWS:
            sheets += 1
            page, row = _begin_sheet(book, f"{name[:26]} {sheets}", header, widths, styles), 1
        for column, value in enumerate(cells):
            _write_cell(page, row, column, value, styles)
        row += 1
        total += 1
    book.close()
    return total


def csv_chunks(
    header: Sequence[str], rows: Iterable[Sequence[Any]], *, delimiter: str = ",", decimal: str = "."
) -> Iterator[bytes]:
    """Yield a .csv in pieces of some thousand rows, for a streamed answer: UTF-8 with the mark that Excel needs.

    Dates are written dd/mm/yyyy, truth values 1 and 0, numbers with ``decimal`` and without groups.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([neutralise(str(title)) for title in header])
    for count, cells in enumerate(rows, 1):
        writer.writerow([csv_text(value, decimal) for value in cells])
        if count % _BATCH == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def neutralise(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula.

    >>> neutralise("=1+1"), neutralise("Âu Lâu")
    ("'=1+1", 'Âu Lâu')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(value: Any, decimal: str = ".") -> str:
    """Return a value as it stands in a .csv."""
    if isinstance(value, str):
        return neutralise(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal | float | int):
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        return text.replace(".", decimal) if decimal != "." else text
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return neutralise(str(value))


def _begin_sheet(
    book: Any, name: str, header: Sequence[str], widths: Sequence[int], styles: dict[str, Any]
) -> Any:
    page = book.add_worksheet("".join("-" if char in "[]:*?/\\'" else char for char in name)[:31])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, title in enumerate(header):
        width = widths[column] if column < len(widths) else min(max(len(str(title)) + 2, 12), 40)
        page.set_column(column, column, width)
    for column, title in enumerate(header):
        page.write_string(0, column, str(title), styles["header"])
    return page


def _write_cell(page: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, Decimal | int | float):
        page.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), styles["moment"])
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, value, styles["date"])
    else:
        text = _ILLEGAL.sub("", str(value))[:_MAX_TEXT]
        page.write_string(row, column, text, styles["quoted"] if text.startswith(FORMULA_STARTS) else None)
