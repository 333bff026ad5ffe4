import datetime as dt

import pytest

from clusters.choices import DecisionKind, Stage
from clusters.models import Decision
from clusters.rules.origin import SettledInTime
from clusters.services.replay import ClusterFacts
from law.regimes import Regime
from law.rules import Outcome

R5 = Regime.by_code("R5")


def test_v44_counts_the_days_left_for_a_cluster_of_before_2009(state):
    finding = SettledInTime(R5).check(state(cluster={"formed_before_2009": True}, on=dt.date(2026, 11, 21)))
    assert finding.outcome is Outcome.NOT_MET
    assert "40" in str(finding.measured)


def test_v44_is_met_by_a_decision_since_decree_32(state):
    paper = Decision(kind=DecisionKind.ESTABLISH, issued_on=dt.date(2025, 3, 1), number="1/QĐ-UBND")
    subject = state(cluster={"formed_before_2009": True})
    object.__setattr__(subject, "facts", ClusterFacts({"area_ha": 50}, {"area_ha": paper}))
    assert SettledInTime(R5).check(subject).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("before", "stage"), [(False, Stage.ESTABLISHED), (True, Stage.ABOLISHED), (True, Stage.WITHDRAWN)]
)
def test_v44_asks_nothing_of_other_clusters(state, before, stage):
    subject = state(cluster={"formed_before_2009": before}, stage=stage)
    assert SettledInTime(R5).check(subject).outcome is Outcome.NOT_APPLICABLE


def test_v44_asks_nothing_of_a_decision(decision):
    subject = decision(DecisionKind.EXPAND, area_ha=60)
    assert SettledInTime(R5).check(subject).outcome is Outcome.NOT_APPLICABLE
