import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from clusters.models import Cluster
from clusters.quality import QUALITY
from clusters.rules.origin import SETTLE_BY
from clusters.watch import WATCH
from tests.assertions import assert_num_queries
from tests.clusters.boards.cases import CASES, make
from tests.factories.accounts import commune, province
from tests.factories.clusters import (
    ClusterFactory,
    MilestoneFactory,
    ObstacleFactory,
    SecondaryProjectFactory,
)

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
QUALITY_PAGE, WATCH_PAGE = reverse("registry:quality"), reverse("registry:watch")


def busy_cluster(**made: object) -> Cluster:
    cluster = ClusterFactory(operating=True, before_2009=True, industrial_land_ha=None, **made)
    SecondaryProjectFactory(cluster=cluster)
    ObstacleFactory(cluster=cluster)
    MilestoneFactory(cluster=cluster, done_on=None)
    return cluster


def text(client: Client, url: str, **query: object) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_costs_the_same_with_one_cluster_and_with_thirty(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    busy_cluster(commune=commune())
    asked = {}
    for url in (QUALITY_PAGE, WATCH_PAGE, reverse("registry:watch_check", args=["W06"])):
        client.get(url)
        with assert_num_queries(16, at_most=True) as one:
            client.get(url)
        asked[url] = len(one)
    for _ in range(29):
        busy_cluster(commune=commune())
    for url, number in asked.items():
        # The first reader counts the places where something was written since.
        client.get(url)
        with assert_num_queries(number):
            client.get(url)


def test_the_board_reads_kept_counts_in_one_query(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.MINISTRY_ANALYST)
    busy_cluster()
    client.get(QUALITY_PAGE)
    with assert_num_queries(7, at_most=True):
        client.get(QUALITY_PAGE)


def test_every_check_can_be_listed(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    for code in sorted(CASES):
        make(CASES[code][0])
    for registry, name in ((QUALITY, "quality_check"), (WATCH, "watch_check")):
        for check in registry:
            page = text(client, reverse(f"registry:{name}", args=[check.code]))
            assert str(check.remedy) in page, check.code


def test_an_unknown_check_is_not_found(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    assert client.get(reverse("registry:quality_check", args=["X99"])).status_code == 404
    assert client.get(reverse("registry:watch_check", args=["P01"])).status_code == 404


def test_a_province_sees_its_own_clusters_only(client_of: Callable[..., Client]) -> None:
    own, other = busy_cluster(), busy_cluster(province=province("52"))
    client = client_of(OFFICER)
    page = client.get(QUALITY_PAGE)
    assert page.context["board"].clusters == 1
    assert own.name in text(client, WATCH_PAGE)
    assert other.name not in text(client, WATCH_PAGE)
    assert client.get(QUALITY_PAGE, {"cluster": other.code}).status_code == 404
    assert client.get(QUALITY_PAGE, {"province": other.province_id}).status_code == 404


def test_the_ministry_sees_the_nation_by_province_and_goes_down_to_a_cluster(
    client_of: Callable[..., Client],
) -> None:
    cluster = busy_cluster(commune=commune())
    busy_cluster(province=province("52"))
    client = client_of(Role.MINISTRY_ANALYST)
    assert client.get(QUALITY_PAGE).context["board"].clusters == 2
    in_province = client.get(QUALITY_PAGE, {"province": cluster.province_id})
    assert [row["name"] for row in in_province.context["places"]] == [commune().full_name]
    in_commune = client.get(QUALITY_PAGE, {"province": cluster.province_id, "commune": cluster.commune_id})
    assert [row["name"] for row in in_commune.context["places"]] == [cluster.name]
    assert "R06" in text(client, QUALITY_PAGE, cluster=cluster.code)


def test_clusters_without_commune_are_a_place_of_their_own(client_of: Callable[..., Client]) -> None:
    cluster = busy_cluster()
    client = client_of(OFFICER)
    assert cluster.name in text(client, QUALITY_PAGE, commune="none")


def test_a_commune_officer_sees_the_commune(client_of: Callable[..., Client]) -> None:
    own, other = busy_cluster(commune=commune()), busy_cluster()
    page = text(client_of(Role.COMMUNE_OFFICER), WATCH_PAGE)
    assert own.name in page
    assert f">{other.name}<" not in page


@pytest.mark.parametrize("query", [{"province": "x"}, {"commune": "99999999"}, {"commune": "-1"}])
def test_a_place_that_is_none_is_not_found(client_of: Callable[..., Client], query: dict[str, str]) -> None:
    assert client_of(OFFICER).get(QUALITY_PAGE, query).status_code == 404


def test_the_illustration_is_counted_nowhere(client_of: Callable[..., Client]) -> None:
    cluster = busy_cluster()
    Cluster.objects.filter(pk=cluster.pk).update(is_illustration=True)
    assert client_of(OFFICER).get(QUALITY_PAGE).context["board"].clusters == 0


def test_the_board_is_narrowed_by_weight_and_subject(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    busy_cluster()
    hints = client.get(QUALITY_PAGE, {"severity": "hint"}).context["failing"]
    assert {str(line.check.severity) for line in hints} == {"hint"}
    places = client.get(QUALITY_PAGE, {"group": "places"}).context["failing"]
    assert {line.check.code for line in places} <= {"G01", "G02", "G03", "G04"}


def test_mending_is_offered_to_those_who_may(client_of: Callable[..., Client]) -> None:
    cluster = busy_cluster()
    form = reverse("registry:wastewater_edit", args=[cluster.code])
    page = reverse("registry:watch_check", args=["W06"])
    assert form in text(client_of(OFFICER), page)
    assert form not in text(client_of(Role.MINISTRY_ANALYST), page)


def test_the_watch_list_shows_rule_figures_article_and_days_left(client_of: Callable[..., Client]) -> None:
    busy_cluster()
    page = client_of(OFFICER).get(WATCH_PAGE)
    shown = page.content.decode()
    assert str((SETTLE_BY - timezone.localdate()).days).lstrip("-") in shown
    for code in ("W01", "W03", "W06", "W09"):
        assert code in shown
    assert "V44" in shown
    late = text(client_of(OFFICER), WATCH_PAGE, topic="progress")
    assert "W01" in late
    assert "W06 " not in late.partition("passed-list")[0]


def test_the_page_of_a_cluster_shows_what_wants_attention(client_of: Callable[..., Client]) -> None:
    cluster = busy_cluster()
    client = client_of(OFFICER)
    page = text(client, reverse("registry:cluster", args=[cluster.code]))
    assert f"{QUALITY_PAGE}?cluster={cluster.code}" in page
    assert "W09" in page


def test_long_lists_have_pages(client_of: Callable[..., Client]) -> None:
    cluster = ClusterFactory()
    for _ in range(51):
        SecondaryProjectFactory(cluster=cluster)
    url = reverse("registry:quality_check", args=["R08"])
    assert len(client_of(OFFICER).get(url, {"page": 2}).context["findings"]) == 1


def test_days_left_are_counted_to_the_last_day_of_2026() -> None:
    from clusters.rules.origin import days_left

    assert days_left(dt.date(2026, 12, 30)) == 1
    assert days_left(dt.date(2027, 1, 1)) == -1
