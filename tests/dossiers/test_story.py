"""From filing to decision under the law in force: the whole way through the real services."""

import pytest
from django.utils import timezone

from clusters.models import Cluster
from dossiers.choices import Outcome, Punctuality
from dossiers.models import Application, StepRun
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def test_a_cluster_is_established_from_the_first_request_to_the_copy_for_the_ministry():
    walk = Walk()
    walk.to("open")
    rival = walk.join()
    for step in (
        walk.open_all,
        walk.submit,
        walk.accept,
        walk.opinion,
        walk.report,
        walk.decide,
        walk.complete,
    ):
        step()
    dossier = walk.fresh()
    assert dossier.state == "completed"
    assert not dossier.is_open
    cluster = Cluster.objects.get(name=walk.line.name)
    assert cluster.stage == "established"
    assert str(cluster.investor) == str(walk.application.organisation)
    assert walk.application.outcome == Outcome.CHOSEN
    assert Application.objects.get(pk=rival.pk).outcome == Outcome.NOT_CHOSEN
    runs = list(StepRun.objects.filter(dossier=dossier).order_by("started_at", "pk"))
    assert [run.step for run in runs] == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert {run.punctuality for run in runs} <= set(Punctuality.values)
    assert all(run.ended_on for run in runs)
    assert timezone.localdate(dossier.ended_at).isoformat() == "2026-11-02"
