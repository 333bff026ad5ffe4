"""Which rules are asked about a cluster that a decision only establishes; a contradiction is said all the same."""

from decimal import Decimal

import pytest

from clusters.choices import DecisionKind
from clusters.rules.standing import OF_STANDING_CLUSTERS, asked
from law.regimes import Regime
from law.rules import all_rules, evaluate

R5 = Regime.by_code("R5")


def codes(findings):
    return {finding.rule.code for finding in findings}


def test_every_code_is_that_of_a_rule():
    assert {rule.code for rule in all_rules()} >= OF_STANDING_CLUSTERS


def test_of_a_new_cluster_no_land_let_and_no_project_is_asked_about(state):
    findings = evaluate(state(area_ha=Decimal(50)), regime=R5)
    assert codes(findings) >= OF_STANDING_CLUSTERS
    assert codes(asked(findings, DecisionKind.ESTABLISH)) == codes(findings) - OF_STANDING_CLUSTERS


@pytest.mark.parametrize("kind", [kind for kind in DecisionKind if kind != DecisionKind.ESTABLISH])
def test_of_a_cluster_that_stands_everything_is_asked(state, kind):
    findings = evaluate(state(area_ha=Decimal(50)), regime=R5)
    assert asked(findings, kind) == tuple(findings)


def test_more_industrial_land_than_area_is_wrong_before_the_cluster_stands(state):
    findings = evaluate(state(area_ha=Decimal(50), industrial_land_ha=Decimal(60)), regime=R5)
    kept = asked(findings, DecisionKind.ESTABLISH)
    assert codes(kept) & OF_STANDING_CLUSTERS == {"V09"}
    assert [one.blocks for one in kept if one.rule.code == "V09"] == [True]
