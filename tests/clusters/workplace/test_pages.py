"""Every page of the workplace answers those who may see it, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster
from tests.assertions import assert_num_queries, assert_swap_equals_page
from tests.factories.clusters import (
    CapitalSourceFactory,
    ClusterFactory,
    CostLineFactory,
    DecisionFactory,
    InfrastructureProjectFactory,
    InspectionFactory,
    LandClearanceFactory,
    MilestoneFactory,
    ObservationFactory,
    ObstacleFactory,
    PaidCapitalFactory,
    PlannedClusterFactory,
    PlotFactory,
    SecondaryProjectFactory,
    SharedWorkFactory,
    ViolationFactory,
    WastewaterPlantFactory,
)

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
OF_A_CLUSTER = [
    "cluster",
    "cluster_edit",
    "cluster_history",
    "cluster_on_day",
    "decision_create",
    "observation_create",
    "observation_grid",
]


def address(name: str, cluster: Cluster) -> str:
    return reverse(f"registry:{name}", args=[cluster.code])


def full_cluster() -> Cluster:
    """A cluster with a row of everything."""
    cluster = ClusterFactory()
    DecisionFactory(cluster=cluster)
    ObservationFactory(cluster=cluster)
    project = InfrastructureProjectFactory(cluster=cluster)
    CostLineFactory(project=project)
    CapitalSourceFactory(project=project)
    PaidCapitalFactory(project=project)
    SharedWorkFactory(cluster=cluster)
    WastewaterPlantFactory(cluster=cluster)
    PlotFactory(cluster=cluster)
    SecondaryProjectFactory(cluster=cluster)
    LandClearanceFactory(cluster=cluster)
    MilestoneFactory(cluster=cluster)
    ObstacleFactory(cluster=cluster)
    ViolationFactory(inspection=InspectionFactory(cluster=cluster))
    PlannedClusterFactory(cluster=cluster)
    return Cluster.objects.get(pk=cluster.pk)


@pytest.mark.parametrize("name", OF_A_CLUSTER)
def test_the_officer_of_the_province_sees_the_page(client_of: Callable[..., Client], name: str) -> None:
    assert client_of(OFFICER).get(address(name, full_cluster())).status_code == 200


@pytest.mark.parametrize("name", OF_A_CLUSTER)
def test_the_officer_of_another_province_does_not_find_it(
    client_of: Callable[..., Client], name: str
) -> None:
    assert client_of(OFFICER, province_code="52").get(address(name, ClusterFactory())).status_code == 404


@pytest.mark.parametrize("name", OF_A_CLUSTER)
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    response = client.get(address(name, ClusterFactory()))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OF_A_CLUSTER)
def test_an_investor_is_told_which_function_is_missing(client_of: Callable[..., Client], name: str) -> None:
    assert client_of(Role.INVESTOR_MEMBER).get(address(name, ClusterFactory())).status_code == 403


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        (Role.CONSULTED_OFFICER, "cluster", 200),
        (Role.CONSULTED_OFFICER, "decision_create", 403),
        (Role.CONSULTED_OFFICER, "observation_create", 403),
        (Role.CONSULTED_OFFICER, "cluster_history", 403),
        (Role.MINISTRY_ANALYST, "cluster", 200),
        (Role.MINISTRY_ANALYST, "cluster_edit", 403),
        (Role.COMMITTEE_CLERK, "decision_create", 200),
        (Role.COMMITTEE_CLERK, "cluster_edit", 403),
        (Role.COMMITTEE_LEADER, "cluster_history", 200),
        (Role.COMMITTEE_LEADER, "decision_create", 403),
    ],
)
def test_each_role_reaches_what_its_functions_name(
    client_of: Callable[..., Client], role: Role, name: str, status: int
) -> None:
    assert client_of(role).get(address(name, ClusterFactory())).status_code == status


def test_the_commune_officer_works_on_clusters_of_the_commune_only(client_of: Callable[..., Client]) -> None:
    from tests.factories.accounts import commune

    client = client_of(Role.COMMUNE_OFFICER)
    own, other = ClusterFactory(commune=commune()), ClusterFactory()
    assert client.get(address("cluster", own)).status_code == 200
    assert client.get(address("cluster", other)).status_code == 404
    assert client.get(address("decision_create", own)).status_code == 403


def test_a_commune_that_is_only_touched_counts(client_of: Callable[..., Client]) -> None:
    from tests.factories.accounts import commune

    cluster = ClusterFactory()
    cluster.other_communes.add(commune())
    page = client_of(Role.COMMUNE_OFFICER).get(address("cluster", cluster))
    assert page.status_code == 200
    assert page.context["allowed"]["edit_registry"]


def test_actions_are_offered_to_those_who_may_do_them(client_of: Callable[..., Client]) -> None:
    cluster = ClusterFactory()
    record = reverse("registry:decision_create", args=[cluster.code])
    assert record in client_of(OFFICER).get(address("cluster", cluster)).content.decode()
    assert record not in client_of(Role.CONSULTED_OFFICER).get(address("cluster", cluster)).content.decode()


def test_the_page_of_a_cluster_costs_the_same_whatever_it_holds(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), full_cluster()
    client.get(address("cluster", cluster))
    with assert_num_queries(40, at_most=True) as few:
        client.get(address("cluster", cluster))
    for _ in range(3):
        SecondaryProjectFactory(cluster=cluster)
        PlotFactory(cluster=cluster)
        DecisionFactory(cluster=cluster)
        ViolationFactory(inspection=InspectionFactory(cluster=cluster))
        PaidCapitalFactory(project=InfrastructureProjectFactory(cluster=cluster))
    with assert_num_queries(len(few)):
        client.get(address("cluster", cluster))


def test_a_state_on_a_day_is_the_same_as_page_and_as_swap(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), full_cluster()
    assert_swap_equals_page(
        client, address("cluster_on_day", cluster), {"day": "01/01/2026"}, target_id="state-on-day"
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2026-01-02", "02/01/2026"), ("02/01/2026", "02/01/2026"), ("2026-31-02", "2026-31-02")],
)
def test_a_day_in_the_address_stands_in_its_field_as_on_paper(
    client_of: Callable[..., Client], asked: str, shown: str
) -> None:
    page = client_of(OFFICER).get(address("cluster_on_day", ClusterFactory()), {"day": asked})
    assert f'name="day" value="{shown}"' in page.content.decode()


@pytest.mark.parametrize(("role", "named"), [(Role.MINISTRY_ANALYST, True), (OFFICER, False)])
def test_home_names_the_province_of_each_row_where_the_reader_sees_several(
    client_of: Callable[..., Client], role: Role, named: bool
) -> None:
    cluster = ClusterFactory(before_2009=True)
    page = client_of(role).get(reverse("registry:home")).content.decode()
    assert (f" · {cluster.province.full_name}</span>" in page) is named


def test_a_cluster_without_figures_says_so_once_a_line(client_of: Callable[..., Client]) -> None:
    cluster = ClusterFactory()
    InfrastructureProjectFactory(cluster=cluster, starts_on=None, ends_on=None)
    page = client_of(OFFICER).get(address("cluster", cluster)).content.decode()
    assert "– ÷ –" not in page
    assert "– – –" not in page


def test_home_leads_to_the_rows_it_counts(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    late, fresh = ClusterFactory(before_2009=True), ClusterFactory(is_confirmed=True)
    ObstacleFactory(cluster=late)
    ObservationFactory(cluster=fresh)
    ClusterFactory(province=province_of("52"))
    page = client.get(reverse("registry:home"))
    assert page.context["counts"]["all"] == 2
    for query, count in (
        ("before_2009=yes", 1),
        ("confirmed=no", 1),
        ("obstacles=overdue", 1),
        ("stage=established", 2),
    ):
        rows = client.get(f"{reverse('registry:cluster_list')}?{query}")
        assert rows.context["total"] == count, query


def test_people_without_the_registry_are_led_to_the_public_pages(client_of: Callable[..., Client]) -> None:
    assert client_of(Role.INVESTOR_MEMBER).get(reverse("registry:home"))["Location"] == "/"


def test_a_visitor_of_home_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("registry:home")).status_code == 302


def province_of(code: str) -> object:
    from tests.factories.accounts import province

    return province(code)
