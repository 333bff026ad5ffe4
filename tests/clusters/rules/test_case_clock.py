"""The clock rules. Days are those of the announced calendar: Tet 2026 is off from 14 to 22 February."""

import pytest
from django.utils import translation

from clusters.rules.case_clock import (
    AppraisedOnTime,
    CopySent,
    DecidedOnTime,
    NoticeOnTime,
    ReceivedInTheWindow,
    SubmittedOnTime,
)
from law.clock import Extension, Pause
from law.provisions import DayUnit
from law.regimes import Regime
from law.rules import Outcome, Severity
from law.vocabulary import Step
from tests.factories.cases import application, case, day, moment


def check(rule, regime="R5", **said):
    return rule(Regime.by_code(regime)).check(case(regime, **said))


@pytest.mark.parametrize(
    ("regime", "request_on", "last", "late"),
    [
        ("R2", "2024-10-07", "2024-10-14", "2024-10-15"),
        ("R3", "2026-02-11", "2026-02-25", "2026-02-26"),
        ("R4", "2026-05-11", "2026-05-14", "2026-05-15"),
        ("R5", "2026-10-05", "2026-10-07", "2026-10-08"),
    ],
)
def test_v27_the_notice_follows_in_5_5_3_2_working_days(regime, request_on, last, late):
    on_time = check(NoticeOnTime, regime, first_request_on=day(request_on), notice_on=day(last))
    too_late = check(NoticeOnTime, regime, first_request_on=day(request_on), notice_on=day(late))

    assert on_time.ok is True
    assert (too_late.ok, too_late.severity) == (False, Severity.WARN)


def test_v27_shows_the_due_day_the_actual_day_and_the_count():
    finding = check(NoticeOnTime, first_request_on=day("2026-10-05"), notice_on=day("2026-10-12"))

    with translation.override("en"):
        assert str(finding.measured) == "done 12/10/2026"
        assert str(finding.required) == "by 07/10/2026"
        assert str(finding.explanation).startswith("3 working days late: received 05/10/2026")
    with translation.override("vi"):
        assert str(finding.required) == "chậm nhất ngày 07/10/2026"


def test_v27_a_running_step_is_overdue_only_after_its_day():
    request = {"first_request_on": day("2026-10-05")}

    assert check(NoticeOnTime, **request, on=day("2026-10-07")).outcome is Outcome.NOT_COMPUTABLE
    assert check(NoticeOnTime, **request, on=day("2026-10-08")).ok is False
    assert check(NoticeOnTime).outcome is Outcome.NOT_APPLICABLE


def test_v27_a_notice_before_the_request_is_a_mistake():
    finding = check(NoticeOnTime, first_request_on=day("2026-10-05"), notice_on=day("2026-10-02"))

    assert finding.ok is False


@pytest.mark.parametrize(
    ("regime", "notice", "closing"),
    [
        ("R2", "2024-10-14", "2024-10-29"),
        ("R3", "2026-02-02", "2026-02-23"),  # 15 calendar days end on 17 February, inside Tet
        ("R4", "2026-05-14", "2026-05-28"),
        ("R5", "2026-10-07", "2026-10-14"),
    ],
)
def test_v28_dossiers_are_received_for_the_time_of_the_law(regime, notice, closing):
    filed = application(filed_at=moment(f"{closing} 16:59"))
    said = {"notice_on": day(notice), "closes_at": moment(f"{closing} 17:00"), "applications": (filed,)}

    assert check(ReceivedInTheWindow, regime, **said).ok is True


def test_v28_a_notice_that_states_another_closing_day_blocks():
    for stated in ("2026-10-13 17:00", "2026-10-15 17:00"):
        finding = check(ReceivedInTheWindow, notice_on=day("2026-10-07"), closes_at=moment(stated))
        assert finding.blocks


@pytest.mark.parametrize(
    ("filed", "late"), [("2026-10-14 16:59:59.999999", False), ("2026-10-14 17:00:00", True)]
)
def test_v28_what_comes_after_the_closing_moment_is_refused(filed, late):
    said = {"notice_on": day("2026-10-07"), "closes_at": moment("2026-10-14 17:00")}
    taken_in = application(filed_at=moment(filed))
    refused = application(filed_at=moment(filed), refused_late=True)

    assert check(ReceivedInTheWindow, **said, applications=(taken_in,)).blocks is late
    assert check(ReceivedInTheWindow, **said, applications=(refused,)).ok is True


@pytest.mark.parametrize("closes_at", [None, moment("2026-10-15 00:00")])
def test_v28_without_a_stated_hour_the_whole_last_day_counts_in_vietnam(closes_at):
    said = {"notice_on": day("2026-10-07"), "closes_at": closes_at}
    last_minute = application(filed_at=moment("2026-10-14 23:59"))
    next_day = application(filed_at=moment("2026-10-15 00:00"))

    assert check(ReceivedInTheWindow, **said, applications=(last_minute,)).ok is True
    assert check(ReceivedInTheWindow, **said, applications=(next_day,)).blocks


def test_v28_a_dossier_without_moment_of_filing_proves_nothing():
    finding = check(ReceivedInTheWindow, notice_on=day("2026-10-07"), applications=(application(),))

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    assert check(ReceivedInTheWindow).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("regime", ["R2", "R3", "R4", "R5"])
def test_v29_the_submission_follows_in_5_working_days_after_the_closing(regime):
    closed = {"notice_on": day("2026-10-07"), "closes_at": moment("2026-10-14 17:00")}

    assert check(SubmittedOnTime, regime, **closed, submitted_on=day("2026-10-21")).ok is True
    assert check(SubmittedOnTime, regime, **closed, submitted_on=day("2026-10-22")).ok is False


def test_v29_without_a_stated_closing_the_day_of_the_law_counts():
    assert check(SubmittedOnTime, notice_on=day("2026-10-07"), submitted_on=day("2026-10-21")).ok is True
    assert check(SubmittedOnTime, notice_on=day("2026-10-07"), submitted_on=day("2026-10-22")).ok is False


def test_v29_under_decree_68_the_first_request_starts_it_and_under_decree_66_the_days_are_not_known():
    asked = {"first_request_on": day("2024-03-04"), "on": day("2024-04-01")}

    assert check(SubmittedOnTime, "R1", **asked, submitted_on=day("2024-03-11")).ok is True
    assert check(SubmittedOnTime, "R1", **asked, submitted_on=day("2024-03-12")).ok is False
    assert check(SubmittedOnTime, "R1b", **asked).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("regime", "full", "last", "late"),
    [
        ("R1", "2024-03-04", "2024-03-25", "2024-03-26"),
        ("R2", "2024-10-07", "2024-11-01", "2024-11-04"),
        ("R3", "2026-01-26", "2026-02-23", "2026-02-24"),
        ("R4", "2026-06-01", "2026-06-29", "2026-06-30"),
        ("R5", "2026-10-05", "2026-11-02", "2026-11-03"),
    ],
)
def test_v30_the_appraisal_takes_15_25_or_20_days_from_the_full_file(regime, full, last, late):
    said = {"full_file_on": day(full)}

    assert check(AppraisedOnTime, regime, **said, appraisal_report_on=day(last)).ok is True
    assert check(AppraisedOnTime, regime, **said, appraisal_report_on=day(late)).ok is False


def test_v30_the_time_of_a_supplement_is_not_counted():
    pauses = {Step.APPRAISAL: (Pause(day("2026-10-12"), day("2026-10-16"), "supplement"),)}
    said = {"full_file_on": day("2026-10-05"), "appraisal_report_on": day("2026-11-09")}

    assert check(AppraisedOnTime, **said).ok is False
    assert check(AppraisedOnTime, **said, pauses=pauses).ok is True
    # A pause of another step gives nothing.
    assert check(AppraisedOnTime, **said, pauses={Step.DECISION: pauses[Step.APPRAISAL]}).ok is False


def test_v30_while_the_dossier_is_being_supplemented_there_is_no_due_day():
    finding = check(
        AppraisedOnTime,
        full_file_on=day("2026-10-05"),
        pauses={Step.APPRAISAL: (Pause(day("2026-10-12")),)},
    )

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    with translation.override("en"):
        assert "paused since 12/10/2026" in str(finding.explanation)


def test_v30_an_extension_lengthens_the_step():
    said = {"full_file_on": day("2026-10-05"), "appraisal_report_on": day("2026-11-09")}
    longer = {Step.APPRAISAL: (Extension(5, DayUnit.WORKING),)}

    assert check(AppraisedOnTime, **said, extensions=longer).ok is True


@pytest.mark.parametrize(
    ("regime", "report", "last", "late"),
    [
        ("R1", "2024-03-25", "2024-04-01", "2024-04-02"),
        ("R2", "2024-11-04", "2024-11-13", "2024-11-14"),
        ("R3", "2026-02-11", "2026-02-27", "2026-03-02"),
        ("R4", "2026-06-29", "2026-07-06", "2026-07-07"),
        ("R5", "2026-11-02", "2026-11-09", "2026-11-10"),
    ],
)
def test_v31_the_decision_takes_5_7_7_5_5_working_days(regime, report, last, late):
    said = {"appraisal_report_on": day(report)}

    assert check(DecidedOnTime, regime, **said, decision_on=day(last)).ok is True
    assert check(DecidedOnTime, regime, **said, decision_on=day(late)).ok is False


def test_v31_counts_from_the_day_the_committee_had_the_papers():
    said = {"appraisal_report_on": day("2026-11-02"), "decision_on": day("2026-11-10")}

    assert check(DecidedOnTime, **said).ok is False
    assert check(DecidedOnTime, **said, decision_file_on=day("2026-11-03")).ok is True


def test_v31_a_decision_without_report_is_not_computable():
    assert check(DecidedOnTime, decision_on=day("2026-11-10")).outcome is Outcome.NOT_COMPUTABLE


def test_v36_the_decision_is_sent_to_the_ministry():
    decided = {"decision_on": day("2026-11-09")}

    assert check(CopySent).outcome is Outcome.NOT_APPLICABLE
    unsent = check(CopySent, **decided)
    assert (unsent.ok, unsent.severity) == (False, Severity.WARN)
    assert check(CopySent, **decided, sent_at=moment("2026-11-10 08:00")).ok is True
