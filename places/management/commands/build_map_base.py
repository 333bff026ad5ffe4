import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from shapely import coverage_simplify, set_precision
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

SOURCE = Path(settings.BASE_DIR) / "data" / "geo"
TARGET = Path(settings.BASE_DIR) / "static" / "geo" / "provinces.json"
ATTRIBUTION = "thanglequoc/vietnamese-provinces-database (MIT), after the state map publisher; simplified"
GRID = 0.001  # degrees, about 110 m: finer than one pixel of the home map
# East of this meridian and off the coast lie the two archipelagos; none of their islands is ever dropped.
ARCHIPELAGO_FROM_LONGITUDE = 110.5


class Command(BaseCommand):
    help = "Build static/geo/provinces.json, the light base of the home map, from data/geo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tolerance", type=float, default=0.016, help="simplification in degrees")
        parser.add_argument(
            "--smallest", type=float, default=0.0008, help="smallest coastal island kept, deg²"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = json.loads((SOURCE / "vn_provinces_34.geojson").read_text(encoding="utf-8"))
        labels = json.loads((SOURCE / "vn_map_labels.geojson").read_text(encoding="utf-8"))
        features = source["features"]
        parts = [_split(shape(feature["geometry"]), options["smallest"]) for feature in features]
        # One call for all of them, so that neighbours keep one common boundary.
        mainland = coverage_simplify([MultiPolygon(main) for main, _far in parts], options["tolerance"])
        built = []
        for feature, simplified, (_main, far) in zip(features, mainland, parts, strict=True):
            polygons = [*_polygons(set_precision(simplified, GRID)), *far]
            built.append(_feature(feature, MultiPolygon(polygons)))
        collection = {
            "type": "FeatureCollection",
            "attribution": ATTRIBUTION,
            "features": built,
            "labels": [_label(feature) for feature in labels["features"]],
        }
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
        TARGET.write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{TARGET.relative_to(settings.BASE_DIR)}: {len(text.encode()) / 1000:.0f} kB")


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def _split(geometry: BaseGeometry, smallest: float) -> tuple[list[Polygon], list[Polygon]]:
    """Part a province into land to simplify and islands of the archipelagos, which stay as they are."""
    near: list[Polygon] = []
    far: list[Polygon] = []
    for polygon in _polygons(geometry):
        (far if polygon.bounds[0] > ARCHIPELAGO_FROM_LONGITUDE else near).append(polygon)
    largest = max(polygon.area for polygon in near)
    return [polygon for polygon in near if polygon.area >= min(smallest, largest)], far


def _feature(feature: dict[str, Any], geometry: MultiPolygon) -> dict[str, Any]:
    properties = feature["properties"]
    return {
        "type": "Feature",
        "id": properties["code"],
        "properties": {
            "code": properties["code"],
            "name_vi": properties["name_vi"],
            "name_en": properties["name_en"],
            "label": [properties["label_lon"], properties["label_lat"]],
        },
        "geometry": {"type": "MultiPolygon", "coordinates": _rounded(mapping(geometry)["coordinates"])},
    }


def _label(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    return {
        "key": properties["key"],
        "kind": properties["kind"],
        "name_vi": properties["name_vi"],
        "name_en": properties["name_en"],
        "at": feature["geometry"]["coordinates"],
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return round(value, 3)
