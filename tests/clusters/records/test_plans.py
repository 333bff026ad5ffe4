"""Development plans: what a List lacks, overlaps, versions, withdrawal."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from clusters.models import DevelopmentPlan, PlannedCluster
from clusters.services import plans
from core.changes import changes_of
from tests.clusters.records.typing_in import problems, typed
from tests.factories import clusters as made
from tests.factories.accounts import HA_NOI, commune, province

pytestmark = pytest.mark.django_db
SOURCE = {"source_title": "Tờ trình 5", "reason": "Theo tờ trình 5"}


def square(west, south, size=0.01):
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


@pytest.fixture
def plan():
    return made.DevelopmentPlanFactory()


def send(client, page_name, /, *args, **values):
    url = reverse(f"registry:{page_name}", args=args)
    return client.post(url, typed(client.get(url), **{**SOURCE, **values}))


def test_a_line_is_complete_only_with_everything_the_article_asks_for(plan):
    line = made.PlannedClusterFactory(plan=plan, commune=commune())
    assert plans.completeness(line).percent == 100
    line.land_status, line.total_investment = "", None
    found = plans.completeness(line)
    assert found.missing == ("land_status", "total_investment")
    assert found.percent == 75


def test_overlaps_name_twins_double_clusters_and_boundaries(plan):
    cluster = made.ClusterFactory()
    first = made.PlannedClusterFactory(
        plan=plan, name="CCN Âu Lâu", commune=commune(), cluster=cluster, boundary=square(104.8, 21.7)
    )
    second = made.PlannedClusterFactory(
        plan=plan, name="Âu Lâu", commune=commune(), cluster=cluster, boundary=square(104.805, 21.7)
    )
    made.PlannedClusterFactory(plan=plan, boundary=square(104.9, 21.9))
    found = plans.overlaps(plans.lines_of(plan))
    assert {overlap.kind for overlap in found} == {"cluster", "name", "boundary"}
    assert {(overlap.first.pk, overlap.second.pk) for overlap in found} <= {
        (first.pk, second.pk),
        (second.pk, first.pk),
    }
    shared = next(overlap.hectares for overlap in found if overlap.kind == "boundary")
    assert 55 < shared < 65  # half of about 118 ha


def test_boundaries_that_only_touch_do_not_overlap(plan):
    made.PlannedClusterFactory(plan=plan, boundary=square(104.8, 21.7))
    made.PlannedClusterFactory(plan=plan, boundary=square(104.81, 21.7))
    assert plans.overlaps(plans.lines_of(plan)) == []


def test_a_new_version_copies_what_stands_with_its_links(plan):
    first, second, gone = made.PlannedClusterFactory.create_batch(3, plan=plan)
    first.linked_to.add(second)
    made.ConversionPlanFactory(planned_cluster=gone)
    copy = plans.copy_plan(plan=plan, reason="Điều chỉnh")
    assert (copy.version, copy.approved_on, copy.is_complete) == (plan.version + 1, None, False)
    names = {line.name: line for line in plans.lines_of(copy)}
    assert set(names) == {first.name, second.name}
    assert [line.name for line in names[first.name].linked_to.all()] == [second.name]
    assert changes_of(names[first.name])[0].reason == "Điều chỉnh"


def test_two_versions_are_compared_line_by_line(plan):
    kept = made.PlannedClusterFactory(plan=plan, commune=commune())
    removed = made.PlannedClusterFactory(plan=plan)
    copy = plans.copy_plan(plan=plan, reason="Điều chỉnh")
    PlannedCluster.objects.get(plan=copy, name=removed.name).delete()
    PlannedCluster.objects.filter(plan=copy, name=kept.name).update(area_ha=Decimal(75))
    added = made.PlannedClusterFactory(plan=copy)
    found = plans.compare(plans.lines_of(plan), plans.lines_of(copy))
    assert found.added == (added,)
    assert found.removed == (removed,)
    (change,) = found.changed
    (field,) = change.fields
    assert (field.old, field.new) == (Decimal(50), Decimal(75))
    assert found.unchanged == 0


def test_a_line_that_was_renamed_is_recognised_by_its_cluster(plan):
    cluster = made.ClusterFactory()
    made.PlannedClusterFactory(plan=plan, cluster=cluster, name="Tên cũ")
    newer = made.DevelopmentPlanFactory()
    made.PlannedClusterFactory(plan=newer, cluster=cluster, name="Tên mới")
    found = plans.compare(plans.lines_of(plan), plans.lines_of(newer))
    assert (found.added, found.removed) == ((), ())
    assert found.changed[0].fields[0].new == "Tên mới"


def test_the_page_of_the_comparison_has_an_address_with_both_versions(officer, plan):
    line = made.PlannedClusterFactory(plan=plan)
    copy = plans.copy_plan(plan=plan, reason="Điều chỉnh")
    PlannedCluster.objects.filter(plan=copy).update(area_ha=Decimal("62.5"))
    text = officer.get(reverse("registry:plan_compare", args=[plan.pk, copy.pk])).content.decode()
    assert line.name in text
    assert "<ins>62,5</ins>" in text


def test_plans_of_two_provinces_are_not_compared(officer, plan):
    other = made.DevelopmentPlanFactory(province=province(HA_NOI))
    assert officer.get(reverse("registry:plan_compare", args=[plan.pk, other.pk])).status_code == 404


def test_an_approved_version_supersedes_the_one_in_force(officer, plan):
    copy = plans.copy_plan(plan=plan, reason="Điều chỉnh")
    answer = send(officer, "plan_edit", copy.pk, decision_number="525/QĐ-UBND", approved_on="25/02/2026")
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.superseded_on == dt.date(2026, 2, 25)
    assert plans.in_force_on(plan.province_id, dt.date(2026, 2, 24)) == plan
    assert plans.in_force_on(plan.province_id, dt.date(2026, 2, 25)) == copy


def test_an_approved_plan_names_its_decision(officer):
    plan = made.DevelopmentPlanFactory(draft=True)
    page = send(officer, "plan_edit", plan.pk, approved_on="25/02/2026")
    assert "decision_number" in problems(page)


def test_a_plan_begins_with_the_officers_province_and_the_next_version(officer, plan):
    initial = officer.get(reverse("registry:plan_create")).context["form"].initial
    assert (initial["province"], initial["version"]) == (plan.province, plan.version + 1)
    answer = send(officer, "plan_create", title="Phương án mới", period_to="2035")
    assert answer.status_code == 302
    assert DevelopmentPlan.objects.get(title="Phương án mới").version == plan.version + 1


def test_nobody_begins_a_plan_of_another_province(officer):
    page = send(officer, "plan_create", title="Phương án", period_to="2035", version="1", province=HA_NOI)
    assert "province" in problems(page)


def test_a_list_with_gaps_is_called_complete_only_after_a_look(officer, plan):
    made.PlannedClusterFactory(plan=plan, land_status="")
    page = send(officer, "plan_edit", plan.pk, is_complete="on")
    assert list(problems(page)) == ["accept_warnings"]
    assert send(officer, "plan_edit", plan.pk, is_complete="on", accept_warnings="on").status_code == 302


def test_a_line_is_entered_with_its_boundary(officer, plan):
    url = reverse("registry:planned_cluster_create", args=[plan.pk])
    data = typed(officer.get(url), name="CCN Mới", area_ha="50", reason="Theo tờ trình")
    upload = SimpleUploadedFile("ranh.geojson", json.dumps(square(104.8, 21.7)).encode())
    assert officer.post(url, {**data.dict(), "boundary_file": upload}).status_code == 302
    assert PlannedCluster.objects.get().boundary["type"] == "Polygon"


@pytest.mark.parametrize(
    "content", [b"no json", b'{"type": "Point", "coordinates": [104, 21]}', json.dumps(square(0, 0)).encode()]
)
def test_what_is_no_boundary_is_refused_with_its_name(officer, plan, content):
    url = reverse("registry:planned_cluster_create", args=[plan.pk])
    data = typed(officer.get(url), name="CCN Mới", reason="Theo tờ trình").dict()
    page = officer.post(url, {**data, "boundary_file": SimpleUploadedFile("ranh.geojson", content)})
    assert "ranh.geojson" in problems(page)["boundary_file"][0]


def test_the_boundary_survives_mistakes_elsewhere(officer, plan):
    url = reverse("registry:planned_cluster_create", args=[plan.pk])
    data = typed(officer.get(url), name="CCN Mới", area_ha="0", reason="Theo tờ trình").dict()
    upload = SimpleUploadedFile("ranh.geojson", json.dumps(square(104.8, 21.7)).encode())
    page = officer.post(url, {**data, "boundary_file": upload})
    assert list(problems(page)) == ["area_ha"]
    page = officer.post(url, typed(page, area_ha="0"))
    assert "ranh.geojson" in page.content.decode()
    assert officer.post(url, typed(page, area_ha="50")).status_code == 302
    assert PlannedCluster.objects.get().boundary == square(104.8, 21.7)


@pytest.mark.parametrize(
    "sent", ["{", "[]", '{"name": "x", "geometry": {"type": "Point", "coordinates": [104, 21]}}']
)
def test_a_kept_boundary_that_was_tampered_with_is_no_boundary(officer, plan, sent):
    send(officer, "planned_cluster_create", plan.pk, name="CCN Mới", area_ha="50", boundary_sent=sent)
    assert not PlannedCluster.objects.filter(boundary__isnull=False).exists()


def test_the_mistakes_of_a_form_are_listed_in_the_order_of_its_page(officer, plan):
    line = made.PlannedClusterFactory(plan=plan)
    url = reverse("registry:planned_cluster_withdraw", args=[plan.pk, line.pk])
    page = officer.post(url, typed(officer.get(url)))
    names = [name for name in page.context["form"].fields if name in problems(page)]
    order = ["withdrawn_on", "why", "land_use_after", "tenants", "finish_by", "source_title", "reason"]
    assert names == order


def test_the_same_name_and_the_same_cluster_stand_in_the_list_once(officer, plan):
    cluster = made.ClusterFactory()
    made.PlannedClusterFactory(plan=plan, name="CCN Một", cluster=cluster)
    page = send(officer, "planned_cluster_create", plan.pk, name="ccn mot", cluster=cluster.pk)
    assert set(problems(page)) == {"name", "cluster"}


def test_adjacent_clusters_say_how_they_are_linked(officer, plan):
    other = made.PlannedClusterFactory(plan=plan)
    values = {"name": "CCN Hai", "linked_to": [str(other.pk)]}
    assert "link_description" in problems(send(officer, "planned_cluster_create", plan.pk, **values))
    answer = send(
        officer, "planned_cluster_create", plan.pk, **values, link_description="Chung trạm xử lý nước thải"
    )
    assert answer.status_code == 302
    assert PlannedCluster.objects.get(name="CCN Hai").linked_to.get() == other


CONVERSION = {
    "withdrawn_on": "1/10/2026",
    "why": "Chồng lấn đô thị",
    "land_use_after": "Đất ở",
    "tenants": "Không có",
    "finish_by": "31/12/2027",
}


def test_a_line_is_withdrawn_only_with_a_conversion_plan(officer, plan):
    line = made.PlannedClusterFactory(plan=plan)
    page = send(officer, "planned_cluster_withdraw", plan.pk, line.pk)
    assert {"withdrawn_on", "why", "land_use_after", "tenants", "finish_by"} <= set(problems(page))
    assert send(officer, "planned_cluster_withdraw", plan.pk, line.pk, **CONVERSION).status_code == 302
    line = PlannedCluster.objects.get()
    assert line.withdrawal.reason == "Chồng lấn đô thị"
    assert changes_of(line.withdrawal)[0].reason == SOURCE["reason"]
    assert plans.totals([line]).lines == 0


def test_withdrawing_the_line_of_an_established_cluster_leads_on_to_the_decision(officer, plan):
    cluster = made.ClusterFactory()
    line = made.PlannedClusterFactory(plan=plan, cluster=cluster)
    answer = send(officer, "planned_cluster_withdraw", plan.pk, line.pk, **CONVERSION)
    assert reverse("registry:decision_create", args=[cluster.code]) in answer.url
    cluster.refresh_from_db()
    assert cluster.stage == "established"


def test_totals_leave_out_what_was_withdrawn(plan):
    made.PlannedClusterFactory(plan=plan, area_ha=None)
    made.PlannedClusterFactory(plan=plan, area_ha=Decimal("20.5"))
    made.ConversionPlanFactory(planned_cluster=made.PlannedClusterFactory(plan=plan))
    assert plans.totals(plans.lines_of(plan)) == plans.Totals(2, Decimal("20.5"), 1, 1)


def test_the_lines_of_a_plan_come_in_the_order_of_a_vietnamese_dictionary(plan):
    for name in ("Bản Phiệt", "Bát Xát", "Báo Đáp", "Đông An", "Cam Đường 10", "Cam Đường 2"):
        made.PlannedClusterFactory(plan=plan, name=name)
    assert [line.name for line in plans.lines_of(plan)] == [
        "Bản Phiệt",
        "Báo Đáp",
        "Bát Xát",
        "Cam Đường 2",
        "Cam Đường 10",
        "Đông An",
    ]


def test_the_history_tells_a_boundary_in_words_and_not_as_data(plan):
    line = made.PlannedClusterFactory(plan=plan, boundary=square(104.1, 22.4))
    told = {field.name: field.new for field in changes_of(line)[0].fields}
    assert told["boundary"] == "hình gồm 5 điểm, bắt đầu tại 22,4; 104,1"


def test_the_page_of_a_cluster_names_the_years_of_the_plan_known_or_not(officer):
    line = made.PlannedClusterFactory(cluster=made.ClusterFactory(commune=commune()))
    page = reverse("registry:cluster", args=[line.cluster.code])
    for first, words in ((2021, "2021–2030"), (None, "…–2030")):
        DevelopmentPlan.objects.update(period_from=first, period_to=2030)
        assert words in officer.get(page).content.decode()
