from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from clusters.choices import ClusterType, DecisionKind
from clusters.rules.occupancy_test import (
    Average,
    CountedCluster,
    EstablishTest,
    EstablishTestOfCommune,
    EstablishTestOfDecree68,
    OccupancyTest,
    SettledAverage,
    WhichAverage,
)
from law.regimes import Regime
from law.rules import Outcome, Severity, evaluate
from tests.factories.cases import day

R1, R2, R3, R5 = (Regime.by_code(code) for code in ("R1", "R2", "R3", "R5"))


def counted(land: Any, leased: Any, approved: Any = 0, name: str = "CCN Thử") -> CountedCluster:
    return CountedCluster(
        name=name,
        industrial_ha=None if land is None else Decimal(land),
        leased_ha=None if leased is None else Decimal(leased),
        approved_ha=None if approved is None else Decimal(approved),
    )


def subject(*clusters: CountedCluster, regime: Regime = R5, **said: Any) -> OccupancyTest:
    return OccupancyTest(
        **{
            "kind": DecisionKind.ESTABLISH,
            "cluster_type": ClusterType.ORDINARY,
            "unit": regime.test_unit.value,
            "unit_name": "Phường Âu Lâu",
            "on": day("2026-11-01"),
            "clusters": clusters,
            **said,
        }
    )


@pytest.mark.parametrize(
    ("leased", "ok"), [("100.00000", False), ("100.0002", True), ("0", False), ("200", True)]
)
def test_v10_the_average_must_be_over_50_percent_itself(leased, ok):
    # 200 ha of industrial land: 50.0 % exactly fails, 50.0001 % passes; over 100 ha are left either way.
    big = [counted(200, leased), counted(200, leased)]

    finding = EstablishTest(R2).check(subject(*big, regime=R2))

    assert finding.ok is ok
    assert finding.blocks is (not ok)


@pytest.mark.parametrize(("land", "ok"), [("100", True), ("100.0001", False)])
def test_v10_at_most_100_ha_not_leased_is_the_other_way_to_pass(land, ok):
    finding = EstablishTest(R2).check(subject(counted(land, 0), regime=R2))

    assert finding.ok is ok


def test_v10_the_finding_shows_territory_clusters_both_averages_and_the_land_left():
    finding = EstablishTest(R2).check(
        subject(counted(50, 40, 5, "CCN Một"), counted("150", "15", 0, "CCN Hai"), regime=R2)
    )

    with translation.override("en"):
        assert str(finding.measured) == (
            "Phường Âu Lâu: 2 established clusters; simple average 50 %; weighted average 30 %; "
            "145 ha not leased"
        )
        assert str(finding.required) == "average occupancy over 50 %, or at most 100 ha not leased"
    with translation.override("vi"):
        assert "2 cụm công nghiệp đã thành lập" in str(finding.measured)
        assert "145 ha" in str(finding.measured)


def test_v10_a_territory_without_established_cluster_passes():
    assert EstablishTest(R2).check(subject(regime=R2)).outcome is Outcome.MET


def test_v10_is_asked_of_establishing_only():
    finding = EstablishTest(R2).check(subject(counted(300, 0), kind=DecisionKind.EXPAND, regime=R2))

    assert finding.outcome is Outcome.NOT_APPLICABLE


def test_v10_blocks_while_districts_exist_and_warns_while_the_province_chooses_the_territory():
    assert EstablishTest(R2).weight() is Severity.BLOCK
    assert EstablishTest(R3).weight() is Severity.WARN
    assert EstablishTest(Regime.by_code("R4")).weight() is Severity.WARN


def test_v10_warns_where_the_province_has_not_said_which_territory_counts():
    finding = EstablishTest(R3).check(subject(unit_name="", regime=R3))

    assert (finding.ok, finding.severity) == (False, Severity.WARN)


def test_v10_a_district_that_is_not_known_is_not_computable():
    finding = EstablishTest(R2).check(subject(unit_name="", regime=R2))

    assert finding.outcome is Outcome.NOT_COMPUTABLE


def test_v10_a_missing_figure_is_named_and_never_zero():
    finding = EstablishTest(R2).check(
        subject(counted(200, 150), counted(100, None, name="CCN Thiếu"), regime=R2)
    )

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    with translation.override("en"):
        assert "not computable: CCN Thiếu: leased land not recorded" in str(finding.measured)


def test_v10_a_cluster_without_industrial_land_is_not_computable():
    finding = EstablishTest(R2).check(subject(counted(0, 0), regime=R2))

    assert finding.outcome is Outcome.NOT_COMPUTABLE


def test_v10_an_unknown_that_cannot_turn_the_outcome_does_not_stand_in_the_way():
    enough = EstablishTest(R2).check(subject(counted(400, 210, None), regime=R2))
    little = EstablishTest(R2).check(subject(counted(60, 5, None), regime=R2))
    open_still = EstablishTest(R2).check(subject(counted(400, 190, None), regime=R2))

    assert (enough.ok, little.ok) == (True, True)
    assert open_still.outcome is Outcome.NOT_COMPUTABLE


@pytest.mark.parametrize(("land", "ok"), [("50", True), ("50.0001", False)])
def test_v11_in_the_commune_at_most_50_ha_may_be_left(land, ok):
    finding = EstablishTestOfCommune(R5).check(subject(counted(land, 0)))

    assert finding.ok is ok
    assert finding.blocks is (not ok)


@pytest.mark.parametrize(("leased", "ok"), [("100", False), ("100.0002", True)])
def test_v11_the_average_must_be_over_50_percent_itself(leased, ok):
    assert EstablishTestOfCommune(R5).check(subject(counted(200, leased))).ok is ok


@pytest.mark.parametrize("kind", [ClusterType.HIGH_TECH, ClusterType.ECOLOGICAL])
def test_v11_high_tech_and_ecological_clusters_are_exempt(kind):
    finding = EstablishTestOfCommune(R5).check(subject(counted(300, 0), cluster_type=kind))

    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert EstablishTest(R2).check(subject(counted(300, 0), cluster_type=kind, regime=R2)).ok is False


# 10 ha full and 190 ha with a fifth: 60 % on average of the rates, 24 % of the land; 152 ha are left.
SPLIT = (counted(10, 10), counted(190, 38))


def test_v12_where_the_averages_disagree_a_person_decides():
    checklist = evaluate(subject(*SPLIT), regime=R5)

    assert subject(*SPLIT).simple_average == 60
    assert subject(*SPLIT).weighted_average == 24
    assert (checklist["V12"].ok, checklist["V12"].severity) == (False, Severity.WARN)
    assert checklist["V11"].outcome is Outcome.NOT_COMPUTABLE


@pytest.mark.parametrize(("average", "ok"), [(Average.SIMPLE, True), (Average.WEIGHTED, False)])
def test_v12_the_settled_average_decides_the_test(average, ok):
    settled = SettledAverage(average=average, reason="Theo văn bản của Bộ")
    checklist = evaluate(subject(*SPLIT, settled=settled), regime=R5)

    assert checklist["V12"].ok is True
    assert checklist["V11"].ok is ok
    assert "Theo văn bản của Bộ" in str(checklist["V12"].explanation)


def test_v12_a_choice_without_reason_settles_nothing():
    settled = SettledAverage(average=Average.SIMPLE, reason="")
    checklist = evaluate(subject(*SPLIT, settled=settled), regime=R5)

    assert checklist["V12"].ok is False
    assert checklist["V11"].outcome is Outcome.NOT_COMPUTABLE


def test_v12_averages_on_the_same_side_need_nobody():
    assert WhichAverage(R5).check(subject(counted(40, 30), counted(50, 45))).ok is True


def test_v12_50_percent_exactly_and_over_it_are_different_sides():
    # The simple average is 50 % to the last digit, the weighted one over it.
    clusters = (counted(30, 10), counted(30, 10), counted(30, 10), counted(60, 60))

    finding = WhichAverage(R5).check(subject(*clusters))

    assert subject(*clusters).simple_average == 50
    assert subject(*clusters).weighted_average == 60
    assert finding.ok is False


def test_v12_says_where_the_outcome_does_not_hang_on_the_average():
    finding = WhichAverage(R2).check(subject(counted(10, 10), counted(80, 8), regime=R2))

    assert finding.ok is False
    with translation.override("en"):
        assert "satisfies the law either way" in str(finding.explanation)


def test_v12_is_not_computable_while_figures_are_missing():
    finding = WhichAverage(R5).check(subject(counted(100, 40, None)))

    assert finding.outcome is Outcome.NOT_COMPUTABLE


@pytest.mark.parametrize(("land", "ok"), [("49.9999", True), ("50", False)])
def test_v14_under_decree_68_the_land_left_is_under_50_ha(land, ok):
    finding = EstablishTestOfDecree68(R1).check(subject(counted(land, 0), regime=R1))

    assert finding.ok is ok
    assert finding.severity is Severity.WARN
    assert not finding.verified


CLUSTERS = st.lists(
    st.tuples(st.integers(1, 7500), st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=6
)


@given(CLUSTERS)
def test_averages_are_exact_and_the_weighted_one_is_all_land_over_all_land(rows):
    clusters = [
        counted(Decimal(land) / 100, Decimal(land * leased) / 10_000, Decimal(land * approved) / 10_000)
        for land, leased, approved in rows
    ]
    test = subject(*clusters)

    assert test.simple_average == Fraction(
        sum(leased + approved for _land, leased, approved in rows), len(rows)
    )
    assert test.weighted_average == Fraction(
        sum(land * (leased + approved) for land, leased, approved in rows), sum(land for land, *_ in rows)
    )


@given(CLUSTERS, st.data())
def test_what_is_known_never_turns_when_a_missing_figure_arrives(rows, data):
    full = [counted(Decimal(land) / 100, Decimal(land * leased) / 10_000) for land, leased, _ in rows]
    hidden = data.draw(st.integers(0, len(full) - 1))
    approved = Decimal(data.draw(st.integers(0, 100)))
    land, leased = full[hidden].industrial_ha, full[hidden].leased_ha
    before = [*full[:hidden], counted(land, leased, None), *full[hidden + 1 :]]
    after = [*full[:hidden], counted(land, leased, approved), *full[hidden + 1 :]]
    limit = R5.thresholds.establish_occupancy

    earlier, later = subject(*before), subject(*after)

    for which in Average:
        if earlier.side(which, limit) is not None:
            assert earlier.side(which, limit) == later.side(which, limit)
