"""The page of one dossier: what asks for something stands open, the rest is folded and says how it stands."""

import pytest
from django.urls import reverse

from dossiers.services.supplements import Wanted, ask_for_supplement
from tests.factories.dossiers import Walk

pytestmark = pytest.mark.django_db


def sections(page):
    return {one.code: one for one in page.context["sections"]}


def test_what_asks_for_something_is_open_and_the_rest_says_how_it_stands(as_user):
    walk = Walk()
    walk.to("appraisal")
    found = sections(as_user(walk.officer).get(walk.fresh().get_absolute_url()))
    assert {"clock", "council", "events"} <= {code for code, one in found.items() if one.is_open}
    assert not found["supplements"].is_open
    assert found["supplements"].note == "chưa có"
    assert found["clock"].note == "Thẩm định và chấm điểm"

    ask_for_supplement(
        dossier=walk.fresh(),
        application=walk.application,
        items=[Wanted("field:place", "Thiếu tên thôn", "Ghi rõ tên thôn")],
        reason="Địa điểm chưa rõ.",
        actor=walk.officer,
    )
    found = sections(as_user(walk.officer).get(walk.fresh().get_absolute_url()))
    assert found["supplements"].is_open
    assert found["supplements"].tone == "warning"


def test_a_case_that_has_ended_folds_what_is_done(as_user):
    walk = Walk()
    walk.to("completed")
    found = sections(as_user(walk.officer).get(walk.fresh().get_absolute_url()))
    assert {code for code, one in found.items() if one.is_open} == {"events"}


def test_what_leads_on_is_the_main_button_and_what_turns_down_is_not(as_user):
    walk = Walk()
    walk.to("deciding")
    acts = as_user(walk.clerk).get(walk.fresh().get_absolute_url()).context["acts"]
    assert (acts[0].available.transition.action, acts[0].is_primary) == ("decide", True)
    assert not any(one.is_primary for one in acts if one.available.transition.asks_reason)


def test_a_sealed_dossier_names_the_last_day_and_not_the_midnight_after_it(as_user):
    walk = Walk()
    walk.to("open")
    last = walk.fresh().closes_at
    page = as_user(walk.commune_officer).get(walk.fresh().get_absolute_url())
    day = sections(page)["applications"].context["last_day"]
    assert (last.date() - day).days in (0, 1)
    assert f"Nhận hồ sơ đến hết ngày {day:%d/%m/%Y}." in page.content.decode()


def test_a_member_without_dossiers_goes_back_to_the_councils(as_user):
    walk = Walk()
    walk.to("appraisal")
    walk.council()
    page = as_user(walk.consulted).get(reverse("dossiers:council_statement", args=[walk.dossier.code]))
    assert page.context["breadcrumbs"][0][1] == reverse("dossiers:council_list")
