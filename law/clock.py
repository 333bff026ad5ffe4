"""Deadlines: computed from the day of receipt, never counted down, and explained step by step (rule V59).

Days are counted as the Civil Code (Articles 146-148) has it: the day a period starts on is not counted; a period
that ends on a day off ends on the next working day. Working days leave out Saturdays, Sundays and days off and
count swapped Saturdays.

Pauses are whole days, both ends included. The days inside the union of all pauses are not counted, so overlapping
pauses are never credited twice, and a pause over a weekend gives nothing to a limit in working days.

Extensions keep their own unit. Consecutive ones in the unit of the running stage lengthen that stage; one in the
other unit starts a stage of its own on the day the stage before it ends. Working and calendar days are never added.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from law.calendars import ONE_DAY, SATURDAY, WorkingCalendar
from law.deadlines import Deadline, TraceStep
from law.provisions import DayUnit, Limit, count_of_days
from law.words import Text, say

# A period this long is a mistake in the data; the clock refuses it instead of walking for ever.
LONGEST_WALK = dt.timedelta(days=366 * 30)


class NoLimitError(ValueError):
    """The law gives no number of days for this step, or none is known."""


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands still, both included; ``end`` is None while the pause lasts."""

    start: dt.date
    end: dt.date | None = None
    reason: Text = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"A pause cannot end ({self.end}) before it starts ({self.start}).")

    def covers(self, day: dt.date) -> bool:
        """Return whether the clock stands still on the day because of this pause."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Extension:
    """More time, in its own unit."""

    amount: int
    unit: DayUnit = DayUnit.WORKING
    reason: Text = ""

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"An extension is at least one day, not {self.amount}.")


@dataclass
class _Stage:
    amount: int
    unit: DayUnit


@dataclass
class _Walk:
    """Where the count stands: the last day counted, and what is left when it met an open pause."""

    day: dt.date
    left: int = 0
    paused_since: dt.date | None = None
    rolled_from: dt.date | None = None


def due(
    received: dt.date,
    limit: Limit,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    *,
    calendar: WorkingCalendar,
) -> Deadline:
    """Return the day ``limit`` ends on when it starts by a receipt on ``received``, with the trace of the count.

    Raises :class:`NoLimitError` when the limit has no amount. While an open pause stands in the way, the deadline
    has no due day but says since when it is paused and how many days are left.
    """
    if limit.amount is None:
        raise NoLimitError(f"No number of days to count ({limit.article or limit.note}).")
    ordered = sorted(pauses, key=lambda pause: (pause.start, pause.end or dt.date.max))
    granted = list(extensions)
    stages = _stages(limit.amount, limit.unit, granted)
    walk = _Walk(received)
    for number, stage in enumerate(stages):
        walk = _count(walk.day, stage, ordered, calendar)
        if walk.paused_since:
            # Later stages have not begun; only days of the same unit may be said to be left.
            walk.left += sum(later.amount for later in stages[number + 1 :] if later.unit is stage.unit)
            break
    end = None if walk.paused_since else walk.day
    until = end or walk.paused_since or walk.day
    trace = [
        TraceStep("received", received, say(_("received %(day)s, a day that is not counted"), day=received)),
        TraceStep("limit", None, _limit_in_words(limit)),
        *_extension_steps(granted),
        *_pause_steps(received, until, stages[0].unit, ordered, calendar),
        *_day_off_steps(received, until, stages, calendar),
    ]
    if walk.rolled_from and end:
        words = say(
            _("the count ends on %(day)s, not a working day: moved to the next working day"),
            day=walk.rolled_from,
        )
        trace.append(TraceStep("moved", walk.rolled_from, words))
    if end:
        trace.append(TraceStep("due", end, say(_("due %(day)s"), day=end)))
    else:
        trace.append(
            TraceStep("paused", walk.paused_since, say(_("paused since %(day)s"), day=walk.paused_since))
        )
    return Deadline(
        received=received,
        limit=limit,
        due=end,
        paused_since=walk.paused_since,
        left_when_paused=walk.left if walk.paused_since else None,
        unit=stage.unit,
        pauses=tuple(ordered),
        paused_days=_credited(received, until, stages[0].unit, ordered, calendar),
        trace=tuple(trace),
        calendar=calendar,
        provisional=any(not calendar.is_announced(year) for year in range(received.year, until.year + 1)),
    )


def day_of_receipt(
    arrived: dt.datetime, *, calendar: WorkingCalendar, cut_off: dt.time | None = None
) -> dt.date:
    """Return the day a paper that arrived at a local time counts as received.

    What arrives on a day off, or at or after ``cut_off`` on a working day, is received on the next working day.
    Without ``cut_off`` the hour does not matter: the hour is a rule of the receiving office, not of the law.
    """
    day = arrived.date()
    if calendar.is_working(day) and cut_off is not None and arrived.time() >= cut_off:
        day += ONE_DAY
    return calendar.next_working_day(day)


def _stages(amount: int, unit: DayUnit, extensions: Sequence[Extension]) -> list[_Stage]:
    stages = [_Stage(amount, unit)]
    for extension in extensions:
        if extension.unit is stages[-1].unit:
            stages[-1].amount += extension.amount
        else:
            stages.append(_Stage(extension.amount, extension.unit))
    return stages


def _count(start: dt.date, stage: _Stage, pauses: Sequence[Pause], calendar: WorkingCalendar) -> _Walk:
    """Walk from the day after ``start`` until the stage's days are counted and the day is one to end on."""
    walk = _Walk(start, left=stage.amount)
    while walk.left or not _may_end_on(walk.day, pauses, calendar):
        if not walk.left and walk.rolled_from is None:
            walk.rolled_from = walk.day
        walk.day += ONE_DAY
        if walk.day - start > LONGEST_WALK:
            raise ValueError(
                f"No deadline within thirty years of {start}; check the pauses and the calendar."
            )
        covering = [pause for pause in pauses if pause.covers(walk.day)]
        if any(pause.end is None for pause in covering):
            walk.paused_since = _paused_since(walk.day, pauses)
            return walk
        if not covering and walk.left and (stage.unit is DayUnit.CALENDAR or calendar.is_working(walk.day)):
            walk.left -= 1
    return walk


def _may_end_on(day: dt.date, pauses: Sequence[Pause], calendar: WorkingCalendar) -> bool:
    return calendar.is_working(day) and not any(pause.covers(day) for pause in pauses)


def _paused_since(day: dt.date, pauses: Sequence[Pause]) -> dt.date:
    """Return the first day of the unbroken standstill that reaches into an open pause on ``day``."""
    since = min(pause.start for pause in pauses if pause.covers(day))
    while earlier := [
        pause.start for pause in pauses if pause.start < since and pause.covers(since - ONE_DAY)
    ]:
        since = min(earlier)
    return since


def _credited(
    received: dt.date, until: dt.date, unit: DayUnit, pauses: Sequence[Pause], calendar: WorkingCalendar
) -> int:
    return sum(days for _pause, days in _credits(received, until, unit, pauses, calendar))


def _credits(
    received: dt.date, until: dt.date, unit: DayUnit, pauses: Sequence[Pause], calendar: WorkingCalendar
) -> list[tuple[Pause, int]]:
    """Share the days not counted out among the pauses; a day in two pauses belongs to the earlier one."""
    shares: list[tuple[Pause, int]] = []
    seen_to = received
    for pause in pauses:
        first = max(pause.start, seen_to + ONE_DAY)
        last = min(pause.end or until, until)
        days = 0
        day = first
        while day <= last:
            days += unit is DayUnit.CALENDAR or calendar.is_working(day)
            day += ONE_DAY
        seen_to = max(seen_to, last)
        shares.append((pause, days))
    return shares


def _limit_in_words(limit: Limit) -> Text:
    days = count_of_days(limit.amount or 0, limit.unit)
    return say(_("%(days)s (%(article)s)"), days=days, article=limit.article) if limit.article else days


def _extension_steps(extensions: Sequence[Extension]) -> list[TraceStep]:
    steps = []
    for extension in extensions:
        days = count_of_days(extension.amount, extension.unit)
        words = say(_("extended by %(days)s"), days=days)
        if extension.reason:
            words = say(_("extended by %(days)s, %(reason)s"), days=days, reason=extension.reason)
        steps.append(TraceStep("extended", None, words))
    return steps


def _pause_steps(
    received: dt.date, until: dt.date, unit: DayUnit, pauses: Sequence[Pause], calendar: WorkingCalendar
) -> list[TraceStep]:
    steps = []
    for pause, days in _credits(received, until, unit, pauses, calendar):
        if pause.end is None or pause.start > until or pause.end <= received:
            continue
        said = {
            "start": pause.start,
            "end": pause.end,
            "days": count_of_days(days, unit),
            "reason": pause.reason,
        }
        template: Text = _("paused %(start)s–%(end)s: %(days)s not counted")
        if pause.reason:
            template = _("paused %(start)s–%(end)s, %(reason)s: %(days)s not counted")
        steps.append(TraceStep("paused", pause.start, say(template, **said)))
    return steps


def _day_off_steps(
    received: dt.date, until: dt.date, stages: Sequence[_Stage], calendar: WorkingCalendar
) -> list[TraceStep]:
    """Name the days off and swapped days met on the way, where working days were counted."""
    if all(stage.unit is DayUnit.CALENDAR for stage in stages):
        return []
    steps = []
    met = sorted(day for day in {*calendar.days_off, *calendar.working_weekends} if received < day <= until)
    runs: list[list[dt.date]] = []
    for day in met:
        if day.weekday() >= SATURDAY and day not in calendar.working_weekends:
            continue
        if (
            runs
            and calendar.name_of(runs[-1][0]) == calendar.name_of(day)
            and _same_break(runs[-1][-1], day, calendar)
        ):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        name = calendar.name_of(run[0])
        if run[0] in calendar.working_weekends:
            words = say(_("%(day)s counted: working day in exchange (%(name)s)"), day=run[0], name=name)
        elif len(run) == 1:
            words = say(_("%(day)s not counted: %(name)s"), day=run[0], name=name)
        else:
            words = say(_("%(start)s–%(end)s not counted: %(name)s"), start=run[0], end=run[-1], name=name)
        steps.append(TraceStep("day_off", run[0], words))
    return steps


def _same_break(earlier: dt.date, later: dt.date, calendar: WorkingCalendar) -> bool:
    day = earlier + ONE_DAY
    while day < later:
        if calendar.is_working(day):
            return False
        day += ONE_DAY
    return True
