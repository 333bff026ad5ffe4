"""Rings, polygons and GeoJSON: building, measuring, finding where lines cross, mending."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyproj import Geod
from shapely import make_valid
from shapely.errors import ShapelyError
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

Pair = tuple[float, float]
Ring = list[Pair]

WGS84 = Geod(ellps="WGS84")
HECTARE_M2 = 10_000
#: Digits of a degree that are kept: a tenth of a millimetre on the ground.
DIGITS = 9
#: A part or hole smaller than this (ha) is a slip of the pen rather than land.
SMALLEST_PART_HA = 0.01
#: Lines cross where they come nearer than this (degrees, about a tenth of a millimetre).
_TOUCH = 1e-9


@dataclass(frozen=True)
class Crossing:
    """Where two sides of a ring meet that should not: the place, and the sides by their first points (from 1)."""

    longitude: float
    latitude: float
    ring: int
    sides: tuple[tuple[int, int], ...]


def geometry_of(rings: Sequence[Ring]) -> dict[str, Any]:
    """Return rings in degrees as GeoJSON; a ring inside another one is its hole, whatever the order."""
    outlines = [_solid(ring) for ring in rings]
    inside = [
        [
            other
            for other, outline in enumerate(outlines)
            if other != index and _lies_in(outlines[index], outline)
        ]
        for index in range(len(rings))
    ]
    shells = [index for index, around in enumerate(inside) if len(around) % 2 == 0]
    polygons = []
    for shell in shells:
        depth = len(inside[shell])
        holes = [
            index
            for index, around in enumerate(inside)
            if shell in around and len(around) == depth + 1 and index not in shells
        ]
        polygons.append([_closed(rings[shell]), *(_closed(rings[hole]) for hole in holes)])
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    """Return the rings of a GeoJSON polygon in degrees, each without its closing point; outlines before holes."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [open_ring([(pair[0], pair[1]) for pair in ring]) for polygon in polygons for ring in polygon]


def open_ring(points: Iterable[Pair]) -> Ring:
    """Return the points without repeated neighbours and without the closing point."""
    ring: Ring = []
    for point in points:
        if not ring or point != ring[-1]:
            ring.append(point)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return ring


def to_shape(geometry: dict[str, Any] | None) -> BaseGeometry | None:
    """Return a geometry to measure with, or None for what is no polygon."""
    if not geometry:
        return None
    try:
        made = shape(geometry)
    except (ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None
    return made if made.geom_type in ("Polygon", "MultiPolygon") and not made.is_empty else None


def to_solid(geometry: dict[str, Any] | None) -> BaseGeometry | None:
    """Return a valid geometry, mended where lines cross, or None for what is no polygon."""
    made = to_shape(geometry)
    return made if made is None or made.is_valid else _polygons_in(make_valid(made, method="structure"))


def tidy(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a valid geometry as GeoJSON asks for it: outlines anticlockwise, a tenth of a millimetre."""
    made = shape(geometry)
    parts = [orient(part) for part in getattr(made, "geoms", [made])]
    return _rounded(parts[0] if len(parts) == 1 else MultiPolygon(parts))


def mended(geometry: dict[str, Any]) -> dict[str, Any] | None:
    """Return the geometry with its crossings resolved, without the slivers this leaves; None if nothing is left."""
    made = to_solid(geometry)
    if made is None or made.is_empty:
        return None
    parts = list(getattr(made, "geoms", [made]))
    large = [part for part in parts if area_ha(part) >= SMALLEST_PART_HA] or parts
    return tidy(mapping(large[0] if len(large) == 1 else MultiPolygon(large)))


def area_ha(made: BaseGeometry) -> float:
    """Return the area on the ellipsoid (ha)."""
    area, _perimeter = WGS84.geometry_area_perimeter(made)
    # Rings drawn clockwise come out negative.
    return abs(area) / HECTARE_M2


def length_m(made: BaseGeometry) -> float:
    """Return the length of all rings on the ellipsoid (m)."""
    _area, perimeter = WGS84.geometry_area_perimeter(made)
    return abs(float(perimeter))


def crossings(rings: Sequence[Ring]) -> list[Crossing]:
    """Return every place where a ring crosses or touches itself, with the sides that meet there."""
    found = []
    for number, ring in enumerate(rings):
        if len(ring) < 4:
            continue
        line = LineString([*ring, ring[0]])
        noded = unary_union(line)
        ends = Counter(
            point
            for piece in getattr(noded, "geoms", [noded])
            for point in (piece.coords[0], piece.coords[-1])
        )
        for (longitude, latitude), count in sorted(ends.items()):
            if count < 3:
                continue
            here = Point(longitude, latitude)
            sides = tuple(
                (start + 1, (start + 1) % len(ring) + 1)
                for start in range(len(ring))
                if LineString([ring[start], ring[(start + 1) % len(ring)]]).distance(here) < _TOUCH
            )
            found.append(Crossing(longitude, latitude, number, sides))
    return found


def _solid(ring: Ring) -> BaseGeometry:
    made: BaseGeometry = Polygon(ring)
    return made if made.is_valid else make_valid(made, method="structure")


def _lies_in(inner: BaseGeometry, outer: BaseGeometry) -> bool:
    """Say whether the inner outline lies in the outer one, but for slips along a common line."""
    return bool(
        inner.area < outer.area and not inner.is_empty and inner.intersection(outer).area > 0.99 * inner.area
    )


def _closed(ring: Ring) -> list[list[float]]:
    return [[round(first, DIGITS), round(second, DIGITS)] for first, second in [*ring, ring[0]]]


def _polygons_in(made: BaseGeometry) -> BaseGeometry:
    parts = [part for part in getattr(made, "geoms", [made]) if part.geom_type in ("Polygon", "MultiPolygon")]
    flat = [one for part in parts for one in getattr(part, "geoms", [part])]
    return flat[0] if len(flat) == 1 else MultiPolygon(flat)


def _rounded(made: BaseGeometry) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return round(value, DIGITS) if isinstance(value, float | int) else [plain(item) for item in value]

    drawn = mapping(made)
    return {"type": drawn["type"], "coordinates": plain(drawn["coordinates"])}
