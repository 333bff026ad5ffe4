"""Form fields that take numbers as people type them, and say what is wrong in words."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.numbers import LAND, MONEY, PLAIN, Units, parse_decimal


def written(value: Decimal | int) -> str:
    """Write a number with the separators of the language, without trailing zeros."""
    plain = f"{Decimal(value):f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    places = len(plain.partition(".")[2])
    return str(number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True))


class NumberField(forms.DecimalField):
    """A decimal number, typed with Vietnamese or English separators."""

    widget = forms.TextInput
    unit = ""
    units: Units = PLAIN

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for the keyboard with digits."""
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as the language writes it; leave what was typed as it was typed."""
        return written(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not the way they are written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number; the message names what was typed and how to write it."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        try:
            return parse_decimal(str(value), self.units)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: Decimal | None) -> None:
        """Check the bounds, naming the value, the rule and what to do."""
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """Replace Django's terse sentences about bounds and digits."""
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                _("%(value)s is less than %(limit)s. Enter %(limit)s or more."),
                code="min_value",
                params={"value": self._with_unit(value), "limit": self._with_unit(self.min_value)},
            )
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(
                _("%(value)s is more than %(limit)s. Enter %(limit)s or less."),
                code="max_value",
                params={"value": self._with_unit(value), "limit": self._with_unit(self.max_value)},
            )
        places = -min(value.normalize().as_tuple().exponent, 0)
        if self.decimal_places is not None and places > self.decimal_places:
            sentence = (
                _("%(value)s has decimals. Enter a whole number.")
                if self.decimal_places == 0
                else _("%(value)s has more than %(places)s decimal places. Round it.")
            )
            raise ValidationError(
                sentence,
                code="max_decimal_places",
                params={"value": self._with_unit(value), "places": self.decimal_places},
            )
        if self.max_digits is not None and abs(value) >= Decimal(10) ** (
            self.max_digits - (self.decimal_places or 0)
        ):
            raise ValidationError(
                _("%(value)s is too large for this field. Check the unit."),
                code="max_digits",
                params={"value": self._with_unit(value)},
            )

    def _with_unit(self, value: Any) -> str:
        return f"{written(value)} {self.unit}".strip()


class HectareFormField(NumberField):
    """Land in hectares; "12.500 m2" is read as 1.25 ha."""

    unit = "ha"
    units = LAND

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)


class MoneyFormField(NumberField):
    """Money in dong; "1,5 tỷ" is read as 1,500,000,000 dong."""

    units = MONEY

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("decimal_places", 0)
        super().__init__(**kwargs)

    @property
    def unit(self) -> str:  # type: ignore[override]  # the word for dong depends on the language
        """The unit in the language of the page."""
        return "dong" if get_language() == "en" else "đồng"


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

    def prepare_value(self, value: Any) -> Any:
        """Show a day in ISO order, as an address carries it, as on paper; leave what else was typed."""
        if not isinstance(value, str) or value.count("-") != 2:
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value

    def to_python(self, value: Any) -> Any:
        """Read the day; the message names what was typed."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from error


def draw_with(form: forms.BaseForm, **values: str) -> None:
    """Let a bound form be drawn, and sent again, with these values in place of what was sent; the others stay."""
    # Typed as a dictionary, the data of a form that was posted are a QueryDict, which does not change.
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    for name, value in values.items():
        data[form.add_prefix(name)] = value
    form.data = data


class EmptyJSONField(forms.JSONField):
    """JSON that a person pastes; an empty field shows nothing, not the word ``null``."""

    def prepare_value(self, value: Any) -> str:
        """Write the value into its field."""
        return "" if value is None else str(super().prepare_value(value))
