"""Changing the working-day calendar. Entries are never removed: a withdrawn one says so and stays."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import demand
from accounts.roles import Function
from core.history import because
from law.calendars import SATURDAY
from law.models import CalendarDay, DayKind, DaySource


def set_calendar_day(
    *, day: dt.date, kind: str, name: str, notice_number: str, reason: str, by: Any, name_en: str = ""
) -> CalendarDay:
    """Enter a day off or a swapped working day, or correct the entry of that day.

    Raises PermissionDenied without the function, ValidationError for a working day in exchange that is no weekend.
    """
    demand(by, Function.KEEP_CALENDAR)
    if kind == DayKind.WORKING and day.weekday() < SATURDAY:
        raise ValidationError(
            {
                "day": _("%(day)s is no Saturday or Sunday: it is a working day without an entry.")
                % {"day": day}
            }
        )
    with transaction.atomic(), because(reason):
        entry, _created = CalendarDay.objects.update_or_create(
            day=day,
            defaults={
                "kind": kind,
                "name_vi": name,
                "name_en": name_en,
                "notice_number": notice_number,
                "source": DaySource.ADMINISTRATOR,
                "note": reason[:300],
            },
        )
    return entry


def withdraw_calendar_day(*, entry: CalendarDay, notice_number: str, reason: str, by: Any) -> CalendarDay:
    """Make a day follow its weekday again; the entry stays, so that loading does not bring it back."""
    demand(by, Function.KEEP_CALENDAR)
    with transaction.atomic(), because(reason):
        entry.kind = DayKind.ORDINARY
        entry.source = DaySource.ADMINISTRATOR
        entry.notice_number = notice_number
        entry.note = reason[:300]
        entry.save()
    return entry


def announce_year(*, year: int, notice_number: str, reason: str, by: Any) -> int:
    """Confirm the seeded days of a year by the number of the notice; return how many were confirmed."""
    demand(by, Function.KEEP_CALENDAR)
    with transaction.atomic(), because(reason):
        seeded = CalendarDay.objects.of_year(year).filter(source=DaySource.SEEDED)
        return seeded.update(source=DaySource.ADMINISTRATOR, notice_number=notice_number, note=reason[:300])
