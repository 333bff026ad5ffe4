import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.filters.clusters import ClusterFilter
from clusters.models import Cluster
from places.models import Commune
from tests.assertions import assert_num_queries, assert_swap_equals_page
from tests.factories.accounts import GIA_LAI, commune, province, sign_in
from tests.factories.clusters import (
    ClusterFactory,
    InvestorFactory,
    ObservationFactory,
    PlotFactory,
    SecondaryProjectFactory,
    WastewaterPlantFactory,
)
from tests.pages import PageContract

pytestmark = pytest.mark.django_db
VIEWS = ("list", "table", "map")


class TestDirectory(PageContract):
    url_name = "directory"
    max_queries = 10

    def url_kwargs(self) -> dict[str, object]:
        ObservationFactory()
        return {}

    def grow(self) -> None:
        ObservationFactory(cluster__investor=InvestorFactory())
        PlotFactory()


def found(**asked: str) -> list[str]:
    query = QueryDict(mutable=True)
    query.update(asked)
    rows = Cluster.objects.all().with_listing()
    filters = ClusterFilter(query, queryset=rows)
    assert filters.is_valid(), filters.errors
    return sorted(cluster.name for cluster in filters.qs)


@pytest.mark.parametrize("view", VIEWS)
def test_a_visitor_sees_published_clusters_only_in_every_view(view):
    ClusterFactory(name="Công khai")
    ClusterFactory(name="Chưa công bố", unpublished=True)

    html = Client().get(reverse("directory"), {"view": view}).content.decode()

    assert "Công khai" in html
    assert "Chưa công bố" not in html


def test_officers_see_unpublished_clusters_of_their_own_province_too():
    ClusterFactory(name="Chưa công bố", unpublished=True)
    ClusterFactory(name="Tỉnh khác", unpublished=True, province=province(GIA_LAI))
    client = Client()
    sign_in(client, Role.DEPARTMENT_OFFICER)

    html = client.get(reverse("directory")).content.decode()

    assert "Chưa công bố" in html
    assert "Tỉnh khác" not in html


@pytest.mark.parametrize("view", VIEWS)
def test_the_answer_to_htmx_equals_the_page(view):
    ObservationFactory()
    ClusterFactory()

    assert_swap_equals_page(Client(), reverse("directory"), {"view": view, "province": "15"})
    assert_swap_equals_page(Client(), reverse("directory"), {"view": view, "q": "khong co gi het"})


@pytest.mark.parametrize("view", VIEWS)
def test_the_three_views_and_the_map_show_the_same_rows(view):
    wanted = {
        ClusterFactory(operating=True, name=f"Đang chạy {number}", commune=commune()).name
        for number in range(3)
    }
    ClusterFactory(planned=True, name="Quy hoạch")

    page = Client().get(reverse("directory"), {"view": view, "stage": "operating"})
    points = Client().get(reverse("clusters_geojson"), {"stage": "operating"}).json()

    assert {row.record.name for row in page.context["table"].paginated_rows} == wanted
    assert {feature["properties"]["name"] for feature in points["features"]} == wanted


@pytest.mark.parametrize("view", VIEWS)
def test_a_search_by_an_old_name_costs_at_most_ten_queries_for_a_visitor(view):
    for _number in range(3):
        ObservationFactory(cluster__commune=commune())
    client = Client()
    client.get(reverse("directory"))

    with assert_num_queries(10, at_most=True):
        client.get(reverse("directory"), {"view": view, "q": "huyện Trấn Yên"})
    with assert_num_queries(10, at_most=True):
        client.get(reverse("directory"), {"view": view, "q": "thanh pho yen bai", "stage": "withdrawn"})


@pytest.mark.parametrize("text", ["yen bai", "Yên Bái", "YÊN  BÁI", "thành phố Yên Bái", "au lau", "Lào Cai"])
def test_names_old_and_new_with_or_without_marks_find_the_cluster(text):
    ClusterFactory(name="Âu Lâu", commune=commune())
    ClusterFactory(name="Nơi khác", province=province(GIA_LAI))

    assert found(q=text) == ["Âu Lâu"]


def test_a_typed_province_that_is_no_more_is_explained():
    html = Client().get(reverse("directory"), {"q": "yen bai"}).content.decode()

    assert "Tỉnh Yên Bái" in html
    assert "Tỉnh Lào Cai" in html


def test_nothing_found_offers_the_lookup_of_old_names():
    html = Client().get(reverse("directory"), {"q": "khong co gi het"}).content.decode()

    assert reverse("places:lookup") in html


def test_a_commune_finds_clusters_that_only_touch_it():
    touching = ClusterFactory(name="Chạm")
    touching.other_communes.add(commune())
    ClusterFactory(name="Trong", commune=commune())
    ClusterFactory(name="Ngoài", commune=Commune.objects.in_force().get(code="04375"))

    assert found(commune="04543") == ["Chạm", "Trong"]


@pytest.mark.parametrize(("typed", "found"), [("", 1), ("  ", 1), ("%", 0), ("---", 0)])
def test_signs_without_a_letter_find_nothing(typed, found):
    ClusterFactory()
    for name in ("q", "line"):
        assert Client().get("/clusters/", {name: typed}).context["total"] == found


def test_a_line_of_production_is_found_without_marks_and_among_the_tenants():
    ClusterFactory(name="Cho phép", main_lines="Chế biến GỖ; Dệt may")
    SecondaryProjectFactory(cluster=ClusterFactory(name="Đã có", main_lines=""), product="Gỗ ván ép")
    ClusterFactory(name="Khác", main_lines="Cơ khí")

    assert found(line="go") == ["Cho phép", "Đã có"]
    assert found(line="dệt may") == ["Cho phép"]


def test_figures_nobody_reported_pass_no_filter_on_figures():
    half = ClusterFactory(name="Một nửa", industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=half, value=Decimal(20))
    ClusterFactory(name="Không rõ")

    assert found(occupancy_to="60") == ["Một nửa"]
    assert found(occupancy_from="0") == ["Một nửa"]
    assert found(free_land="20") == ["Một nửa"]
    assert found(free_land="21") == []
    assert found(free_land="0") == ["Một nửa"]


def test_wastewater_and_investor_tell_no_from_unknown():
    WastewaterPlantFactory(cluster=ClusterFactory(name="Có nhà máy", investor=InvestorFactory()))
    WastewaterPlantFactory(cluster=ClusterFactory(name="Đang xây"), status="building")
    ClusterFactory(name="Không báo cáo")

    assert found(wastewater="yes") == ["Có nhà máy"]
    assert found(wastewater="no") == ["Đang xây"]
    assert found(wastewater="unknown") == ["Không báo cáo"]
    assert found(investor="yes") == ["Có nhà máy"]
    assert found(investor="no") == ["Không báo cáo", "Đang xây"]


def test_filters_in_force_can_be_taken_away_one_by_one():
    page = Client().get(reverse("directory"), {"province": "15", "stage": "planned", "view": "table"})

    links = [condition.url_without for condition in page.context["conditions"]]

    assert len(links) == 2
    assert all("view=table" in link for link in links)


@pytest.mark.parametrize("sort", ["-free", "free", "-occupancy", "area"])
def test_unknown_figures_come_last_in_either_order(sort):
    known = ClusterFactory(name="Biết", industrial_land_ha=Decimal(40), area_ha=Decimal(50))
    ObservationFactory(cluster=known)
    ClusterFactory(name="Không biết", industrial_land_ha=None, area_ha=None)

    page = Client().get(reverse("directory"), {"sort": sort})

    assert [row.record.name for row in page.context["table"].paginated_rows] == ["Biết", "Không biết"]


def test_points_are_marked_approximate_unless_the_authority_gave_them():
    ClusterFactory(name="Gần đúng", commune=commune())
    ClusterFactory(name="Chính xác", longitude=104.85, latitude=21.7, position_is_exact=True)
    ClusterFactory(name="Không rõ nơi")

    features = Client().get(reverse("clusters_geojson")).json()["features"]

    assert {one["properties"]["name"]: one["properties"]["approximate"] for one in features} == {
        "Gần đúng": True,
        "Chính xác": False,
    }


def test_the_map_answers_not_modified_and_hides_what_is_not_published():
    ClusterFactory(unpublished=True, commune=commune())
    client = Client()

    first = client.get(reverse("clusters_geojson"))
    again = client.get(reverse("clusters_geojson"), headers={"If-None-Match": first["ETag"]})

    assert first.json()["features"] == []
    assert "public" in first["Cache-Control"]
    assert again.status_code == 304


def test_the_map_of_somebody_signed_in_is_not_kept_for_others():
    client = Client()
    sign_in(client, Role.DEPARTMENT_OFFICER)

    answer = client.get(reverse("clusters_geojson"))

    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_a_cluster_called_as_typed_comes_before_one_that_only_lies_there():
    ClusterFactory(name="An Thịnh", commune=commune())
    ClusterFactory(name="Âu Lâu")

    page = Client().get(reverse("directory"), {"q": "au lau"})

    assert [row.record.name for row in page.context["table"].paginated_rows] == ["Âu Lâu", "An Thịnh"]


def test_a_vanished_district_means_the_communes_it_became_and_not_words_from_anywhere():
    ClusterFactory(name="Trong huyện cũ", commune=Commune.objects.in_force().get(code="04375"))
    # Words of the name occur among the names of this place, too: Văn Chấn and Yên Bái.
    ClusterFactory(name="Huyện khác", commune=Commune.objects.in_force().get(name_vi="Văn Chấn"))
    ClusterFactory(name="Bắc Văn Yên")
    ClusterFactory(name="Chỉ biết huyện", place_as_recorded="huyện Văn Yên")

    assert found(q="van yen") == ["Bắc Văn Yên", "Chỉ biết huyện", "Trong huyện cũ"]


def test_an_investor_whose_name_is_also_a_places_is_still_found():
    ClusterFactory(name="Của nhà đầu tư", investor=InvestorFactory(name="Công ty CP Âu Lâu"))

    assert found(q="au lau") == ["Của nhà đầu tư"]


# --- What became of a name -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["directory", "vacant_land"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("yen bai", "Tỉnh Yên Bái"),
        ("Trấn Yên", "Huyện Trấn Yên"),
        ("huyện Trấn Yên, Yên Bái", "Huyện Trấn Yên"),
        ("h. Trấn Yên", "Huyện Trấn Yên"),
        ("tp. Yên Bái", "Thành phố Yên Bái"),
        ("bao dap", "Xã Báo Đáp"),
    ],
)
def test_a_vanished_province_district_or_commune_says_what_it_became(address, typed, told):
    places = Client().get(reverse(address), {"q": typed}).context["places"]
    assert told in [match.place.full_name_vi for match in places]
    assert all(match.became for match in places)


@pytest.mark.parametrize("typed", ["Lào Cai", "Âu Lâu", "không nơi nào tên thế"])
def test_a_name_that_still_stands_is_not_said_to_have_become_itself(typed):
    places = Client().get(reverse("directory"), {"q": typed}).context["places"]
    assert [match for match in places if match.level != "district"] == []


# --- Limits of what is known ---------------------------------------------------------------------------------------


def test_the_table_and_the_list_say_where_a_figure_is_a_limit():
    cluster = ClusterFactory(industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=cluster, value=Decimal(10))

    def shown(view: str) -> str:
        return " ".join(Client().get(reverse("directory"), {"view": view}).content.decode().split())

    assert ">≥ 25<" in shown("table") and ">≤ 30<" in shown("table")
    assert "ít nhất 25" in shown("list") and "không quá 30" in shown("list")

    ObservationFactory(cluster=cluster, approved=True)
    assert ">37,5<" in shown("table") and ">25<" in shown("table")


def test_the_table_marks_figures_that_are_out_of_date():
    ObservationFactory(as_of=dt.date(2020, 6, 30))
    html = Client().get(reverse("directory"), {"view": "table"}).content.decode()
    assert "30/06/2020" in html and "số liệu cũ" in html
