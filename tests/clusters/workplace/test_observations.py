"""Figures by keyboard, from one paper at once, corrected, removed; two people at once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import Indicator
from clusters.models import Cluster, Observation
from core.changes import changes_where
from tests.factories.clusters import ClusterFactory, ObservationFactory, figures_of

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
HTMX = {"HX-Request": "true", "HX-Target": "quick-entry"}


def typed(**fields: Any) -> dict[str, Any]:
    values = {
        "indicator": "leased_ha",
        "value": "12,5",
        "as_of": "30/6/2026",
        "source_title": "Báo cáo 12/BC-SCT",
        **fields,
    }
    return {f"observation-{name}": value for name, value in values.items()}


def add(client: Client, cluster: Cluster, **fields: Any) -> Any:
    return client.post(
        reverse("registry:observation_create", args=[cluster.code]), typed(**fields), headers=HTMX
    )


def test_a_figure_is_saved_and_the_occupancy_follows(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    answer = add(client, cluster)
    body = answer.content.decode()
    observation = Observation.objects.get()
    assert (observation.value, observation.as_of) == (Decimal("12.5"), dt.date(2026, 6, 30))
    assert observation.recorded_by == client.user
    assert figures_of(cluster).leased_ha == Decimal("12.5")
    assert 'hx-swap-oob="true"' in body
    assert "27,8" in body


def test_the_source_is_remembered_and_the_figure_is_not(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    form = add(client, cluster).context["observation_form"]
    assert form["source_title"].value() == "Báo cáo 12/BC-SCT"
    assert form["as_of"].value() == dt.date(2026, 6, 30)
    assert not form["value"].value()
    assert not form["indicator"].value()


@pytest.mark.parametrize(("text", "value"), [("1.234,5", "1234.5"), ("1234.5", "1234.5"), ("0,25", "0.25")])
def test_numbers_are_read_as_people_type_them(
    client_of: Callable[..., Client], text: str, value: str
) -> None:
    cluster = ClusterFactory(industrial_land_ha=Decimal(2000), area_ha=Decimal(3000))
    add(client_of(OFFICER), cluster, value=text)
    assert Observation.objects.get().value == Decimal(value)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "-3"}, "value"),
        ({"value": "nhiều"}, "value"),
        ({"indicator": "workers", "value": "12,5"}, "value"),
        ({"value": "46"}, "value"),
        ({"as_of": "01/01/2099"}, "as_of"),
        ({"as_of": "31/02/2026"}, "as_of"),
        ({"source_title": ""}, "source_title"),
        ({"indicator": ""}, "indicator"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_saved(
    client_of: Callable[..., Client], fields: dict[str, str], field: str
) -> None:
    answer = add(client_of(OFFICER), ClusterFactory(), **fields)
    assert field in answer.context["observation_form"].errors
    assert not Observation.objects.exists()


def test_without_scripts_the_form_works_as_a_page(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    address = reverse("registry:observation_create", args=[cluster.code])
    assert client.post(address, typed())["Location"] == address
    assert client.post(address, typed(value="x")).status_code == 422


def test_several_figures_of_one_paper_are_saved_together(client_of: Callable[..., Client]) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    answer = client.post(
        reverse("registry:observation_grid", args=[cluster.code]),
        {
            "as_of": "30/06/2026",
            "source_title": "Biểu 02",
            "leased_ha": "20",
            "workers": "1.250",
            "projects": "",
        },
    )
    assert answer.status_code == 302
    assert {row.indicator: row.value for row in Observation.objects.all()} == {
        "leased_ha": Decimal(20),
        "workers": Decimal(1250),
    }


def test_of_several_figures_one_mistake_keeps_all_out(client_of: Callable[..., Client]) -> None:
    answer = client_of(OFFICER).post(
        reverse("registry:observation_grid", args=[ClusterFactory().code]),
        {"as_of": "30/06/2026", "source_title": "Biểu 02", "leased_ha": "20", "workers": "12,5"},
    )
    assert "workers" in answer.context["form"].errors
    assert not Observation.objects.exists()


def test_a_paper_without_any_figure_is_asked_for_one(client_of: Callable[..., Client]) -> None:
    answer = client_of(OFFICER).post(
        reverse("registry:observation_grid", args=[ClusterFactory().code]),
        {"as_of": "30/06/2026", "source_title": "Biểu 02"},
    )
    assert answer.context["form"].non_field_errors()


def test_a_correction_keeps_what_stood_there_in_the_history(client_of: Callable[..., Client]) -> None:
    client, observation = client_of(OFFICER), ObservationFactory()
    client.post(
        reverse("registry:observation_edit", args=[observation.pk]),
        {
            "value": "21",
            "as_of": "30/06/2026",
            "source_title": "Báo cáo",
            "reason": "Nhập nhầm số",
            "seen_at": observation.updated_at.isoformat(),
        },
    )
    assert figures_of(observation.cluster).leased_ha == Decimal(21)
    change = changes_where(Observation, pgh_obj_id=observation.pk)[0][1]
    assert (change.who, change.reason) == (str(client.user), "Nhập nhầm số")
    assert ("20", "21") in [(field.old, field.new) for field in change.fields]


def test_a_removal_asks_for_a_reason_and_stays_in_the_history(client_of: Callable[..., Client]) -> None:
    client, observation = client_of(OFFICER), ObservationFactory()
    address = reverse("registry:observation_remove", args=[observation.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Sai cụm"}).status_code == 302
    assert not Observation.objects.exists()
    assert figures_of(observation.cluster).leased_ha is None
    history = client.get(
        reverse("registry:cluster_history", args=[observation.cluster.code])
    ).content.decode()
    assert "Sai cụm" in history


def test_a_figure_of_another_province_is_not_found(client_of: Callable[..., Client]) -> None:
    client, observation = client_of(OFFICER, province_code="52"), ObservationFactory()
    for name in ("observation_edit", "observation_remove"):
        assert (
            client.post(reverse(f"registry:{name}", args=[observation.pk]), {"reason": "x"}).status_code
            == 404
        )


def test_leased_and_approved_land_together_stay_within_the_industrial_land(
    client_of: Callable[..., Client],
) -> None:
    client, cluster = client_of(OFFICER), ClusterFactory()
    add(client, cluster, indicator=Indicator.APPROVED.value, value="30")
    answer = add(client, cluster, value="16")
    assert "value" in answer.context["observation_form"].errors
