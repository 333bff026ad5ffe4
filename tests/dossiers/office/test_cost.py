"""What the page of a dossier costs the leader of the department, who has the most actions and the most guards."""

from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.models import ClusterCase
from clusters.procedures.checking import case_checklist
from dossiers.procedures.transitions import Rules
from dossiers.services.events import ActionRefused
from dossiers.services.firing import available, fire
from tests.assertions import assert_num_queries
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db


def ready_for_the_report():
    made = Walk()
    made.to("open")
    made.join()
    for step in (made.open_all, made.submit, made.accept, made.opinion, made.council):
        step()
    made.judge(moment("2026-10-27"))
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(ready_for_the_report, at=moment("2026-11-26"))


@pytest.fixture
def walk(scene, db):
    """A dossier under appraisal with two rivals, an opinion and a closed scoring; only the report lacks."""
    return scene()


@pytest.fixture
def computed(monkeypatch):
    """The dossiers whose rules were computed, one entry each time."""
    times = []

    def count(dossier, **asked):
        times.append(dossier.code)
        return case_checklist(dossier, **asked)

    monkeypatch.setattr("clusters.procedures.checking.case_checklist", count)
    return times


def test_the_page_of_a_leader_computes_the_rules_once(walk, as_user, computed):
    client = as_user(walk.leader)
    url = reverse("dossiers:workspace", args=[walk.dossier.code])
    client.get(url)
    computed.clear()
    # 154 while each of three guards computed the rules for itself, and the page once more.
    with assert_num_queries(65):
        client.get(url)
    assert computed == [walk.dossier.code]


def test_whoever_has_no_action_with_rules_pays_for_none(walk, as_user, computed):
    available(walk.fresh(), walk.commune_officer)
    as_user(walk.commune_officer).get(reverse("dossiers:workspace", args=[walk.dossier.code]))
    assert computed == []


def test_what_is_done_never_rests_on_what_a_page_computed(walk, computed):
    """Between the page and the click the case came to break the law: the list is old, the action is not."""
    walk.paper("appraisal_report", walk.officer, moment("2026-10-27"))
    dossier = walk.fresh()
    rules = Rules(dossier)
    (listed,) = [
        one for one in available(dossier, walk.leader, rules=rules) if one.transition.action == "send_report"
    ]
    assert listed.can
    ClusterCase.objects.filter(dossier=dossier).update(area_ha=Decimal(80))
    assert not rules.checklist.blocking
    computed.clear()
    with pytest.raises(ActionRefused, match="80"):
        fire(dossier, "send_report", actor=walk.leader)
    assert computed == [dossier.code]
