import datetime as dt
import gzip
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from clusters.models import Cluster
from clusters.statistics import Population, published_figures
from clusters.views.public.home import national_figures
from tests.factories.clusters import ClusterFactory, ObservationFactory
from tests.pages import PageContract

pytestmark = pytest.mark.django_db


class TestHome(PageContract):
    url_name = "home"
    max_queries = 9

    def grow(self) -> None:
        ObservationFactory()
        ClusterFactory(unpublished=True)


def test_the_national_figures_count_published_clusters_and_no_illustration():
    ClusterFactory(area_ha=Decimal(20))
    ClusterFactory(area_ha=Decimal(30), planned=True)
    ClusterFactory(area_ha=Decimal(40), unpublished=True)
    ClusterFactory(area_ha=Decimal(50), is_illustration=True)

    found = Client().get(reverse("home")).context["figures"]

    assert (found.clusters, found.established, found.planned) == (2, 1, 1)
    assert found.total_area_ha == 50


def test_the_occupancy_of_the_nation_rests_only_on_clusters_where_it_can_be_computed():
    reported = ClusterFactory(industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=reported, value=Decimal(10))
    ObservationFactory(cluster=reported, approved=True, value=Decimal(10))
    ClusterFactory(industrial_land_ha=Decimal(1000))

    found = national_figures(Cluster.objects.all())

    assert found.occupancy == 50
    assert found.occupancy_clusters == 1


def test_an_empty_registry_has_no_occupancy_rather_than_zero():
    found = national_figures(Cluster.objects.none())

    assert found.occupancy is None
    assert found.total_area_ha is None
    assert "không tính được" in Client().get(reverse("home")).content.decode()


def test_the_registry_and_published_statistics_stand_apart_each_with_its_source():
    html = Client().get(reverse("home")).content.decode()

    assert html.index('id="now-heading"') < html.index('id="published-heading"')
    assert "ven.vn" in html[html.index('id="published-heading"') :]
    assert "ven.vn" not in html[: html.index('id="published-heading"')]


def test_every_published_figure_names_source_quality_and_population_and_the_newest_comes_first():
    figures = published_figures()

    assert {figure.population for figure in figures} == set(Population)
    for figure in figures:
        assert figure.source_title
        assert figure.quality
        assert dt.date(2000, 1, 1).year <= int(figure.as_of[:4]) <= 2026
    for population in Population:
        dates = [figure.as_of for figure in figures if figure.population == population]
        assert dates == sorted(dates, reverse=True)


def test_every_province_in_force_has_its_place_in_the_list_beside_the_map():
    provinces = Client().get(reverse("home")).context["provinces"]

    assert len(provinces) == 34


def test_the_accessibility_statement_says_what_does_not_work():
    response = Client().get(reverse("accessibility"))

    assert response.status_code == 200
    assert "WCAG" in response.content.decode()


def test_the_front_door_with_its_map_weighs_under_300_kb_without_fonts():
    client = Client()
    html = client.get(reverse("home")).content
    assets = set(re.findall(r'(?:src|href|data-base)="/static/([^"#]+)', html.decode()))
    files = [finders.find(path) for path in assets if not path.endswith((".woff2", ".svg"))]
    files += [finders.find("img/icons.svg"), finders.find("img/plots.svg")]

    weight = len(gzip.compress(html)) + len(gzip.compress(client.get(reverse("clusters_geojson")).content))
    weight += sum(len(gzip.compress(Path(path).read_bytes())) for path in files)

    assert any(path.endswith("provinces.json") for path in files)
    assert weight < 300_000
