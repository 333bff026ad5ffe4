"""Plots: the page of one, and all plots of a cluster held against its industrial land."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.choices import PlotStatus
from clusters.forms.records.plots import PlotForm
from clusters.models import Cluster, Plot
from clusters.views.records.parents import CLUSTER
from clusters.views.records.screens import RecordScreen, Words
from core.templatetags.portal import NO_FIGURE, ha

PLOT = RecordScreen(
    name="plot",
    path="plots",
    list_name="plot_list",
    anchor="plots",
    model=Plot,
    form=PlotForm,
    parent=CLUSTER,
    words=Words(_("Plot"), _("Plots"), _("New plot")),
    joins=("cluster",),
    title=lambda plot: gettext("Plot %(code)s") % {"code": plot.code},
    page_template="clusters/records/plot.html",
    around=lambda plot, request: {
        "projects": list(plot.projects.select_related("investor").order_by("sort_key", "pk"))
    },
)


@requires(Function.VIEW_REGISTRY)
def cluster_plots(request: HttpRequest, code: str) -> HttpResponse:
    """Show every plot of a cluster with the sums by status, and what of the industrial land they cover."""
    cluster = CLUSTER.find(request.user, Function.VIEW_REGISTRY, {"code": code})
    plots = list(Plot.objects.filter(cluster=cluster).prefetch_related("projects").order_by("code", "pk"))
    context = {
        "cluster": cluster,
        "plots": plots,
        "sums": sums_of(cluster, plots),
        "breadcrumbs": [*CLUSTER.crumbs(cluster), (_("Plots"), "")],
        "writes_here": Cluster.objects.visible_to(request.user, Function.EDIT_REGISTRY)
        .filter(pk=cluster.pk)
        .exists(),
    }
    return render(request, "clusters/records/cluster_plots.html", context)


def sums_of(cluster: Cluster, plots: list[Plot]) -> list[dict[str, Any]]:
    """Return hectares by status, of all plots, of the industrial land, and the difference, each with its label."""
    total = sum((plot.area_ha for plot in plots), Decimal(0))
    rows: list[dict[str, Any]] = []
    for status in PlotStatus:
        areas = [plot.area_ha for plot in plots if plot.status == status]
        if areas:
            rows.append({"label": status.label, "count": len(areas), "value": ha(sum(areas, Decimal(0)))})
    rows.append({"label": _("all plots"), "count": len(plots), "value": ha(total)})
    land = cluster.industrial_land_ha
    rows.append({"label": _("industrial land"), "count": None, "value": ha(land)})
    rows.append(
        {
            "label": _("industrial land less plots"),
            "count": None,
            "value": ha(land - total) if land is not None else NO_FIGURE,
            "is_short": land is not None and total > land,
        }
    )
    return rows
