"""The body of a django-tables2 table, written row by row in Python.

A list of fifty rows has some 650 cells. Asking every bound column for its heading and its attributes once a cell
took most of the time of the page; here they are asked once a table, as ``core.lists.cells`` asks for the rest.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.lists.cells import CellsOf

register = template.Library()


@register.simple_tag
def with_its_icon(heading: object, drawn: str) -> SafeString:
    """Return a heading with an icon that never stands on a line of its own, nor a unit in brackets on two."""
    text = str(heading)
    at = text.rfind(" (" if text.endswith(")") else " ") + 1
    return format_html('{}<span class="text-nowrap">{} {}</span>', text[:at], text[at:], drawn)


@register.simple_tag
def body_rows(table: Any) -> SafeString:
    """Return the rows of the table's page; every cell carries its heading for narrow screens."""
    columns = [
        (
            format_html('<td data-label="{}" {}>', column.header, column.attrs["td"].as_html()),
            CellsOf(table, column),
            column.localize,
        )
        for column in table.columns
    ]
    return mark_safe("".join(_rows(table, columns)))  # noqa: S308 - put together from escaped parts


def _rows(table: Any, columns: list[tuple[SafeString, CellsOf, bool | None]]) -> Iterator[str]:
    for row in table.paginated_rows:
        yield f"<tr {row.attrs.as_html()}>"
        for head, cells, localized in columns:
            yield head
            yield conditional_escape(_worded(cells.content(row), localized))
            yield "</td>"
        yield "</tr>\n"


def _worded(cell: Any, localized: bool | None) -> Any:
    """Write numbers and dates as the column wants them, in the reader's language unless it says otherwise."""
    if isinstance(cell, str):
        return cell
    return str(cell) if localized is False else localize(cell)
