import datetime as dt
from decimal import Decimal

import pytest

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.rules.area import (
    AnyArea,
    AreaUnderDecision105,
    ExpandedArea,
    LargeOnlyIfOld,
    OrdinaryArea,
    SmallFloorArea,
    SmallOnlyIfOld,
)
from law.regimes import Regime
from law.rules import Outcome, Severity

R0, R2, R5 = (Regime.by_code(code) for code in ("R0", "R2", "R5"))


@pytest.mark.parametrize(
    ("area", "outcome"),
    [("9.99999", "not_met"), ("10", "met"), ("75", "met"), ("75.00001", "not_met"), (None, "not_computable")],
)
def test_v01_an_ordinary_cluster_has_10_to_75_ha(state, area, outcome):
    subject = state(area_ha=None if area is None else Decimal(area))

    assert OrdinaryArea(R2).check(subject).outcome == outcome


def test_v01_leaves_mountainous_districts_to_v02(state):
    subject = state(area_ha=Decimal(6), cluster={"in_mountainous_district": True})

    assert OrdinaryArea(R2).check(subject).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(("area", "outcome"), [("4.99", "not_met"), ("5", "met"), ("75.01", "not_met")])
def test_v02_a_craft_village_cluster_has_5_to_75_ha(state, area, outcome):
    subject = state(area_ha=Decimal(area), cluster_type=ClusterType.CRAFT_VILLAGE)

    assert SmallFloorArea(R2).check(subject).outcome == outcome


def test_v02_does_not_speak_of_ordinary_clusters(state):
    assert SmallFloorArea(R2).check(state(area_ha=Decimal(6))).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("area", "outcome"), [("4.9", "not_met"), ("5", "met"), ("75", "met"), ("80", "not_met")]
)
def test_v03_any_cluster_has_5_to_75_ha_and_says_that_one_source_only_tells_so(state, area, outcome):
    finding = AnyArea(R5).check(state(area_ha=Decimal(area)))

    assert finding.outcome == outcome
    assert not finding.verified
    assert str(finding.required) == "ít nhất 5 ha, không quá 75 ha"


def test_v03_is_silent_about_decisions_that_leave_the_area_alone(decision):
    subject = decision(DecisionKind.ADJUST, before={"area_ha": Decimal(3)}, name="Tên mới")

    assert AnyArea(R5).check(subject).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "area", "ok"),
    [
        (DecisionKind.ESTABLISH, "50", True),
        (DecisionKind.ESTABLISH, "51", False),
        (DecisionKind.EXPAND, "75", True),
        (DecisionKind.EXPAND, "76", False),
    ],
)
def test_v04_under_decision_105_the_ceiling_was_50_and_75_after_expansion(decision, kind, area, ok):
    finding = AreaUnderDecision105(R0).check(decision(kind, area_ha=Decimal(area)))

    assert finding.ok is ok
    assert finding.severity is Severity.WARN


def test_v05_a_small_cluster_stays_only_if_established_before_decree_68(state):
    old = state(area_ha=Decimal("3.5"), established_on=dt.date(2016, 9, 9))
    young = state(area_ha=Decimal("3.5"), established_on=dt.date(2017, 7, 15))
    unknown = state(area_ha=Decimal("3.5"))

    assert SmallOnlyIfOld(R5).check(old).ok is True
    assert SmallOnlyIfOld(R5).check(young).ok is False
    assert SmallOnlyIfOld(R5).check(unknown).outcome is Outcome.NOT_COMPUTABLE


def test_v05_hands_over_from_the_floor_of_v03(state):
    old = state(area_ha=Decimal("3.5"), established_on=dt.date(2016, 9, 9))

    assert AnyArea(R5).check(old).outcome is Outcome.NOT_APPLICABLE


def test_v05_is_not_about_clusters_that_are_only_planned(state):
    planned = state(area_ha=Decimal(3), stage=Stage.PLANNED)

    assert SmallOnlyIfOld(R5).check(planned).outcome is Outcome.NOT_APPLICABLE


def test_v06_a_large_cluster_stays_only_if_formed_before_october_2009(state):
    old = state(area_ha=Decimal(120), cluster={"formed_before_2009": True})
    young = state(area_ha=Decimal(120), established_on=dt.date(2009, 10, 5))

    assert LargeOnlyIfOld(R2).check(old).ok is True
    assert OrdinaryArea(R2).check(old).outcome is Outcome.NOT_APPLICABLE
    assert LargeOnlyIfOld(R2).check(young).ok is False


@pytest.mark.parametrize(("after", "ok"), [("75", True), ("75.00001", False)])
def test_v15_after_expansion_a_cluster_has_at_most_75_ha(decision, after, ok):
    subject = decision(DecisionKind.EXPAND, before={"area_ha": Decimal(50)}, area_ha=Decimal(after))

    assert ExpandedArea(R5).check(subject).ok is ok


def test_v15_an_expansion_that_adds_nothing_is_refused_with_what_to_do(decision):
    subject = decision(DecisionKind.EXPAND, before={"area_ha": Decimal(50)}, area_ha=Decimal(50))

    finding = ExpandedArea(R5).check(subject)

    assert finding.ok is False
    assert str(finding.explanation)
