"""What happens by the calendar: windows end, deadlines and answers are reminded of, once each."""

import datetime as dt

import pytest

from accounts.roles import Role
from config.celery import BEAT
from dossiers.models import Application, Event, Notification, OpinionRequest, SupplementRequest
from dossiers.services import clocks, opinions, supplements
from dossiers.services.clocks import extend_step, refresh_after_calendar_change
from dossiers.tasks import close_due_windows, refresh_due_days, refresh_due_days_of_a_new_calendar, remind
from law.models import CalendarDay, DayKind, DaySource
from law.provisions import DayUnit
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment, organisation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(time_machine):
    time_machine.move_to(moment("2026-10-06", "10:00"), tick=False)
    return Walk()


def test_a_window_ends_by_itself_at_its_second_and_once(walk, time_machine):
    walk.to("open")
    closes_at = walk.fresh().closes_at
    time_machine.move_to(closes_at - dt.timedelta(seconds=1), tick=False)
    assert close_due_windows() == 0
    time_machine.move_to(closes_at, tick=False)
    assert close_due_windows() == 1
    assert close_due_windows() == 0
    dossier = walk.fresh()
    assert (dossier.state, dossier.is_sealed) == ("closed", True)
    event = Event.objects.get(dossier=dossier, action="close_window")
    assert (event.actor, event.actor_name) == (None, "cổng thông tin")
    # The clock of the submission runs from the closing day, whenever the task came to it.
    assert clocks.running_step(dossier).started_on == dt.date(2026, 10, 13)


def test_one_that_cannot_be_ended_does_not_hold_up_the_others(walk, time_machine, monkeypatch):
    walk.to("open")
    other = Walk()
    other.to("open")
    time_machine.move_to(moment("2026-11-01"), tick=False)
    from dossiers.services import reminders
    from dossiers.services.events import ActionRefused

    real = reminders.fire

    def stubborn(dossier, action, **said):
        if dossier.pk == walk.dossier.pk:
            raise ActionRefused(["Somebody opens it in this moment."])
        return real(dossier, action, **said)

    monkeypatch.setattr(reminders, "fire", stubborn)
    assert close_due_windows() == 1
    assert other.fresh().state == "closed"


def sentences(user):
    return list(
        Notification.objects.filter(user=user, topic="deadline")
        .order_by("pk")
        .values_list("sentence", flat=True)
    )


def test_a_deadline_is_told_when_it_comes_near_and_when_it_has_passed_once_each(walk, time_machine):
    walk.to("received")
    leader = walk.leader
    due = walk.fresh().due_on
    assert due == dt.date(2026, 10, 7)
    for _twice in range(2):
        assert remind()["deadlines"] == (1 if _twice == 0 else 0)
    assert sentences(walk.commune_officer) == ["due_soon"]
    assert sentences(leader) == []
    time_machine.move_to(moment("2026-10-08", "06:30"), tick=False)
    remind()
    remind()
    assert sentences(walk.commune_officer) == ["due_soon", "overdue"]
    assert sentences(leader) == ["overdue"]
    # More time is a new day, which is told of again.
    extend_step(
        dossier=walk.fresh(), days=2, unit=DayUnit.WORKING, reason="Chờ ý kiến", actor=walk.commune_officer
    )
    remind()
    assert sentences(walk.commune_officer) == ["due_soon", "overdue", "due_soon"]


def test_the_deputy_hears_instead_of_the_absent(walk, time_machine):
    from dossiers.services.people import assign_dossier, delegate

    walk.to("received")
    absent = walk.commune_officer
    deputy = person(Role.COMMUNE_OFFICER, organisation=organisation_of(absent))
    assign_dossier(dossier=walk.dossier, to=absent, actor=absent)
    delegate(
        absent=absent,
        deputy=deputy,
        starts_on=dt.date(2026, 10, 1),
        ends_on=dt.date(2026, 10, 9),
        actor=absent,
    )
    remind()
    assert (sentences(absent), sentences(deputy)) == ([], ["due_soon"])


def test_a_supplement_is_reminded_of_once_before_its_day(walk, time_machine):
    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    dossier = walk.to("appraisal")
    request = supplements.ask_for_supplement(
        dossier=dossier,
        application=Application.objects.get(dossier=dossier),
        items=[supplements.Wanted("document:map", "Bản đồ thiếu tọa độ", "Bổ sung tọa độ VN-2000")],
        reason="Bản đồ chưa đủ",
        actor=walk.officer,
        answer_by=dt.date(2026, 10, 26),
    )
    time_machine.move_to(moment("2026-10-22", "06:30"), tick=False)
    assert remind()["supplements"] == 0
    time_machine.move_to(moment("2026-10-23", "06:30"), tick=False)
    assert [remind()["supplements"] for _turn in range(2)] == [1, 0]
    request.refresh_from_db()
    assert request.reminded_at is not None
    event = Event.objects.get(dossier=dossier, action="supplement_reminded")
    assert event.application_id == request.application_id
    assert Notification.objects.filter(user=walk.investor, sentence="supplement_reminded").count() == 1


def test_one_without_a_day_of_its_own_is_reminded_of_after_some_days_and_an_answered_one_never(
    walk, time_machine
):
    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    dossier = walk.to("appraisal")
    request = supplements.ask_for_supplement(
        dossier=dossier,
        application=Application.objects.get(dossier=dossier),
        items=[supplements.Wanted("field:place", "Thiếu tên thôn", "Ghi rõ thôn")],
        reason="Địa điểm chưa rõ",
        actor=walk.officer,
    )
    time_machine.move_to(moment("2026-10-27", "06:30"), tick=False)
    SupplementRequest.objects.update(answered_at=moment("2026-10-20"))
    assert remind()["supplements"] == 0
    SupplementRequest.objects.filter(pk=request.pk).update(answered_at=None)
    assert remind()["supplements"] == 1


def test_an_agency_is_reminded_once_of_an_opinion_that_was_due(walk, time_machine):
    time_machine.move_to(moment("2026-10-16", "09:00"), tick=False)
    dossier = walk.to("appraisal")
    opinions.ask_for_opinions(
        dossier=dossier,
        organisations=[organisation_of(walk.consulted)],
        question="Ý kiến về hồ sơ",
        actor=walk.officer,
        due_on=dt.date(2026, 10, 23),
    )
    time_machine.move_to(moment("2026-10-23", "06:30"), tick=False)
    assert remind()["opinions"] == 0
    time_machine.move_to(moment("2026-10-24", "06:30"), tick=False)
    assert [remind()["opinions"] for _turn in range(2)] == [1, 0]
    assert OpinionRequest.objects.get().reminded_at is not None
    assert Event.objects.get(dossier=dossier, action="opinion_reminded").is_internal
    assert Notification.objects.filter(user=walk.consulted, sentence="opinion_reminded").count() == 1


def test_due_days_follow_a_new_calendar(walk):
    dossier = walk.to("received")
    assert dossier.due_on == dt.date(2026, 10, 7)
    assert refresh_due_days_of_a_new_calendar() == 0
    version = dossier.version
    CalendarDay.objects.create(
        day=dt.date(2026, 10, 7), kind=DayKind.DAY_OFF, name_vi="Nghỉ bão", source=DaySource.ADMINISTRATOR
    )
    assert refresh_due_days_of_a_new_calendar() == 1
    assert (walk.fresh().due_on, walk.fresh().version) == (dt.date(2026, 10, 8), version)
    # The same calendar is not counted again, and the nightly run finds nothing left.
    assert refresh_after_calendar_change() == 0
    assert refresh_due_days() == 0


def test_the_morning_comes_before_the_daily_letter():
    morning = BEAT["dossiers: remind of deadlines, supplements and opinions"]["schedule"]
    assert (set(morning.hour), set(morning.minute)) == ({6}, {30})
    assert BEAT["dossiers: end receiving times that are over"]["schedule"].minute == set(range(60))
