"""Two people at once: every form that changes what stands knows which state it was opened in."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster, Observation
from clusters.urls.registry import urlpatterns
from tests.factories.clusters import ObservationFactory, SharedWorkFactory, WastewaterPlantFactory
from tests.meta.samples import addresses

pytestmark = pytest.mark.django_db

#: Forms that enter a record where there is none: these make one, so that the form changes it.
RECORDS_OF = {
    "registry:wastewater_edit": WastewaterPlantFactory,
    "registry:works_edit": SharedWorkFactory,
}
#: Hidden fields that carry the state a form was opened in.
STATES = {"seen_at", "seen"}
EDITS = sorted(
    f"registry:{pattern.name}"
    for pattern in urlpatterns
    if pattern.name and (pattern.name.endswith("_edit") or pattern.name in {"decision_correct", "restore"})
)


def edit_page(client: Client, name: str) -> Any:
    arguments = addresses()[name].arguments()
    if name in RECORDS_OF:
        RECORDS_OF[name](cluster=Cluster.objects.get(code=arguments["code"]))
    return client.get(reverse(name, kwargs=arguments))


def test_there_are_forms_that_edit():
    assert {"registry:cluster_edit", "registry:observation_edit", "registry:plot_edit"} <= set(EDITS)


@pytest.mark.parametrize("name", EDITS)
def test_a_form_that_edits_carries_the_state_it_was_opened_in(client_of: Callable[..., Client], name: str):
    page = edit_page(client_of(Role.DEPARTMENT_OFFICER), name)
    assert page.status_code == 200
    form = page.context["form"]
    assert isinstance(form, BaseForm)
    carried = STATES & set(form.fields)
    assert carried, f"{name} would overwrite what another person saved meanwhile"
    field = form[carried.pop()]
    assert field.value() not in (None, ""), f"{name} does not say which state it was opened in"
    assert f'name="{field.html_name}"' in page.content.decode(), f"{name} does not render the state"


def corrected(page: Any, **typed: str) -> dict[str, Any]:
    form = page.context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    return {**data, "as_of": "30/06/2026", "source_date": "", "reason": "Sửa", **typed}


def test_a_figure_that_another_person_corrected_is_not_overwritten(client_of: Callable[..., Client]):
    figure = ObservationFactory(value=Decimal(20))
    first, second = client_of(Role.DEPARTMENT_OFFICER), client_of(Role.COMMUNE_OFFICER)
    url = reverse("registry:observation_edit", args=[figure.pk])
    opened = first.get(url)
    assert second.get(url).status_code == 404
    other = client_of(Role.DEPARTMENT_OFFICER)
    assert other.post(url, corrected(other.get(url), value="21", note="người khác")).status_code == 302
    page = first.post(url, corrected(opened, value="22"))
    assert page.status_code == 422
    conflicts = {conflict.label: conflict for conflict in page.context["form"].conflicts}
    assert [conflict.is_contested for conflict in conflicts.values()].count(True) == 1
    assert page.context["form"]["note"].value() == "người khác"
    assert page.context["form"]["value"].value() == "22"
    assert Observation.objects.get(pk=figure.pk).value == 21
    again = {**corrected(page, value="22"), "seen_at": page.context["form"]["seen_at"].value()}
    assert first.post(url, again).status_code == 302
    stored = Observation.objects.get(pk=figure.pk)
    assert (stored.value, stored.note) == (22, "người khác")
