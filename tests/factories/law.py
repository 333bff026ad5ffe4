"""Calendars and parameters."""

import datetime as dt
from decimal import Decimal

import factory

from law.calendars import WorkingCalendar
from law.models import CalendarDay, DayKind, DaySource, Parameter, ProvincialParameter
from tests.factories.accounts import province


class CalendarDayFactory(factory.django.DjangoModelFactory):
    """A day off far in the future, where no calendar has been loaded."""

    class Meta:
        model = CalendarDay

    day = factory.Sequence(lambda n: dt.date(2090, 1, 2) + dt.timedelta(days=n))
    kind = DayKind.DAY_OFF
    name_vi = "Ngày nghỉ thử"
    notice_number = "1/TB-BNV"
    source = DaySource.ANNOUNCED


class ProvincialParameterFactory(factory.django.DjangoModelFactory):
    """The opinion period of Lào Cai, by another decision."""

    class Meta:
        model = ProvincialParameter

    class Params:
        off = factory.Trait(enabled=False)

    province = factory.LazyFunction(province)
    key = Parameter.RECEIPT_CUT_OFF
    value_number = Decimal(10)
    valid_from = dt.date(2026, 1, 1)
    decision_number = "1/2026/QĐ-UBND"
    source = "Quyết định"


def official_calendar() -> WorkingCalendar:
    """Return the announced calendar of 2024 to 2027 from the file, without a database."""
    from law.loading import announced_days

    days = announced_days()
    return WorkingCalendar(
        {day: facts["name_vi"] for day, facts in days.items() if facts["kind"] == "day_off"},
        {day: facts["name_vi"] for day, facts in days.items() if facts["kind"] == "working"},
        frozenset(day.year for day in days),
    )
