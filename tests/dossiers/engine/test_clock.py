"""The clock of a dossier: it stands still, is given more time, and freezes how a step ended."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dossiers.models import Pause, StepRun
from dossiers.services import supplements
from dossiers.services.clocks import deadline_of, extend_step, running_step
from dossiers.services.events import ActionRefused
from dossiers.services.firing import fire
from law.models import CalendarDay, DayKind, DaySource
from law.provisions import DayUnit
from tests.factories.dossiers import Walk, moment, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def scene(build_scene):
    return build_scene(lambda: walked("appraisal"), at=moment("2026-10-16", "09:00"))


@pytest.fixture
def walk(scene, db, time_machine):
    """One applicant under appraisal."""
    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    return scene()


def ask(walk, application=None):
    return supplements.ask_for_supplement(
        dossier=walk.dossier,
        application=application or walk.application,
        items=[supplements.Wanted("field:place", "Thiếu tên thôn", "Ghi rõ thôn")],
        reason="Địa điểm chưa rõ",
        actor=walk.officer,
    )


def answer(walk, request, user=None):
    supplements.answer_item(item=request.items.get(), user=user or walk.investor, answer="Thôn 3")
    supplements.hand_in_answers(request=request, user=user or walk.investor)


def test_a_supplement_stops_the_clock_until_the_answer_comes_in(walk, time_machine):
    # 20 wd from Thu 15.10: 16 (1), 19-23 (6), 26-30 (11), 2-6.11 (16), 9, 10, 11, Thu 12.11 (20).
    assert walk.fresh().due_on == dt.date(2026, 11, 12)
    time_machine.move_to(moment("2026-10-20"), tick=False)
    request = ask(walk)
    dossier = walk.fresh()
    assert (dossier.due_on, dossier.paused_since) == (None, dt.date(2026, 10, 20))
    time_machine.move_to(moment("2026-10-26"), tick=False)
    answer(walk, request)
    time_machine.move_to(moment("2026-10-29"), tick=False)
    supplements.close_supplement(request=request, actor=walk.officer)
    # Not counted: Tue 20 - Mon 26.10, five working days; 27-29 are the department's own. 12.11 and five more: 19.11.
    dossier = walk.fresh()
    assert (dossier.due_on, dossier.paused_since) == (dt.date(2026, 11, 19), None)
    trace = " ".join(str(one) for one in deadline_of(running_step(dossier)).trace)
    assert "bổ sung lần 1" in trace


def test_two_supplements_at_once_are_credited_once_and_the_clock_waits_for_both(time_machine):
    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    walk = Walk()
    walk.to("open")
    rival = walk.join()
    for step in (walk.open_all, walk.submit, walk.accept):
        step()
    time_machine.move_to(moment("2026-10-20"), tick=False)
    first, second = ask(walk), ask(walk, rival)
    assert (first.number, second.number) == (1, 2)
    time_machine.move_to(moment("2026-10-22"), tick=False)
    answer(walk, first)
    supplements.close_supplement(request=first, actor=walk.officer)
    assert walk.fresh().due_on is None, "the second one still stands"
    time_machine.move_to(moment("2026-10-23"), tick=False)
    answer(walk, second, walk.rival)
    supplements.close_supplement(request=second, actor=walk.officer)
    # Tue 20 - Fri 23.10 once: four working days after Thu 12.11.
    assert walk.fresh().due_on == dt.date(2026, 11, 18)


def test_partial_answers_are_kept_and_can_be_changed_until_all_is_handed_in(walk):
    request = supplements.ask_for_supplement(
        dossier=walk.dossier,
        application=walk.application,
        items=[
            supplements.Wanted("field:place", "Thiếu tên thôn", "Ghi rõ thôn"),
            supplements.Wanted("document:map", "Thiếu tọa độ", "Bổ sung tọa độ"),
        ],
        reason="Hồ sơ chưa đủ",
        actor=walk.officer,
    )
    first, second = request.items.order_by("position")
    supplements.answer_item(item=first, user=walk.investor, answer="Thôn 3")
    supplements.answer_item(item=first, user=walk.investor, answer="Thôn 4")
    with pytest.raises(ActionRefused, match="2"):
        supplements.hand_in_answers(request=request, user=walk.investor)
    supplements.answer_item(item=second, user=walk.investor, answer="Đã bổ sung")
    supplements.hand_in_answers(request=request, user=walk.investor)
    with pytest.raises(ActionRefused):
        supplements.answer_item(item=first, user=walk.investor, answer="Thôn 5")
    supplements.close_supplement(request=request, actor=walk.officer, settled={1: True, 2: False})
    assert list(request.items.order_by("position").values_list("answer", "is_settled")) == [
        ("Thôn 4", True),
        ("Đã bổ sung", False),
    ]
    assert ask(walk).number == 2


def test_more_time_needs_a_reason_and_stands_in_the_trace(walk):
    more = {"dossier": walk.dossier, "unit": DayUnit.WORKING, "actor": walk.officer}
    for wrong in ({"days": 5, "reason": " "}, {"days": 0, "reason": "x"}, {"days": 366, "reason": "x"}):
        with pytest.raises(ValidationError):
            extend_step(**more, **wrong)
    with pytest.raises(ActionRefused):
        extend_step(**{**more, "actor": walk.clerk}, days=5, reason="Hồ sơ phức tạp")
    extend_step(**more, days=5, reason="Hồ sơ phức tạp")
    dossier = walk.fresh()
    assert dossier.due_on == dt.date(2026, 11, 19)
    assert "Hồ sơ phức tạp" in " ".join(str(one) for one in deadline_of(running_step(dossier)).trace)
    # Calendar days are a stage of their own, never added to working days: from Thu 19.11 Sunday 22.11, moved to Monday.
    extend_step(**{**more, "unit": DayUnit.CALENDAR}, days=3, reason="Thêm ba ngày")
    assert walk.fresh().due_on == dt.date(2026, 11, 23)


def test_a_step_without_limit_is_not_extended(time_machine):
    time_machine.move_to(moment("2026-11-26"))
    walk = Walk()
    walk.to("submitted")
    with pytest.raises(ActionRefused):
        extend_step(dossier=walk.dossier, days=1, unit=DayUnit.WORKING, reason="Chờ thêm", actor=walk.officer)


@pytest.mark.parametrize(
    ("day", "punctuality", "off"),
    [
        ("2026-11-11", "early", 1),
        ("2026-11-12", "on_time", 0),
        ("2026-11-13", "late", -1),
        ("2026-11-16", "late", -2),
    ],
)
def test_a_step_ends_early_on_time_or_late_by_days_of_its_own_kind(walk, time_machine, day, punctuality, off):
    time_machine.move_to(moment(day), tick=False)
    walk.council(moment(day, "08:00"))
    walk.report(moment(day))
    run = StepRun.objects.get(dossier=walk.dossier, step="S4")
    assert (run.punctuality, run.days_off, run.ended_on.isoformat()) == (punctuality, off, day)


def test_what_is_frozen_stays_when_the_calendar_changes(walk, time_machine):
    time_machine.move_to(moment("2026-11-12"), tick=False)
    walk.council(moment("2026-11-12", "08:00"))
    walk.report(moment("2026-11-12"))
    before = StepRun.objects.filter(dossier=walk.dossier, step="S4").values().get()
    assert set(before["trace"]) == {"vi", "en"}
    CalendarDay.objects.create(
        day=dt.date(2026, 11, 9), kind=DayKind.DAY_OFF, name_vi="Nghỉ bão", source=DaySource.ADMINISTRATOR
    )
    from dossiers.services.clocks import refresh_all_due

    # The decision, 5 wd from Thu 12.11, is not touched by a day before it.
    assert refresh_all_due() == 0
    assert StepRun.objects.filter(dossier=walk.dossier, step="S4").values().get() == before


def test_a_returned_dossier_has_no_running_step_and_the_decision_is_counted_anew(walk, time_machine):
    time_machine.move_to(moment("2026-10-27"), tick=False)
    walk.report()
    time_machine.move_to(moment("2026-10-28"), tick=False)
    fire(walk.dossier, "return_to_department", actor=walk.clerk, note="Làm rõ nguồn vốn.")
    assert (running_step(walk.fresh()), walk.fresh().due_on) == (None, None)
    time_machine.move_to(moment("2026-10-30"), tick=False)
    fire(walk.dossier, "send_report", actor=walk.leader)
    # 5 wd from Fri 30.10: 2-6.11.
    assert walk.fresh().due_on == dt.date(2026, 11, 6)
    assert [run.step for run in StepRun.objects.filter(dossier=walk.dossier).order_by("pk")].count("S5") == 2


def test_what_arrives_on_a_day_off_is_received_on_the_next_working_day(time_machine):
    time_machine.move_to(moment("2026-10-10", "22:00"), tick=False)  # a Saturday
    walk = Walk()
    walk.file(moment("2026-10-10", "21:00"))
    dossier = walk.fresh()
    assert (dossier.received_on, dossier.received_at) == (
        dt.date(2026, 10, 12),
        moment("2026-10-10", "21:00"),
    )
    # 2 wd from Mon 12.10.
    assert dossier.due_on == dt.date(2026, 10, 14)


def test_a_pause_of_an_application_that_is_withdrawn_ends_with_it(time_machine):
    """Nobody is waited for any more: the clock of the others goes on."""
    from dossiers.services.filing import withdraw_application

    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    walk = Walk()
    walk.to("open")
    rival = walk.join()
    for step in (walk.open_all, walk.submit, walk.accept):
        step()
    time_machine.move_to(moment("2026-10-20"), tick=False)
    request = ask(walk, rival)
    time_machine.move_to(moment("2026-10-22"), tick=False)
    withdraw_application(application=rival, user=walk.rival, reason="Không còn nhu cầu")
    request.refresh_from_db()
    assert request.closed_at is not None
    assert not Pause.objects.filter(dossier=walk.dossier, ends_on__isnull=True).exists()
    # Tue 20 - Thu 22.10 are not counted: three working days after Thu 12.11.
    assert walk.fresh().due_on == dt.date(2026, 11, 17)
