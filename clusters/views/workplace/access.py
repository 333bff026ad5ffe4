"""Which cluster an officer works on, and what they may do with it."""

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.models import Cluster, Figures


def cluster_for(user: Any, code: str, function: Function = Function.VIEW_REGISTRY) -> Cluster:
    """Return the cluster with the code if it lies where the person has the function; raise Http404 otherwise."""
    clusters = Cluster.objects.visible_to(user, function)
    return get_object_or_404(clusters.select_related("province", "commune", "investor", "figures"), code=code)


def figures_of(cluster: Cluster) -> Figures:
    """Return the cluster's stored figures; a cluster opened a moment ago has none, and all are unknown."""
    return getattr(cluster, "figures", None) or Figures(cluster=cluster)


def allowed_here(user: Any, cluster: Cluster) -> dict[str, bool]:
    """Return, by the value of each function, whether the person has it where the cluster lies."""
    other_communes: set[int] | None = None
    allowed = {}
    for function in Function:
        scope = scope_of(user, function)
        allowed[function.value] = scope.covers(province_id=cluster.province_id, commune_id=cluster.commune_id)
        if not allowed[function.value] and scope.commune_ids:
            if other_communes is None:
                other_communes = set(cluster.other_communes.order_by().values_list("pk", flat=True))
            allowed[function.value] = bool(scope.commune_ids & other_communes)
    return allowed
