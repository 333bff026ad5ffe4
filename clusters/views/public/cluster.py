"""The page of one cluster: every legal fact with its decision, every moving figure with its source and date."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusters.choices import InvestorKind, PlotStatus, ProjectStage
from clusters.land import with_free_land
from clusters.mapping import AREA_TOLERANCE, MAP_ATTRIBUTION, boundary_area_ha, differs, place_name
from clusters.models import Cluster, Decision, Investor, Plot, SecondaryProject, WastewaterPlant
from clusters.occupancy import occupancy_rates
from clusters.services.figures import figures_on
from clusters.services.replay import ClusterFacts, replay
from clusters.stages import tone_of
from clusters.staleness import is_stale
from clusters.views.public.facts import change_lines, fact_lines
from clusters.views.public.figures import explain, figure_lines, newest_sources
from clusters.views.public.provenance import paper_of, source_of


@require_safe
def cluster_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the cluster as it stands, or on the past day that ``?on=`` (yyyy-mm-dd) names."""
    rows = Cluster.objects.visible_to(request.user).select_related(
        "province", "commune__province", "investor", "figures"
    )
    cluster = get_object_or_404(with_free_land(rows), code=code)
    today = timezone.localdate()
    asked = _day(request.GET.get("on", ""))
    day = asked if asked and asked < today else None
    decisions = list(
        Decision.objects.visible_to(request.user)
        .filter(cluster=cluster)
        .standing()
        .in_replay_order()
        .select_related("sets_commune__province", "sets_investor")
    )
    known = [decision for decision in decisions if day is None or decision.effective_on <= day]
    facts = replay(known)
    context = {
        "cluster": cluster,
        "day": day,
        "day_refused": bool(request.GET.get("on")) and day is None and asked != today,
        "today": today,
        "first_day": decisions[0].effective_on if decisions else None,
        "facts": facts,
        "breadcrumbs": _breadcrumbs(cluster),
        "place": place_name(cluster),
        "papers_place": _papers_place(cluster, known),
    }
    if day is None or facts.exist:
        context |= _state(request, cluster, facts, day, today)
        context["timeline"] = [_timeline_entry(decision) for decision in reversed(known)]
    if day is None:
        context |= _inside(request, cluster)
    return render(request, "clusters/public/cluster.html", context)


def _state(
    request: HttpRequest, cluster: Cluster, facts: ClusterFacts, day: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """Return facts, figures and rates of the day."""
    reference, place = day or today, cluster.province_id
    land = facts.industrial_land_ha
    figures = figures_on(cluster, reference, land)
    sources = newest_sources(request.user, cluster, reference)
    drawn = boundary_area_ha(facts.boundary)
    lines = figure_lines(figures, sources, reference, cluster.province_id)
    return {
        "stage_label": _stage_label(facts, cluster),
        "stage_tone": tone_of(facts.stage or cluster.stage),
        "fact_lines": fact_lines(facts),
        "figure_lines": lines,
        "figures_known": any(line.is_known for line in lines),
        "rates": [
            {"rate": rate, "why": explain(rate, land), "stale": is_stale(rate.as_of, place, on=reference)}
            for rate in occupancy_rates(figures, land)
        ],
        "boundary": bool(facts.boundary),
        "drawn_ha": drawn,
        "drawn_differs": differs(drawn, facts.area_ha),
        "tolerance": AREA_TOLERANCE * 100,
    }


def _inside(request: HttpRequest, cluster: Cluster) -> dict[str, Any]:
    """Return what stands in the cluster today; plots and works have no dated states of the past."""
    user, place = request.user, cluster.province_id
    plots = list(Plot.objects.visible_to(user).filter(cluster=cluster).order_by("code", "pk"))
    order = [PlotStatus.FREE, PlotStatus.RESERVED, PlotStatus.LEASED, PlotStatus.NOT_CLEARED]
    plots.sort(key=lambda plot: order.index(PlotStatus(plot.status)))
    plant = WastewaterPlant.objects.visible_to(user).filter(cluster=cluster).first()
    return {
        "plots": [
            {"plot": plot, "source": source_of(plot), "stale": is_stale(plot.as_of, place)} for plot in plots
        ],
        "projects": [
            {
                "project": project,
                "investor": public_name(project.investor),
                "source": source_of(project),
                "stale": is_stale(project.as_of, place),
            }
            for project in _projects(user, cluster)
        ],
        "works": [
            {"work": work, "source": source_of(work), "stale": is_stale(work.as_of, place)}
            for work in cluster.works.all()
        ],
        "plant": plant
        and {"plant": plant, "source": source_of(plant), "stale": is_stale(plant.as_of, place)},
        "free_stale": is_stale(cluster.free_as_of, place),
        "contact": _contact(cluster.investor),
        "map_attribution": MAP_ATTRIBUTION,
        "points_url": reverse("cluster_geojson", args=[cluster.code]),
    }


def _projects(user: Any, cluster: Cluster) -> QuerySet[SecondaryProject]:
    return (
        SecondaryProject.objects.visible_to(user)
        .filter(cluster=cluster)
        .exclude(stage=ProjectStage.ENDED)
        .select_related("industry", "investor")
        .order_by("sort_key", "pk")
    )


def public_name(investor: Investor) -> str:
    """Return the name the public may read: a household business is a person and stays unnamed."""
    if investor.kind == InvestorKind.HOUSEHOLD:
        return str(investor.get_kind_display())
    return investor.name


def _contact(investor: Investor | None) -> list[tuple[str, str]]:
    """Return the organisation's data; people's names are not among them."""
    if investor is None or investor.kind == InvestorKind.HOUSEHOLD:
        return []
    lines = [
        (_("Organisation"), investor.name),
        (_("Kind of organisation"), str(investor.get_kind_display())),
        (_("Tax code"), investor.tax_code),
        (_("Address"), investor.address),
        (_("Telephone"), investor.phone),
        (_("E-mail"), investor.email),
    ]
    return [(label, value) for label, value in lines if value]


def _timeline_entry(decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision,
        "source": source_of(decision),
        "paper": paper_of(decision) if decision.number else "",
        "changes": change_lines(decision),
    }


def _papers_place(cluster: Cluster, decisions: list[Decision]) -> str:
    """Return the place as the first paper names it; nothing where that is its name of today."""
    named = [decision.place_as_issued for decision in decisions if decision.place_as_issued]
    place = named[0] if named else cluster.place_as_recorded
    same = cluster.commune is not None and place.casefold() == cluster.commune.full_name_vi.casefold()
    return "" if same else place


def _stage_label(facts: ClusterFacts, cluster: Cluster) -> str:
    return str(type(cluster)(stage=facts.stage or cluster.stage).get_stage_display())


def _breadcrumbs(cluster: Cluster) -> list[tuple[str, str]]:
    directory = reverse("directory")
    return [
        (_("Home"), reverse("home")),
        (_("Cluster directory"), directory),
        (cluster.province.name, f"{directory}?province={cluster.province.code}"),
        (cluster.name, ""),
    ]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
