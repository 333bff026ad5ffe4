"""Any list as a file: the rows of its filter that the reader may see, in the columns they chose.

``?export=csv`` (or ``xlsx``, ``geojson``) on the address of a list answers with the file, streamed;
``export_columns=all`` takes every column. CSV is for programs and every spreadsheet: UTF-8 with the mark Excel needs,
comma, decimal point, ISO dates. XLSX has typed cells and a sheet that says where the rows come from.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.lists.columns import Column, select_columns
from core.lists.conditions import conditions_in_force
from core.lists.reading import csv_statement, feature_statement, plain_statement, quoted, read
from core.lists.sheets import MAX_SHEET_ROWS, write_workbook

PARAMETER, ALL_COLUMNS = "export", "export_columns"
#: Parameters of an address that say how rows are shown on a page, and nothing of which rows or columns.
NOT_OF_THE_ROWS = ("page", "per_page", "view", PARAMETER, ALL_COLUMNS)
GEOMETRY = "export_geometry"
#: What opens a CSV file so that Excel reads it as UTF-8.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Format:
    """One way to hand rows over."""

    extension: str
    content_type: str
    write: Callable[["Export"], Iterable[str | bytes]]


class Export:
    """The rows of a list with everything a file says about them. What depends on the language is read at once."""

    def __init__(self, view: Any) -> None:
        self.view, self.request = view, view.request
        table = view.whole_table()
        self.all_columns = self.request.GET.get(ALL_COLUMNS) == "all"
        shown = set(view.column_names) if self.all_columns else view.shown_columns()
        wanted = [
            (name, str(table.columns[name].header), str(table.columns[name].accessor))
            for name in view.column_names
            if name in shown and view.export_columns.get(name, "") is not None
        ]
        self.rows, self.columns = select_columns(table.data.data, wanted, view.export_columns)
        self.title = capfirst(str(self.rows.model._meta.verbose_name_plural))
        self.at = timezone.localtime()

    @cached_property
    def count(self) -> int:
        """The number of rows."""
        return self.rows.order_by().count()

    @property
    def name(self) -> str:
        """The name of the file without its extension."""
        return f"{self.view.list_name}-{self.at:%Y%m%d-%H%M}"

    def provenance(self) -> list[tuple[str, str]]:
        """Return what the file says about itself: what, which rows, how many, when, by whom, from where."""
        conditions = conditions_in_force(self.view.filterset, self.request)
        return provenance_of(
            self.request,
            title=self.title,
            conditions=[(one.label, one.value) for one in conditions],
            count=self.count,
            columns=self.columns,
            at=self.at,
        )


def provenance_of(
    request: HttpRequest,
    *,
    title: str,
    conditions: Iterable[tuple[Any, Any]],
    count: int,
    columns: Iterable[Column],
    at: dt.datetime,
) -> list[tuple[str, str]]:
    """Return what a file says about itself: what, which rows, how many, when, by whom, from where."""
    person = request.user if request.user.is_authenticated else None
    return [
        (_("Content"), title),
        (
            _("Filters in force"),
            "; ".join(f"{name}: {value}" for name, value in conditions) or _("none: all rows"),
        ),
        (_("Rows"), str(count)),
        (_("Columns"), ", ".join(column.label for column in columns)),
        (_("State of the data"), f"{at:%d/%m/%Y %H:%M}"),
        (_("Exported by"), str(person) if person else _("public page, without signing in")),
        (_("Address of the list"), request.build_absolute_uri(address_of_rows(request))),
    ]


def is_export(request: HttpRequest) -> bool:
    """Say whether the address asks for a file."""
    return request.method == "GET" and request.GET.get(PARAMETER) in FORMATS


def export_rows(view: Any) -> HttpResponseBase:
    """Answer with the rows of a list as the file its address asks for; they are written while they are sent."""
    chosen = view.request.GET[PARAMETER]
    if chosen not in formats_of(view):
        return HttpResponseRedirect(address_of_rows(view.request))
    export, form = Export(view), FORMATS[chosen]
    if chosen == "xlsx" and export.count > MAX_SHEET_ROWS:
        return refuse_sheet(view.request, export.count)
    return send(form.write(export), name=export.name, form=form)


def refuse_sheet(request: HttpRequest, count: int) -> HttpResponseBase:
    """Lead back to the list with the sentence that the rows do not fit on a sheet."""
    sentence = _(
        "%(count)s rows do not fit on a sheet of Excel, which ends at %(limit)s. Narrow the filter or take CSV."
    )
    messages.error(request, sentence % {"count": count, "limit": MAX_SHEET_ROWS})
    return HttpResponseRedirect(address_of_rows(request))


def send(content: Iterable[str | bytes], *, name: str, form: Format) -> StreamingHttpResponse:
    """Return the answer that hands a file over while it is being written."""
    response = StreamingHttpResponse(content, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form.extension}"'
    response["Cache-Control"] = "private, no-store"
    # Proxies that collect a response before they pass it on would undo the streaming.
    response["X-Accel-Buffering"] = "no"
    return response


def export_tools(view: Any) -> dict[str, Any]:
    """Return what the menu of a list needs: the formats it has and the parameters that name its rows."""
    return {
        "formats": formats_of(view),
        "parameters": parameters_of_rows(view.request),
        "sheet_limit": MAX_SHEET_ROWS,
    }


def formats_of(view: Any) -> list[str]:
    """Return the formats a list can be had in; GeoJSON where its rows have a place."""
    return [name for name in FORMATS if name != "geojson" or view.export_geometry is not None]


def parameters_of_rows(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters of an address that decide which rows are shown, in which order."""
    return [
        (key, value)
        for key, values in request.GET.lists()
        for value in values
        if key not in NOT_OF_THE_ROWS and value
    ]


def address_of_rows(request: HttpRequest) -> str:
    """Return the address of the list without what concerns one page or one file."""
    query = request.GET.copy()
    for key in NOT_OF_THE_ROWS:
        query.pop(key, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def write_csv(export: Export) -> Iterator[str]:
    """Return the lines of a CSV file."""
    statement = csv_statement(export.rows, export.columns)
    head = ",".join(quoted(column.label) for column in export.columns)
    return _lines(f"{BYTE_ORDER_MARK}{head}\r\n", statement)


def _lines(head: str, statement: Any) -> Iterator[str]:
    yield head
    for batch in read(statement):
        yield "\r\n".join([row[0] for row in batch]) + "\r\n"


def write_xlsx(export: Export) -> Iterator[bytes]:
    """Return the bytes of a workbook: the rows, and a sheet about them."""
    statement = plain_statement(export.rows, export.columns)
    rows = (row[1:] for batch in read(statement) for row in batch)
    return write_workbook(export.title, export.columns, rows, about=export.provenance())


def write_geojson(export: Export) -> Iterator[str]:
    """Return a feature collection; a row without a place is a feature without geometry."""
    rows = export.rows.annotate(**{GEOMETRY: export.view.export_geometry})
    head = {
        "type": "FeatureCollection",
        "name": export.title,
        "columns": {column.name: column.label for column in export.columns},
        "about": dict(export.provenance()),
    }
    opening = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n'
    return _features(opening, feature_statement(rows, export.columns, GEOMETRY))


def _features(opening: str, statement: Any) -> Iterator[str]:
    yield opening
    between = ""
    for batch in read(statement):
        yield between + ",\n".join([row[0] for row in batch])
        between = ",\n"
    yield "\n]}\n"


FORMATS: dict[str, Format] = {
    "csv": Format("csv", "text/csv; charset=utf-8", write_csv),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "geojson": Format("geojson", "application/geo+json", write_geojson),
}
