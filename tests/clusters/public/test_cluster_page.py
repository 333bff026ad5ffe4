import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import DecisionKind, InvestorKind, PlotStatus
from clusters.models import Cluster
from core.models import SourceClass
from tests.factories.accounts import GIA_LAI, commune, sign_in
from tests.factories.clusters import (
    ClusterFactory,
    DecisionFactory,
    InspectionFactory,
    InvestorFactory,
    LandClearanceFactory,
    ObservationFactory,
    ObstacleFactory,
    PlotFactory,
    SecondaryProjectFactory,
    SharedWorkFactory,
    WastewaterPlantFactory,
)
from tests.pages import PageContract

pytestmark = pytest.mark.django_db
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[104.85, 21.70], [104.86, 21.70], [104.86, 21.71], [104.85, 21.71], [104.85, 21.70]]],
}


class TestClusterPage(PageContract):
    url_name = "cluster"
    max_queries = 16

    def url_kwargs(self) -> dict[str, object]:
        self.cluster = ClusterFactory(investor=InvestorFactory(), commune=commune())
        SecondaryProjectFactory(cluster=self.cluster)
        return {"code": self.cluster.code}

    def grow(self) -> None:
        for _number in range(3):
            SecondaryProjectFactory(cluster=self.cluster)
            PlotFactory(cluster=self.cluster)
            DecisionFactory(cluster=self.cluster)
        ObservationFactory(cluster=self.cluster)
        SharedWorkFactory(cluster=self.cluster)


def page(cluster: Cluster, **query: str) -> str:
    response = Client().get(cluster.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_unpublished_cluster_is_found_by_its_officers_alone():
    cluster = ClusterFactory(unpublished=True)
    here, elsewhere = Client(), Client()
    sign_in(here, Role.DEPARTMENT_OFFICER)
    sign_in(elsewhere, Role.DEPARTMENT_OFFICER, province_code=GIA_LAI)

    assert Client().get(cluster.get_absolute_url()).status_code == 404
    assert Client().get(reverse("cluster_geojson", args=[cluster.code])).status_code == 404
    assert elsewhere.get(cluster.get_absolute_url()).status_code == 404
    assert here.get(cluster.get_absolute_url()).status_code == 200


def test_each_legal_fact_names_the_decision_that_laid_it_down():
    cluster = ClusterFactory(number="111/QĐ-UBND", area_ha=Decimal(60))
    DecisionFactory(cluster=cluster, number="222/QĐ-UBND", sets={"area_ha": Decimal(70)})

    lines = {line.fact: line for line in Client().get(cluster.get_absolute_url()).context["fact_lines"]}

    assert "222/QĐ-UBND" in lines["area_ha"].paper
    assert "UBND tỉnh Lào Cai" in lines["area_ha"].paper
    assert "111/QĐ-UBND" in lines["name"].paper
    assert not lines["investor"].is_given


def test_the_page_says_that_it_rests_on_public_sources_until_the_department_confirms():
    collected, confirmed = ClusterFactory(), ClusterFactory(is_confirmed=True)
    sentence = "Thu thập từ nguồn công khai"

    assert sentence in page(collected)
    assert sentence not in page(confirmed)


def test_a_made_up_cluster_says_so():
    assert "không có thật" in page(ClusterFactory(is_illustration=True))


def test_a_fact_known_from_the_press_alone_is_marked_and_only_web_addresses_become_links():
    pressed = ClusterFactory()
    DecisionFactory(
        cluster=pressed,
        source_class=SourceClass.NEWS,
        source_title="Báo",
        source_url="https://example.vn/bai-1",
    )
    unsafe = ClusterFactory()
    DecisionFactory(cluster=unsafe, source_title="Trang", source_url="javascript:alert(1)")

    html = page(pressed)
    assert "chưa kiểm chứng" in html
    assert 'href="https://example.vn/bai-1"' in html
    assert "javascript:" not in page(unsafe)


def test_the_place_of_today_and_the_place_of_the_papers_stand_side_by_side():
    html = page(
        ClusterFactory(commune=commune(), place_as_recorded="xã Âu Lâu, thành phố Yên Bái, tỉnh Yên Bái")
    )

    assert "Phường Âu Lâu, Tỉnh Lào Cai" in html
    assert "xã Âu Lâu, thành phố Yên Bái, tỉnh Yên Bái" in html


def test_a_moving_figure_has_source_and_date_and_turns_stale_in_words():
    cluster = ClusterFactory()
    ObservationFactory(cluster=cluster, value=Decimal(20), as_of=dt.date(2026, 6, 30))

    with time_machine.travel(dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)):
        fresh = Client().get(cluster.get_absolute_url()).context["figure_lines"][0]
    with time_machine.travel(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)):
        old = Client().get(cluster.get_absolute_url())

    assert (fresh.value, fresh.as_of, fresh.stale) == ("20\xa0ha", dt.date(2026, 6, 30), False)
    assert "12/BC-SCT" in fresh.source.text
    assert old.context["figure_lines"][0].stale
    assert "số liệu cũ" in old.content.decode()


def test_a_rate_that_cannot_be_computed_says_why_and_is_never_zero():
    unreported = ClusterFactory()
    without_land = ClusterFactory(industrial_land_ha=None)
    ObservationFactory(cluster=without_land)

    for cluster in (unreported, without_land):
        rates = Client().get(cluster.get_absolute_url()).context["rates"]
        assert len(rates) == 4
        assert all(item["rate"].value is None and item["why"] for item in rates)
        assert "không tính được" in page(cluster)
        assert "0\xa0%" not in page(cluster)


def test_the_four_rates_are_named_apart():
    cluster = ClusterFactory(industrial_land_ha=Decimal(40))
    ObservationFactory(cluster=cluster, value=Decimal(10))
    ObservationFactory(cluster=cluster, approved=True, value=Decimal(10))
    LandClearanceFactory(cluster=cluster, area_cleared_ha=Decimal(20))

    rates = Client().get(cluster.get_absolute_url()).context["rates"]

    assert [item["rate"].value for item in rates] == [50, 25, None, 50]
    assert len({str(item["rate"].name) for item in rates}) == 4


def test_land_not_leased_is_unknown_where_leased_land_is_unknown():
    cluster = ClusterFactory(industrial_land_ha=Decimal(40))

    assert cluster.figures.unleased_ha is None


def test_a_past_day_shows_the_facts_and_figures_of_that_day_under_a_banner():
    cluster = ClusterFactory(area_ha=Decimal(60), number="111/QĐ-UBND")
    DecisionFactory(
        cluster=cluster, number="222/QĐ-UBND", issued_on=dt.date(2026, 3, 2), sets={"area_ha": Decimal(70)}
    )
    ObservationFactory(cluster=cluster, value=Decimal(10), as_of=dt.date(2026, 1, 31))
    ObservationFactory(cluster=cluster, value=Decimal(30), as_of=dt.date(2026, 6, 30))
    PlotFactory(cluster=cluster, code="LÔ-CỦA-HÔM-NAY")

    html = page(cluster, on="2026-02-01")

    assert "01/02/2026" in html
    assert "60\xa0ha" in html
    assert "70\xa0ha" not in html
    assert "222/QĐ-UBND" not in html
    assert "10\xa0ha" in html
    assert "30\xa0ha" not in html
    assert "LÔ-CỦA-HÔM-NAY" not in html


def test_before_the_first_record_nothing_is_known():
    cluster = ClusterFactory()

    response = Client().get(cluster.get_absolute_url(), {"on": "1999-01-01"})

    assert not response.context["facts"].exist
    assert "15/09/2025" in response.content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "hôm qua", "2026-02-30"])
def test_a_day_that_is_not_past_shows_today_and_says_so(day):
    response = Client().get(ClusterFactory().get_absolute_url(), {"on": day})

    assert response.context["day"] is None
    assert response.context["day_refused"]


def test_free_plots_come_first():
    cluster = ClusterFactory()
    PlotFactory(cluster=cluster, code="A1", leased=True)
    PlotFactory(cluster=cluster, code="B1")
    PlotFactory(cluster=cluster, code="C1", not_cleared=True)

    shown = [item["plot"].status for item in Client().get(cluster.get_absolute_url()).context["plots"]]

    assert shown == [PlotStatus.FREE, PlotStatus.LEASED, PlotStatus.NOT_CLEARED]


def test_no_personal_data_and_no_working_papers_reach_the_public():
    investor = InvestorFactory(representative="Nguyễn Thị Đại Diện", address="Khu 1", phone="0214 000 000")
    household = InvestorFactory(name="Hộ Trần Văn Riêng", kind=InvestorKind.HOUSEHOLD, tax_code="")
    cluster = ClusterFactory(investor=investor, notes="GHI CHÚ NỘI BỘ")
    DecisionFactory(cluster=cluster, signer="Lê Văn Ký")
    SecondaryProjectFactory(cluster=cluster, investor=household, name="Xưởng của hộ Trần Văn Riêng")
    ObstacleFactory(cluster=cluster, what="VƯỚNG MẮC NỘI BỘ")
    InspectionFactory(cluster=cluster, conclusion="KẾT LUẬN NỘI BỘ")
    ObservationFactory(cluster=cluster, note="GHI CHÚ SỐ LIỆU")
    SharedWorkFactory(cluster=cluster, note="GHI CHÚ CÔNG TRÌNH")

    html = page(cluster)

    assert investor.name in html
    assert "0214 000 000" in html
    for private in (
        "Nguyễn Thị Đại Diện",
        "Trần Văn Riêng",
        "Lê Văn Ký",
        "GHI CHÚ NỘI BỘ",
        "GHI CHÚ SỐ LIỆU",
        "GHI CHÚ CÔNG TRÌNH",
        "VƯỚNG MẮC NỘI BỘ",
        "KẾT LUẬN NỘI BỘ",
    ):
        assert private not in html


def test_a_boundary_that_encloses_another_area_than_registered_is_noted():
    off = ClusterFactory(area_ha=Decimal(60), facts={"boundary": SQUARE})
    response = Client().get(off.get_absolute_url())

    assert response.context["drawn_differs"]
    assert 110 < response.context["drawn_ha"] < 120
    right = ClusterFactory(area_ha=response.context["drawn_ha"], facts={"boundary": SQUARE})
    assert not Client().get(right.get_absolute_url()).context["drawn_differs"]


@pytest.mark.parametrize(
    ("source_class", "approximate"), [(SourceClass.OFFICIAL, False), (SourceClass.NEWS, True)]
)
def test_only_an_authoritys_own_boundary_is_drawn_solid(source_class, approximate):
    cluster = ClusterFactory()
    DecisionFactory(
        cluster=cluster, kind=DecisionKind.ADJUST, sets={"boundary": SQUARE}, source_class=source_class
    )

    feature = Client().get(reverse("cluster_geojson", args=[cluster.code])).json()["features"][0]

    assert feature["geometry"] == SQUARE
    assert feature["properties"]["approximate"] is approximate


def test_wastewater_built_and_meeting_the_standard_are_two_facts():
    cluster = ClusterFactory()
    WastewaterPlantFactory(cluster=cluster, meets_standard=None)

    assert "chưa có báo cáo" in page(cluster)
