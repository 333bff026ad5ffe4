"""The boundary of a cluster: what is recorded, bringing another one, correcting it, recording it.

A boundary is a legal fact. Everything up to the last step happens to a draft in the person's session.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.permissions import requires
from accounts.roles import Function
from clusters.boundaries.checks import BoundaryCheck, check_boundary
from clusters.boundaries.drafts import (
    Draft,
    drawn_draft,
    drop_draft,
    load_draft,
    polygon_from_map,
    save_draft,
)
from clusters.boundaries.geometry import rings_of
from clusters.boundaries.readings import meridian_label, reading_of
from clusters.boundaries.squares import starting_square
from clusters.boundaries.vertices import EditError, edited_rings, vertex_rows
from clusters.forms.boundary import BoundaryReadForm, meridian_choices
from clusters.mapping import AREA_TOLERANCE, MAP_ATTRIBUTION
from clusters.models import Cluster, Decision
from clusters.rules.neighbours import Neighbour, neighbours_around
from clusters.services.replay import facts_on
from clusters.views.public.boundary_files import boundary_response
from clusters.views.workplace.access import allowed_here, cluster_for
from places.vn2000 import meridians_for, national_meridians

#: Clusters this near (degrees, about 5 km) are drawn around the boundary.
_AROUND = 0.05


@requires(Function.VIEW_REGISTRY)
def show_boundary(request: HttpRequest, code: str) -> HttpResponse:
    """Show the recorded boundary with its source and findings, and take a file or pasted points."""
    cluster = cluster_for(request.user, code)
    form = BoundaryReadForm(cluster=cluster)
    if request.method == "POST":
        form = BoundaryReadForm(request.POST, request.FILES, cluster=cluster)
        if form.is_valid() and form.draft is not None:
            save_draft(request.session, cluster, form.draft)
            return redirect("registry:boundary_draft", code=cluster.code)
    facts = facts_on(cluster)
    check = None
    if facts.boundary:
        check = check_boundary(cluster, reading_of(rings_of(facts.boundary)), paper_ha=facts.area_ha)
    context = {
        "cluster": cluster,
        "form": form,
        "check": check,
        "source": facts.source_of("boundary"),
        "paper_ha": facts.area_ha,
        "draft": load_draft(request.session, cluster),
        "meridians": _own_meridians(cluster),
        "former": Decision.objects.filter(cluster=cluster, sets_boundary__isnull=False)
        .select_related("corrected_by")
        .order_by("-effective_on", "-pk"),
        "allowed": allowed_here(request.user, cluster),
        "tolerance": AREA_TOLERANCE * 100,
        "map_attribution": MAP_ATTRIBUTION,
        "drawing": _drawing(cluster, check, current=facts.boundary, editable=False),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clusters/boundaries/boundary.html", context, status=status)


@requires(Function.VIEW_REGISTRY)
@require_POST
def start_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft from the recorded boundary, or from a square of the right size where none is recorded."""
    cluster = cluster_for(request.user, code)
    facts = facts_on(cluster)
    if request.POST.get("from") == "current" and facts.boundary:
        draft = drawn_draft(cluster, facts.boundary, origin=_("the recorded boundary"))
    else:
        square = starting_square(cluster, facts.area_ha)
        if square is None:
            messages.error(
                request,
                _("Neither the cluster nor its commune has a position. Enter one in the details first."),
            )
            return redirect("registry:boundary", code=cluster.code)
        draft = drawn_draft(cluster, square, origin=_("drawn on the map"))
    save_draft(request.session, cluster, draft)
    return redirect("registry:boundary_draft", code=cluster.code)


@requires(Function.VIEW_REGISTRY)
def edit_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the draft on the map and as a table with all findings, and take each change of either."""
    cluster = cluster_for(request.user, code)
    draft = load_draft(request.session, cluster)
    if draft is None:
        return _lead_to_recorded(request, cluster)
    problems: list[str] = []
    if request.method == "POST":
        if request.POST.get("op") == "discard":
            drop_draft(request.session, cluster)
            messages.success(request, _("The draft was thrown away. Nothing was recorded."))
            return _lead_to_recorded(request, cluster)
        try:
            draft = _changed(draft, request)
            save_draft(request.session, cluster, draft)
        except EditError as error:
            problems = error.messages
        if not problems and not request.htmx:
            return redirect("registry:boundary_draft", code=cluster.code)
    context = draft_context(request, cluster, draft) | {"problems": problems}
    template = "clusters/boundaries/draft_panel.html" if request.htmx else "clusters/boundaries/draft.html"
    # A panel with mistakes is swapped in like any other: the points stay as they were.
    return render(request, template, context, status=422 if problems and not request.htmx else 200)


@requires(Function.VIEW_REGISTRY)
@require_safe
def download_boundary(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Send the recorded boundary as a file to whoever may see the registry where the cluster lies."""
    return boundary_response(request, cluster_for(request.user, code), kind)


def draft_context(request: HttpRequest, cluster: Cluster, draft: Draft) -> dict[str, Any]:
    """Return what the page of a draft shows."""
    facts = facts_on(cluster)
    check = check_boundary(cluster, draft.reading, paper_ha=facts.area_ha)
    return {
        "cluster": cluster,
        "draft": draft,
        "check": check,
        "rings": vertex_rows(draft) if check.geometry is not None or draft.reading.in_metres else [],
        "meridian_label": meridian_label(draft.meridian),
        "meridian_choices": meridian_choices(cluster.province.code),
        "meridian_value": f"{draft.meridian:g}",
        "tolerance": AREA_TOLERANCE * 100,
        "allowed": allowed_here(request.user, cluster),
        "map_attribution": MAP_ATTRIBUTION,
        "drawing": _drawing(cluster, check, current=facts.boundary, editable=True),
    }


def checked_draft(request: HttpRequest, cluster: Cluster) -> BoundaryCheck:
    """Return the findings about the draft; raise Http404 when there is none."""
    draft = load_draft(request.session, cluster)
    if draft is None:
        raise Http404
    return check_boundary(cluster, draft.reading, paper_ha=facts_on(cluster).area_ha)


def _lead_to_recorded(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Leave the page of the draft, also where only its panel was asked for."""
    address = reverse("registry:boundary", args=[cluster.code])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _changed(draft: Draft, request: HttpRequest) -> Draft:
    """Return the draft after what was asked; raise EditError for what cannot be read."""
    op, _colon, detail = request.POST.get("op", "table").partition(" ")
    if op == "map":
        try:
            geometry = polygon_from_map(json.loads(request.POST.get("geometry", "")))
        except (json.JSONDecodeError, RecursionError):
            geometry = None
        if geometry is None:
            raise EditError([_("The map sent no polygon. Load the page again.")])
        return draft.with_geometry(geometry)
    if op == "use":
        return draft.with_meaning(detail)
    if op == "mend":
        return draft.mended()
    if op == "meridian":
        try:
            meridian = float(request.POST.get("meridian", ""))
        except ValueError:
            meridian = 0
        if meridian not in national_meridians():
            raise EditError([_("Choose a central meridian of the list.")])
        return draft.read_with(meridian)
    return draft.with_table(edited_rings(request.POST, op, detail))


def _drawing(
    cluster: Cluster, check: BoundaryCheck | None, *, current: dict[str, Any] | None, editable: bool
) -> dict[str, Any]:
    """Return what the map draws: the draft or nothing, the recorded boundary, its neighbours, places of findings."""
    geometry = check.geometry if check else None
    around: tuple[Neighbour, ...] = neighbours_around(cluster, geometry, _AROUND) if geometry else ()
    return {
        "draft": geometry if editable else None,
        "current": current,
        "neighbours": [
            {"name": one.name, "boundary": one.boundary, "overlap": one.overlap if one.overlaps else None}
            for one in around
        ],
        "places": [
            {"at": [latitude, longitude], "level": finding.level, "text": finding.sentence}
            for finding in (check.findings if check else ())
            for longitude, latitude in finding.points
        ],
    }


def _own_meridians(cluster: Cluster) -> list[tuple[str, str]]:
    return [
        (f"{item.degrees:g}", meridian_label(item.degrees)) for item in meridians_for(cluster.province.code)
    ]
