"""My work: whose desk, what is late in words, search without marks, giving several at once with exact counts."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from dossiers.models import Dossier
from dossiers.services.people import assign_dossier, delegate
from tests.assertions import assert_swap_equals_page
from tests.factories.accounts import HA_NOI, person
from tests.factories.dossiers import moment, organisation_of, planned, walked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("appraisal")]
WORK = "/dossiers/work/"


def titles(response):
    return [row.record.title for row in response.context["table"].page.object_list]


def test_a_dossier_is_on_my_desk_once_i_took_it_and_before_that_on_my_units(walk, as_user):
    client = as_user(walk.officer)
    assert titles(client.get(WORK)) == []
    assert titles(client.get(WORK, {"desk": "unit"})) == [walk.fresh().title]
    assign_dossier(dossier=walk.dossier, to=walk.officer, actor=walk.officer)
    assert titles(client.get(WORK)) == [walk.fresh().title]


def test_a_deputy_finds_the_dossiers_of_the_absent_colleague(walk, as_user):
    deputy = person(Role.DEPARTMENT_OFFICER, organisation=organisation_of(walk.officer))
    assign_dossier(dossier=walk.dossier, to=walk.officer, actor=walk.officer)
    assert titles(as_user(deputy).get(WORK)) == []
    delegate(
        absent=walk.officer,
        deputy=deputy,
        starts_on=moment("2026-11-20").date(),
        ends_on=moment("2026-12-01").date(),
        actor=walk.officer,
    )
    assert titles(as_user(deputy).get(WORK)) == [walk.fresh().title]


def test_what_is_late_is_said_in_words(walk, as_user):
    page = as_user(walk.officer).get(WORK, {"desk": "unit"}).content.decode()
    assert "quá hạn" in page
    assert "tag-danger" in page
    late = as_user(walk.officer).get(WORK, {"desk": "unit", "due": "overdue"})
    assert titles(late) == [walk.fresh().title]
    assert titles(as_user(walk.officer).get(WORK, {"desk": "unit", "due": "paused"})) == []


def test_the_search_does_not_need_marks(as_user):
    walk = walked("appraisal", line=planned(name="Phú Thịnh Đỏ"))
    client = as_user(walk.officer)
    assert titles(client.get(WORK, {"desk": "all", "q": "phu thinh do"})) == [walk.fresh().title]
    assert titles(client.get(WORK, {"desk": "all", "q": "khong co"})) == []


def test_a_commune_sees_its_own_dossiers_and_not_those_of_another_place(walk, as_user):
    received = walked("received", line=planned(name="Mới Nhận"))
    own = titles(as_user(received.commune_officer).get(WORK, {"desk": "all"}))
    assert sorted(own) == sorted([walk.fresh().title, received.fresh().title])
    elsewhere = person(Role.COMMUNE_OFFICER, commune_code="21808")
    assert titles(as_user(elsewhere).get(WORK, {"desk": "all"})) == []
    assert as_user(elsewhere).get(walk.fresh().get_absolute_url()).status_code == 404
    other_province = person(Role.DEPARTMENT_OFFICER, province_code=HA_NOI)
    assert titles(as_user(other_province).get(WORK, {"desk": "all"})) == []


def test_the_swap_of_the_list_equals_the_page(walk, as_user):
    assert_swap_equals_page(as_user(walk.officer), WORK, {"desk": "unit", "sort": "-received_on"})


def test_several_are_given_at_once_and_the_page_says_exactly_how_many(walk, as_user):
    officer, leader = walk.officer, walk.leader
    lines = [planned(name=f"Cụm Thử {number}") for number in range(2)]
    walks = [walk, *(walked("appraisal", line=line, officer=officer, leader=leader) for line in lines)]
    client = as_user(officer)
    keys = [str(walk.dossier.pk) for walk in walks[:2]]
    asked = client.post(reverse("dossiers:assign_bulk") + "?desk=unit", {"scope": "ticked", "row": keys})
    assert len(asked.context["rows"]) == 2
    assert re.search(r"Đã chọn\s+2\s+hồ sơ", asked.content.decode())
    done = client.post(
        reverse("dossiers:assign_bulk") + "?desk=unit",
        {"step": "write", "seal": asked.context["seal"], "to": str(officer.pk), "reason": "Phân công tuần"},
    )
    assert done.status_code == 302
    assert Dossier.objects.filter(assignee=officer).count() == 2


def test_one_that_changed_after_it_was_looked_at_is_named_and_stops_no_other(walk, as_user):
    first = walk
    second = walked("appraisal", line=planned(name="Hai"), officer=first.officer, leader=first.leader)
    client = as_user(first.officer)
    asked = client.post(reverse("dossiers:assign_bulk") + "?desk=unit", {"scope": "all"})
    assert len(asked.context["rows"]) == 2
    second.opinion()
    outcome = client.post(
        reverse("dossiers:assign_bulk") + "?desk=unit",
        {"step": "write", "seal": asked.context["seal"], "to": str(first.officer.pk)},
    )
    assert [row.pk for row, _reasons in outcome.context["handout"].refused] == [second.dossier.pk]
    assert first.fresh().assignee == first.officer
    assert second.fresh().assignee is None


def test_the_list_can_be_had_as_a_file_with_its_words(walk, as_user):
    answer = as_user(walk.officer).get(WORK, {"desk": "unit", "export": "csv", "export_columns": "all"})
    text = b"".join(answer.streaming_content).decode()
    assert walk.dossier.code in text
    assert str(walk.fresh().procedure.title) in text


def test_everybody_is_led_to_their_own_first_page(as_user):
    assert as_user(person(Role.DEPARTMENT_OFFICER)).get("/dossiers/start/")["Location"] == WORK
    consulted = as_user(person(Role.CONSULTED_OFFICER)).get("/dossiers/start/")
    assert consulted["Location"] == reverse("dossiers:opinion_list")
    analyst = as_user(person(Role.MINISTRY_ANALYST)).get("/dossiers/start/")
    assert analyst["Location"] == reverse("registry:home")
