"""Clusters on a map: a point for each, and how far it can be trusted; the boundary and its own area.

A position the authority gave is exact. Elsewhere the point of the commune stands in, and the map draws it as
approximate. Longitude and latitude are WGS84 degrees, in the order of GeoJSON.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy
from pyproj import Geod
from shapely.errors import ShapelyError
from shapely.geometry import shape

from clusters.models import Cluster
from clusters.stages import tone_of

#: The line on every map whose ground is ``static/geo/provinces.json``.
MAP_ATTRIBUTION = gettext_lazy(
    "Province boundaries: thanglequoc/vietnamese-provinces-database (MIT), after the state map publisher; simplified"
)
_WGS84 = Geod(ellps="WGS84")
_HECTARE_M2 = 10_000
#: A drawn boundary this much off the registered area (share of it) is worth a word. The law sets no such number:
#: it is a setting of the portal, and named as such wherever it is used.
AREA_TOLERANCE = Decimal(str(settings.BOUNDARY_AREA_TOLERANCE_PERCENT)) / 100


def point_of(cluster: Cluster) -> tuple[float, float, bool] | None:
    """Return longitude, latitude and whether the position is exact; None where nothing is known."""
    if cluster.longitude is not None and cluster.latitude is not None:
        return cluster.longitude, cluster.latitude, cluster.position_is_exact
    commune = cluster.commune
    if commune is None or commune.longitude is None or commune.latitude is None:
        return None
    return commune.longitude, commune.latitude, False


def as_features(clusters: Iterable[Cluster]) -> list[dict[str, Any]]:
    """Return GeoJSON features of the clusters that have a place on the map; ``province``, ``commune`` joined."""
    features = []
    for cluster in clusters:
        point = point_of(cluster)
        if point is None:
            continue
        longitude, latitude, exact = point
        properties = {
            "name": cluster.name,
            "url": cluster.get_absolute_url(),
            "tone": tone_of(cluster.stage),
            "approximate": not exact,
            "facts": [
                [gettext("Stage"), cluster.get_stage_display()],
                [gettext("Place"), place_name(cluster)],
                [
                    gettext("Position"),
                    gettext("exact") if exact else gettext("approximate, the commune's point"),
                ],
            ],
        }
        features.append(
            {
                "type": "Feature",
                "id": cluster.code,
                "properties": properties,
                "geometry": {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]},
            }
        )
    return features


def boundary_feature(cluster: Cluster, *, official: bool) -> dict[str, Any]:
    """Return the boundary as a GeoJSON feature; one that is not an authority's own is drawn as approximate."""
    facts = [
        [
            gettext("Boundary"),
            gettext("as the authority published it") if official else gettext("approximate"),
        ]
    ]
    if cluster.boundary_source:
        facts.append([gettext("Source"), cluster.boundary_source])
    return {
        "type": "Feature",
        "id": cluster.code,
        "properties": {"name": cluster.name, "approximate": not official, "facts": facts},
        "geometry": cluster.boundary,
    }


def place_name(cluster: Cluster) -> str:
    """Return the commune and province of today, or the province where the commune is not known."""
    units = [cluster.commune, cluster.province] if cluster.commune else [cluster.province]
    return ", ".join(unit.full_name for unit in units)


def boundary_area_ha(geometry: dict[str, Any] | None) -> Decimal | None:
    """Return the area (ha) inside a GeoJSON boundary on the ellipsoid; None where it cannot be measured."""
    if not geometry:
        return None
    try:
        drawn = shape(geometry)
    except (ShapelyError, KeyError, TypeError, ValueError):
        return None
    if drawn.is_empty or not drawn.is_valid:
        return None
    area, _perimeter = _WGS84.geometry_area_perimeter(drawn)
    return (Decimal(str(abs(area))) / _HECTARE_M2).quantize(Decimal("0.01"))


def differs(measured_ha: Decimal | None, registered_ha: Decimal | None) -> bool:
    """Say whether a measured area is off the registered one by more than the tolerance."""
    if measured_ha is None or not registered_ha:
        return False
    return abs(measured_ha - registered_ha) > registered_ha * AREA_TOLERANCE
