"""Sentences with numbers and dates in them, rendered in the reader's language when shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language


@dataclass(frozen=True)
class Phrase:
    """A translatable template with its values; the language is chosen when the phrase becomes a string.

    Dates and numbers are written as the reader's language writes them, so a phrase may be kept in a value object
    and shown in both languages.
    """

    template: "Text"
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.values:
            return str(self.template)
        return str(self.template) % {name: shown(value) for name, value in self.values.items()}


# What a reader reads: a plain string, a translatable one, or a phrase with values in it.
Text = str | Promise | Phrase


def say(template: Text, **values: object) -> Phrase:
    """Return a phrase of ``template`` (with ``%(name)s`` places) and its values."""
    return Phrase(template, values)


def _either(vi: str, en: str) -> str:
    return (get_language() == "en" and en) or vi


# A text that comes in both languages from data instead of from a catalogue; the Vietnamese stands in for no English.
in_two_languages = lazy(_either, str)


def shown(value: object) -> str:
    """Return ``value`` as the reader's language writes it: ``03/11/2026``, ``1.234,5``."""
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal):
        # Trailing zeros come from the database column, not from the paper.
        plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
        return number_format(plain, use_l10n=True, force_grouping=True)
    if isinstance(value, int) and not isinstance(value, bool):
        return number_format(value, use_l10n=True, force_grouping=True)
    return str(value)
