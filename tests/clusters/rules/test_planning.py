from decimal import Decimal

import pytest

from clusters.choices import DecisionKind
from clusters.models import PlannedCluster
from clusters.rules.planning import InTheList
from law.regimes import Regime
from law.rules import Outcome
from places.models import Commune

R5 = Regime.by_code("R5")


@pytest.mark.parametrize(("area", "ok"), [("70", True), ("80", True), ("80.00001", False)])
def test_v18_the_decision_may_give_at_most_5_ha_more_than_the_list(decision, area, ok):
    subject = decision(
        DecisionKind.ESTABLISH, area_ha=Decimal(area), planned=(PlannedCluster(area_ha=Decimal(75)),)
    )

    assert InTheList(R5).check(subject).ok is ok


def test_v18_a_cluster_missing_from_a_complete_list_is_refused(decision):
    subject = decision(DecisionKind.EXPAND, area_ha=Decimal(60), plan_is_known=True)

    assert InTheList(R5).check(subject).ok is False


def test_v18_a_list_that_is_not_entered_completely_proves_nothing(decision):
    subject = decision(DecisionKind.EXPAND, area_ha=Decimal(60))

    assert InTheList(R5).check(subject).outcome is Outcome.NOT_COMPUTABLE


def test_v18_the_place_must_be_the_commune_of_the_list(decision):
    subject = decision(
        DecisionKind.ESTABLISH,
        area_ha=Decimal(60),
        commune=Commune(pk=1, name_vi="Văn Bàn"),
        planned=(PlannedCluster(area_ha=Decimal(60), commune=Commune(pk=2, name_vi="Mậu A")),),
    )

    assert InTheList(R5).check(subject).ok is False


def test_v18_is_not_asked_of_other_decisions(decision):
    assert InTheList(R5).check(decision(DecisionKind.ADJUST)).outcome is Outcome.NOT_APPLICABLE
