"""Changing many records at once: exact counts, each change shown first, nothing overwritten, nothing out of reach."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from clusters.choices import PlotStatus, ProjectStage, TenantGroup
from clusters.models import Cluster, Plot, SecondaryProject
from clusters.models.clusters import LEGAL_FACTS
from clusters.services.bulk import BULK_KINDS, change_in_bulk
from clusters.services.figures import stale_figures
from core.changes import changes_of
from tests.factories.accounts import province
from tests.factories.clusters import (
    ClusterFactory,
    PlotFactory,
    SecondaryProjectFactory,
    figures_of,
    industry,
)

pytestmark = pytest.mark.django_db

OFFICER = Role.DEPARTMENT_OFFICER
REASON = "Theo báo cáo tháng 9"
NEWER = {"as_of": "30/09/2026", "source_title": "Báo cáo số 99/BC-SCT"}


@pytest.fixture
def officer(client_of):
    return client_of(OFFICER)


def bulk(client, kind, step, query="", **data):
    return client.post(f"{reverse('registry:bulk', args=[kind])}?{query}", {"step": step, **data})


def preview(client, kind, query="", **data):
    """Return the preview's plan and the seal its page carries."""
    page = bulk(client, kind, "preview", query, reason=REASON, **data)
    assert page.status_code == 200, page.content.decode()
    return page.context["plan"], page.context["seal"]


def keys(*rows):
    return {"row": [str(row.pk) for row in rows]}


def test_the_count_of_all_matching_is_exact_beyond_the_page(officer):
    cluster = ClusterFactory()
    PlotFactory.create_batch(25, cluster=cluster)
    PlotFactory.create_batch(2, cluster=cluster, leased=True)
    page = bulk(officer, "plots", "choose", "status=free&per_page=10", scope="all")
    assert page.context["count"] == 25
    plan, _seal = preview(
        officer, "plots", "status=free&per_page=10", scope="all", status="reserved", **NEWER
    )
    assert (len(plan.changes), plan.total) == (25, 25)
    listed = officer.get(reverse("registry:plot_list") + "?status=free&per_page=10").content.decode()
    assert len(re.findall(r'name="row"', listed)) == 10
    assert "25" in listed


def test_only_ticked_rows_change_with_one_entry_of_history_each(officer):
    first, second, third = PlotFactory.create_batch(3, cluster=ClusterFactory())
    plan, seal = preview(officer, "plots", status="reserved", **NEWER, **keys(first, second))
    assert [change.row.pk for change in plan.changes] == [first.pk, second.pk]
    shown = {one.label: (one.old, one.new) for one in plan.changes[0].differences}
    assert shown[str(Plot._meta.get_field("status").verbose_name)] == (
        str(PlotStatus.FREE.label),
        str(PlotStatus.RESERVED.label),
    )
    answer = bulk(officer, "plots", "write", seal=seal)
    assert answer.status_code == 302
    for plot in (first, second, third):
        plot.refresh_from_db()
    assert [first.status, second.status, third.status] == ["reserved", "reserved", "free"]
    assert first.as_of == dt.date(2026, 9, 30)
    for plot in (first, second):
        newest, *_older = changes_of(plot)
        assert newest.reason == REASON
        assert newest.who == str(officer.user)
        assert len(changes_of(plot)) == 2
    assert len(changes_of(third)) == 1


def test_rows_that_have_the_values_already_are_left_out(officer):
    first, second = ClusterFactory(is_confirmed=True), ClusterFactory()
    plan, seal = preview(officer, "clusters", is_confirmed="yes", **keys(first, second))
    assert (len(plan.changes), plan.unchanged) == (1, 1)
    before = Cluster.objects.get(pk=first.pk).updated_at
    bulk(officer, "clusters", "write", seal=seal)
    assert Cluster.objects.get(pk=first.pk).updated_at == before
    assert Cluster.objects.get(pk=second.pk).is_confirmed


def test_figures_follow_at_once(officer):
    cluster = ClusterFactory()
    plots = PlotFactory.create_batch(3, cluster=cluster)
    assert figures_of(cluster).free_plots == 3
    _plan, seal = preview(officer, "plots", status="leased", **NEWER, **keys(*plots[:2]))
    bulk(officer, "plots", "write", seal=seal)
    assert figures_of(cluster).free_plots == 1
    assert not stale_figures().exists()


def test_a_row_changed_since_the_preview_is_listed_and_not_overwritten(officer):
    mine, theirs = PlotFactory.create_batch(2, cluster=ClusterFactory())
    _plan, seal = preview(officer, "plots", status="reserved", **NEWER, **keys(mine, theirs))
    theirs.status = PlotStatus.LEASED
    theirs.save()
    page = bulk(officer, "plots", "write", seal=seal)
    assert page.status_code == 200
    assert page.context["outcome"].overtaken == [theirs]
    assert theirs.code in page.content.decode()
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.status, theirs.status) == ("reserved", "leased")


def test_sending_a_preview_twice_changes_nothing_the_second_time(officer):
    plot = PlotFactory()
    _plan, seal = preview(officer, "plots", status="reserved", **NEWER, **keys(plot))
    bulk(officer, "plots", "write", seal=seal)
    again = bulk(officer, "plots", "write", seal=seal)
    assert again.context["outcome"].changed == []
    assert len(changes_of(plot)) == 2


def test_rows_out_of_reach_are_neither_shown_nor_changed(officer):
    own = PlotFactory()
    foreign = PlotFactory(cluster=ClusterFactory(province=province("01")))
    plan, _seal = preview(officer, "plots", status="reserved", **NEWER, **keys(own, foreign))
    assert [change.row for change in plan.changes] == [own]
    outcome = change_in_bulk(
        kind=BULK_KINDS["plots"],
        user=officer.user,
        seen={foreign.pk: foreign.updated_at.isoformat()},
        values={"status": "reserved"},
        reason=REASON,
    )
    assert (outcome.changed, outcome.gone) == ([], 1)
    foreign.refresh_from_db()
    assert foreign.status == "free"


def test_a_reader_of_the_registry_changes_nothing(client_of):
    plot = PlotFactory()
    reader = client_of(Role.MINISTRY_ANALYST)
    assert bulk(reader, "plots", "choose", **keys(plot)).status_code == 403
    assert 'id="bulk"' not in reader.get(reverse("registry:plot_list")).content.decode()


def test_a_preview_belongs_to_the_person_it_was_shown_to_and_to_its_list(officer, client_of):
    plot = PlotFactory()
    _plan, seal = preview(officer, "plots", status="reserved", **NEWER, **keys(plot))
    other = client_of(OFFICER)
    for client, kind, text in (
        (other, "plots", seal),
        (officer, "projects", seal),
        (officer, "plots", seal + "x"),
    ):
        answer = bulk(client, kind, "write", seal=text)
        assert answer.status_code == 302
    plot.refresh_from_db()
    assert plot.status == "free"


def test_legal_facts_are_never_among_the_fields(officer):
    for kind in BULK_KINDS.values():
        assert not set(kind.fields) & set(LEGAL_FACTS) or kind.model is not Cluster
    cluster = ClusterFactory()
    page = bulk(
        officer, "clusters", "preview", reason=REASON, area_ha="99", stage="operating", **keys(cluster)
    )
    assert page.status_code == 422
    with pytest.raises(ValueError, match="area_ha"):
        change_in_bulk(
            kind=BULK_KINDS["clusters"], user=officer.user, seen={}, values={"area_ha": 99}, reason=REASON
        )


def test_a_moving_fact_needs_its_day_and_its_paper(officer):
    page = bulk(officer, "plots", "preview", reason=REASON, status="leased", **keys(PlotFactory()))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"as_of", "source_title"}
    page = bulk(officer, "plots", "preview", status="leased", **NEWER, **keys(PlotFactory()))
    assert set(page.context["form"].errors) == {"reason"}
    page = bulk(officer, "plots", "preview", reason=REASON, **keys(PlotFactory()))
    assert page.status_code == 422


def test_projects_whose_papers_speak_against_the_stage_are_refused_with_the_reason(officer):
    cluster = ClusterFactory(industrial_land_ha=Decimal("10"))
    running = SecondaryProjectFactory(cluster=cluster, land_ha=Decimal("6"))
    waiting = SecondaryProjectFactory(
        cluster=cluster, land_ha=Decimal("3"), stage=ProjectStage.AGREED, operating_from=None
    )
    too_large = SecondaryProjectFactory(
        cluster=cluster, land_ha=Decimal("5"), stage=ProjectStage.AGREED, operating_from=None
    )
    ended = SecondaryProjectFactory(cluster=cluster, ended=True)
    newer = SecondaryProjectFactory(cluster=cluster, land_ha=Decimal("0.5"), as_of=dt.date(2026, 10, 31))
    rows = keys(running, waiting, too_large, ended, newer)
    plan, seal = preview(officer, "projects", stage="leased", group="small", **NEWER, **rows)
    assert {refusal.row for refusal in plan.refused} == {too_large, ended, newer}
    assert [change.row for change in plan.changes] == [running, waiting]
    reasons = {refusal.row: refusal.reason for refusal in plan.refused}
    assert "V09" in reasons[too_large]
    assert "31/01/2026" in reasons[ended]
    assert "31/10/2026" in reasons[newer]
    bulk(officer, "projects", "write", seal=seal)
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.group) == (ProjectStage.LEASED, TenantGroup.SMALL)


def test_what_became_impossible_after_the_preview_is_refused_when_writing(officer):
    cluster = ClusterFactory(industrial_land_ha=Decimal("10"))
    project = SecondaryProjectFactory(
        cluster=cluster, land_ha=Decimal("6"), stage=ProjectStage.AGREED, operating_from=None
    )
    _plan, seal = preview(officer, "projects", stage="leased", **NEWER, **keys(project))
    SecondaryProjectFactory(cluster=cluster, land_ha=Decimal("7"))
    page = bulk(officer, "projects", "write", seal=seal)
    assert [refusal.row for refusal in page.context["outcome"].refused] == [project]


def test_the_industry_of_many_projects_is_set_by_its_code(officer):
    projects = SecondaryProjectFactory.create_batch(2, cluster=ClusterFactory())
    line = industry()
    _plan, seal = preview(
        officer, "projects", industry=f"{line.code} {line.name} (VSIC 2018)", **keys(*projects)
    )
    bulk(officer, "projects", "write", seal=seal)
    assert set(SecondaryProject.objects.order_by("pk").values_list("industry_id", flat=True)) == {line.pk}


def test_too_many_rows_none_or_a_mistaken_filter_lead_back_to_the_list(officer, monkeypatch):
    PlotFactory.create_batch(3, cluster=ClusterFactory())
    for query, data in (("", {}), ("area_from=abc", {"scope": "all"}), ("", {"row": ["abc", "999999"]})):
        answer = bulk(officer, "plots", "choose", query, **data)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("registry:plot_list"))
    monkeypatch.setattr("clusters.views.workplace.bulk.MAX_BULK_ROWS", 2)
    assert bulk(officer, "plots", "choose", scope="all").status_code == 302


def test_the_values_typed_are_found_again_when_correcting_them(officer):
    page = bulk(officer, "plots", "choose", status="reserved", **NEWER, **keys(PlotFactory()))
    assert page.context["form"]["status"].value() == "reserved"


def test_a_hundred_rows_cost_the_queries_of_two(officer):
    cluster = ClusterFactory()
    counts = []
    for size in (2, 100):
        plots = PlotFactory.create_batch(size, cluster=cluster)
        bulk(officer, "plots", "choose", **keys(*plots))
        with CaptureQueriesContext(connection) as queries:
            _plan, seal = preview(officer, "plots", status="reserved", **NEWER, **keys(*plots))
            bulk(officer, "plots", "write", seal=seal)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24
