"""Two people work on one record: nothing typed is lost, nothing is overwritten unseen."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Plot
from clusters.services.records import save_record
from tests.clusters.records.typing_in import fields_of, typed
from tests.factories import clusters as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def plot():
    return made.PlotFactory(utilities="Điện", lines="Gỗ")


@pytest.fixture
def url(plot):
    return reverse("registry:plot_edit", args=[plot.cluster.code, plot.pk])


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


def change(plot, **values):
    """Store what the other person typed."""
    stored = Plot.objects.get(pk=plot.pk)
    for name, value in values.items():
        setattr(stored, name, value)
    save_record(record=stored, reason="Người khác sửa", cluster=stored.cluster)


def test_both_values_of_a_contested_field_are_shown_and_nothing_is_saved(officer, plot, url):
    data = typed(officer.get(url), utilities="Điện, nước", reason="Cập nhật")
    change(plot, utilities="Điện, khí")
    page = officer.post(url, data)
    assert page.status_code == 409
    (conflict,) = page.context["form"].conflicts
    assert (conflict.found, conflict.stored, conflict.typed) == ("Điện", "Điện, khí", "Điện, nước")
    assert conflict.is_contested
    plot.refresh_from_db()
    assert plot.utilities == "Điện, khí"


def test_a_second_look_saves_what_was_typed_and_keeps_what_only_the_other_changed(officer, plot, url):
    data = typed(officer.get(url), utilities="Điện, nước", reason="Cập nhật")
    change(plot, utilities="Điện, khí", lines="Gỗ, chè")
    page = officer.post(url, data)
    again = fields_of(page)
    assert (again["utilities"], again["lines"], again["reason"]) == ("Điện, nước", "Gỗ, chè", "Cập nhật")
    assert officer.post(url, again).status_code == 302
    plot.refresh_from_db()
    assert (plot.utilities, plot.lines) == ("Điện, nước", "Gỗ, chè")


def test_a_field_that_both_changed_to_the_same_is_no_conflict(officer, plot, url):
    data = typed(officer.get(url), utilities="Nước", reason="Cập nhật")
    change(plot, utilities="Nước")
    page = officer.post(url, data)
    assert page.status_code == 409
    assert page.context["form"].conflicts == []
    assert officer.post(url, fields_of(page)).status_code == 302


def test_a_status_and_a_number_of_the_other_person_are_taken_over(officer, plot, url):
    data = typed(officer.get(url), utilities="Nước", reason="Cập nhật")
    change(plot, status="leased", area_ha="3.5")
    again = fields_of(officer.post(url, data))
    assert (again["status"], again["area_ha"]) == ("leased", "3,5")
    assert officer.post(url, again).status_code == 302


def test_without_another_person_the_record_is_simply_saved(officer, plot, url):
    assert officer.post(url, typed(officer.get(url), utilities="Nước", reason="Cập nhật")).status_code == 302
