"""Values that the law gives: each with its article, and how far the source of it can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from law.sources import SOURCES, Source
from law.words import Text, say, shown

T = TypeVar("T")


class Mark(models.TextChoices):
    """How a value is known."""

    PRIMARY = "primary", _("text read")
    PRIMARY_OCR = "primary_ocr", _("scan read by machine")
    SECONDARY = "secondary", _("quoted by others")
    SINGLE_SOURCE = "single_source", _("one source only")
    MEMORY = "memory", _("no source")
    NOT_FOUND = "not_found", _("not found")

    @property
    def verified(self) -> bool:
        """Whether the value was read in the text of the law itself."""
        return self is Mark.PRIMARY


@dataclass(frozen=True, kw_only=True)
class Cited:
    """Anything the law says: article, mark, source, and a note where the bare value would mislead."""

    article: Text = ""
    mark: Mark = Mark.PRIMARY
    source: str = ""
    note: Text = ""

    @property
    def verified(self) -> bool:
        """Whether the value was read in the text of the law itself."""
        return self.mark.verified

    @property
    def source_text(self) -> Source | None:
        """The source the value was taken from, described for a reader."""
        return SOURCES.get(self.source)


@dataclass(frozen=True, kw_only=True)
class Provision(Cited, Generic[T]):
    """One value of the law; ``None`` means that the law gives none or that it is not known (see ``note``)."""

    value: T | None = None
    unit: Text = ""

    @property
    def is_set(self) -> bool:
        """Whether there is a value to work with."""
        return self.value is not None

    @property
    def text(self) -> str:
        """The value with its unit, as the reader's language writes it; empty when there is none."""
        if self.value is None:
            return ""
        if isinstance(self.value, models.Choices):
            return str(self.value.label)
        if isinstance(self.value, Iterable) and not isinstance(self.value, str | Promise):
            return ", ".join(str(getattr(item, "label", item)) for item in self.value)
        return f"{shown(self.value)} {self.unit}".strip()

    def __str__(self) -> str:
        return self.text


class Sense(models.TextChoices):
    """On which side of a threshold the law wants the measured value, and whether the limit itself will do."""

    OVER = "over", _("over")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    UNDER = "under", _("under")


@dataclass(frozen=True, kw_only=True)
class Threshold(Provision[Decimal]):
    """A limit that a measured value is held against, unrounded (rule V13)."""

    sense: Sense = Sense.AT_MOST

    @property
    def strict(self) -> bool:
        """Whether the limit itself does not satisfy the law ("over 50 %")."""
        return self.sense in (Sense.OVER, Sense.UNDER)

    def met_by(self, measured: Decimal | Fraction | None) -> bool | None:
        """Return whether ``measured`` satisfies the law; None when either side is unknown."""
        if measured is None or self.value is None:
            return None
        if self.sense is Sense.OVER:
            return measured > self.value
        if self.sense is Sense.AT_LEAST:
            return measured >= self.value
        if self.sense is Sense.AT_MOST:
            return measured <= self.value
        return measured < self.value

    @property
    def text(self) -> str:
        """The requirement in words: "over 50 %", "at most 100 ha"."""
        if self.value is None:
            return ""
        return f"{self.sense.label} {shown(self.value)} {self.unit}".strip()


class DayUnit(models.TextChoices):
    """What a time limit counts. The two are never added to one another."""

    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("calendar days")


def count_of_days(amount: int, unit: DayUnit) -> Text:
    """Return "5 working days" or "15 calendar days" in the reader's language."""
    if unit is DayUnit.WORKING:
        return say(ngettext_lazy("%(n)s working day", "%(n)s working days", amount), n=amount)
    return say(ngettext_lazy("%(n)s calendar day", "%(n)s calendar days", amount), n=amount)


@dataclass(frozen=True, kw_only=True)
class Limit(Cited):
    """A time limit: an amount in working or calendar days; no amount means none in law or none known."""

    amount: int | None = None
    unit: DayUnit = DayUnit.WORKING

    @property
    def is_set(self) -> bool:
        """Whether there is a number of days to count."""
        return self.amount is not None

    @property
    def text(self) -> str:
        """The limit in words; empty when there is none."""
        return "" if self.amount is None else str(count_of_days(self.amount, self.unit))

    def __str__(self) -> str:
        return self.text


def working_days(amount: int, article: Text = "", **cited: object) -> Limit:
    """Return a limit in working days."""
    return Limit(amount=amount, unit=DayUnit.WORKING, article=article, **cited)  # type: ignore[arg-type] # passed on


def calendar_days(amount: int, article: Text = "", **cited: object) -> Limit:
    """Return a limit in calendar days."""
    return Limit(amount=amount, unit=DayUnit.CALENDAR, article=article, **cited)  # type: ignore[arg-type] # passed on
