"""Timelines, versions side by side, and restoring."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import Indicator, PlotStatus
from clusters.models import Cluster, InfrastructureProject, Observation, Plot, SecondaryProject, Violation
from clusters.services.records import delete_record, save_record, update_cluster_details
from clusters.services.restore import newest_version, preview_restore, restore_version
from clusters.timelines import KINDS
from core.changes import changes_of
from tests.assertions import assert_num_queries
from tests.factories.accounts import province
from tests.factories.clusters import (
    ClusterFactory,
    CostLineFactory,
    DecisionFactory,
    InfrastructureProjectFactory,
    InspectionFactory,
    MilestoneFactory,
    ObservationFactory,
    PaidCapitalFactory,
    PlotFactory,
    SecondaryProjectFactory,
    ViolationFactory,
    figures_of,
)

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER


def versions(record: Any) -> list[Any]:
    """Return the rows of history of a record, the oldest first."""
    kind = KINDS[record._meta.model_name]
    return list(kind.events.filter(pgh_obj_id=record.pk).order_by("pgh_id"))


def changed(record: Any, cluster: Cluster, **values: Any) -> Any:
    for name, value in values.items():
        setattr(record, name, value)
    return save_record(record=record, reason="Cập nhật", cluster=cluster)


def preview(record: Any, event: Any, cluster: Cluster) -> Any:
    return preview_restore(kind=KINDS[record._meta.model_name], event=event, cluster=cluster, user=None)


def restored(record: Any, event: Any, cluster: Cluster, **given: Any) -> Any:
    kind = KINDS[record._meta.model_name]
    seen = given.pop("seen", None) or newest_version(kind, event.pgh_obj_id)
    return restore_version(kind=kind, event=event, cluster=cluster, user=None, reason="Nhập nhầm", seen=seen)


def address(record: Any, event: Any) -> str:
    return reverse("registry:restore", args=[record._meta.model_name, event.pgh_obj_id, event.pgh_id])


def test_a_record_goes_back_to_an_earlier_version_and_the_history_says_so():
    plot = PlotFactory()
    first = versions(plot)[0]
    changed(plot, plot.cluster, area_ha=Decimal("9.9"), status=PlotStatus.LEASED)
    shown = preview(plot, first, plot.cluster)
    assert {change.name for change in shown.changes} >= {"area_ha", "status"}
    assert Plot.objects.get(pk=plot.pk).area_ha == Decimal("9.9")
    restored(plot, first, plot.cluster)
    plot.refresh_from_db()
    assert (plot.area_ha, plot.status) == (Decimal("2.5"), PlotStatus.FREE)
    newest = changes_of(plot)[0]
    assert "Nhập nhầm" in newest.reason
    assert len(newest.reason) > len("Nhập nhầm")
    assert versions(plot)[-1].pgh_context.metadata["restored_from"] == first.pgh_id
    assert figures_of(plot.cluster).free_plots == 1


@pytest.mark.parametrize(
    "make",
    [PlotFactory, SecondaryProjectFactory, MilestoneFactory, ObservationFactory, InspectionFactory],
)
def test_a_removed_record_comes_back_under_its_key(make: Callable[[], Any]):
    record = make()
    cluster, key = record.cluster, record.pk
    delete_record(record=record, reason="Xóa nhầm", cluster=cluster)
    kind = KINDS[record._meta.model_name]
    event = kind.events.filter(pgh_obj_id=key).order_by("-pgh_id").first()
    assert preview(record, event, cluster).is_possible
    assert not kind.model._base_manager.filter(pk=key).exists()
    restored(record, event, cluster)
    assert kind.model._base_manager.get(pk=key).cluster_id == cluster.pk


def test_figures_follow_a_restored_project():
    project = SecondaryProjectFactory(land_ha=Decimal(7))
    cluster = project.cluster
    delete_record(record=project, reason="Xóa nhầm", cluster=cluster)
    assert figures_of(cluster).leased_ha is None
    event = KINDS["secondaryproject"].events.order_by("-pgh_id").first()
    restored(SecondaryProject, event, cluster)
    assert figures_of(cluster).leased_ha == 7


def test_the_preview_names_checks_and_rules_that_would_fail():
    cluster = ClusterFactory()
    project = SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(30))
    first = versions(project)[0]
    changed(project, cluster, land_ha=Decimal(3))
    ObservationFactory(cluster=cluster, value=Decimal(20))
    shown = preview(project, first, cluster)
    assert shown.is_possible
    assert any(sentence.startswith("C02") for sentence in shown.contradictions)
    assert not any(
        "C02" in sentence for sentence in preview(project, versions(project)[-1], cluster).contradictions
    )


def test_a_figure_that_would_exceed_the_land_stands_in_the_way():
    cluster = ClusterFactory(industrial_land_ha=Decimal(45))
    figure = ObservationFactory(cluster=cluster, value=Decimal(44))
    first = versions(figure)[0]
    figure.value = Decimal(20)
    save_record(record=figure, reason="Sửa", cluster=cluster)
    ObservationFactory(cluster=cluster, indicator=Indicator.APPROVED, value=Decimal(10))
    shown = preview(figure, first, cluster)
    assert not shown.is_possible
    assert any("V09" in sentence for sentence in shown.problems)
    with pytest.raises(ValidationError):
        restored(figure, first, cluster)
    assert Observation.objects.get(pk=figure.pk).value == 20


def test_a_constraint_stands_in_the_way():
    plot = PlotFactory(code="A1")
    cluster = plot.cluster
    delete_record(record=plot, reason="Xóa", cluster=cluster)
    PlotFactory(cluster=cluster, code="A1")
    event = KINDS["plot"].events.filter(pgh_label="delete").first()
    assert preview(plot, event, cluster).problems


def test_what_it_rests_on_must_be_restored_first_and_what_went_with_it_is_named():
    project = InfrastructureProjectFactory()
    cluster = project.cluster
    paid, line = PaidCapitalFactory(project=project), CostLineFactory(project=project)
    delete_record(record=project, reason="Xóa nhầm", cluster=cluster)
    gone = KINDS["paidcapital"].events.filter(pgh_label="delete").get()
    assert preview(paid, gone, cluster).problems
    event = KINDS["infrastructureproject"].events.filter(pgh_label="delete").get()
    names = {kind.name for kind, _row, _name in preview(project, event, cluster).removed_with_it}
    assert names == {"paidcapital", "costline"}
    restored(project, event, cluster)
    assert InfrastructureProject.objects.filter(pk=event.pgh_obj_id).exists()
    restored(paid, gone, cluster)
    assert line.pk is not None


def test_rows_entered_since_the_version_are_named():
    project = InfrastructureProjectFactory()
    first = versions(project)[0]
    changed(project, project.cluster, name="Tên khác")
    # The rows of one test share one transaction, and so one time of history.
    first.pgh_created_at -= dt.timedelta(hours=1)
    CostLineFactory(project=project)
    assert preview(project, first, project.cluster).dependents


def test_legal_facts_are_restored_by_a_decision_alone():
    cluster = ClusterFactory()
    update_cluster_details(cluster=cluster, reason="Địa chỉ mới", address="Thôn 1")
    event = versions(cluster)[-1]
    DecisionFactory(cluster=cluster, sets={"area_ha": Decimal(70)})
    update_cluster_details(cluster=cluster, reason="Địa chỉ khác", address="Thôn 2")
    cluster.refresh_from_db()
    shown = preview(cluster, event, cluster)
    assert [row.change.name for row in shown.legal] == ["area_ha"]
    assert shown.legal[0].source is not None
    assert {change.name for change in shown.changes} == {"address"}
    restored(cluster, event, cluster)
    cluster.refresh_from_db()
    assert (cluster.address, cluster.area_ha) == ("Thôn 1", 70)


def test_a_change_made_meanwhile_is_not_overwritten():
    plot = PlotFactory()
    first = versions(plot)[0]
    changed(plot, plot.cluster, area_ha=Decimal(5))
    seen = newest_version(KINDS["plot"], plot.pk)
    changed(plot, plot.cluster, area_ha=Decimal(6))
    with pytest.raises(ValidationError):
        restored(plot, first, plot.cluster, seen=seen)
    assert Plot.objects.get(pk=plot.pk).area_ha == 6


def test_the_page_previews_and_restores(client_of: Callable[..., Client]):
    plot = PlotFactory()
    first = versions(plot)[0]
    changed(plot, plot.cluster, area_ha=Decimal("9.9"))
    client = client_of(OFFICER)
    url = address(plot, first)
    page = client.get(url)
    assert page.status_code == 200
    seen = page.context["form"].initial["seen"]
    assert client.post(url, {"seen": seen, "reason": ""}).status_code == 422
    assert client.post(url, {"seen": 0, "reason": "Nhập nhầm"}).status_code == 422
    response = client.post(url, {"seen": seen, "reason": "Nhập nhầm"})
    assert response["Location"] == reverse("registry:versions", args=["plot", plot.pk])
    assert Plot.objects.get(pk=plot.pk).area_ha == Decimal("2.5")


def test_any_two_versions_stand_side_by_side(client_of: Callable[..., Client]):
    plot = PlotFactory()
    for area in (3, 4, 5):
        changed(plot, plot.cluster, area_ha=Decimal(area))
    rows = versions(plot)
    page = client_of(OFFICER).get(
        reverse("registry:versions", args=["plot", plot.pk]), {"a": rows[0].pgh_id, "b": rows[3].pgh_id}
    )
    [difference] = [one for one in page.context["differences"] if one.name == "area_ha"]
    assert (difference.old, difference.new) == ("2,5", "5")


def test_a_removed_violation_is_found_by_its_inspection(client_of: Callable[..., Client]):
    violation = ViolationFactory(inspection=InspectionFactory())
    cluster, key = violation.inspection.cluster, violation.pk
    delete_record(record=violation, reason="Xóa", cluster=cluster)
    page = client_of(OFFICER).get(reverse("registry:versions", args=["violation", key]))
    assert page.context["is_removed"]
    event = KINDS["violation"].events.filter(pgh_obj_id=key).order_by("-pgh_id").first()
    restored(violation, event, cluster)
    assert Violation.objects.filter(pk=key).exists()


@pytest.mark.parametrize(("role", "status"), [(Role.COMMITTEE_LEADER, 403), (Role.CONSULTED_OFFICER, 403)])
def test_restoring_needs_the_function_that_writes(client_of: Callable[..., Client], role: Role, status: int):
    plot = PlotFactory()
    assert client_of(role).get(address(plot, versions(plot)[0])).status_code == status


def test_history_of_another_province_is_not_found(client_of: Callable[..., Client]):
    plot = PlotFactory(cluster=ClusterFactory(province=province("52")))
    client = client_of(OFFICER)
    assert client.get(address(plot, versions(plot)[0])).status_code == 404
    assert client.get(reverse("registry:versions", args=["plot", plot.pk])).status_code == 404
    assert client.get(reverse("registry:versions", args=["plot", 10**9])).status_code == 404
    assert client.get(reverse("registry:versions", args=["investor", plot.pk])).status_code == 404


def worked(person: Any, cluster: Cluster) -> None:
    with pghistory.context(user=person.pk, user_name=str(person)):
        changed(PlotFactory(cluster=cluster), cluster, area_ha=Decimal(4))
        ViolationFactory(inspection=InspectionFactory(cluster=cluster))


def test_a_cluster_shows_the_changes_of_everything_in_it(client_of: Callable[..., Client]):
    client = client_of(OFFICER)
    cluster = ClusterFactory()
    worked(client.user, cluster)
    PaidCapitalFactory(project=InfrastructureProjectFactory(cluster=cluster))
    url = reverse("registry:cluster_history", args=[cluster.code])
    entries = client.get(url).context["page"].object_list
    assert {entry.kind.name for entry in entries} >= {"plot", "violation", "paidcapital", "cluster"}
    own = client.get(url, {"who": client.user.pk, "of": "plot"}).context["page"].object_list
    assert {(entry.kind.name, entry.change.who) for entry in own} == {("plot", str(client.user))}
    assert client.get(url, {"until": "01/01/2020"}).context["page"].object_list == []
    assert client.get(url, {"since": "không phải ngày"}).status_code == 200


def test_the_decisions_stand_in_the_timeline_of_their_cluster_with_who_when_number_and_why(
    client_of: Callable[..., Client],
):
    client, cluster = client_of(OFFICER), ClusterFactory()
    decision = DecisionFactory(
        cluster=cluster, number="900/QĐ-UBND", user=client.user, reason="Bản ký số 900"
    )
    url = reverse("registry:cluster_history", args=[cluster.code])
    page = client.get(url, {"of": "decision", "who": client.user.pk})
    (entry,) = page.context["page"].object_list
    assert (entry.change.who, entry.change.when) == (str(client.user), decision.recorded_at)
    assert entry.change.reason == "Bản ký số 900"
    text = page.content.decode()
    assert "900/QĐ-UBND" in text
    assert f"{reverse('registry:cluster', args=[cluster.code])}#decision-{decision.pk}" in text
    everything = client.get(url).context["page"].object_list
    assert [one.kind.name for one in everything].count("decision") == cluster.decisions.count()
    assert [one.change.when for one in everything] == sorted(
        (one.change.when for one in everything), reverse=True
    )


def test_the_timeline_of_a_cluster_costs_the_same_whatever_it_holds(client_of: Callable[..., Client]):
    client = client_of(OFFICER)
    cluster = ClusterFactory()
    worked(client.user, cluster)
    url = reverse("registry:cluster_history", args=[cluster.code])
    client.get(url)
    with assert_num_queries(60, at_most=True) as few:
        client.get(url)
    for _ in range(5):
        worked(client.user, cluster)
    with assert_num_queries(len(few)):
        client.get(url)


def test_a_persons_timeline_shows_their_changes_inside_the_readers_scope(client_of: Callable[..., Client]):
    client = client_of(OFFICER)
    own, other = ClusterFactory(), ClusterFactory(province=province("52"))
    PlotFactory(cluster=own)
    DecisionFactory(cluster=own, user=client.user)
    worked(client.user, own)
    worked(client.user, other)
    url = reverse("registry:officer_timeline", args=[client.user.pk])
    page = client.get(url)
    entries = page.context["page"].object_list
    assert {entry.cluster for entry in entries} == {own}
    plots = [entry for entry in entries if entry.kind.name == "plot"]
    assert len(plots) == 2
    assert (
        next(field.new for entry in plots for field in entry.change.fields if field.name == "area_ha") == "4"
    )
    assert len(page.context["decisions"]) == 1
    assert own.name in page.content.decode()
    assert client.get(url, {"of": "milestone"}).context["page"].object_list == []


def test_nobody_is_named_who_changed_nothing_here(client_of: Callable[..., Client]):
    stranger = client_of(OFFICER, province_code="52").user
    stranger.full_name = "Người Không Ai Biết"
    stranger.save()
    page = client_of(OFFICER).get(reverse("registry:officer_timeline", args=[stranger.pk]))
    assert page.status_code == 200
    assert "Người Không Ai Biết" not in page.content.decode()
