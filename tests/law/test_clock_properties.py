"""What holds for every deadline, whatever the days."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from law.calendars import WorkingCalendar
from law.clock import Extension, Pause, due
from law.provisions import DayUnit, Limit
from tests.factories.law import official_calendar

CALENDAR = official_calendar()
PLAIN = WorkingCalendar()

days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 10, 1))
units = st.sampled_from(DayUnit)
limits = st.builds(lambda amount, unit: Limit(amount=amount, unit=unit), st.integers(1, 60), units)
pauses = st.lists(
    st.builds(
        lambda start, length: Pause(start, start + dt.timedelta(days=length)), days, st.integers(0, 40)
    ),
    max_size=4,
)
extensions = st.lists(st.builds(Extension, st.integers(1, 20), units), max_size=3)
ordinary = settings(max_examples=150)


def ends(received, limit, stops=(), more=(), calendar=CALENDAR):
    return due(received, limit, stops, more, calendar=calendar).due


@ordinary
@given(days, limits, pauses, extensions)
def test_a_due_day_is_a_working_day_after_receipt_and_outside_every_pause(received, limit, stops, more):
    end = ends(received, limit, stops, more)
    assert CALENDAR.is_working(end)
    assert end > received
    assert not any(pause.covers(end) for pause in stops)


@ordinary
@given(days, limits, pauses, extensions, days, st.integers(0, 40))
def test_a_pause_never_shortens(received, limit, stops, more, start, length):
    another = Pause(start, start + dt.timedelta(days=length))
    assert ends(received, limit, [*stops, another], more) >= ends(received, limit, stops, more)


@ordinary
@given(days, limits, pauses, extensions, st.integers(1, 20))
def test_an_extension_in_the_unit_of_the_limit_never_shortens(received, limit, stops, more, amount):
    longer = [Extension(amount, limit.unit), *more]
    assert ends(received, limit, stops, longer) >= ends(received, limit, stops, more)


@ordinary
@given(days, limits, pauses, st.integers(0, 30))
def test_receiving_later_never_makes_it_due_earlier(received, limit, stops, later):
    assert ends(received + dt.timedelta(days=later), limit, stops) >= ends(received, limit, stops)


@ordinary
@given(days, limits, pauses, st.integers(0, 30))
def test_a_longer_limit_is_never_due_earlier(received, limit, stops, more):
    longer = Limit(amount=limit.amount + more, unit=limit.unit)
    assert ends(received, longer, stops) >= ends(received, limit, stops)


@ordinary
@given(days, limits, pauses, days, st.integers(1, 40), st.data())
def test_two_adjacent_pauses_are_one_pause(received, limit, stops, start, length, data):
    end = start + dt.timedelta(days=length)
    cut = start + dt.timedelta(days=data.draw(st.integers(0, length - 1)))
    halves = [Pause(start, cut), Pause(cut + dt.timedelta(days=1), end)]
    whole = due(received, limit, [*stops, Pause(start, end)], calendar=CALENDAR)
    split = due(received, limit, [*stops, *halves], calendar=CALENDAR)
    assert (whole.due, whole.paused_days) == (split.due, split.paused_days)


@ordinary
@given(days, limits, pauses)
def test_a_pause_given_twice_is_credited_once(received, limit, stops):
    once = due(received, limit, stops, calendar=CALENDAR)
    twice = due(received, limit, [*stops, *stops], calendar=CALENDAR)
    assert (once.due, once.paused_days) == (twice.due, twice.paused_days)


@ordinary
@given(days, st.integers(1, 60), st.integers(0, 3000))
def test_a_pause_over_days_off_gives_working_days_nothing(received, amount, offset):
    limit = Limit(amount=amount, unit=DayUnit.WORKING)
    off = [day for day in CALENDAR.days_off if not CALENDAR.is_working(day)]
    first = last = sorted(off)[offset % len(off)]
    while not CALENDAR.is_working(first - dt.timedelta(days=1)):
        first -= dt.timedelta(days=1)
    while not CALENDAR.is_working(last + dt.timedelta(days=1)):
        last += dt.timedelta(days=1)
    paused = due(received, limit, [Pause(first, last)], calendar=CALENDAR)
    assert (paused.due, paused.paused_days) == (ends(received, limit), 0)


@ordinary
@given(days, st.integers(1, 60), pauses)
def test_working_days_are_counted_as_working_days_alone(received, amount, stops):
    end = ends(received, Limit(amount=amount, unit=DayUnit.WORKING), stops)
    counted = [
        day
        for day in (received + dt.timedelta(days=n) for n in range(1, (end - received).days + 1))
        if CALENDAR.is_working(day) and not any(pause.covers(day) for pause in stops)
    ]
    assert len(counted) == amount


@ordinary
@given(days, st.integers(1, 60), pauses)
def test_calendar_days_never_depend_on_days_off_except_at_the_end(received, amount, stops):
    limit = Limit(amount=amount, unit=DayUnit.CALENDAR)
    counted, day = 0, received
    while counted < amount:
        day += dt.timedelta(days=1)
        counted += not any(pause.covers(day) for pause in stops)
    end = ends(received, limit, stops)
    assert end >= day
    skipped = [day + dt.timedelta(days=n) for n in range((end - day).days)]
    assert all(not CALENDAR.is_working(each) or any(p.covers(each) for p in stops) for each in skipped)


@ordinary
@given(days, limits, st.integers(1, 30), pauses)
def test_an_extension_in_the_other_unit_is_a_stage_of_its_own(received, limit, amount, stops):
    other = DayUnit.CALENDAR if limit.unit is DayUnit.WORKING else DayUnit.WORKING
    first = ends(received, limit, stops)
    assert ends(received, limit, stops, [Extension(amount, other)]) == ends(
        first, Limit(amount=amount, unit=other), stops
    )
