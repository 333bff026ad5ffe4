"""What of the law is asked for all over a page: read once a request, handed to whoever needs it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

from law.calendars import WorkingCalendar
from law.models import CalendarDay, ProvincialParameter
from law.models.parameters import DEFAULTS

_KEPT = "_working_calendar"
Limits = Mapping[tuple[int, str], int]
_limits: ContextVar[dict[dt.date, Limits] | None] = ContextVar("limits", default=None)


def working_calendar(request: HttpRequest | None = None) -> WorkingCalendar:
    """Return the calendar as it stands now, with one query; a request keeps it for its lifetime."""
    if request is None:
        return CalendarDay.objects.calendar()
    kept: WorkingCalendar | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = CalendarDay.objects.calendar()
        setattr(request, _KEPT, kept)
    return kept


@contextmanager
def keeping_limits() -> Iterator[None]:
    """Ask for the limits of the provinces only once inside the block."""
    token = _limits.set({})
    try:
        yield
    finally:
        _limits.reset(token)


def forget_limits() -> None:
    """Ask again: a limit was changed."""
    kept = _limits.get()
    if kept is not None:
        kept.clear()


def limits_on(day: dt.date) -> Limits:
    """Return the limits (of ``DEFAULTS``) that provinces set and that apply on the day, by province and parameter."""
    kept = _limits.get()
    if kept is not None and day in kept:
        return kept[day]
    rows = ProvincialParameter.objects.in_force(on=day).filter(key__in=DEFAULTS, value_number__isnull=False)
    found = {
        (province, key): int(value or 0)
        for province, key, value in rows.order_by("pk").values_list("province_id", "key", "value_number")
    }
    if kept is not None:
        kept[day] = found
    return found


def limit_of(province_id: int | None, key: str, day: dt.date) -> int:
    """Return a limit on a day: the province's own, else the default."""
    return limits_on(day).get((province_id or 0, key), DEFAULTS[key])
