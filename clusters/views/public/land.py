"""Find land: clusters with free land, the largest first, with how old the news of it is."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from clusters.filters.land import LandFilter
from clusters.land import lettable, with_free_land
from clusters.mapping import place_name
from clusters.models import Cluster, Plot
from clusters.staleness import is_stale
from clusters.views.public.former import former_places
from core.lists.conditions import conditions_in_force

_PER_PAGE = 20


@require_safe
def vacant_land(request: HttpRequest) -> HttpResponse:
    """Show the land that is free; clusters nobody reported on are counted, not shown as empty or full."""
    visible = Cluster.objects.visible_to(request.user).with_listing()
    filters = LandFilter(request.GET, queryset=with_free_land(lettable(visible)), request=request)
    matching = filters.qs
    rows = (
        matching.filter(free_ha__gt=0)
        .prefetch_related(
            Prefetch("plots", Plot.objects.free().order_by("-area_ha", "code", "pk"), to_attr="free_plots")
        )
        .order_by(F(_size(filters)).desc(nulls_last=True), "sort_key", "pk")
    )
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": filters,
        "page": page,
        "lines": [_line(cluster) for cluster in page],
        "total": page.paginator.count,
        # They may have land: whoever asks is told of them instead of being shown them as full.
        "unknown": filters.fitting.filter(free_ha__isnull=True).count(),
        "conditions": conditions_in_force(filters, request),
        "places": former_places(request),
    }
    fragment = request.htmx.target == "list" and not request.htmx.history_restore_request
    template = "clusters/public/land_results.html" if fragment else "clusters/public/land.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _size(filters: LandFilter) -> str:
    in_one = filters.form.is_valid() and filters.form.cleaned_data.get("in_one_plot")
    return "largest_plot_ha" if in_one else "free_ha"


def _line(cluster: Cluster) -> dict[str, Any]:
    return {
        "cluster": cluster,
        "place": place_name(cluster),
        "stale": is_stale(cluster.free_as_of, cluster.province_id),
        "plots": [(plot, is_stale(plot.as_of, cluster.province_id)) for plot in cluster.free_plots],
    }
