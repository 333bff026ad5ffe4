"""Where a polygon lies: inside the declared commune, or in which province instead.

Of a commune only its box and a point are known, so "inside" means: inside the box, with a margin. Provinces are
known by their simplified outlines.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from shapely import STRtree
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from clusters.boundaries.geometry import area_ha
from clusters.models import Cluster
from clusters.templatetags.registry import in_sentence
from places.models import Commune, Province

#: Boxes of communes are made from simplified outlines (degrees, about 300 m).
MARGIN = 0.003
_OUTLINES = Path(settings.BASE_DIR) / "data" / "geo" / "vn_provinces_34.geojson"


@dataclass(frozen=True)
class Home:
    """The ground a cluster should lie on: the boxes of its communes, or its province where none is known."""

    ground: BaseGeometry
    name: str
    by_commune: bool

    def holds(self, made: BaseGeometry) -> bool:
        """Say whether the middle of the polygon lies here."""
        return bool(self.ground.covers(made.representative_point()))

    def outside_ha(self, made: BaseGeometry) -> float:
        """Return how much of the polygon lies elsewhere (ha)."""
        return area_ha(made.difference(self.ground)) if not self.ground.covers(made) else 0.0


def home_of(cluster: Cluster) -> Home | None:
    """Return where a cluster should lie, by its communes; None where neither commune nor province can say."""
    communes = [cluster.commune] if cluster.commune else []
    communes += list(cluster.other_communes.order_by("sort_key", "pk"))
    boxes = [found for found in (_box_of(commune) for commune in communes) if found is not None]
    if boxes:
        names = ", ".join(in_sentence(commune.full_name) for commune in communes)
        return Home(unary_union(boxes), names, by_commune=True)
    outline = _outlines().get(cluster.province.code)
    if outline is None:
        return None
    return Home(outline.buffer(MARGIN), in_sentence(cluster.province.full_name), by_commune=False)


def place_names(points: Iterable[tuple[float, float]]) -> list[str]:
    """Return for each longitude and latitude the province it lies in, in the reader's language; empty elsewhere."""
    codes = [_province_at(longitude, latitude) for longitude, latitude in points]
    provinces = {
        province.code: in_sentence(province.full_name)
        for province in Province.objects.in_force().filter(code__in=set(codes)).order_by("pk")
    }
    return [provinces.get(code, "") for code in codes]


def _province_at(longitude: float, latitude: float) -> str:
    tree, codes = _tree()
    found = tree.query(Point(longitude, latitude), predicate="intersects")
    return codes[int(found[0])] if len(found) else ""


def _box_of(commune: Commune) -> BaseGeometry | None:
    west, south = commune.min_longitude, commune.min_latitude
    east, north = commune.max_longitude, commune.max_latitude
    if west is None or south is None or east is None or north is None:
        return None
    return box(west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)


@cache
def _outlines() -> dict[str, BaseGeometry]:
    collection = json.loads(_OUTLINES.read_text(encoding="utf-8"))
    return {feature["properties"]["code"]: shape(feature["geometry"]) for feature in collection["features"]}


@cache
def _tree() -> tuple[STRtree, list[str]]:
    outlines = _outlines()
    return STRtree(list(outlines.values())), list(outlines)
