import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clusters.land import with_free_land
from clusters.models import Cluster
from tests.assertions import assert_num_queries, assert_swap_equals_page
from tests.factories.accounts import GIA_LAI, commune, province
from tests.factories.clusters import ClusterFactory, ObservationFactory, PlotFactory
from tests.pages import PageContract

pytestmark = pytest.mark.django_db


class TestVacantLand(PageContract):
    url_name = "vacant_land"
    max_queries = 10

    def url_kwargs(self) -> dict[str, object]:
        ObservationFactory()
        return {}

    def grow(self) -> None:
        PlotFactory()
        ObservationFactory()


def free_of(cluster: Cluster) -> Decimal | None:
    return with_free_land(Cluster.objects.all()).get(pk=cluster.pk).free_ha


def names(**asked: str) -> list[str]:
    return [line["cluster"].name for line in Client().get(reverse("vacant_land"), asked).context["lines"]]


def leased(name: str, hectares: int, **facts: object) -> Cluster:
    cluster = ClusterFactory(name=name, industrial_land_ha=Decimal(40), **facts)
    ObservationFactory(cluster=cluster, value=Decimal(hectares))
    return cluster


def test_free_land_is_industrial_land_less_leased_less_approved():
    cluster = leased("Tính", 10)
    assert free_of(cluster) == 30

    ObservationFactory(cluster=cluster, approved=True, value=Decimal(12))
    assert free_of(cluster) == 18


def test_no_free_land_and_unknown_free_land_are_two_things():
    assert free_of(leased("Đầy", 40)) == 0
    assert free_of(ClusterFactory()) is None
    without_land = ClusterFactory(industrial_land_ha=None)
    ObservationFactory(cluster=without_land)
    assert free_of(without_land) is None


def test_recorded_plots_take_the_place_of_the_computation():
    cluster = leased("Có lô", 10)
    PlotFactory(cluster=cluster, area_ha=Decimal("2.5"))
    PlotFactory(cluster=cluster, area_ha=Decimal(4), leased=True)
    assert free_of(cluster) == Decimal("2.5")

    full = leased("Hết lô", 10)
    PlotFactory(cluster=full, leased=True)
    assert free_of(full) == 0


def test_the_largest_comes_first_and_clusters_without_free_land_are_left_out():
    leased("Nhỏ", 35)
    leased("Lớn", 5)
    leased("Hết", 40)
    ClusterFactory(name="Không rõ")

    assert names() == ["Lớn", "Nhỏ"]


def test_clusters_nobody_reported_on_are_counted_not_hidden():
    ClusterFactory()
    ClusterFactory(planned=True)
    leased("Biết", 10)

    assert Client().get(reverse("vacant_land"), {"min_ha": "5"}).context["unknown"] == 1


@pytest.mark.parametrize("stage", ["planned", "withdrawn", "abolished"])
def test_land_of_a_cluster_that_does_not_stand_in_law_cannot_be_let(stage):
    leased("Chưa thành lập", 10, **{stage: True})

    assert names() == []


def test_one_piece_asks_for_a_single_plot_of_that_size():
    split = leased("Nhiều lô nhỏ", 0)
    for _number in range(3):
        PlotFactory(cluster=split, area_ha=Decimal(2))
    PlotFactory(cluster=leased("Một lô lớn", 0), area_ha=Decimal(5))
    leased("Chưa chia lô", 10)

    assert names(min_ha="5") == ["Chưa chia lô", "Nhiều lô nhỏ", "Một lô lớn"]
    assert names(min_ha="5", in_one_plot="yes") == ["Một lô lớn"]


def test_place_line_and_province_narrow_the_search():
    leased("Yên Bái cũ", 10, commune=commune(), main_lines="Dệt may")
    leased("Gia Lai", 10, province=province(GIA_LAI), main_lines="Chế biến gỗ")

    assert names(q="yen bai") == ["Yên Bái cũ"]
    assert names(province=GIA_LAI) == ["Gia Lai"]
    assert names(line="che bien go") == ["Gia Lai"]


def test_old_news_of_free_land_is_marked():
    leased("Cũ", 10)

    with time_machine.travel(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)):
        response = Client().get(reverse("vacant_land"))

    assert response.context["lines"][0]["stale"]
    assert "số liệu cũ" in response.content.decode()


def test_unpublished_land_is_not_offered():
    leased("Chưa công bố", 10, unpublished=True)

    assert names() == []


def test_the_answer_to_htmx_equals_the_page():
    PlotFactory(cluster=leased("Có lô", 0))
    leased("Tính", 10)

    assert_swap_equals_page(Client(), reverse("vacant_land"), {"min_ha": "1"})
    assert_swap_equals_page(Client(), reverse("vacant_land"), {"min_ha": "99"})


def test_a_search_costs_at_most_twelve_queries():
    PlotFactory(cluster=leased("Có lô", 0, commune=commune()))
    client = Client()
    client.get(reverse("vacant_land"))

    with assert_num_queries(12, at_most=True):
        client.get(reverse("vacant_land"), {"q": "yen bai", "min_ha": "1"})


def test_a_number_that_cannot_be_read_is_named_and_filters_nothing():
    leased("Tính", 10)

    response = Client().get(reverse("vacant_land"), {"min_ha": "nhiều"})

    assert response.status_code == 200
    assert response.context["filter"].errors
