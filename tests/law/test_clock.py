"""Due days, on the calendar that the notices announced."""

import datetime as dt

import pytest
from django.utils import translation

from law.clock import Extension, NoLimitError, Pause, day_of_receipt, due
from law.deadlines import DeadlineState
from law.provisions import DayUnit, Limit, calendar_days, working_days
from law.regimes import Regime
from law.vocabulary import Step
from tests.factories.law import official_calendar

CALENDAR = official_calendar()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ends(received: str, limit: Limit, *pauses: Pause, extensions=()) -> dt.date | None:
    return due(day(received), limit, pauses, extensions, calendar=CALENDAR).due


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-11-03", working_days(20), "2026-12-02"),  # 24 November, day of culture, is off
        ("2026-11-02", working_days(1), "2026-11-03"),
        ("2026-11-06", working_days(1), "2026-11-09"),  # over a weekend
        ("2026-08-20", working_days(2), "2026-08-22"),  # the swapped Saturday counts
        ("2026-08-28", working_days(1), "2026-09-03"),  # swapped Monday and National Day
        ("2026-01-09", working_days(1), "2026-01-10"),  # the swap that the package does not know
        ("2026-02-12", working_days(2), "2026-02-23"),  # over Tet
        ("2026-02-06", calendar_days(10), "2026-02-23"),  # ends on the first day of Tet: moved
        ("2026-11-03", calendar_days(3), "2026-11-06"),
        ("2026-11-03", calendar_days(4), "2026-11-09"),  # ends on a Saturday: moved to Monday
    ],
)
def test_the_due_day_follows_the_announced_calendar(received, limit, expected):
    assert ends(received, limit) == day(expected)


# Table a.1 across Tet of 2026 (days off 14 to 22 February): regime, step, received, due.
TABLE_A1 = [
    ("R1", Step.SUBMISSION, "2026-02-11", "2026-02-25"),
    ("R1", Step.APPRAISAL, "2026-02-11", "2026-03-11"),
    ("R1", Step.DECISION, "2026-02-11", "2026-02-25"),
    ("R2", Step.NOTICE, "2026-02-11", "2026-02-25"),
    ("R2", Step.WINDOW, "2026-02-02", "2026-02-23"),
    ("R2", Step.SUBMISSION, "2026-02-11", "2026-02-25"),
    ("R2", Step.APPRAISAL, "2026-02-02", "2026-02-27"),
    ("R2", Step.DECISION, "2026-02-11", "2026-02-27"),
    ("R3", Step.NOTICE, "2026-02-11", "2026-02-25"),
    ("R3", Step.WINDOW, "2026-02-02", "2026-02-23"),
    ("R3", Step.APPRAISAL, "2026-02-11", "2026-03-09"),
    ("R3", Step.DECISION, "2026-02-11", "2026-02-27"),
    ("R4", Step.NOTICE, "2026-02-11", "2026-02-23"),
    ("R4", Step.WINDOW, "2026-02-11", "2026-03-04"),
    ("R4", Step.SUBMISSION, "2026-02-11", "2026-02-25"),
    ("R4", Step.APPRAISAL, "2026-02-11", "2026-03-18"),
    ("R4", Step.DECISION, "2026-02-11", "2026-02-25"),
    ("R5", Step.NOTICE, "2026-02-11", "2026-02-13"),
    ("R5", Step.WINDOW, "2026-02-11", "2026-02-25"),
    ("R5", Step.SUBMISSION, "2026-02-11", "2026-02-25"),
    ("R5", Step.APPRAISAL, "2026-02-11", "2026-03-18"),
    ("R5", Step.DECISION, "2026-02-11", "2026-02-25"),
]


@pytest.mark.parametrize(("regime", "step", "received", "expected"), TABLE_A1)
def test_the_limits_of_every_regime_cross_tet_as_counted_by_hand(regime, step, received, expected):
    assert ends(received, Regime.by_code(regime).limit(step)) == day(expected)


def test_working_days_inside_a_pause_are_not_counted():
    pause = Pause(day("2026-11-09"), day("2026-11-13"))
    assert ends("2026-11-03", working_days(20), pause) == day("2026-12-09")


def test_a_pause_over_tet_gives_a_limit_in_working_days_nothing():
    pause = Pause(day("2026-02-14"), day("2026-02-22"))
    assert ends("2026-02-12", working_days(2), pause) == ends("2026-02-12", working_days(2))


def test_overlapping_pauses_are_credited_once():
    overlapping = [
        Pause(day("2026-11-09"), day("2026-11-12"), "supplement 1"),
        Pause(day("2026-11-11"), day("2026-11-13"), "supplement 2"),
    ]
    deadline = due(day("2026-11-03"), working_days(20), overlapping, calendar=CALENDAR)
    assert deadline.due == day("2026-12-09")
    assert deadline.paused_days == 5


def test_a_limit_in_calendar_days_is_credited_calendar_days():
    pause = Pause(day("2026-11-06"), day("2026-11-09"))
    assert ends("2026-11-03", calendar_days(6), pause) == day("2026-11-13")


def test_a_pause_after_the_due_day_changes_nothing():
    assert ends("2026-11-03", working_days(2), Pause(day("2026-11-06"))) == day("2026-11-05")


def test_an_open_pause_leaves_the_due_day_unknown():
    deadline = due(day("2026-11-03"), working_days(20), [Pause(day("2026-11-09"))], calendar=CALENDAR)
    assert deadline.due is None
    assert deadline.paused_since == day("2026-11-09")
    assert deadline.remaining(day("2026-11-30")) == 17
    assert deadline.remaining(day("2026-11-04")) == 19
    assert deadline.state(day("2026-11-30")) == DeadlineState.PAUSED
    assert deadline.state(day("2026-11-04")) == DeadlineState.ON_TIME


def test_an_open_pause_that_follows_another_without_gap_counts_from_the_first():
    pauses = [Pause(day("2026-11-05"), day("2026-11-08")), Pause(day("2026-11-09"))]
    deadline = due(day("2026-11-03"), working_days(20), pauses, calendar=CALENDAR)
    assert deadline.paused_since == day("2026-11-05")


def test_an_extension_in_the_same_unit_lengthens_the_limit():
    assert ends("2026-11-03", working_days(5), extensions=[Extension(3)]) == ends(
        "2026-11-03", working_days(8)
    )


def test_an_extension_in_the_other_unit_is_counted_after_the_limit():
    extension = Extension(10, DayUnit.CALENDAR)
    first = ends("2026-11-03", working_days(5))
    assert ends("2026-11-03", working_days(5), extensions=[extension]) == ends(
        first.isoformat(), calendar_days(10)
    )


def test_a_step_without_number_of_days_is_refused():
    with pytest.raises(NoLimitError):
        due(day("2026-11-03"), Regime.by_code("R2").limit(Step.SENDING), calendar=CALENDAR)


def test_impossible_pauses_and_extensions_are_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Pause(day("2026-11-03"), day("2026-11-02"))
    with pytest.raises(ValueError, match="at least one day"):
        Extension(0)


def test_the_state_is_said_in_words():
    deadline = due(
        day("2026-11-03"), working_days(10), [Pause(day("2026-11-09"), day("2026-11-10"))], calendar=CALENDAR
    )
    assert deadline.due == day("2026-11-19")
    states = {
        text: deadline.state(day(text)) for text in ("2026-11-05", "2026-11-09", "2026-11-17", "2026-11-20")
    }
    assert list(states.values()) == ["on_time", "paused", "due_soon", "overdue"]
    assert deadline.remaining(day("2026-11-05")) == 8
    assert deadline.remaining(day("2026-11-23")) == -2


def test_a_deadline_in_a_year_without_notice_is_provisional():
    assert due(day("2027-12-30"), working_days(5), calendar=CALENDAR).provisional
    assert not due(day("2026-11-03"), working_days(5), calendar=CALENDAR).provisional


def test_the_trace_reads_as_a_sentence_in_both_languages():
    deadline = due(
        day("2026-11-03"),
        Regime.by_code("R5").limit(Step.APPRAISAL),
        [Pause(day("2026-11-09"), day("2026-11-13"), "supplement 2")],
        calendar=CALENDAR,
    )
    with translation.override("en"):
        assert deadline.trace_text == (
            "received 03/11/2026, a day that is not counted; "
            "20 working days (amending Art. 10 Decree 303/2026/NĐ-CP); "
            "paused 09/11/2026–13/11/2026, supplement 2: 5 working days not counted; "
            "24/11/2026 not counted: Ngày Văn hóa Việt Nam; due 09/12/2026"
        )
    with translation.override("vi"):
        assert deadline.trace_text.startswith("tiếp nhận 03/11/2026")
        assert "20 ngày làm việc" in deadline.trace_text
        assert deadline.trace_text.endswith("đến hạn 09/12/2026")


def test_a_calendar_day_limit_that_ends_on_a_day_off_says_that_it_moved():
    trace = due(day("2026-02-06"), calendar_days(10), calendar=CALENDAR).trace
    assert [step.kind for step in trace] == ["received", "limit", "moved", "due"]
    assert trace[2].day == day("2026-02-16")


def test_what_arrives_late_or_on_a_day_off_is_received_on_the_next_working_day():
    five = dt.time(17)
    at = dt.datetime(2026, 11, 6, 17, 0)  # noqa: DTZ001 - a local time, as the office clock shows it
    assert day_of_receipt(at, calendar=CALENDAR) == day("2026-11-06")
    assert day_of_receipt(at, calendar=CALENDAR, cut_off=five) == day("2026-11-09")
    assert day_of_receipt(at.replace(hour=16), calendar=CALENDAR, cut_off=five) == day("2026-11-06")
    assert day_of_receipt(at.replace(day=7, hour=18), calendar=CALENDAR, cut_off=five) == day("2026-11-09")
