import pytest

from accounts.roles import Role
from tests.factories.clusters import (
    ClusterFactory,
    DecisionFactory,
    ObservationFactory,
    SecondaryProjectFactory,
)

pytestmark = pytest.mark.django_db


def test_anybody_reads_published_clusters_and_nothing_else(client):
    published, hidden = ClusterFactory(), ClusterFactory(unpublished=True)

    listed = client.get("/api/v1/clusters/").json()

    assert [row["code"] for row in listed["results"]] == [published.code]
    assert client.get(f"/api/v1/clusters/{hidden.code}/").status_code == 404
    assert client.get(f"/api/v1/clusters/{hidden.code}/decisions/").status_code == 404


def test_an_officer_reads_the_unpublished_clusters_of_the_own_province(client_of):
    hidden = ClusterFactory(unpublished=True)
    client = client_of(Role.DEPARTMENT_OFFICER)

    assert client.get(f"/api/v1/clusters/{hidden.code}/").json()["code"] == hidden.code


def test_the_illustration_of_the_demo_is_no_data(client):
    invented = ClusterFactory(is_illustration=True)

    assert client.get("/api/v1/clusters/").json()["count"] == 0
    assert client.get(f"/api/v1/clusters/{invented.code}/").status_code == 404


def test_the_filter_is_that_of_the_directory(client):
    ClusterFactory(name="Bắc Duyên Hải")
    wanted = ClusterFactory(name="Âu Lâu")

    found = client.get("/api/v1/clusters/", {"q": "au lau"}).json()

    assert [row["code"] for row in found["results"]] == [wanted.code]
    assert client.get("/api/v1/clusters/", {"stage": "nonsense"}).status_code == 400


def test_unknown_figures_are_null_and_known_ones_carry_their_day(client):
    cluster = ClusterFactory()
    assert client.get(f"/api/v1/clusters/{cluster.code}/").json()["figures"]["occupancy_legal"] is None

    ObservationFactory(cluster=cluster)

    figures = client.get(f"/api/v1/clusters/{cluster.code}/").json()["figures"]
    assert figures["leased_ha"] == "20.00000"
    assert figures["leased_as_of"] == "2026-06-30"


def test_what_belongs_to_a_cluster_is_read_below_it_with_its_source(client):
    cluster = ClusterFactory()
    decision = DecisionFactory(cluster=cluster)
    ObservationFactory(cluster=cluster)
    SecondaryProjectFactory(cluster=cluster)
    SecondaryProjectFactory()

    base = f"/api/v1/clusters/{cluster.code}"

    assert client.get(f"{base}/decisions/").json()["results"][-1]["number"] == decision.number
    assert client.get(f"{base}/observations/").json()["results"][0]["source_number"] == "12/BC-SCT"
    assert client.get(f"{base}/projects/").json()["count"] == 1


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_clusters_costs_the_same_queries_whatever_it_holds(
    client, django_assert_num_queries, count
):
    for _each in range(count):
        ObservationFactory()

    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/clusters/").json()["results"]) == count


def test_nothing_can_be_written(client_of):
    cluster = ClusterFactory()
    client = client_of(Role.DEPARTMENT_OFFICER)

    assert client.post("/api/v1/clusters/", {}).status_code == 405
    assert client.patch(f"/api/v1/clusters/{cluster.code}/", {}, "application/json").status_code == 405
    assert client.delete(f"/api/v1/clusters/{cluster.code}/").status_code == 405


def test_too_many_anonymous_calls_are_told_to_wait(client):
    for _each in range(120):
        client.get("/api/v1/provinces/", {"limit": 1})

    response = client.get("/api/v1/provinces/")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_the_provinces_are_the_34_of_today(client):
    assert client.get("/api/v1/provinces/").json()["count"] == 34
    assert client.get("/api/v1/provinces/15/").json()["name_vi"] == "Lào Cai"


def test_the_description_of_the_interface_is_served(client):
    assert client.get("/api/v1/schema/").status_code == 200
