"""Short words for writing the tables of a regime."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from law.provisions import Limit, Mark, Provision, Sense, Threshold
from law.words import Text

HA = "ha"
PERCENT = "%"


def over(value: int, unit: Text, article: Text, **cited: Any) -> Threshold:
    """Return a threshold that must be exceeded."""
    return Threshold(value=Decimal(value), unit=unit, sense=Sense.OVER, article=article, **cited)


def under(value: int, unit: Text, article: Text, **cited: Any) -> Threshold:
    """Return a threshold to stay under."""
    return Threshold(value=Decimal(value), unit=unit, sense=Sense.UNDER, article=article, **cited)


def at_least(value: int, unit: Text, article: Text, **cited: Any) -> Threshold:
    """Return a threshold to reach."""
    return Threshold(value=Decimal(value), unit=unit, sense=Sense.AT_LEAST, article=article, **cited)


def at_most(value: int, unit: Text, article: Text, **cited: Any) -> Threshold:
    """Return a threshold not to exceed."""
    return Threshold(value=Decimal(value), unit=unit, sense=Sense.AT_MOST, article=article, **cited)


def gives(value: Any, article: Text, **cited: Any) -> Provision[Any]:
    """Return a value that the article gives."""
    return Provision(value=value, article=article, **cited)


def none(note: Text, article: Text = "", **cited: Any) -> Provision[Any]:
    """Return a place where the law gives nothing."""
    return Provision(note=note, article=article, **cited)


def unlimited(note: Text, article: Text = "", **cited: Any) -> Limit:
    """Return a step for which the law gives no number of days."""
    return Limit(note=note, article=article, **cited)


def no_threshold(note: Text, **cited: Any) -> Threshold:
    """Return a threshold that the law does not set."""
    return Threshold(note=note, **cited)


NOT_FOUND: dict[str, Any] = {"note": _("not found in any source"), "mark": Mark.NOT_FOUND, "source": "NONE"}
