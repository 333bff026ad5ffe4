"""The page of one cluster: everything the registry knows, with the source of each fact."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.checklists import check_rows
from clusters.forms.observations import ObservationForm
from clusters.models import Cluster
from clusters.rules import cluster_checklist
from clusters.views.workplace.access import allowed_here, cluster_for, figures_of
from clusters.views.workplace.parts import ClusterParts
from clusters.views.workplace.past import DayForm

#: Sections of the page in the order of an officer's questions: what is it by law, how full, how far, who is there.
SECTIONS = [
    ("facts", _("Legal facts")),
    ("decisions", _("Decisions")),
    ("occupancy", _("Occupancy")),
    ("figures", _("Moving figures")),
    ("progress", _("Progress")),
    ("infrastructure", _("Infrastructure")),
    ("plots", _("Plots")),
    ("projects", _("Secondary projects")),
    ("inspections", _("Inspections")),
    ("plan", _("Development plan")),
    ("rules", _("Rule check")),
    ("past", _("State on a day")),
]


def page_context(request: HttpRequest, cluster: Cluster) -> dict[str, Any]:
    """Return what the page and the parts of it that htmx swaps need."""
    return {
        "cluster": cluster,
        "parts": ClusterParts(cluster, figures_of(cluster)),
        "allowed": allowed_here(request.user, cluster),
        "today": timezone.localdate(),
    }


@requires(Function.VIEW_REGISTRY)
def show_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything about a cluster on one page."""
    cluster = cluster_for(request.user, code)
    context = page_context(request, cluster)
    checklist = cluster_checklist(cluster)
    context |= {
        "sections": SECTIONS,
        "regime": checklist.regime,
        "rule_rows": check_rows(checklist),
        "day_form": DayForm(),
        "day": None,
        "other_communes": list(cluster.other_communes.order_by("sort_key", "pk")),
        "observation_form": ObservationForm.for_person(request, cluster),
        "saved": None,
    }
    return render(request, "clusters/registry/cluster.html", context)
