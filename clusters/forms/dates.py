"""Dates typed as they stand on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, typed ``dd/mm/yyyy``; points, hyphens, a year of two digits and ISO order are read as well."""

    widget = forms.DateInput
    default_error_messages = {"invalid": _("“%(value)s” is not a day. Write it like 30/06/2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "input_formats",
            ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%y", "%d%m%Y"],
        )
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Show the pattern and ask phones for the keyboard with digits."""
        if isinstance(widget, forms.DateInput):
            widget.format = "%d/%m/%Y"
        return {"inputmode": "numeric", "placeholder": _("dd/mm/yyyy"), "autocomplete": "off", "size": 12}

    def to_python(self, value: Any) -> Any:
        """Read the day; the message names what was typed."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error
