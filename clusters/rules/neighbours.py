"""Find clusters whose boundary touches or overlaps another's."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from clusters.boundaries.geometry import area_ha, to_solid
from clusters.models import Cluster, PlannedCluster

#: About ten metres in degrees: boundaries drawn from two maps never meet exactly.
TOLERANCE = 0.0001
#: Less common ground than this (ha) is the width of a pen, not an overlap.
SMALLEST_OVERLAP_HA = Decimal("0.01")


@dataclass(frozen=True)
class Neighbour:
    """A cluster that touches a boundary: whether a link is recorded, how much ground both claim (ha), and where."""

    code: str
    name: str
    linked: bool
    overlap_ha: Decimal
    overlap: dict[str, Any] | None
    boundary: dict[str, Any]

    @property
    def overlaps(self) -> bool:
        """Whether both claim ground, by more than the width of a pen."""
        return self.overlap_ha >= SMALLEST_OVERLAP_HA


def neighbours_around(
    cluster: Cluster, boundary: dict[str, Any] | None, within: float = TOLERANCE
) -> tuple[Neighbour, ...]:
    """Return the clusters of the province whose boundary comes ``within`` so many degrees of this one."""
    own = _solid(boundary)
    if own is None:
        return ()
    found = []
    others = (
        Cluster.objects.filter(province_id=cluster.province_id, boundary__isnull=False)
        .exclude(pk=cluster.pk)
        .order_by("sort_key", "pk")
        .values_list("pk", "code", "name", "boundary")
    )
    for pk, code, name, drawn in others:
        other = _solid(drawn)
        if other is not None and own.distance(other) <= within:
            found.append((pk, code, name, drawn, own.intersection(other)))
    if not found:
        return ()
    linked = set(
        PlannedCluster.objects.filter(cluster=cluster, linked_to__cluster__isnull=False)
        .order_by()
        .values_list("linked_to__cluster_id", flat=True)
    )
    return tuple(
        Neighbour(
            code,
            name,
            pk in linked,
            Decimal(str(area_ha(common))).quantize(Decimal("0.01")) if common.area else Decimal(0),
            mapping(common) if common.area else None,
            drawn or {},
        )
        for pk, code, name, drawn, common in found
    )


def neighbours_of(cluster: Cluster, boundary: dict[str, Any] | None) -> tuple[tuple[str, bool], ...]:
    """Return the names of clusters of the province that touch the boundary, and whether a link is recorded."""
    return tuple((one.name, one.linked) for one in neighbours_around(cluster, boundary))


def _solid(boundary: dict[str, Any] | None) -> BaseGeometry | None:
    try:
        return to_solid(boundary)
    except ShapelyError:
        return None
