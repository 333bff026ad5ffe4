"""A square to begin drawing with, where no boundary is known."""

from decimal import Decimal
from math import sqrt
from typing import Any

from clusters.boundaries.geometry import HECTARE_M2, geometry_of
from clusters.mapping import point_of
from clusters.models import Cluster
from places.vn2000 import from_wgs84, meridians_for, to_wgs84

#: The area of the square where no area is recorded.
DEFAULT_HA = 50.0


def starting_square(cluster: Cluster, area_ha: Decimal | None) -> dict[str, Any] | None:
    """Return a square of the area on paper around the cluster's point, or None where no point is known."""
    point = point_of(cluster)
    if point is None:
        return None
    meridian = meridians_for(cluster.province.code)[0].degrees
    north, east = from_wgs84(point[0], point[1], meridian)
    half = sqrt(float(area_ha or DEFAULT_HA) * HECTARE_M2) / 2
    corners = [(-half, -half), (-half, half), (half, half), (half, -half)]
    return geometry_of([[to_wgs84(north + up, east + right, meridian) for up, right in corners]])
