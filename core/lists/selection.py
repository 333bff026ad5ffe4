"""The column with which rows of a list are ticked."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SELECTION = "selection"


class SelectionColumn(tables.Column):
    """A box a row; it belongs to the form ``bulk`` beside the table."""

    def __init__(self) -> None:
        shown = {"class": "no-print selection"}
        super().__init__(
            gettext_lazy("Choose"), accessor="pk", orderable=False, attrs={"th": shown, "td": shown}
        )

    def render(self, value: Any, record: Any) -> SafeString:
        """Draw the box, named after its row."""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="row" value="{}" form="bulk" aria-label="{}">',
            value,
            _("Choose %(row)s") % {"row": record},
        )
