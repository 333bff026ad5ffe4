"""Investors and development plans have versions and are restored, with what that would contradict."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLogEntry
from accounts.roles import Role
from clusters.freestanding import FREE_KINDS
from clusters.models import ConversionPlan, DevelopmentPlan, Investor, PlannedCluster
from clusters.services.plans import save_plan
from clusters.services.records import delete_record, save_record
from clusters.services.restore import newest_version, preview_restore, restore_version
from core.changes import changes_of
from tests.assertions import assert_num_queries
from tests.factories.accounts import HA_NOI, commune, province
from tests.factories.clusters import (
    ClusterFactory,
    ConversionPlanFactory,
    DevelopmentPlanFactory,
    InvestorFactory,
    PlannedClusterFactory,
    SecondaryProjectFactory,
)

pytestmark = pytest.mark.django_db
OFFICER = Role.DEPARTMENT_OFFICER


def kind_of(record: Any) -> Any:
    return FREE_KINDS[record._meta.model_name]


def versions(record: Any, key: int | None = None) -> list[Any]:
    return list(kind_of(record).events.filter(pgh_obj_id=key or record.pk).order_by("pgh_id"))


def preview(record: Any, event: Any, **given: Any) -> Any:
    return preview_restore(kind=kind_of(record), event=event, cluster=None, user=None, **given)


def restored(record: Any, event: Any, **given: Any) -> Any:
    kind = kind_of(record)
    seen = given.pop("seen", None) or newest_version(kind, event.pgh_obj_id)
    return restore_version(
        kind=kind, event=event, cluster=None, user=None, reason="Nhập nhầm", seen=seen, **given
    )


def changed(record: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(record, name, value)
    return save_record(record=record, reason="Cập nhật")


def address(record: Any, event: Any) -> str:
    return reverse("registry:restore", args=[record._meta.model_name, event.pgh_obj_id, event.pgh_id])


def test_an_investor_goes_back_and_is_found_by_the_old_name_again():
    investor = InvestorFactory(name="Công ty cổ phần Hạ tầng Phú Thịnh")
    first = versions(investor)[0]
    changed(investor, name="Công ty TNHH Khác")

    assert {change.name for change in preview(investor, first).changes} == {"name"}
    assert Investor.objects.get(pk=investor.pk).name == "Công ty TNHH Khác"
    restored(investor, first)

    investor.refresh_from_db()
    assert investor.name == "Công ty cổ phần Hạ tầng Phú Thịnh"
    assert "phu thinh" in investor.search
    assert "Nhập nhầm" in changes_of(investor)[0].reason


def test_the_preview_of_an_investor_names_its_twin_and_the_checks_of_its_clusters():
    investor = InvestorFactory(name="Công ty cổ phần Đá Trắng", tax_code="")
    first = versions(investor)[0]
    changed(investor, name="Công ty TNHH Một", tax_code="0100109106")
    InvestorFactory(name="Công ty TNHH Đá Trắng")
    ClusterFactory(investor=investor)

    said = preview(investor, first).contradictions

    assert any("Đá Trắng" in sentence for sentence in said)
    assert any(sentence.startswith("R01") for sentence in said)


def test_a_tax_code_that_another_investor_has_now_stands_in_the_way():
    investor = InvestorFactory(tax_code="0100109106")
    first = versions(investor)[0]
    changed(investor, tax_code="")
    InvestorFactory(tax_code="0100109106")

    assert preview(investor, first).problems
    with pytest.raises(ValidationError):
        restored(investor, first)


def test_personal_data_a_person_may_not_see_is_neither_shown_nor_changed(client_of):
    investor = InvestorFactory(phone="0912 000 111", address="Thôn 1")
    first = versions(investor)[0]
    changed(investor, phone="0912 999 888", address="Thôn 2")
    client = client_of(Role.COMMUNE_OFFICER)
    page = client.get(address(investor, first))
    shown = page.content.decode()
    assert "0912" not in shown
    assert (
        "0912"
        not in client.get(reverse("registry:versions", args=["investor", investor.pk])).content.decode()
    )

    answer = client.post(
        address(investor, first), {"seen": page.context["form"].initial["seen"], "reason": "Nhập nhầm"}
    )

    assert answer.status_code == 302
    investor.refresh_from_db()
    assert (investor.address, investor.phone) == ("Thôn 1", "0912 999 888")


def test_reading_personal_data_in_versions_is_logged(client_of):
    investor = InvestorFactory(phone="0912 000 111")
    changed(investor, phone="0912 999 888")
    leader = client_of(Role.DEPARTMENT_LEADER)

    page = leader.get(reverse("registry:versions", args=["investor", investor.pk])).content.decode()

    assert "0912 999 888" in page
    assert AccessLogEntry.objects.filter(
        user=leader.user, object_pk=str(investor.pk), object_label=investor.name
    ).exists()


def test_a_removed_investor_with_personal_data_is_restored_by_those_who_may_see_it():
    investor = InvestorFactory(phone="0912 000 111")
    key = investor.pk
    delete_record(record=investor, reason="Xóa nhầm")
    gone = versions(investor, key)[-1]

    assert preview(investor, gone, hidden=frozenset({"phone"})).problems
    with pytest.raises(ValidationError):
        restored(investor, gone, hidden=frozenset({"phone"}))
    restored(investor, gone)
    assert Investor.objects.get(pk=key).phone == "0912 000 111"


def test_a_removed_plan_comes_back_with_its_list():
    plan = DevelopmentPlanFactory()
    line, other = PlannedClusterFactory(plan=plan), PlannedClusterFactory(plan=plan)
    ConversionPlanFactory(planned_cluster=line)
    key = plan.pk
    delete_record(record=plan, reason="Xóa nhầm")
    gone = versions(plan, key)[-1]

    shown = preview(plan, gone)
    assert {kind.name for kind, _row, _name in shown.removed_with_it} == {"plannedcluster"}
    assert not DevelopmentPlan.objects.filter(pk=key).exists()
    restored(plan, gone)

    names = set(PlannedCluster.objects.filter(plan=key).values_list("name", flat=True))
    assert names == {line.name, other.name}
    assert ConversionPlan.objects.filter(planned_cluster__plan=key).count() == 1


def test_a_line_goes_back_and_says_what_in_the_list_and_of_its_cluster_it_contradicts():
    cluster = ClusterFactory(area_ha=Decimal(60), commune=commune())
    line = PlannedClusterFactory(
        cluster=cluster, area_ha=Decimal(20), name="Cụm công nghiệp Bắc", commune=commune()
    )
    first = versions(line)[0]
    changed(line, area_ha=Decimal(60), name="Cụm công nghiệp Nam")
    PlannedClusterFactory(plan=line.plan, name="CCN Bắc", commune=commune(), cluster=None)

    shown = preview(line, first)

    assert {change.name for change in shown.changes} == {"area_ha", "name"}
    assert any("CCN Bắc" in sentence for sentence in shown.contradictions)
    assert any(sentence.startswith("C06") and cluster.name in sentence for sentence in shown.contradictions)
    restored(line, first)
    line.refresh_from_db()
    assert line.area_ha == 20


def test_a_line_of_a_removed_plan_waits_for_the_plan():
    line = PlannedClusterFactory()
    plan, key = line.plan, line.pk
    delete_record(record=plan, reason="Xóa")

    assert preview(line, versions(line, key)[-1]).problems


def test_restoring_a_plan_says_which_other_version_it_supersedes_or_meets():
    old = DevelopmentPlanFactory(version=1, approved_on=dt.date(2025, 1, 10), decision_number="1/QĐ")
    new = DevelopmentPlanFactory(
        version=2, approved_on=dt.date(2026, 5, 5), decision_number="2/QĐ", province=old.province
    )
    save_plan(plan=new, reason="Phê duyệt")
    old.refresh_from_db()
    assert old.superseded_on == dt.date(2026, 5, 5)

    shown = preview(old, versions(old)[0])

    assert any("1, 2" in sentence for sentence in shown.contradictions)
    old.refresh_from_db()
    assert old.superseded_on == dt.date(2026, 5, 5)


def test_a_change_made_meanwhile_is_not_overwritten():
    investor = InvestorFactory()
    first = versions(investor)[0]
    changed(investor, name="Tên hai")
    seen = newest_version(kind_of(investor), investor.pk)
    changed(investor, name="Tên ba")

    with pytest.raises(ValidationError):
        restored(investor, first, seen=seen)


@pytest.mark.parametrize("make", [DevelopmentPlanFactory, PlannedClusterFactory])
def test_plans_of_another_province_are_out_of_reach(client_of: Callable[..., Client], make: Any):
    elsewhere = (
        make(province=province(HA_NOI))
        if make is DevelopmentPlanFactory
        else make(plan=DevelopmentPlanFactory(province=province(HA_NOI)))
    )
    own = make()
    client = client_of(OFFICER)
    name = elsewhere._meta.model_name
    assert client.get(reverse("registry:versions", args=[name, elsewhere.pk])).status_code == 404
    assert client.get(address(elsewhere, versions(elsewhere)[0])).status_code == 404
    assert client.get(reverse("registry:versions", args=[name, own.pk])).status_code == 200
    key = own.pk
    delete_record(record=own, reason="Xóa nhầm")
    assert client.get(address(own, versions(own, key)[-1])).status_code == 200
    analyst = client_of(Role.MINISTRY_ANALYST)
    assert analyst.get(address(own, versions(own, key)[-1])).status_code == 403


def test_the_history_of_an_investor_leads_to_its_versions_and_back(client_of: Callable[..., Client]):
    investor = InvestorFactory(address="Thôn 1")
    changed(investor, address="Thôn 2")
    client = client_of(OFFICER)
    history = client.get(reverse("registry:investor_history", args=[investor.pk])).content.decode()
    page = reverse("registry:versions", args=["investor", investor.pk])
    assert page in history
    assert reverse("registry:investor", args=[investor.pk]) in client.get(page).content.decode()
    with assert_num_queries(16, at_most=True):
        client.get(page)


def test_the_work_of_a_person_names_investors_and_plans_without_personal_data(client_of):
    client = client_of(OFFICER)
    ClusterFactory()
    values = {"name": "Công ty Mới", "kind": "enterprise", "phone": "0912 000 111", "reason": "Mới"}
    assert client.post(reverse("registry:investor_create"), values).status_code == 302

    page = (
        client_of(Role.DEPARTMENT_LEADER)
        .get(reverse("registry:officer_timeline", args=[client.user.pk]))
        .content.decode()
    )

    assert "Công ty Mới" in page
    assert "0912 000 111" not in page


def test_a_project_of_an_investor_is_concerned_too():
    project = SecondaryProjectFactory()
    kind = FREE_KINDS["investor"]
    event = versions(project.investor)[0]
    assert list(kind.concerned(event).values_list("pk", flat=True)) == [project.cluster_id]
