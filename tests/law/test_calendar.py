"""The working-day calendar: value, loading, changes with their notice, pages."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import reverse

from accounts.roles import Role
from law.calendars import WorkingCalendar
from law.current import working_calendar
from law.loading import write_calendar
from law.models import CalendarDay, DayKind, DaySource
from law.services import announce_year, set_calendar_day, withdraw_calendar_day
from tests.assertions import assert_num_queries
from tests.factories.law import CalendarDayFactory, official_calendar

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 27)
NOTICE = {"notice_number": "1/TB-BNV", "reason": "Thông báo mới"}


@pytest.fixture
def keeper(client_of):
    return client_of(Role.PORTAL_ADMINISTRATOR)


def test_the_announced_days_are_those_of_the_notices():
    calendar = official_calendar()
    assert not calendar.is_working(dt.date(2026, 1, 2))  # swapped by a notice that the package does not know
    assert calendar.is_working(dt.date(2026, 1, 10))
    assert calendar.is_working(dt.date(2026, 8, 22))
    assert not calendar.is_working(dt.date(2026, 11, 24))
    assert calendar.is_working(dt.date(2026, 11, 23))  # the swap that was proposed and not adopted
    assert not calendar.is_working(dt.date(2026, 11, 28))


def test_a_calendar_cannot_be_changed_once_it_is_made():
    days = {FRIDAY: "nghỉ"}
    calendar = WorkingCalendar(days)
    days.clear()
    assert not calendar.is_working(FRIDAY)
    with pytest.raises(TypeError):
        calendar.days_off[FRIDAY] = "x"


def test_working_days_are_added_and_counted():
    calendar = official_calendar()
    monday = dt.date(2026, 11, 23)
    assert calendar.add_working_days(monday, 1) == dt.date(2026, 11, 25)
    assert calendar.next_working_day(dt.date(2026, 11, 28)) == dt.date(2026, 11, 30)
    assert calendar.working_days_between(monday, dt.date(2026, 11, 30)) == 4
    assert calendar.working_days_between(dt.date(2026, 11, 30), monday) == -4
    with pytest.raises(ValueError, match="forwards"):
        calendar.add_working_days(monday, -1)


def test_loading_again_changes_nothing():
    assert write_calendar() == 0
    before = CalendarDay.objects.count()
    call_command("load_calendar", verbosity=0)
    assert CalendarDay.objects.count() == before


def test_years_without_notice_are_seeded_and_say_so():
    calendar = CalendarDay.objects.calendar()
    assert calendar.is_announced(2026)
    assert not calendar.is_announced(2028)
    assert set(CalendarDay.objects.of_year(2028).values_list("source", flat=True)) == {DaySource.SEEDED}
    assert not calendar.is_working(dt.date(2028, 4, 4))


def test_what_an_administrator_entered_survives_loading(keeper):
    set_calendar_day(day=dt.date(2026, 11, 24), kind=DayKind.DAY_OFF, name="Khác", by=keeper.user, **NOTICE)
    write_calendar()
    entry = CalendarDay.objects.get(day=dt.date(2026, 11, 24))
    assert (entry.name_vi, entry.source) == ("Khác", DaySource.ADMINISTRATOR)


def test_a_withdrawn_day_works_again_and_stays_withdrawn(keeper):
    entry = CalendarDay.objects.get(day=dt.date(2026, 11, 24))
    withdraw_calendar_day(entry=entry, by=keeper.user, **NOTICE)
    write_calendar()
    assert CalendarDay.objects.calendar().is_working(dt.date(2026, 11, 24))


def test_a_change_is_kept_in_the_history_with_its_reason(keeper):
    entry = set_calendar_day(day=FRIDAY, kind=DayKind.DAY_OFF, name="Nghỉ", by=keeper.user, **NOTICE)
    event = entry.events.order_by("pgh_id").last()
    assert event.notice_number == "1/TB-BNV"
    assert event.pgh_context.metadata["reason"] == "Thông báo mới"


def test_a_weekday_needs_no_entry_to_be_worked(keeper):
    with pytest.raises(ValidationError, match="27"):
        set_calendar_day(day=FRIDAY, kind=DayKind.WORKING, name="Làm", by=keeper.user, **NOTICE)


def test_a_seeded_year_is_confirmed_by_its_notice(keeper):
    assert announce_year(year=2028, by=keeper.user, **NOTICE) > 5
    assert CalendarDay.objects.calendar().is_announced(2028)


def test_only_keepers_of_the_calendar_change_it(client_of):
    officer = client_of(Role.DEPARTMENT_OFFICER).user
    with pytest.raises(PermissionDenied):
        set_calendar_day(day=FRIDAY, kind=DayKind.DAY_OFF, name="Nghỉ", by=officer, **NOTICE)
    with pytest.raises(PermissionDenied):
        withdraw_calendar_day(entry=CalendarDayFactory(), by=officer, **NOTICE)
    with pytest.raises(PermissionDenied):
        announce_year(year=2028, by=officer, **NOTICE)


def test_a_request_reads_the_calendar_once():
    request = RequestFactory().get("/")
    with assert_num_queries(1):
        assert working_calendar(request) is working_calendar(request)
    assert not working_calendar().is_working(dt.date(2026, 11, 24))


# --- Pages ----------------------------------------------------------------------------------------------------


def test_the_calendar_page_shows_the_year_and_marks_a_seeded_one(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER)
    page = client.get(reverse("law:calendar"), {"year": "2026"}).content.decode()
    assert "Lịch ngày làm việc năm 2026" in page
    assert "Ngày Văn hóa Việt Nam" in page
    assert reverse("law:calendar_day") not in page
    seeded = client.get(reverse("law:calendar"), {"year": "2028"}).content.decode()
    assert "dự kiến, chưa có thông báo" in seeded
    for odd in ("x", "0", "99999", "²"):
        assert client.get(reverse("law:calendar"), {"year": odd}).status_code == 200


def test_the_calendar_asks_to_sign_in_and_edits_ask_for_the_function(client, client_of):
    assert client.get(reverse("law:calendar")).status_code == 302
    officer = client_of(Role.DEPARTMENT_OFFICER)
    entry = CalendarDayFactory()
    for address in (
        reverse("law:calendar_day"),
        reverse("law:calendar_withdraw", args=[entry.pk]),
        reverse("law:calendar_announce", args=[2028]),
    ):
        assert officer.get(address).status_code == 403


def test_a_day_is_entered_corrected_withdrawn_and_a_year_confirmed_on_the_page(keeper):
    facts = {"day": "2026-11-27", "kind": "day_off", "name": "Nghỉ thêm", "name_en": "Extra", **NOTICE}
    assert keeper.post(reverse("law:calendar_day"), facts).status_code == 302
    entry = CalendarDay.objects.get(day=FRIDAY)
    assert "Nghỉ thêm" in keeper.get(reverse("law:calendar_day"), {"entry": entry.pk}).content.decode()
    withdraw = reverse("law:calendar_withdraw", args=[entry.pk])
    assert keeper.get(withdraw).status_code == 200
    assert keeper.post(withdraw, NOTICE).status_code == 302
    assert keeper.post(reverse("law:calendar_announce", args=[2029]), NOTICE).status_code == 302
    entry.refresh_from_db()
    assert entry.kind == DayKind.ORDINARY


def test_a_wrong_day_is_explained_on_the_form(keeper):
    facts = {"day": "2026-11-27", "kind": "working", "name": "Làm bù", **NOTICE}
    response = keeper.post(reverse("law:calendar_day"), facts)
    assert response.status_code == 200
    assert "không phải thứ Bảy hoặc Chủ nhật" in response.content.decode()
    assert "notice_number" in keeper.post(reverse("law:calendar_day"), {"day": ""}).context["form"].errors
