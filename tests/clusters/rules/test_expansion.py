import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from clusters.rules.expansion import ExpansionSubject, WantedExpansion, WorksInUse
from law.regimes import Regime
from law.rules import Outcome
from law.vocabulary import Work

R2, R5 = Regime.by_code("R2"), Regime.by_code("R5")
OLD_WORKS = {Work.ROADS: True, Work.WATER_SUPPLY: True, Work.WASTEWATER: True}


def subject(**said: Any) -> ExpansionSubject:
    numbers = ("industrial_land_ha", "leased_ha", "approved_ha", "demand_ha")
    return ExpansionSubject(
        **{
            "on": dt.date(2026, 11, 1),
            "industrial_land_ha": Decimal(100),
            "leased_ha": Decimal(0),
            "approved_ha": Decimal(0),
            **{
                name: Decimal(value) if name in numbers and value is not None else value
                for name, value in said.items()
            },
        }
    )


@pytest.mark.parametrize(
    ("regime", "leased", "ok"),
    [
        ("R2", "60", True),
        ("R2", "59.9999", False),
        ("R4", "59.9999", False),
        ("R5", "50", True),
        ("R5", "49.9999", False),
        ("R1", "60", True),
    ],
)
def test_v16_the_occupancy_reaches_the_limit_itself(regime, leased, ok):
    finding = WantedExpansion(Regime.by_code(regime)).check(subject(leased_ha=leased, demand_ha="10"))

    assert finding.ok is ok


def test_v16_land_with_approval_counts_too():
    assert WantedExpansion(R2).check(subject(leased_ha="50", approved_ha="10", demand_ha="0")).ok is True


@pytest.mark.parametrize(("demand", "ok"), [("100", False), ("100.0001", True)])
def test_v16_demand_over_the_industrial_land_suffices(demand, ok):
    assert WantedExpansion(R2).check(subject(leased_ha="10", demand_ha=demand)).ok is ok


def test_v16_missing_figures_are_named_unless_the_other_condition_holds():
    finding = WantedExpansion(R2).check(subject(leased_ha=None))

    assert finding.outcome is Outcome.NOT_COMPUTABLE
    with translation.override("en"):
        assert str(finding.explanation) == "Not recorded: leased land, demand for industrial land."
    assert WantedExpansion(R2).check(subject(leased_ha=None, demand_ha="120")).ok is True
    assert WantedExpansion(R2).check(subject(leased_ha="61", approved_ha=None)).ok is True
    unknown = WantedExpansion(R2).check(subject(leased_ha="59", approved_ha=None, demand_ha="0"))
    assert unknown.outcome is Outcome.NOT_COMPUTABLE


def test_v16_no_industrial_land_is_no_occupancy_of_zero():
    finding = WantedExpansion(R2).check(subject(industrial_land_ha="0", demand_ha="5"))

    assert finding.outcome is Outcome.NOT_COMPUTABLE


def test_v17_decree_32_asks_for_three_works_and_decree_303_for_five():
    assert WorksInUse(R2).check(subject(works=OLD_WORKS)).ok is True
    more = WorksInUse(R5).check(subject(works={**OLD_WORKS, Work.WASTE: True, Work.FIRE_PROTECTION: False}))

    assert more.blocks
    with translation.override("en"):
        assert str(more.explanation) == "Not finished and in use: fire protection."
        assert str(more.measured) == "4 of 5 works in use"


def test_v17_a_work_that_is_not_recorded_is_not_computable():
    finding = WorksInUse(R5).check(subject(works=OLD_WORKS))

    assert finding.outcome is Outcome.NOT_COMPUTABLE


def test_v17_decree_303_exempts_clusters_formed_before_2009():
    old = subject(formed_before_2009=True)

    assert WorksInUse(R5).check(old).outcome is Outcome.NOT_APPLICABLE
    assert (
        WorksInUse(R5).check(subject(established_on=dt.date(2009, 10, 4))).outcome is Outcome.NOT_APPLICABLE
    )
    assert (
        WorksInUse(R5).check(subject(established_on=dt.date(2009, 10, 5))).outcome is Outcome.NOT_COMPUTABLE
    )
    assert WorksInUse(R2).check(old).outcome is Outcome.NOT_COMPUTABLE
