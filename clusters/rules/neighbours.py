"""Find clusters whose boundary touches another's."""

from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from clusters.models import Cluster, PlannedCluster

#: About ten metres in degrees: boundaries drawn from two maps never meet exactly.
TOLERANCE = 0.0001


def neighbours_of(cluster: Cluster, boundary: dict[str, Any] | None) -> tuple[tuple[str, bool], ...]:
    """Return the names of clusters of the province that touch the boundary, and whether a link is recorded."""
    own = _geometry(boundary)
    if own is None:
        return ()
    touching = []
    others = (
        Cluster.objects.filter(province_id=cluster.province_id, boundary__isnull=False)
        .exclude(pk=cluster.pk)
        .order_by("sort_key", "pk")
        .values_list("pk", "name", "boundary")
    )
    for pk, name, drawn in others:
        other = _geometry(drawn)
        if other is not None and own.distance(other) <= TOLERANCE:
            touching.append((pk, name))
    if not touching:
        return ()
    linked = set(
        PlannedCluster.objects.filter(cluster=cluster, linked_to__cluster__isnull=False)
        .order_by()
        .values_list("linked_to__cluster_id", flat=True)
    )
    return tuple((name, pk in linked) for pk, name in touching)


def _geometry(boundary: dict[str, Any] | None) -> BaseGeometry | None:
    """Return a geometry to measure with, or None for what is no polygon; mended where lines cross."""
    if not boundary:
        return None
    try:
        geometry = shape(boundary)
        return geometry if geometry.is_valid else geometry.buffer(0)
    except (ShapelyError, ValueError, KeyError, TypeError, AttributeError):
        return None
