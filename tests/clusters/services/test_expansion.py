import datetime as dt
from decimal import Decimal

import pytest

from clusters.choices import DecisionKind, WorkKind, WorkStatus
from clusters.services.expansion import expansion_subject, works_in_use
from law.regimes import Regime
from law.rules import evaluate
from law.vocabulary import Work
from tests.factories.clusters import (
    ClusterFactory,
    DecisionFactory,
    ObservationFactory,
    SharedWorkFactory,
    WastewaterPlantFactory,
)

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
IN_USE, BUILDING = WorkStatus.IN_USE, WorkStatus.BUILDING


def work(cluster, kind, status=IN_USE):
    return SharedWorkFactory(cluster=cluster, kind=kind, status=status)


def test_land_and_figures_are_those_of_the_day():
    cluster = ClusterFactory(before_2009=True)
    ObservationFactory(cluster=cluster, value=Decimal(30))
    ObservationFactory(cluster=cluster, approved=True, value=Decimal(2))
    DecisionFactory(
        cluster=cluster,
        kind=DecisionKind.ADJUST,
        sets={"industrial_land_ha": Decimal(50)},
        issued_on=dt.date(2026, 10, 1),
    )

    before = expansion_subject(cluster=cluster, on=dt.date(2026, 9, 1), demand_ha=Decimal(70))
    after = expansion_subject(cluster=cluster, on=NOVEMBER)

    assert (before.industrial_land_ha, before.leased_ha, before.approved_ha) == (45, 30, 2)
    assert (before.demand_ha, before.formed_before_2009) == (70, True)
    assert before.established_on == dt.date(2025, 9, 15)
    assert (after.industrial_land_ha, after.demand_ha) == (50, None)
    assert after.occupancy == 64


def test_a_work_is_in_use_only_when_the_registry_says_so():
    cluster = ClusterFactory()
    work(cluster, WorkKind.ROADS)
    work(cluster, WorkKind.WATER, WorkStatus.FINISHED)

    works = works_in_use(cluster)

    assert works[Work.ROADS] is True
    assert works[Work.WATER_SUPPLY] is False
    assert works[Work.FIRE_PROTECTION] is None


@pytest.mark.parametrize(
    ("collection", "treatment", "plant", "in_use"),
    [
        (IN_USE, IN_USE, None, True),
        (IN_USE, BUILDING, None, False),
        (IN_USE, None, None, None),
        (None, IN_USE, None, None),
        (IN_USE, None, IN_USE, True),
        (IN_USE, IN_USE, BUILDING, False),
        (BUILDING, None, None, False),
    ],
)
def test_wastewater_needs_collection_and_treatment_and_the_plant_knows_best(
    collection, treatment, plant, in_use
):
    cluster = ClusterFactory()
    if collection:
        work(cluster, WorkKind.WASTEWATER_COLLECTION, collection)
    if treatment:
        work(cluster, WorkKind.WASTEWATER_TREATMENT, treatment)
    if plant:
        WastewaterPlantFactory(cluster=cluster, status=plant)

    assert works_in_use(cluster)[Work.WASTEWATER] is in_use


def test_a_cluster_with_every_work_in_use_passes_both_rules():
    cluster = ClusterFactory()
    ObservationFactory(cluster=cluster, value=Decimal(30))
    for kind in WorkKind:
        work(cluster, kind)

    checklist = evaluate(
        expansion_subject(cluster=cluster, on=NOVEMBER, demand_ha=Decimal(0)), regime=Regime.by_code("R5")
    )

    assert (checklist["V16"].ok, checklist["V17"].ok) == (True, True)
