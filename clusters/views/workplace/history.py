"""Who changed what of a cluster and of the rows that belong to it, when and why."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import requires
from accounts.roles import Function
from clusters.models import (
    Cluster,
    InfrastructureProject,
    Inspection,
    LandClearance,
    Milestone,
    Observation,
    Obstacle,
    PlannedCluster,
    Plot,
    SecondaryProject,
    SharedWork,
    WastewaterPlant,
)
from clusters.views.workplace.access import cluster_for
from core.changes import Change, changes_where

#: What belongs to a cluster and .
PARTS = (
    Observation,
    InfrastructureProject,
    SharedWork,
    WastewaterPlant,
    LandClearance,
    Milestone,
    Obstacle,
    Plot,
    SecondaryProject,
    Inspection,
    PlannedCluster,
)
PER_PAGE = 30
LONGEST = 2000


@dataclass(frozen=True)
class Entry:
    """A change and the record it was made to."""

    kind: Any
    key: int
    change: Change


@requires(Function.VIEW_HISTORY)
def show_history(request: HttpRequest, code: str) -> HttpResponse:
    """Show the changes of the cluster and of its rows, the newest first, of one kind of record if asked."""
    cluster = cluster_for(request.user, code, Function.VIEW_HISTORY)
    kinds = {model._meta.model_name: model for model in (Cluster, *PARTS)}
    asked = request.GET.get("of", "")
    models = [kinds[asked]] if asked in kinds else list(kinds.values())
    page = Paginator(entries_of(cluster, models), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "clusters/registry/cluster_history.html",
        {
            "cluster": cluster,
            "page": page,
            "kinds": [(name, model._meta.verbose_name, name == asked) for name, model in kinds.items()],
            "asked": asked,
            "longest": LONGEST,
        },
    )


def entries_of(cluster: Cluster, models: list[Any]) -> list[Entry]:
    """Return the changes of the cluster's rows of these kinds, the newest first."""
    entries = []
    for model in models:
        condition = {"pgh_obj_id": cluster.pk} if model is Cluster else {"cluster_id": cluster.pk}
        for key, change in changes_where(model, **condition):
            entries.append(Entry(model._meta.verbose_name, key, change))
    entries.sort(key=lambda entry: entry.change.when, reverse=True)
    return list(islice(entries, LONGEST))
