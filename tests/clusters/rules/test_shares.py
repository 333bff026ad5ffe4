from decimal import Decimal

import pytest

from clusters.choices import ClusterType, TenantGroup
from clusters.rules.shares import (
    CraftVillageShare,
    HighTechShare,
    ServiceLand,
    SpecialisedShare,
    SupportingShare,
)
from clusters.rules.subjects import TenantLand
from law.regimes import Regime
from law.rules import Outcome, Severity

R2, R5 = Regime.by_code("R2"), Regime.by_code("R5")


def tenants(group: TenantGroup, share: str) -> TenantLand:
    return TenantLand(total=Decimal(40), by_group={group: Decimal(share)})


@pytest.mark.parametrize(
    ("regime", "craft", "ok"), [(R2, "30", True), (R2, "29.9", False), (R5, "24", True), (R5, "23.9", False)]
)
def test_v19_a_craft_village_cluster_keeps_75_percent_and_60_since_decree_303(state, regime, craft, ok):
    subject = state(
        cluster_type=ClusterType.CRAFT_VILLAGE,
        industrial_land_ha=Decimal(40),
        tenants=tenants(TenantGroup.CRAFT_VILLAGE, craft),
    )

    assert CraftVillageShare(regime).check(subject).ok is ok


def test_v19_without_land_of_projects_the_share_is_not_computable(state):
    subject = state(cluster_type=ClusterType.CRAFT_VILLAGE, industrial_land_ha=Decimal(40))

    assert CraftVillageShare(R5).check(subject).outcome is Outcome.NOT_COMPUTABLE


@pytest.mark.parametrize(("largest", "ok"), [("24", True), ("23.99999", False)])
def test_v20_a_specialised_cluster_uses_60_percent_for_one_line(state, largest, ok):
    subject = state(
        cluster_type=ClusterType.SPECIALISED,
        industrial_land_ha=Decimal(40),
        tenants=TenantLand(total=Decimal(30), largest_line="13", largest_line_ha=Decimal(largest)),
    )

    assert SpecialisedShare(R5).check(subject).ok is ok


def test_v20_blocks_only_since_decree_303():
    assert SpecialisedShare(R2).weight() is Severity.INFO
    assert SpecialisedShare(R5).weight() is Severity.BLOCK


@pytest.mark.parametrize(("supporting", "ok"), [("24", True), ("23", False)])
def test_v21_a_supporting_cluster_keeps_60_percent(state, supporting, ok):
    subject = state(
        cluster_type=ClusterType.SUPPORTING,
        industrial_land_ha=Decimal(40),
        tenants=tenants(TenantGroup.SUPPORTING, supporting),
    )

    assert SupportingShare(R5).check(subject).ok is ok


@pytest.mark.parametrize(("high_tech", "ok"), [("12", True), ("11.9", False)])
def test_v21b_a_high_tech_cluster_keeps_30_percent(state, high_tech, ok):
    subject = state(
        cluster_type=ClusterType.HIGH_TECH,
        industrial_land_ha=Decimal(40),
        tenants=tenants(TenantGroup.HIGH_TECH, high_tech),
    )

    assert HighTechShare(R5).check(subject).ok is ok


@pytest.mark.parametrize(("services", "ok"), [("5", True), ("5.00001", False)])
def test_v22_services_take_at_most_10_percent_of_the_area_not_of_the_industrial_land(state, services, ok):
    subject = state(
        area_ha=Decimal(50), industrial_land_ha=Decimal(40), tenants=tenants(TenantGroup.SERVICE, services)
    )

    assert ServiceLand(R5).check(subject).ok is ok
