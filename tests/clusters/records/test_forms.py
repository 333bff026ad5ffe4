"""What the forms of the records refuse, ask about, and write."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import PlotStatus, ProjectStage, WorkStatus
from clusters.models import (
    InfrastructureProject,
    Inspection,
    LandClearance,
    Obstacle,
    PaidCapital,
    Plot,
    SecondaryProject,
    SharedWork,
    WastewaterPlant,
)
from core.changes import changes_of
from core.files import store_upload
from tests.clusters.records.typing_in import problems, typed
from tests.factories import clusters as made
from tests.factories.accounts import commune

pytestmark = pytest.mark.django_db
SOURCE = {"source_title": "Báo cáo số 12", "reason": "Theo báo cáo số 12"}


@pytest.fixture
def officer(client_of):
    return client_of(Role.DEPARTMENT_OFFICER)


@pytest.fixture
def cluster():
    return made.ClusterFactory(commune=commune())


def send(client, page_name, /, *args, **values):
    url = reverse(f"registry:{page_name}", args=args)
    return client.post(url, typed(client.get(url), **{**SOURCE, **values}))


# --- Plots ------------------------------------------------------------------------------------------------------------
PLOT = {"code": "A1", "area_ha": "2,5 ha", "status": PlotStatus.FREE, "as_of": "30/06/2026"}


def test_a_plot_is_entered_and_the_figures_follow(officer, cluster):
    assert send(officer, "plot_create", cluster.code, **PLOT).status_code == 302
    assert Plot.objects.get().area_ha == Decimal("2.5")
    assert made.figures_of(cluster).free_plots_ha == Decimal("2.5")


def test_a_second_plot_of_the_same_name_is_refused(officer, cluster):
    made.PlotFactory(cluster=cluster, code="A1")
    page = send(officer, "plot_create", cluster.code, **{**PLOT, "code": "a1"})
    assert "a1" in problems(page)["code"][0]


def test_plots_beyond_the_industrial_land_are_asked_about(officer, cluster):
    page = send(officer, "plot_create", cluster.code, **{**PLOT, "area_ha": "50"})
    assert list(problems(page)) == ["accept_warnings"]
    assert "50" in page.context["form"].open_warnings[0]
    assert (
        send(
            officer, "plot_create", cluster.code, **{**PLOT, "area_ha": "50"}, accept_warnings="on"
        ).status_code
        == 302
    )


def test_the_file_of_the_source_survives_mistakes_elsewhere(officer, cluster):
    file = SimpleUploadedFile("bc12.pdf", b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    url = reverse("registry:plot_create", args=[cluster.code])
    values = typed(officer.get(url), **SOURCE, **{**PLOT, "area_ha": ""}).dict()
    page = officer.post(url, values | {"source_upload": file})
    assert list(problems(page)) == ["area_ha"]
    assert "bc12.pdf" in page.content.decode()
    assert officer.post(url, typed(page, area_ha="2,5")).status_code == 302
    assert Plot.objects.get().source_file.name == "bc12.pdf"


def test_nobody_takes_the_file_that_somebody_else_sent(officer, cluster, client_of):
    stored = store_upload(
        SimpleUploadedFile("x.pdf", b"%PDF-1.7"), user=client_of(Role.DEPARTMENT_OFFICER).user
    )
    page = send(officer, "plot_create", cluster.code, **PLOT, source_key=str(stored.key))
    assert "source_upload" in problems(page)
    assert not Plot.objects.exists()


def test_saving_and_entering_another_keeps_the_source(officer, cluster):
    answer = send(officer, "plot_create", cluster.code, **PLOT, another="1")
    assert answer.url == reverse("registry:plot_create", args=[cluster.code])
    assert officer.get(answer.url).context["form"].initial["source_title"] == SOURCE["source_title"]


def test_a_commune_officer_enters_plots_in_the_own_commune_alone(client_of, cluster):
    client = client_of(Role.COMMUNE_OFFICER)
    assert send(client, "plot_create", cluster.code, **PLOT).status_code == 302
    elsewhere = made.ClusterFactory()
    assert client.get(reverse("registry:plot_create", args=[elsewhere.code])).status_code == 404


def test_removing_a_plot_keeps_its_history_with_the_reason(officer, cluster):
    plot = made.PlotFactory(cluster=cluster)
    officer.post(reverse("registry:plot_delete", args=[cluster.code, plot.pk]), {"reason": "Nhập nhầm"})
    assert not Plot.objects.exists()
    newest = changes_of(plot)[0]
    assert (newest.reason, newest.fields) == ("Nhập nhầm", ())


# --- Infrastructure ---------------------------------------------------------------------------------------------------
MONEY = {
    "name": "Hạ tầng",
    "status": WorkStatus.BUILDING,
    "total_investment": "286 tỷ",
    "cost_construction": "200 tỷ",
    "cost_equipment": "86 tỷ",
    "capital_own": "286 tỷ",
}


def test_a_project_is_entered_with_its_money(officer, cluster):
    assert send(officer, "infrastructure_create", cluster.code, **MONEY).status_code == 302
    project = InfrastructureProject.objects.get()
    assert {row.item: row.amount for row in project.cost_lines.all()} == {
        "construction": Decimal(200_000_000_000),
        "equipment": Decimal(86_000_000_000),
    }
    assert project.capital_sources.get().amount == Decimal(286_000_000_000)


def test_sums_that_differ_from_the_total_are_shown_with_the_difference(officer, cluster):
    page = send(officer, "infrastructure_create", cluster.code, **{**MONEY, "cost_equipment": "80 tỷ"})
    assert list(problems(page)) == ["accept_warnings"]
    assert "6.000.000.000" in page.context["form"].open_warnings[0]


def test_an_emptied_line_of_cost_is_removed_and_its_history_kept(officer, cluster):
    project = made.InfrastructureProjectFactory(cluster=cluster, total_investment=None)
    line = made.CostLineFactory(project=project)
    answer = send(officer, "infrastructure_edit", cluster.code, project.pk, cost_construction="")
    assert answer.status_code == 302
    assert not project.cost_lines.exists()
    assert changes_of(line)[0].reason == SOURCE["reason"]


def test_a_schedule_that_ends_before_it_starts_is_refused(officer, cluster):
    page = send(
        officer, "infrastructure_create", cluster.code, **MONEY, starts_on="1/6/2026", ends_on="1/5/2026"
    )
    assert "01/06/2026" in problems(page)["ends_on"][0]


def test_paid_capital_that_falls_or_exceeds_the_total_is_asked_about(officer, cluster):
    project = made.InfrastructureProjectFactory(cluster=cluster)
    made.PaidCapitalFactory(project=project)
    page = send(officer, "paid_capital_create", cluster.code, project.pk, as_of="30/9/2026", amount="40 tỷ")
    assert "45.000.000.000" in page.context["form"].open_warnings[0]
    page = send(officer, "paid_capital_create", cluster.code, project.pk, as_of="30/9/2026", amount="400 tỷ")
    assert "300.000.000.000" in page.context["form"].open_warnings[0]
    answer = send(officer, "paid_capital_create", cluster.code, project.pk, as_of="30/9/2026", amount="60 tỷ")
    assert answer.status_code == 302
    assert PaidCapital.objects.count() == 2
    assert made.figures_of(cluster).capital_paid == Decimal(60_000_000_000)


def test_all_works_are_written_in_one_form_and_only_what_changed(officer, cluster):
    roads = made.SharedWorkFactory(cluster=cluster)
    before = roads.updated_at
    answer = send(
        officer,
        "works_edit",
        cluster.code,
        **{"as_of": "30/9/2026", "power-status": WorkStatus.IN_USE, "power-finished_on": "1/9/2026"},
    )
    assert answer.status_code == 302
    assert SharedWork.objects.get(kind="power").finished_on == dt.date(2026, 9, 1)
    roads.refresh_from_db()
    assert roads.updated_at == before


def test_works_that_another_person_changed_meanwhile_are_not_overwritten(officer, cluster):
    url = reverse("registry:works_edit", args=[cluster.code])
    data = typed(officer.get(url), as_of="30/9/2026", **{"power-status": WorkStatus.IN_USE}, **SOURCE)
    made.SharedWorkFactory(cluster=cluster)
    assert "__all__" in problems(officer.post(url, data))
    assert SharedWork.objects.count() == 1


def test_an_unfinished_work_has_no_day_of_finishing(officer, cluster):
    values = {"power-status": WorkStatus.BUILDING, "power-finished_on": "1/9/2026", "as_of": "30/9/2026"}
    assert "power-finished_on" in problems(send(officer, "works_edit", cluster.code, **values))


def test_the_one_wastewater_plant_is_entered_and_then_changed(officer, cluster):
    values = {"status": WorkStatus.BUILDING, "as_of": "30/6/2026", "capacity_m3_day": "1.500"}
    assert send(officer, "wastewater_edit", cluster.code, **values).status_code == 302
    assert send(officer, "wastewater_edit", cluster.code, capacity_m3_day="2.000").status_code == 302
    assert WastewaterPlant.objects.get().capacity_m3_day == 2000


def test_a_plant_that_is_not_finished_meets_no_standard(officer, cluster):
    values = {"status": WorkStatus.BUILDING, "as_of": "30/6/2026", "meets_standard": "true"}
    assert "meets_standard" in problems(send(officer, "wastewater_edit", cluster.code, **values))


# --- Secondary projects -----------------------------------------------------------------------------------------------
PROJECT = {
    "name": "Nhà máy gỗ",
    "stage": ProjectStage.APPROVED,
    "approved_on": "1/3/2026",
    "as_of": "30/6/2026",
}


@pytest.fixture
def project_values():
    return {**PROJECT, "investor": made.InvestorFactory().name}


def test_a_project_is_entered_with_its_industry_typed_without_tones(officer, cluster, project_values):
    values = {**project_values, "industry": "16210", "land_ha": "3"}
    assert send(officer, "project_create", cluster.code, **values).status_code == 302
    project = SecondaryProject.objects.get()
    assert project.industry.code == "16210"
    assert project.search


def test_industries_are_found_by_code_and_by_words_without_tones(officer):
    url = reverse("registry:industry_suggest")
    by_code = [row["text"] for row in officer.get(url, {"q": "1621"}).json()["results"]]
    assert any("VSIC 2018" in text for text in by_code)
    assert any("VSIC 2025" in text for text in by_code)
    by_name = [row["text"] for row in officer.get(url, {"q": "go dan"}).json()["results"]]
    assert any("gỗ dán" in text.lower() for text in by_name)


def test_foreign_capital_lies_within_the_capital(officer, cluster, project_values):
    values = {**project_values, "capital": "10 tỷ", "foreign_capital": "12 tỷ", "is_foreign": "on"}
    page = send(officer, "project_create", cluster.code, **values)
    assert "10.000.000.000" in problems(page)["foreign_capital"][0]


def test_days_of_a_project_follow_each_other(officer, cluster, project_values):
    values = {**project_values, "stage": ProjectStage.LEASED, "leased_on": "1/2/2026"}
    assert "leased_on" in problems(send(officer, "project_create", cluster.code, **values))


def test_projects_take_no_more_than_the_industrial_land(officer, cluster, project_values):
    made.SecondaryProjectFactory(cluster=cluster, land_ha=Decimal(40))
    page = send(officer, "project_create", cluster.code, **project_values, land_ha="6")
    assert "V09" in problems(page)["land_ha"][0]
    assert send(officer, "project_create", cluster.code, **project_values, land_ha="5").status_code == 302


def test_land_is_held_against_the_chosen_plots(officer, cluster, project_values):
    plot = made.PlotFactory(cluster=cluster, leased=True)
    values = {**project_values, "land_ha": "3", "plots": [str(plot.pk)]}
    page = send(officer, "project_create", cluster.code, **values)
    assert "2,5" in page.context["form"].open_warnings[0]
    assert send(officer, "project_create", cluster.code, **{**values, "land_ha": "2,5"}).status_code == 302
    assert SecondaryProject.objects.get().plots.get() == plot


def test_operating_before_the_shared_works_are_complete_is_asked_about_under_the_newest_decree(
    officer, cluster, project_values
):
    made.SharedWorkFactory(cluster=cluster)
    values = {**project_values, "stage": ProjectStage.OPERATING, "operating_from": "1/10/2026"}
    page = send(officer, "project_create", cluster.code, **values)
    assert "V42" in page.context["form"].open_warnings[0]
    earlier = send(officer, "project_create", cluster.code, **{**values, "operating_from": "1/8/2026"})
    assert earlier.status_code == 302


# --- Progress ---------------------------------------------------------------------------------------------------------
def test_clearance_is_entered_and_the_figures_follow(officer, cluster):
    values = {"as_of": "30/6/2026", "area_total_ha": "60", "area_cleared_ha": "40"}
    assert send(officer, "clearance_create", cluster.code, **values).status_code == 302
    assert made.figures_of(cluster).cleared_ha == 40
    assert LandClearance.objects.get().households_total is None


def test_cleared_land_lies_within_the_land_to_clear(officer, cluster):
    values = {"as_of": "30/6/2026", "area_total_ha": "30", "area_cleared_ha": "40"}
    assert "area_cleared_ha" in problems(send(officer, "clearance_create", cluster.code, **values))


def test_clearance_that_falls_behind_is_asked_about(officer, cluster):
    made.LandClearanceFactory(cluster=cluster)
    page = send(officer, "clearance_create", cluster.code, as_of="30/9/2026", area_cleared_ha="35")
    assert list(problems(page)) == ["accept_warnings"]


def test_a_milestone_needs_a_day_and_comes_once(officer, cluster):
    made.MilestoneFactory(cluster=cluster)
    assert "planned_on" in problems(send(officer, "milestone_create", cluster.code, kind="environment"))
    page = send(officer, "milestone_create", cluster.code, kind="detailed_plan", planned_on="1/2/2026")
    assert "kind" in problems(page)


def test_an_obstacle_is_resolved_with_day_and_outcome(officer, cluster):
    obstacle = made.ObstacleFactory(cluster=cluster)
    args = ("obstacle_resolve", cluster.code, obstacle.pk)
    assert set(problems(send(officer, *args))) == {"resolved_on", "resolution"}
    assert "resolved_on" in problems(send(officer, *args, resolved_on="1/6/2026", resolution="Xong"))
    assert send(officer, *args, resolved_on="1/9/2026", resolution="Xong").status_code == 302
    assert Obstacle.objects.get().resolution == "Xong"


# --- Inspections ------------------------------------------------------------------------------------------------------
INSPECTION = {"inspected_on": "1/7/2026", "authority": "Sở Công Thương", "subject": "Môi trường"}
VIOLATION = {
    "violations-TOTAL_FORMS": "1",
    "violations-0-what": "Không có giấy phép",
    "violations-0-legal_basis": "Điều 5",
    "violations-0-fine": "30 triệu",
}


def test_an_inspection_is_entered_with_its_violations(officer, cluster):
    assert send(officer, "inspection_create", cluster.code, **INSPECTION, **VIOLATION).status_code == 302
    assert Inspection.objects.get().violations.get().fine == Decimal(30_000_000)


def test_mistakes_in_a_violation_show_together_with_those_of_the_inspection(officer, cluster):
    values = {**INSPECTION, **VIOLATION, "subject": "", "violations-0-what": ""}
    page = send(officer, "inspection_create", cluster.code, **values)
    assert "subject" in problems(page)
    assert "what" in page.context["form"].violations.forms[0].errors
    assert not Inspection.objects.exists()


def test_a_violation_is_mended_and_another_removed(officer, cluster):
    inspection = made.InspectionFactory(cluster=cluster)
    first, second = made.ViolationFactory.create_batch(2, inspection=inspection)
    values = {"violations-0-remedied_on": "1/9/2026", "violations-1-DELETE": "on"}
    assert send(officer, "inspection_edit", cluster.code, inspection.pk, **values).status_code == 302
    assert inspection.violations.get().remedied_on == dt.date(2026, 9, 1)
    assert changes_of(second)[0].reason == SOURCE["reason"]
    assert inspection.violations.get() == first


def test_a_second_inspection_in_the_year_needs_signs_of_violation(officer, cluster):
    made.InspectionFactory(cluster=cluster)
    page = send(officer, "inspection_create", cluster.code, **INSPECTION)
    assert "V41" in page.context["form"].open_warnings[0]
    answer = send(
        officer, "inspection_create", cluster.code, **INSPECTION, signs_of_violation="Đơn của người dân"
    )
    assert answer.status_code == 302
