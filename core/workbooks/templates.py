"""Make a workbook to fill in: one titled column a field, lists to choose from, notes, a page of advice."""

from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.workbooks.cells import column_letter
from core.workbooks.mapping import Field

LAST_ROW = 20_000
_FORMATS = {
    "text": "@",
    "reference": "@",
    "choice": "@",
    "number": "#,##0.####",
    "area": "#,##0.####",
    "percent": "0.##",
    "date": "dd/mm/yyyy",
}
_WIDTHS = {
    "text": 28,
    "reference": 30,
    "choice": 24,
    "number": 14,
    "area": 14,
    "percent": 12,
    "date": 13,
    "boolean": 10,
}


def write_template(file: IO[bytes], fields: Sequence[Field], *, title: str) -> None:
    """Write a template for ``fields`` to ``file``, as .xlsx.

    The first sheet, named ``title``, has the header alone in row 1, so that it is read back without guessing; the
    second explains every column; the choices stand in a hidden third. A4 landscape, no fills, no frozen panes.
    """
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(_sheet_name(title))
    advice = book.add_worksheet(_("Instructions"))
    lists = book.add_worksheet(_("Lists"))
    lists.hide()
    head = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
    )
    for column, wanted in enumerate(fields):
        style = book.add_format({"num_format": _FORMATS.get(wanted.kind, "General")})
        page.set_column(column, column, _WIDTHS[wanted.kind], style)
        page.write_string(0, column, heading(wanted), head)
        page.write_comment(0, column, describe(wanted), {"x_scale": 2, "y_scale": 1.5})
        names = _choices(wanted)
        if names:
            _add_list(page, lists, column, wanted, names)
    page.set_row(0, 45)
    _set_page(page)
    page.repeat_rows(0)
    _write_advice(book, advice, fields, title)
    book.close()


def is_advice_sheet(name: str) -> bool:
    """Say whether a sheet is a template's page of advice or its lists, in either language."""
    names = set()
    for language in ("vi", "en"):
        with override(language):
            names |= {_("Instructions"), _("Lists")}
    return name in names


def heading(wanted: Field) -> str:
    """Return the title of a column in a template; an asterisk marks what has to be filled in."""
    return f"{wanted.title} *" if wanted.required else str(wanted.title)


def describe(wanted: Field) -> str:
    """Return the note of a column: what it holds, how to write it, an example."""
    parts = [str(wanted.note), _how(wanted), _("It has to be filled in.") if wanted.required else ""]
    if wanted.example:
        parts.append(_("Example: %(example)s") % {"example": wanted.example})
    return " ".join(part for part in parts if part)


def _how(wanted: Field) -> str:
    units = ", ".join(unit for unit in wanted.units if unit and unit != "%")
    sentences = {
        "text": _("Text."),
        "number": _("A number, like 1.234,5."),
        "area": _("A number, like 1.234,5."),
        "percent": _("A share in percent, like 75,5."),
        "date": _("A date, day first, like 12/3/2019."),
        "boolean": _("“Có” or “không”."),
        "choice": _("Choose from the list."),
        "reference": _("Number and date of the paper, like 1656/QĐ-UBND ngày 30/10/2009."),
    }
    if wanted.kind in ("number", "area") and units:
        return f"{sentences['number']} {_('Units understood: %(units)s.') % {'units': units}}"
    return sentences[wanted.kind]


def _choices(wanted: Field) -> list[str]:
    if wanted.kind == "boolean":
        return ["Có", "Không"]
    return [str(next(iter(names))) for names in wanted.options.values()]


def _add_list(page: Any, lists: Any, column: int, wanted: Field, names: list[str]) -> None:
    lists.write_string(0, column, str(wanted.title))
    for row, name in enumerate(names, 1):
        lists.write_string(row, column, name)
    letter = column_letter(column)
    page.data_validation(
        1,
        column,
        LAST_ROW,
        column,
        {
            "validate": "list",
            "source": f"='{lists.get_name()}'!${letter}$2:${letter}${len(names) + 1}",
            "error_title": _("Not in the list"),
            "error_message": _("Choose one of the values in the list."),
        },
    )


def _write_advice(book: Any, page: Any, fields: Sequence[Field], title: str) -> None:
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    page.write_string(0, 0, title, bold)
    advice = [
        _("Fill in one row for each record on the first sheet, below the titles; leave no blank titles."),
        _("A column that you do not need may stay blank or be deleted; columns may stand in any order."),
        _("Columns marked with * have to be filled in. Nothing is saved before you have seen the preview."),
    ]
    for row, sentence in enumerate(advice, 1):
        page.write_string(row, 0, sentence)
    top = len(advice) + 2
    for column, text in enumerate([_("Column"), _("How to fill it in"), _("Choices")]):
        page.write_string(top, column, text, head)
    for row, wanted in enumerate(fields, top + 1):
        page.write_string(row, 0, heading(wanted), cell)
        page.write_string(row, 1, describe(wanted), cell)
        page.write_string(row, 2, "; ".join(_choices(wanted)[:30]), cell)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 70)
    page.set_column(2, 2, 40)
    _set_page(page)


def _set_page(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _sheet_name(title: str) -> str:
    return "".join("-" if char in "[]:*?/\\'" else char for char in title)[:31]
