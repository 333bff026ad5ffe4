from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.models import Cluster, Figures
from clusters.rules.land import LandBalance, LegalOccupancy, ReportOccupancy
from clusters.rules.subjects import ClusterState
from clusters.services.replay import ClusterFacts
from law.regimes import Regime
from law.rules import Outcome, Severity
from tests.clusters.rules.conftest import DAY, facts

R5 = Regime.by_code("R5")


def test_v07_the_legal_rate_counts_leased_and_approved_land(state):
    subject = state(
        industrial_land_ha=Decimal(40), figures={"leased_ha": Decimal(10), "approved_ha": Decimal("7.2")}
    )

    finding = LegalOccupancy(R5).check(subject)

    assert finding.ok is True
    assert str(finding.measured) == "43 %"


@pytest.mark.parametrize(
    ("land", "leased"), [(None, Decimal(5)), (Decimal(0), Decimal(0)), (Decimal(40), None)]
)
def test_v07_what_cannot_be_computed_is_never_zero(state, land, leased):
    finding = LegalOccupancy(R5).check(state(industrial_land_ha=land, figures={"leased_ha": leased}))

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    assert "0 %" not in str(finding.measured)


def test_v08_the_report_rate_counts_leased_land_only_and_is_information(state):
    subject = state(
        industrial_land_ha=Decimal(40), figures={"leased_ha": Decimal(10), "approved_ha": Decimal("7.2")}
    )

    finding = ReportOccupancy(R5).check(subject)

    assert str(finding.measured) == "25 %"
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("area", "land", "leased", "approved", "ok"),
    [
        ("50", "40", "30", "10", True),
        ("50", "40", "30", "10.00001", False),
        ("50", "50.00001", "0", None, False),
        ("50", "50", None, None, True),
    ],
)
def test_v09_the_land_is_balanced(state, area, land, leased, approved, ok):
    subject = state(
        area_ha=Decimal(area),
        industrial_land_ha=Decimal(land),
        figures={
            "leased_ha": None if leased is None else Decimal(leased),
            "approved_ha": None if approved is None else Decimal(approved),
        },
    )

    assert LandBalance(R5).check(subject).ok is ok


hectares = st.decimals(min_value=0, max_value=100, places=5)


@given(area=hectares, land=hectares, leased=hectares, approved=hectares)
def test_v09_balanced_land_is_never_more_than_fully_occupied(area, land, leased, approved):
    subject = ClusterState(
        cluster=Cluster(),
        facts=facts(area_ha=area, industrial_land_ha=land),
        figures=Figures(leased_ha=leased, approved_ha=approved),
        on=DAY,
    )

    if LandBalance(R5).check(subject).ok and land:
        assert (leased + approved) / land <= 1


def test_the_facts_of_an_unknown_cluster_are_blank():
    assert ClusterFacts().area_ha is None
    assert not ClusterFacts().exist
