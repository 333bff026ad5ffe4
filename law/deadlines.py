"""What the clock answers: a due day, its trace, and how the dossier stands on a given day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.calendars import ONE_DAY, WorkingCalendar
from law.provisions import DayUnit, Limit
from law.words import Text

if TYPE_CHECKING:
    from law.clock import Pause

# How many days before the end the portal starts to warn; a habit of the portal, not of the law.
DUE_SOON = 2


class DeadlineState(models.TextChoices):
    """How a step stands against its deadline."""

    ON_TIME = "on_time", _("on time")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    PAUSED = "paused", _("paused")


@dataclass(frozen=True)
class TraceStep:
    """One line of the trace: what kind of step, on which day if on one, and the words for it."""

    kind: str
    day: dt.date | None
    words: Text

    def __str__(self) -> str:
        return str(self.words)


@dataclass(frozen=True)
class Deadline:
    """The end of a time limit. ``due`` is None while an open pause stands in the way.

    ``paused_days`` counts the days credited for pauses in the unit of the limit; ``provisional`` tells that a year
    on the way has no announced calendar yet.
    """

    received: dt.date
    limit: Limit
    due: dt.date | None
    paused_since: dt.date | None
    left_when_paused: int | None
    unit: DayUnit
    pauses: "Sequence[Pause]"
    paused_days: int
    trace: tuple[TraceStep, ...]
    calendar: WorkingCalendar
    provisional: bool

    def remaining(self, today: dt.date) -> int:
        """Count the days left after ``today``, in the unit of the running stage; negative once overdue.

        Days inside a pause are not among them. While paused without end, these are the days that will be left.
        """
        if self.due is None:
            if self.paused_since is not None and today >= self.paused_since:
                return self.left_when_paused or 0
            return (self.left_when_paused or 0) + self._days(today, self.paused_since or today)
        if today > self.due:
            return -self._days(self.due, today)
        return self._days(today, self.due)

    def state(self, today: dt.date, *, soon: int = DUE_SOON) -> DeadlineState:
        """Return how the step stands on the day; ``soon`` is the number of days left that counts as soon."""
        if self.due is not None and today > self.due:
            return DeadlineState.OVERDUE
        if any(pause.covers(today) for pause in self.pauses):
            return DeadlineState.PAUSED
        if self.due is None:
            return DeadlineState.ON_TIME
        return DeadlineState.DUE_SOON if self.remaining(today) <= soon else DeadlineState.ON_TIME

    @property
    def trace_text(self) -> str:
        """The whole trace as one line in the reader's language."""
        return "; ".join(str(step) for step in self.trace)

    def __str__(self) -> str:
        return self.trace_text

    def _days(self, after: dt.date, until: dt.date) -> int:
        days = 0
        day = after + ONE_DAY
        while day <= until:
            counts = self.unit is DayUnit.CALENDAR or self.calendar.is_working(day)
            days += counts and not any(pause.covers(day) for pause in self.pauses)
            day += ONE_DAY
        return days
