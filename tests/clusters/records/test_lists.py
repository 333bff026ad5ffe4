"""Lists of records: found without tones, narrowed by filters, the same by htmx as by page."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import PlotStatus
from tests.assertions import assert_swap_equals_page
from tests.factories import clusters as made
from tests.factories.accounts import HA_NOI, province

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


def test_an_empty_list_blames_the_filters_only_where_there_are_some(officer):
    address = reverse("registry:plot_list")
    assert "Chưa ghi nhận dữ liệu nào." in officer.get(address).content.decode()
    narrowed = officer.get(address, {"status": PlotStatus.FREE}).content.decode()
    assert "Không có lô đất nào khớp bộ lọc." in narrowed
    assert "Chưa ghi nhận dữ liệu nào." not in narrowed


def names(client, page, **query):
    return [str(row.record) for row in client.get(reverse(f"registry:{page}"), query).context["table"].rows]


@pytest.mark.parametrize(
    ("page", "factory"),
    [
        ("investor_list", made.InvestorFactory),
        ("infrastructure_list", made.InfrastructureProjectFactory),
        ("plot_list", made.PlotFactory),
        ("project_list", made.SecondaryProjectFactory),
        ("obstacle_list", made.ObstacleFactory),
        ("inspection_list", made.InspectionFactory),
        ("plan_list", made.DevelopmentPlanFactory),
    ],
)
def test_htmx_gets_the_list_that_stands_in_the_page(officer, page, factory):
    factory.create_batch(3)
    assert_swap_equals_page(officer, reverse(f"registry:{page}"), {"q": ""})


def test_projects_are_found_without_tones_and_by_their_cluster(officer):
    cluster = made.ClusterFactory(name="CCN Đông Cuông")
    made.SecondaryProjectFactory(name="Nhà máy chế biến quế", cluster=cluster)
    made.SecondaryProjectFactory(name="Xưởng may")
    assert names(officer, "project_list", q="che bien que") == ["Nhà máy chế biến quế"]
    assert names(officer, "project_list", q="dong cuong") == ["Nhà máy chế biến quế"]


def test_projects_are_narrowed_by_industry_code_or_name(officer):
    made.SecondaryProjectFactory(name="Gỗ", industry=made.industry("16210"))
    made.SecondaryProjectFactory(name="Khác")
    assert names(officer, "project_list", industry="1621") == ["Gỗ"]
    assert names(officer, "project_list", industry="go dan") == ["Gỗ"]


def test_plots_are_narrowed_by_status_and_area(officer):
    made.PlotFactory(code="A1", area_ha="2")
    made.PlotFactory(code="A2", area_ha="5")
    made.PlotFactory(code="A3", area_ha="5", leased=True)
    assert names(officer, "plot_list", status=PlotStatus.FREE, area_from="3") == ["A2"]


def test_obstacles_past_their_date_are_found(officer):
    made.ObstacleFactory(what="Quá hạn")
    made.ObstacleFactory(what="Đã xong", resolved=True)
    assert names(officer, "obstacle_list", state="overdue") == ["Quá hạn"]
    assert names(officer, "obstacle_list", state="resolved") == ["Đã xong"]


def test_inspections_with_open_violations_are_found(officer):
    violation = made.ViolationFactory()
    made.InspectionFactory()
    found = names(officer, "inspection_list", violations="open")
    assert found == [str(violation.inspection)]


def test_records_of_another_province_do_not_show(officer):
    made.PlotFactory(cluster=made.ClusterFactory(province=province(HA_NOI)))
    assert names(officer, "plot_list") == []


def test_drafts_and_superseded_versions_are_told_apart(officer):
    draft = made.DevelopmentPlanFactory(draft=True, title="Dự thảo")
    made.DevelopmentPlanFactory(title="Hiện hành")
    assert names(officer, "plan_list", state="draft") == [draft.title]
    assert names(officer, "plan_list", state="in_force") == ["Hiện hành"]


def test_a_year_is_written_without_separators(officer):
    made.DevelopmentPlanFactory(period_to=2030)
    assert "2.030" not in officer.get(reverse("registry:plan_list")).content.decode()


def test_investors_come_in_the_order_of_a_vietnamese_dictionary(officer):
    for name in ("Công ty CP BMC", "Công ty CP Bateco", "Ban QLDA huyện Hoài Đức", "Ban QLDA huyện Đông Anh"):
        made.InvestorFactory(name=name)
    assert names(officer, "investor_list") == [
        "Ban QLDA huyện Đông Anh",
        "Ban QLDA huyện Hoài Đức",
        "Công ty CP Bateco",
        "Công ty CP BMC",
    ]


def test_pages_are_offered_only_where_there_is_more_than_one(officer):
    url = reverse("registry:investor_list")
    made.InvestorFactory.create_batch(10)
    assert 'class="pager"' not in officer.get(url).content.decode()
    made.InvestorFactory()
    page = officer.get(url).content.decode()
    assert "per_page=10" in page
    assert 'rel="next"' not in page
    page = officer.get(url, {"per_page": "10"}).content.decode()
    assert 'rel="next"' in page


@pytest.mark.parametrize(
    ("role", "where", "counted"),
    [
        (Role.DEPARTMENT_OFFICER, "tỉnh Lào Cai", 1),
        (Role.COMMUNE_OFFICER, "phường Âu Lâu", 0),
        (Role.MINISTRY_ANALYST, "", 2),
    ],
)
def test_the_list_of_investors_says_where_their_clusters_are_counted(client_of, role, where, counted):
    investor = made.InvestorFactory()
    made.ClusterFactory(investor=investor)
    made.ClusterFactory(investor=investor, province=province(HA_NOI))
    page = client_of(role).get(reverse("registry:investor_list"))
    (row,) = page.context["table"].paginated_rows
    assert row.record.cluster_count == counted
    assert where.lower() in page.context["hint"].lower()
    assert bool(where) == bool(page.context["hint"])
    assert f'<p class="page-lead">{page.context["hint"]}</p>' in page.content.decode() or not where
