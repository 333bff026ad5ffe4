"""The clerk's entry: all items of Art. 12.1, the paper kept once taken, a preview that writes nothing, completion."""

import pytest
from django.urls import reverse

from clusters.models import Cluster, ClusterCase, Investor
from clusters.rules.standing import OF_STANDING_CLUSTERS
from dossiers.models import Document
from tests.factories.dossiers import moment, pdf, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(lambda: walked("deciding"), at=moment("2026-11-26"))


@pytest.fixture
def deciding(scene, db):
    """A case whose decision is to be entered."""
    return scene()


def entry(walk, client, **changed):
    url = reverse("dossiers:action", args=[walk.dossier.code, "decide"])
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if not name.startswith("paper_")}
    data = {name: value for name, value in data.items() if value not in (None, "")}
    data |= {"number": "4102/QĐ-UBND", "issued_on": "25/11/2026", "signer": "Chủ tịch UBND tỉnh"}
    data |= {name: value or "Theo quyết định" for name, value in data.items() if name.startswith("item_")}
    for name in form.fields:
        if name.startswith("item_"):
            data.setdefault(name, "Theo quyết định")
    return url, {**data, **changed}


def test_the_form_asks_for_every_item_of_the_law_of_the_case_and_is_prefilled(deciding, as_user):
    client = as_user(deciding.clerk)
    _url, data = entry(deciding, client)
    items = deciding.fresh().regime.decision_items.value
    assert {name for name in data if name.startswith("item_")} == {f"item_{item.value}" for item in items}
    assert str(deciding.application.organisation) in data["item_investor"]


def test_the_preview_says_what_the_registry_will_say_and_writes_nothing(deciding, as_user):
    client = as_user(deciding.clerk)
    _url, data = entry(deciding, client)
    before = (Cluster.objects.count(), Investor.objects.count())
    url = reverse("dossiers:action_preview", args=[deciding.dossier.code, "decide"])
    answer = client.post(url, data)
    assert answer.status_code == 200
    changes = {change.key: change.after for change in answer.context["changes"]}
    assert changes["investor"] == str(deciding.application.organisation)
    assert answer.context["rows"]
    assert (Cluster.objects.count(), Investor.objects.count()) == before


def test_the_preview_asks_no_more_of_a_cluster_that_does_not_exist_than_the_case_does(deciding, as_user):
    client = as_user(deciding.clerk)
    _url, data = entry(deciding, client)
    url = reverse("dossiers:action_preview", args=[deciding.dossier.code, "decide"])
    previewed = {row.code for row in client.post(url, data).context["rows"]}
    dossier = deciding.fresh()
    listed = {finding.rule.code for finding in dossier.procedure.checklist(dossier)}
    assert previewed
    assert not previewed & OF_STANDING_CLUSTERS
    assert not listed & OF_STANDING_CLUSTERS


def test_a_missing_item_is_named_and_the_paper_is_not_chosen_twice(deciding, as_user):
    client = as_user(deciding.clerk)
    url, data = entry(deciding, client, number="4102/QĐ-UBND", issued_on="25/12/2026")
    answer = client.post(url, {**data, "paper_decision": pdf("quyet-dinh.pdf")})
    assert answer.status_code == 422
    assert "issued_on" in answer.context["form"].errors
    assert "quyet-dinh.pdf" in answer.content.decode()
    assert Document.objects.get(dossier=deciding.dossier, kind="decision").file.name == "quyet-dinh.pdf"
    assert "4102/QĐ-UBND" in answer.content.decode()
    fixed = {**data, "issued_on": "25/11/2026", "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, fixed).status_code == 302
    assert deciding.fresh().state == "decided"


def test_the_decision_changes_the_registry_and_completion_ends_the_case(deciding, as_user):
    client = as_user(deciding.clerk)
    url, data = entry(deciding, client)
    empty = {**data, "item_investor": ""}
    assert client.post(url, {**empty, "paper_decision": pdf()}).status_code == 422
    assert (
        client.post(url, {**data, "seen": deciding.fresh().version, "paper_decision": pdf()}).status_code
        == 302
    )
    case = ClusterCase.objects.get(dossier=deciding.dossier)
    assert case.decision.number == "4102/QĐ-UBND"
    assert Cluster.objects.get(name=deciding.line.name).stage == "established"
    complete = reverse("dossiers:action", args=[deciding.dossier.code, "complete"])
    done = client.post(
        complete, {"seen": deciding.fresh().version, "sent_on": "26/11/2026", "sent_how": "Trục"}
    )
    assert done.status_code == 302
    assert deciding.fresh().state == "completed"
    assert deciding.application.result_sent_at
    page = client.get(deciding.fresh().get_absolute_url())
    assert "4102/QĐ-UBND" in page.content.decode()
