"""A condition of the law that lacks figures is answered for by the department, with a reason; nothing is assumed."""

import pytest
from django.core.exceptions import ValidationError

from clusters.models import ClusterCase
from clusters.services.judgements import judge_rule
from dossiers.models import Event
from dossiers.services.events import ActionRefused
from dossiers.services.firing import fire
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(time_machine) -> Walk:
    time_machine.move_to(moment("2026-11-26"))
    # An established cluster of the commune of which nothing is known: the occupancy test cannot be computed.
    ClusterFactory(commune=commune(), industrial_land_ha=None)
    walk = Walk()
    walk.to("appraisal")
    walk.council()
    walk.paper("appraisal_report", walk.officer, moment("2026-10-27", "08:00"))
    return walk


def test_a_report_is_not_sent_on_a_condition_nobody_can_compute(walk):
    with pytest.raises(ActionRefused) as refused:
        fire(walk.dossier, "send_report", actor=walk.leader, at=moment("2026-10-28"))
    assert any("V11" in reason for reason in refused.value.reasons)


def test_the_departments_judgement_with_its_reason_lets_it_go_on_and_is_kept(walk):
    judge_rule(
        dossier=walk.dossier, code="V11", reason="Theo kiểm kê", actor=walk.officer, at=moment("2026-10-28")
    )

    fire(walk.dossier, "send_report", actor=walk.leader, at=moment("2026-10-29"))

    kept = ClusterCase.objects.get(dossier=walk.dossier).judgements["V11"]
    assert (kept["reason"], kept["on"]) == ("Theo kiểm kê", "2026-10-28")
    assert Event.objects.filter(dossier=walk.dossier, action="question_settled", note="Theo kiểm kê").exists()


def test_only_the_department_judges_only_what_is_open_and_never_without_a_reason(walk):
    with pytest.raises(ActionRefused):
        judge_rule(dossier=walk.dossier, code="V11", reason="vì", actor=walk.clerk)
    with pytest.raises(ActionRefused):
        judge_rule(dossier=walk.dossier, code="V03", reason="vì", actor=walk.officer)
    with pytest.raises(ValidationError):
        judge_rule(dossier=walk.dossier, code="V11", reason="  ", actor=walk.officer)
