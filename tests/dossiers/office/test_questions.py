"""Questions that a person settles with a reason: the law of a case between two laws, and rule V12's average."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from clusters.models import ClusterCase
from clusters.services.cases import settle_average
from dossiers.services.events import ActionRefused
from dossiers.services.law import regimes_to_choose, settle_regime
from tests.factories.clusters import ClusterFactory
from tests.factories.dossiers import Walk, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("appraisal")]


def between_two_laws():
    walk = Walk()
    walk.file(moment("2026-08-03"))
    walk.publish(moment("2026-08-04"))
    walk.open_all(moment("2026-08-19"))
    walk.submit(moment("2026-08-20"))
    walk.accept(moment("2026-08-21"))
    return walk


def test_the_law_is_settled_with_a_reason_and_the_clock_is_computed_anew(as_user):
    walk = between_two_laws()
    dossier = walk.fresh()
    assert dossier.regime_code == "R4"
    assert {regime.code for regime in regimes_to_choose(dossier)} == {"R4", "R3"}
    before = dossier.due_on
    client = as_user(walk.officer)
    url = reverse("dossiers:settle_law", args=[dossier.code])
    assert client.post(url, {"regime_code": "R3", "reason": "", "seen": dossier.version}).status_code == 422
    data = {"regime_code": "R3", "reason": "Công văn hướng dẫn của Bộ", "seen": dossier.version}
    assert client.post(url, data).status_code == 302
    settled = walk.fresh()
    assert settled.regime_code == "R3"
    assert settled.due_on != before
    assert "Công văn hướng dẫn của Bộ" in client.get(settled.get_absolute_url()).content.decode()


def test_the_law_that_is_not_open_cannot_be_settled(walk):
    assert regimes_to_choose(walk.fresh()) == []
    with pytest.raises(ActionRefused):
        settle_regime(dossier=walk.dossier, regime_code="R3", reason="Muốn", actor=walk.officer)


def test_only_the_department_settles():
    walk = between_two_laws()
    with pytest.raises(ActionRefused):
        settle_regime(dossier=walk.dossier, regime_code="R3", reason="Muốn", actor=walk.commune_officer)


def test_the_average_is_settled_with_a_reason(walk, as_user):
    client = as_user(walk.officer)
    url = reverse("dossiers:question", args=[walk.dossier.code, "average"])
    seen = walk.fresh().version
    assert (
        client.post(url, {"average_choice": "weighted", "average_reason": "", "seen": seen}).status_code
        == 422
    )
    data = {"average_choice": "weighted", "average_reason": "Phản ánh đúng quỹ đất", "seen": seen}
    assert client.post(url, data).status_code == 302
    case = ClusterCase.objects.get(dossier=walk.dossier)
    assert (case.average_choice, case.average_reason) == ("weighted", "Phản ánh đúng quỹ đất")
    assert walk.dossier.events.filter(action="question_settled").exists()
    assert client.get(reverse("dossiers:question", args=[walk.dossier.code, "nothing"])).status_code == 404


def test_an_unknown_average_is_refused(walk):
    with pytest.raises(ValidationError):
        settle_average(dossier=walk.dossier, choice="median", reason="Vì", actor=walk.officer)
    with pytest.raises(ActionRefused):
        settle_average(dossier=walk.dossier, choice="simple", reason="Vì", actor=walk.clerk)


def test_a_condition_without_figures_is_judged_with_the_reason_that_stands_on_the_dossier(walk, as_user):
    dossier = walk.fresh()
    ClusterFactory(commune=dossier.commune, province=dossier.province, industrial_land_ha=None)
    client = as_user(walk.officer)
    url = reverse("dossiers:question", args=[walk.dossier.code, "judgement"])
    choices = client.get(url).context["form"].fields["rule"].choices
    code = choices[0][0]
    seen = walk.fresh().version
    assert client.post(url, {"rule": code, "reason": "", "seen": seen}).status_code == 422
    assert client.post(url, {"rule": "V01", "reason": "Vì", "seen": seen}).status_code == 422
    data = {"rule": code, "reason": "Theo báo cáo của phường", "seen": seen}
    assert client.post(url, data).status_code == 302
    page = client.get(walk.fresh().get_absolute_url())
    assert "Theo báo cáo của phường" in page.content.decode()
    panel = page.context["work"].panels[0]
    assert code not in panel.context["to_judge"]
