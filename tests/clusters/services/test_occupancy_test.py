"""The clusters of a territory on a day are gathered from the decisions and figures of the registry."""

import datetime as dt
from decimal import Decimal

import pytest

from clusters.choices import DecisionKind, Indicator, Stage
from clusters.rules.occupancy_test import Average, SettledAverage
from clusters.services.occupancy_test import occupancy_test
from law.models import Parameter
from law.regimes import Regime
from law.rules import Outcome, evaluate
from law.vocabulary import OccupancyUnit
from places.models import Commune
from tests.assertions import assert_num_queries
from tests.factories.accounts import commune, province
from tests.factories.clusters import ClusterFactory, DecisionFactory, ObservationFactory
from tests.factories.law import ProvincialParameterFactory

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
R2, R3, R5 = (Regime.by_code(code) for code in ("R2", "R3", "R5"))


def neighbour() -> Commune:
    """Return another commune in force of the same province, from other former districts than Âu Lâu."""
    here = commune()
    old = here.succession_from.values("old_district_id")
    return (
        Commune.objects.in_force()
        .filter(province=here.province)
        .exclude(succession_from__old_district__in=old)
        .order_by("pk")[0]
    )


def with_figures(leased, approved=None, **said):
    """Return a cluster of Âu Lâu with leased and approved land of the end of June 2026."""
    cluster = ClusterFactory(**{"commune": commune(), **said})
    if leased is not None:
        ObservationFactory(cluster=cluster, value=Decimal(leased))
    if approved is not None:
        ObservationFactory(cluster=cluster, approved=True, value=Decimal(approved))
    return cluster


def gather(**said):
    return occupancy_test(
        **{"province": province(), "commune": commune(), "regime": R5, "on": NOVEMBER, **said}
    )


def names(test) -> list[str]:
    return [one.name for one in test.clusters]


def test_the_established_clusters_of_the_commune_are_counted_with_their_figures():
    with_figures("20", "5", name="CCN Âu Lâu")
    with_figures(None, name="CCN Chưa có số liệu")
    with_figures("40", name="CCN Nơi khác", commune=neighbour())
    with_figures("1", name="CCN Trong quy hoạch", planned=True)
    with_figures("1", name="CCN Bãi bỏ", abolished=True)
    with_figures("1", name="CCN Minh hoạ", is_illustration=True)

    test = gather()

    assert (test.unit, test.unit_name) == (OccupancyUnit.COMMUNE, commune().full_name)
    assert names(test) == ["CCN Chưa có số liệu", "CCN Âu Lâu"]
    known = test.clusters[1]
    assert (known.industrial_ha, known.leased_ha, known.approved_ha) == (45, 20, 5)
    assert known.as_of == dt.date(2026, 6, 30)
    assert test.clusters[0].leased_ha is None


def test_the_cluster_asked_for_is_left_out():
    asked = with_figures("20", "0")

    assert names(gather(exclude=asked)) == []
    assert evaluate(gather(exclude=asked), regime=R5)["V11"].outcome is Outcome.MET


def test_a_past_day_is_seen_as_the_decisions_and_figures_of_that_day_have_it():
    cluster = with_figures("20", "0")
    ObservationFactory(cluster=cluster, value=Decimal(44), as_of=dt.date(2026, 10, 31))
    DecisionFactory(
        cluster=cluster,
        kind=DecisionKind.ADJUST,
        sets={"industrial_land_ha": Decimal(50)},
        issued_on=dt.date(2026, 10, 1),
    )

    before, after = gather(on=dt.date(2026, 9, 30)).clusters[0], gather().clusters[0]

    assert (before.industrial_ha, before.leased_ha) == (45, 20)
    assert (after.industrial_ha, after.leased_ha) == (50, 44)
    assert names(gather(on=dt.date(2025, 9, 14))) == []


def test_a_cluster_abolished_later_still_counts_on_an_earlier_day():
    cluster = with_figures("20", "0", operating=True)
    DecisionFactory(
        cluster=cluster,
        kind=DecisionKind.ABOLISH,
        sets={"stage": Stage.ABOLISHED},
        issued_on=dt.date(2026, 10, 1),
    )

    assert len(names(gather(on=dt.date(2026, 9, 30)))) == 1
    assert names(gather()) == []


def test_under_decree_32_the_clusters_of_the_former_district_count():
    with_figures("20", "0", name="CCN Âu Lâu")
    with_figures("20", "0", name="CCN Nơi khác", commune=neighbour())

    district = commune().succession_from.order_by("pk")[0].old_district

    test = gather(regime=R2, district=district)

    assert (test.unit, test.unit_name) == (OccupancyUnit.DISTRICT, district.full_name)
    assert names(test) == ["CCN Âu Lâu"]


def test_a_commune_made_from_several_districts_needs_the_one_the_test_is_made_for():
    with_figures("20", "0")

    test = gather(regime=R2)

    assert (test.unit_name, test.clusters) == ("", ())
    finding = evaluate(test, regime=R2)["V10"]
    assert finding.outcome is Outcome.NOT_COMPUTABLE
    assert "Âu Lâu" in str(finding.explanation)


def test_a_case_of_a_former_commune_counts_what_lies_in_its_district_today():
    old = Commune.objects.filter(succession_to__new=commune()).order_by("pk")[0]
    with_figures("20", "0", name="CCN Âu Lâu")
    with_figures("20", "0", name="CCN Nơi khác", commune=neighbour())

    test = gather(regime=R2, province=old.province, commune=old)

    assert test.unit_name == old.district.full_name
    assert names(test) == ["CCN Âu Lâu"]


def test_between_july_2025_and_september_2026_the_province_says_which_territory_counts():
    with_figures("20", "0", name="CCN Âu Lâu")
    with_figures("20", "0", name="CCN Nơi khác", commune=neighbour())
    unsaid = gather(regime=R3)
    parameter = ProvincialParameterFactory(
        key=Parameter.OCCUPANCY_UNIT, value_number=None, value_text=OccupancyUnit.COMMUNE
    )
    of_commune = gather(regime=R3)
    parameter.value_text = OccupancyUnit.PROVINCE
    parameter.save()
    of_province = gather(regime=R3)

    assert unsaid.unit_name == ""
    assert evaluate(unsaid, regime=R3)["V10"].ok is False
    assert names(of_commune) == ["CCN Âu Lâu"]
    assert "1/2026/QĐ-UBND" in str(of_commune.unit_basis)
    assert names(of_province) == ["CCN Nơi khác", "CCN Âu Lâu"]


def test_without_commune_the_territory_is_not_known():
    test = gather(commune=None)

    assert (test.unit_name, test.clusters) == ("", ())
    assert evaluate(test, regime=R5)["V11"].outcome is Outcome.NOT_COMPUTABLE


def test_the_test_carries_what_is_asked_for_and_what_a_person_settled():
    settled = SettledAverage(average=Average.SIMPLE, reason="Theo Bộ")

    test = gather(kind=DecisionKind.EXPAND, settled=settled)

    assert (test.kind, test.settled) == (DecisionKind.EXPAND, settled)


def test_the_number_of_clusters_costs_no_further_queries():
    place, where = province(), commune()
    for _number in range(3):
        cluster = with_figures("20", "0")
        ObservationFactory(cluster=cluster, indicator=Indicator.LEASED, value=Decimal(21))

    with assert_num_queries(3):  # what the commune took over, the decisions, the figures
        test = occupancy_test(province=place, commune=where, regime=R5, on=NOVEMBER)

    assert len(test.clusters) == 3
