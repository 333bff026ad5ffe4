"""What no decision lays down, and two people who change it at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster
from clusters.services.records import update_cluster_details
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db


def form_of(client: Client, cluster: Cluster) -> dict[str, Any]:
    """What a browser would send back unchanged."""
    form = client.get(reverse("registry:cluster_edit", args=[cluster.code])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, [])}


def save(client: Client, cluster: Cluster, sent: dict[str, Any]) -> Any:
    return client.post(reverse("registry:cluster_edit", args=[cluster.code]), sent)


def test_details_are_saved_with_a_reason_that_stands_in_the_history(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    sent = form_of(client, cluster) | {
        "address": "Thôn 3",
        "latitude": "22,48",
        "longitude": "103,97",
        "other_communes": commune().full_name,
        "is_confirmed": "on",
        "reason": "Sở xác nhận",
    }
    response = save(client, cluster, sent)
    assert response.status_code == 302, response.context["form"].errors
    cluster.refresh_from_db()
    assert (cluster.address, cluster.latitude, cluster.is_confirmed) == ("Thôn 3", 22.48, True)
    assert list(cluster.other_communes.order_by("pk")) == [commune()]
    history = client.get(reverse("registry:cluster_history", args=[cluster.code])).content.decode()
    assert "Sở xác nhận" in history
    assert str(client.user) in history


def test_a_change_needs_a_reason(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    assert "reason" in save(client, cluster, form_of(client, cluster)).context["form"].errors


def test_a_position_needs_both_coordinates(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    answer = save(client, cluster, form_of(client, cluster) | {"latitude": "22,4", "reason": "Vị trí"})
    assert "latitude" in answer.context["form"].errors


def test_the_second_of_two_sees_what_the_first_changed_and_keeps_the_input(
    client_of: Callable[..., Client],
) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    sent = form_of(client, cluster) | {"address": "Thôn 5", "reason": "Sửa địa chỉ"}
    update_cluster_details(cluster=cluster, reason="Người khác", address="Thôn 4")
    answer = save(client, cluster, sent)
    assert answer.status_code == 422
    assert [(row.stored, row.typed) for row in answer.context["conflicts"]] == [("Thôn 4", "Thôn 5")]
    cluster.refresh_from_db()
    assert cluster.address == "Thôn 4"
    again = sent | {"seen_at": answer.context["form"]["seen_at"].value()}
    assert save(client, cluster, again).status_code == 302
    cluster.refresh_from_db()
    assert cluster.address == "Thôn 5"


def test_an_unknown_commune_is_named(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    answer = save(
        client, cluster, form_of(client, cluster) | {"other_communes": "Xã Không Có", "reason": "Thêm xã"}
    )
    assert "Xã Không Có" in str(answer.context["form"].errors["other_communes"])


def test_degrees_are_read_as_a_map_writes_them(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(Role.DEPARTMENT_OFFICER), ClusterFactory()
    typed = {"latitude": "22.427", "longitude": "104.009", "reason": "Vị trí theo bản đồ"}
    assert save(client, cluster, form_of(client, cluster) | typed).status_code == 302
    cluster.refresh_from_db()
    assert (cluster.latitude, cluster.longitude) == (22.427, 104.009)
