"""The working-day calendar as an immutable value, loaded once per request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from law.words import Text

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days State agencies work: Monday to Friday, without days off, with the swapped Saturdays.

    ``days_off`` and ``working_weekends`` map a day to its name; ``announced_years`` are the years whose calendar an
    authority has announced. Other years are known by forecast only, so a day computed in them is provisional.
    """

    days_off: Mapping[dt.date, Text] = field(default_factory=dict)
    working_weekends: Mapping[dt.date, Text] = field(default_factory=dict)
    announced_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "days_off", MappingProxyType(dict(self.days_off)))
        object.__setattr__(self, "working_weekends", MappingProxyType(dict(self.working_weekends)))

    def is_working(self, day: dt.date) -> bool:
        """Return whether agencies work on the day."""
        if day in self.working_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: dt.date) -> dt.date:
        """Return the day itself if it is a working day, otherwise the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: dt.date, amount: int) -> dt.date:
        """Return the ``amount``-th working day after ``day``, which is itself not counted (``amount`` >= 0)."""
        if amount < 0:
            raise ValueError("Working days are added forwards only; give an amount of 0 or more.")
        for _step in range(amount):
            day = self.next_working_day(day + ONE_DAY)
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Count the working days after ``start`` up to and including ``end``; negative when ``end`` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + dt.timedelta(days=offset) for offset in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def name_of(self, day: dt.date) -> Text:
        """Return the name of a day off or swapped day; empty for any other."""
        return self.days_off.get(day) or self.working_weekends.get(day) or ""

    def is_announced(self, year: int) -> bool:
        """Return whether an authority has announced the days off of the year."""
        return year in self.announced_years
