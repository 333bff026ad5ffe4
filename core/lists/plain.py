"""Rows that Python makes, as the same files as those of a list: CSV and XLSX, streamed.

The rows of a list are written by the database. Where what stands in a row is computed or worded in Python, such as a
finding with its figures in words, the rows come from an iterator; header, marks, safety against formulas and the
sheet about the file are those of a list.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from core.lists.columns import Column, Kind
from core.lists.export import (
    BYTE_ORDER_MARK,
    FORMATS,
    PARAMETER,
    parameters_of_rows,
    provenance_of,
    refuse_sheet,
    send,
)
from core.lists.reading import quoted
from core.lists.sheets import MAX_SHEET_ROWS, write_workbook

#: GeoJSON needs rows that have a place.
PLAIN_FORMATS = ("csv", "xlsx")
Rows = Iterable[Sequence[Any]]


def asked_format(request: HttpRequest) -> str:
    """Return the format that the address asks for; empty where it asks for none."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in PLAIN_FORMATS else ""


def plain_tools(request: HttpRequest, count: int) -> dict[str, Any]:
    """Return what the menu of the files needs: how many rows there are and the parameters that name them."""
    return {"count": count, "parameters": parameters_of_rows(request), "sheet_limit": MAX_SHEET_ROWS}


def text_column(name: str, label: Any, kind: Kind = Kind.TEXT) -> Column:
    """Return a column of rows that Python makes."""
    return Column(name, str(label), name, kind)


def export_plain(
    request: HttpRequest,
    *,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Callable[[], Rows],
    count: int,
    conditions: Iterable[tuple[Any, Any]] = (),
) -> HttpResponseBase:
    """Answer with the rows as the file the address asks for; ``rows`` is called when the file begins to flow.

    The rows are made in the language of the request. More rows than a sheet of Excel holds are refused as a workbook.
    """
    chosen = request.GET[PARAMETER]
    if chosen == "xlsx" and count > MAX_SHEET_ROWS:
        return refuse_sheet(request, count)
    at = timezone.localtime()
    made = _in_language(rows, translation.get_language() or "vi")
    if chosen == "xlsx":
        about = provenance_of(
            request, title=title, conditions=conditions, count=count, columns=columns, at=at
        )
        content: Iterable[Any] = write_workbook(title, columns, made, about=about)
    else:
        content = _csv_lines(columns, made)
    return send(content, name=f"{name}-{at:%Y%m%d-%H%M}", form=FORMATS[chosen])


def _in_language(rows: Callable[[], Rows], language: str) -> Iterator[Sequence[Any]]:
    # The answer is sent when the language of the request is no longer in force; each row asks for it again.
    source = iter(rows())
    while True:
        with translation.override(language):
            row = next(source, None)
        if row is None:
            return
        yield row


def _csv_lines(columns: Sequence[Column], rows: Rows) -> Iterator[str]:
    yield BYTE_ORDER_MARK + ",".join(quoted(column.label) for column in columns) + "\r\n"
    for row in rows:
        yield ",".join(_csv_cell(value) for value in row) + "\r\n"


def _csv_cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date | int):
        return str(value)
    return quoted(str(value))
