from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from clusters.models import Cluster
from clusters.views.public.compare import Row
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, ObservationFactory
from tests.pages import PageContract

pytestmark = pytest.mark.django_db


class TestCompare(PageContract):
    url_name = "compare"
    max_queries = 6


def compared(*clusters: Cluster, **query: str) -> dict[str, object]:
    response = Client().get(reverse("compare"), {"c": [cluster.code for cluster in clusters], **query})
    assert response.status_code == 200
    return response.context


def row(context: dict[str, object], label: str) -> Row:
    return next(row for row in context["rows"] if row.label == label)


def test_four_clusters_are_compared_and_further_ones_are_named_as_left_out():
    clusters = [ClusterFactory() for _number in range(5)]

    context = compared(*clusters)

    assert [cluster for cluster, _url in context["chosen"]] == clusters[:4]
    assert context["left_out"] == [clusters[4].name]
    assert context["is_full"]


def test_unpublished_and_unknown_codes_are_told_apart_from_nothing():
    hidden = ClusterFactory(unpublished=True)

    context = compared(ClusterFactory(), hidden)

    assert len(context["chosen"]) == 1
    assert context["unknown"] == [hidden.code]


def test_differences_are_marked_in_words_and_unknown_figures_take_no_part():
    small, large = ClusterFactory(area_ha=Decimal(20)), ClusterFactory(area_ha=Decimal(50))
    unknown = ClusterFactory(area_ha=None)

    area = row(compared(small, large, unknown), "Diện tích")

    assert area.verdict == "khác nhau"
    assert [cell.mark for cell in area.cells] == ["thấp nhất", "cao nhất", ""]
    assert area.cells[2].text == "chưa có báo cáo"


def test_a_rate_that_cannot_be_computed_is_not_zero_and_a_floor_is_called_one():
    reported, unreported = ClusterFactory(industrial_land_ha=Decimal(40)), ClusterFactory()
    ObservationFactory(cluster=reported, value=Decimal(10))

    cells = row(compared(reported, unreported), "Tỷ lệ lấp đầy theo luật").cells

    assert cells[0].text == "ít nhất 25\xa0%"
    assert row(compared(reported), "Đất còn trống").cells[0].text == "không quá 30\xa0ha"
    assert cells[1].text == "không tính được"


def test_what_is_alike_is_called_alike():
    rows = compared(ClusterFactory(), ClusterFactory())

    assert row(rows, "Loại hình").verdict == "giống nhau"


def test_figures_nobody_reported_are_not_called_alike():
    rows = compared(ClusterFactory(), ClusterFactory())

    assert row(rows, "Lao động").verdict == "chưa đủ số liệu"


def test_clusters_are_added_by_search_old_names_included():
    first = ClusterFactory(name="Đầu tiên")
    ClusterFactory(name="Âu Lâu", commune=commune())

    offers = compared(first, q="yen bai")["offers"]

    assert [cluster.name for cluster, _place, _url in offers] == ["Âu Lâu"]
    assert first.code in offers[0][2]


def test_the_page_without_clusters_says_how_to_begin():
    assert Client().get(reverse("compare")).context["rows"] == []
