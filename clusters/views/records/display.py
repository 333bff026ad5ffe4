"""Values of a record as its page shows them."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.forms.records.base import RecordForm
from core.fields import DongField, HectareField
from core.templatetags.portal import NO_FIGURE, day, dong, ha, number

Facts = list[tuple[Any, Any]]


def sections_of(
    record: models.Model, form: type[RecordForm], *, hidden: frozenset[str] = frozenset()
) -> list[tuple[Any, Facts]]:
    """Return the columns of a record in the sections of its form, as (term, description); empty sections stay away."""
    columns = {column.name: column for column in record._meta.get_fields() if hasattr(column, "verbose_name")}
    shown = []
    for title, names in form.sections:
        facts = [
            (capfirst(columns[name].verbose_name), shown_value(record, columns[name]))
            for name in names
            if name in columns and name not in hidden
        ]
        if any(value != NO_FIGURE for _term, value in facts):
            shown.append((title, facts))
    return shown


def shown_value(record: Any, column: Any) -> Any:
    """Return a column in words: units, dates and choices as people read them, ``–`` for what is not known."""
    if column.many_to_many:
        return ", ".join(str(one) for one in getattr(record, column.name).all()) or NO_FIGURE
    value = getattr(record, column.name)
    if value is None or value == "":
        return NO_FIGURE
    if column.choices:
        return getattr(record, f"get_{column.name}_display")()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(column, HectareField):
        return ha(value, 5)
    if isinstance(column, DongField):
        return f"{dong(value, 3)}"
    if column.name.startswith("period_"):
        return str(value)
    if isinstance(value, int) or hasattr(value, "as_tuple"):
        return number(value)
    if column.name == "source_url" and str(value).startswith(("http://", "https://")):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', value, value)
    return str(value)
