"""Figures are computed from observations and records, in SQL; here they are computed again in Python and compared."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from clusters.choices import Indicator, ProjectStage, WorkStatus
from clusters.models import Cluster, Figures, Observation
from clusters.occupancy import occupancy_rates, rate
from clusters.services.figures import figures_on, refresh_figures, stale_figures
from clusters.services.observations import add_observation, correct_observation, remove_observation
from clusters.tasks import verify_figures
from tests.factories.clusters import (
    ClusterFactory,
    LandClearanceFactory,
    ObservationFactory,
    PaidCapitalFactory,
    PlotFactory,
    SecondaryProjectFactory,
    WastewaterPlantFactory,
)

pytestmark = pytest.mark.django_db
JUNE, OCTOBER = dt.date(2026, 6, 30), dt.date(2026, 10, 31)


def figures(cluster: Cluster) -> Figures:
    return Figures.objects.get(cluster=cluster)


def test_a_cluster_without_figures_has_none_and_not_zero():
    cluster = ClusterFactory()

    found = figures(cluster)

    assert found.leased_ha is None
    assert found.occupancy_legal is None
    assert found.workers is None
    assert found.has_wastewater_plant is None


def test_the_newest_observation_counts_whenever_it_was_entered():
    cluster = ClusterFactory()
    ObservationFactory(cluster=cluster, value=Decimal(25), as_of=OCTOBER)
    ObservationFactory(cluster=cluster, value=Decimal(20), as_of=JUNE)

    assert figures(cluster).leased_ha == 25
    assert figures(cluster).leased_as_of == OCTOBER


def test_the_four_rates_have_the_numerators_and_denominators_their_names_promise():
    cluster = ClusterFactory(industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=cluster, value=Decimal(10))
    ObservationFactory(cluster=cluster, approved=True, value=Decimal("7.2"))
    ObservationFactory(cluster=cluster, indicator=Indicator.SERVICED, value=Decimal(16))
    LandClearanceFactory(cluster=cluster, area_cleared_ha=Decimal(30))

    found = figures(cluster)

    assert (found.occupancy_legal, found.occupancy_report) == (43, 25)
    assert (found.occupancy_serviced, round(found.occupancy_cleared, 4)) == (
        Decimal("62.5"),
        Decimal("33.3333"),
    )
    stored = (
        found.occupancy_legal,
        found.occupancy_report,
        found.occupancy_serviced,
        found.occupancy_cleared,
    )
    assert [round(said.value, 6) for said in occupancy_rates(found, cluster.industrial_land_ha)] == [
        round(value, 6) for value in stored
    ]


def test_approved_land_that_nobody_recorded_makes_the_legal_rate_a_lower_bound():
    cluster = ClusterFactory(industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=cluster, value=Decimal(10))

    legal = occupancy_rates(figures(cluster), cluster.industrial_land_ha)[0]

    assert legal.value == 25
    assert legal.is_lower_bound


@pytest.mark.parametrize("land", [None, Decimal(0)])
def test_without_industrial_land_no_rate_is_computed(land):
    assert rate(Decimal(3), land) is None


def test_where_nobody_observed_the_land_the_projects_under_lease_are_summed():
    cluster = ClusterFactory()
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(3))
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(4), foreign=True)
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(2), approved=True)
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(9), ended=True)

    found = figures(cluster)

    assert (found.leased_ha, found.approved_ha, found.leased_from_projects) == (7, 2, True)
    assert (found.projects, found.foreign_projects, found.operating_projects) == (3, 1, 2)
    assert found.workers == 240


def test_an_observation_of_the_land_outweighs_the_sum_of_the_projects():
    cluster = ClusterFactory()
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(3))
    ObservationFactory(cluster=cluster, value=Decimal(11))

    assert (figures(cluster).leased_ha, figures(cluster).leased_from_projects) == (11, False)


def test_plots_plant_and_paid_capital_are_counted():
    cluster = ClusterFactory()
    PlotFactory(cluster=cluster, area_ha=Decimal(2))
    PlotFactory(cluster=cluster, area_ha=Decimal(3))
    PlotFactory(cluster=cluster, leased=True)
    WastewaterPlantFactory(cluster=cluster, status=WorkStatus.BUILDING)
    paid = PaidCapitalFactory(project__cluster=cluster, amount=10, as_of=JUNE)
    PaidCapitalFactory(project=paid.project, amount=25, as_of=OCTOBER)
    PaidCapitalFactory(project__cluster=cluster, amount=5, as_of=JUNE)

    found = figures(cluster)

    assert (found.free_plots, found.free_plots_ha) == (2, 5)
    assert found.has_wastewater_plant is False
    assert (found.capital_paid, found.capital_as_of) == (30, JUNE)


def test_the_figures_of_a_past_day_know_nothing_of_later_ones():
    cluster = ClusterFactory()
    ObservationFactory(cluster=cluster, value=Decimal(20), as_of=JUNE)
    ObservationFactory(cluster=cluster, value=Decimal(25), as_of=OCTOBER)

    past = figures_on(cluster, dt.date(2026, 7, 1), Decimal(40))

    assert (past.leased_ha, past.occupancy_report) == (20, 50)
    assert figures_on(cluster, dt.date(2026, 1, 1), Decimal(40)).leased_ha is None


def test_more_leased_land_than_industrial_land_is_refused_with_the_remedy():
    cluster = ClusterFactory(industrial_land_ha=Decimal(45))
    ObservationFactory(cluster=cluster, approved=True, value=Decimal(10))

    with pytest.raises(Exception, match="V09"):
        ObservationFactory(cluster=cluster, value=Decimal(36))

    assert figures(cluster).leased_ha is None


@pytest.mark.parametrize(
    ("indicator", "value", "as_of"),
    [
        (Indicator.WORKERS, Decimal("3.5"), JUNE),
        (Indicator.WORKERS, Decimal(-1), JUNE),
        (Indicator.LEASED, Decimal(1), dt.date(2999, 1, 1)),
    ],
)
def test_absurd_observations_are_refused_and_nothing_is_written(indicator, value, as_of):
    cluster = ClusterFactory()

    with pytest.raises(Exception) as refused:
        add_observation(
            cluster=cluster, indicator=indicator, value=value, as_of=as_of, user=None, source_title="BC"
        )

    assert set(refused.value.message_dict) <= {"value", "as_of"}
    assert not Observation.objects.filter(cluster=cluster).exists()


def test_a_correction_and_a_removal_bring_the_figures_along():
    cluster = ClusterFactory()
    observation = ObservationFactory(cluster=cluster, value=Decimal(20))

    correct_observation(observation=observation, user=None, reason="Nhập nhầm", value=Decimal(21))
    assert figures(cluster).leased_ha == 21
    remove_observation(observation=observation, reason="Nhập nhầm cụm")
    assert figures(cluster).leased_ha is None


def test_the_nightly_task_mends_and_names_figures_written_past_the_services():
    right, wrong = ClusterFactory(), ClusterFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clusters_figures SET leased_ha = 5 WHERE cluster_id = %s", [wrong.pk])

    assert list(stale_figures()) == [wrong]
    assert verify_figures() == [wrong.code]
    assert verify_figures() == []
    assert figures(wrong).leased_ha is None
    assert figures(right).leased_ha is None


def test_a_tiny_cleared_area_does_not_break_the_computation():
    cluster = ClusterFactory()
    LandClearanceFactory(cluster=cluster, area_cleared_ha=Decimal("0.00001"))
    ObservationFactory(cluster=cluster, value=Decimal(20))

    assert figures(cluster).occupancy_cleared == 200_000_000


def test_refreshing_touches_only_the_clusters_named():
    one, other = ClusterFactory(), ClusterFactory()
    Figures.objects.all().delete()

    assert refresh_figures([one.pk]) == 1
    assert not Figures.objects.filter(cluster=other).exists()


def test_land_cleared_beyond_the_total_is_refused_by_the_database():
    cluster = ClusterFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        LandClearanceFactory(cluster=cluster, area_total_ha=Decimal(10), area_cleared_ha=Decimal(11))


def test_a_suspended_project_still_holds_its_land():
    cluster = ClusterFactory()
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(3), stage=ProjectStage.SUSPENDED)

    assert figures(cluster).leased_ha == 3
