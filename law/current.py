"""The working calendar of the request: read once, handed to whoever computes a deadline."""

from django.http import HttpRequest

from law.calendars import WorkingCalendar
from law.models import CalendarDay

_KEPT = "_working_calendar"


def working_calendar(request: HttpRequest | None = None) -> WorkingCalendar:
    """Return the calendar as it stands now, with one query; a request keeps it for its lifetime."""
    if request is None:
        return CalendarDay.objects.calendar()
    kept: WorkingCalendar | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = CalendarDay.objects.calendar()
        setattr(request, _KEPT, kept)
    return kept
