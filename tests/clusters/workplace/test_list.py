"""The list of clusters: scope, order, columns, cost."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from tests.assertions import assert_num_queries, assert_swap_equals_page
from tests.factories.accounts import province
from tests.factories.clusters import ClusterFactory, DecisionFactory, ObservationFactory

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
LIST = "registry:cluster_list"


def test_only_clusters_of_the_own_province_are_listed(client_of: Callable[..., Client]) -> None:
    own, _other = ClusterFactory(unpublished=True), ClusterFactory(province=province("52"))
    page = client_of(OFFICER).get(reverse(LIST))
    assert [row.record.pk for row in page.context["table"].paginated_rows] == [own.pk]


def test_the_ministry_sees_every_province_and_may_choose_one(client_of: Callable[..., Client]) -> None:
    ClusterFactory()
    ClusterFactory(province=province("52"))
    client = client_of(Role.MINISTRY_ANALYST)
    assert client.get(reverse(LIST)).context["total"] == 2
    assert client.get(reverse(LIST), {"province": "52"}).context["total"] == 1


@pytest.mark.parametrize(
    "page",
    [
        "cluster_list",
        "infrastructure_list",
        "plot_list",
        "project_list",
        "obstacle_list",
        "inspection_list",
        "observation_list",
    ],
)
def test_the_province_of_a_row_is_in_sight_where_there_are_several(
    client_of: Callable[..., Client], page: str
) -> None:
    def columns(role: Role) -> list[str]:
        context = client_of(role).get(reverse(f"registry:{page}")).context
        return [column.name for column in context["table"].columns if column.visible]

    assert "province" in columns(Role.MINISTRY_ANALYST)
    assert "province" not in columns(OFFICER)


def test_the_list_answers_htmx_with_itself_alone(client_of: Callable[..., Client]) -> None:
    ClusterFactory()
    assert_swap_equals_page(client_of(OFFICER), reverse(LIST), {"stage": "established", "sort": "-area_ha"})


@pytest.mark.parametrize("demo", [True, False], ids=["demo", "production"])
def test_fifty_rows_cost_at_most_ten_queries_and_sixty_kilobytes(
    client_of: Callable[..., Client], settings: Any, demo: bool
) -> None:
    settings.DEMO = demo
    for number in range(60):
        illustration = number % 20 == 0
        cluster = ClusterFactory(
            main_lines="Chế biến nông sản, lâm sản, thực phẩm", is_illustration=illustration
        )
        ObservationFactory(cluster=cluster)
    for role in (OFFICER, Role.MINISTRY_ANALYST):
        client = client_of(role)
        Authenticator.objects.create(user=client.user, type=Authenticator.Type.TOTP, data={})
        for query, shown in (
            ({}, 50),
            ({"page": "2"}, 10),
            ({"sort": "-area_ha"}, 50),
            ({"sort": "occupancy", "page": "2"}, 10),
            ({"q": "thu nghiem"}, 50),
            ({"stage": "established", "province": "15"}, 50),
        ):
            # As after a pause: nothing of it is remembered.
            cache.clear()
            with assert_num_queries(10, at_most=True):
                page = client.get(reverse(LIST), {"per_page": "50", **query})
            assert len(list(page.context["table"].paginated_rows)) == shown, query
            assert page.context["total"] == 60
            assert page.context["count_note"].startswith("trong đó 3 " if demo else ""), query
            assert len(gzip.compress(page.content)) < 60_000


def test_an_occupancy_known_from_below_says_so(client_of: Callable[..., Client]) -> None:
    floor, exact = ClusterFactory(), ClusterFactory()
    ObservationFactory(cluster=floor)
    ObservationFactory(cluster=exact)
    ObservationFactory(cluster=exact, approved=True)
    cells = {
        row.record.pk: row.get_cell("occupancy")
        for row in client_of(OFFICER).get(reverse(LIST)).context["table"].paginated_rows
    }
    assert cells[floor.pk].startswith("≥ 44,4")
    assert cells[exact.pk].startswith("55,6")


def test_the_newest_standing_decision_is_named(client_of: Callable[..., Client]) -> None:
    cluster = ClusterFactory()
    DecisionFactory(cluster=cluster, number="900/QĐ-UBND")
    client = client_of(OFFICER)
    client.post(reverse(LIST), {"columns": ["decision"]})
    rows = client.get(reverse(LIST)).context["table"].paginated_rows
    assert [row.get_cell("decision") for row in rows] == ["900/QĐ-UBND (02/03/2026)"]


def test_chosen_columns_are_remembered(client_of: Callable[..., Client]) -> None:
    client = client_of(OFFICER)
    client.post(reverse(LIST), {"columns": ["name", "area_ha", "published"], "page_size": "10"})
    page = client.get(reverse(LIST))
    shown = [column.name for column in page.context["table"].columns]
    assert shown == ["selection", "name", "area_ha", "published"]


def test_the_list_is_sorted_by_figures_with_gaps(client_of: Callable[..., Client]) -> None:
    small, large = ClusterFactory(area_ha=Decimal(12)), ClusterFactory(area_ha=Decimal(70))
    rows = client_of(OFFICER).get(reverse(LIST), {"sort": "-area_ha"}).context["table"].paginated_rows
    assert [row.record.pk for row in rows] == [large.pk, small.pk]


def test_figures_of_the_own_province_are_listed_and_found_by_cluster(
    client_of: Callable[..., Client],
) -> None:
    own = ObservationFactory(cluster=ClusterFactory(name="CCN Bản Qua"))
    ObservationFactory(cluster=ClusterFactory(province=province("52")))
    client = client_of(OFFICER)
    address = reverse("registry:observation_list")
    for query, found in (({}, [own.pk]), ({"q": "ban qua"}, [own.pk]), ({"as_of_from": "01/07/2026"}, [])):
        rows = client.get(address, query).context["table"].paginated_rows
        assert [row.record.pk for row in rows] == found, query
    assert_swap_equals_page(client, address, {"indicator": "leased_ha"})


def test_a_figure_past_its_time_is_marked_in_the_list_until_a_newer_one_takes_its_place(
    client_of: Callable[..., Client],
) -> None:
    cluster, today = ClusterFactory(), timezone.localdate()
    old = ObservationFactory(cluster=cluster, as_of=today - timedelta(days=400))
    client = client_of(OFFICER)

    def marked() -> dict[int, bool]:
        rows = client.get(reverse("registry:observation_list")).context["table"].paginated_rows
        return {row.record.pk: 'class="mark"' in row.get_cell("as_of") for row in rows}

    assert marked() == {old.pk: True}
    newer = ObservationFactory(cluster=cluster, as_of=today)
    assert marked() == {old.pk: False, newer.pk: False}


def test_the_mark_of_old_figures_is_no_text_with_tags_in_the_list_of_clusters(
    client_of: Callable[..., Client],
) -> None:
    ObservationFactory(as_of=timezone.localdate() - timedelta(days=400))
    client = client_of(OFFICER)
    client.post(reverse(LIST), {"columns": ["as_of"]})
    page = client.get(reverse(LIST)).content.decode()
    assert 'class="mark"' in page
    assert "&lt;span" not in page
