"""Boundaries drawn by programs: GeoJSON, KML, and KML packed as KMZ.

Archives are opened with limits and documents without entities: a file of a stranger neither fills the memory nor
reads another file.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clusters.boundaries.geometry import Ring, open_ring
from clusters.boundaries.limits import objection_to

_MAX_KML = 20 * 1024 * 1024
_MAX_ENTRIES = 200
_MAX_DEPTH = 20


@dataclass
class Drawing:
    """Rings as (longitude, latitude) in degrees; in metres, as (easting, northing), with ``in_metres``."""

    rings: list[Ring] = field(default_factory=list)
    in_metres: bool = False
    notes: list[str] = field(default_factory=list)


def read_geojson(text: str) -> Drawing:
    """Read a polygon, several, a feature or a collection; raise ValidationError for anything else."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValidationError(
            _("This is not GeoJSON: it breaks off or contains a slip of the pen.")
        ) from error
    drawing = Drawing()
    others: set[str] = set()
    for geometry in _geometries(value):
        kind = geometry.get("type")
        if kind == "Polygon":
            _add_polygon(drawing, geometry.get("coordinates"))
        elif kind == "MultiPolygon":
            for polygon in _list(geometry.get("coordinates")):
                _add_polygon(drawing, polygon)
        elif kind == "LineString":
            _add_line(drawing, _pairs(geometry.get("coordinates")))
        else:
            others.add(str(kind)[:20])
    if others and drawing.rings:
        drawing.notes.append(_("Left out: %(kinds)s.") % {"kinds": ", ".join(sorted(others))})
    return _checked(drawing)


def read_kml(content: bytes) -> Drawing:
    """Read the polygons, and the closed lines, of a KML document; raise ValidationError when there are none."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ValidationError(
            _("This is not a KML file that can be read: it is damaged or carries a document type of its own.")
        ) from error
    drawing = Drawing()
    points = 0
    for element in root.iter():
        name = _name(element)
        if name == "Polygon":
            for ring in element.iter():
                if _name(ring) == "LinearRing":
                    drawing.rings.append(open_ring(_kml_pairs(ring)))
        elif name == "LineString":
            _add_line(drawing, _kml_pairs(element))
        elif name == "Point":
            points += 1
    if points and drawing.rings:
        drawing.notes.append(_("Single points of the file were left out: %(count)s.") % {"count": points})
    return _checked(drawing)


def read_kmz(content: bytes) -> Drawing:
    """Read the KML inside a KMZ archive; raise ValidationError for one that is damaged, locked or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            documents = [entry for entry in entries if entry.filename.lower().endswith(".kml")]
            if len(entries) > _MAX_ENTRIES:
                raise _too_large()
            if not documents:
                raise ValidationError(_("The KMZ file contains no KML document."))
            main = min(documents, key=lambda entry: (entry.filename.lower() != "doc.kml", entry.filename))
            if main.flag_bits & 1:
                raise ValidationError(_("The KMZ file is protected by a password. Save it without one."))
            # The size an entry states can be a lie; what is read is bounded all the same.
            if main.file_size > _MAX_KML:
                raise _too_large()
            with archive.open(main) as entry:
                document = entry.read(_MAX_KML + 1)
    # zipfile raises NotImplementedError for a way of compression that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise ValidationError(_("The KMZ file is damaged. Export it again.")) from error
    if len(document) > _MAX_KML:
        raise _too_large()
    return read_kml(document)


def _too_large() -> ValidationError:
    return ValidationError(
        _("The KMZ file unpacks to more than 20 MB and is not opened. Export the boundary alone.")
    )


def _geometries(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        raise ValidationError(_("This is not GeoJSON: a polygon, feature or collection is expected."))
    kind = value.get("type")
    if kind == "FeatureCollection":
        for feature in _list(value.get("features")):
            yield from _geometries(feature, depth + 1)
    elif kind == "Feature":
        if value.get("geometry") is not None:
            yield from _geometries(value["geometry"], depth + 1)
    elif kind == "GeometryCollection":
        for geometry in _list(value.get("geometries")):
            yield from _geometries(geometry, depth + 1)
    else:
        yield value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValidationError(_("This is not GeoJSON: a list of coordinates is missing."))
    return value


def _pairs(value: Any) -> list[tuple[float, float]]:
    pairs = []
    for position in _list(value):
        numbers = position[:2] if isinstance(position, list) else []
        if len(numbers) < 2 or not all(
            isinstance(number, int | float) and not isinstance(number, bool) for number in numbers
        ):
            raise ValidationError(_("This is not GeoJSON: a point needs two numbers."))
        pairs.append((float(numbers[0]), float(numbers[1])))
    return pairs


def _add_polygon(drawing: Drawing, rings: Any) -> None:
    for ring in _list(rings):
        pairs = _pairs(ring)
        if len(pairs) > 3 and pairs[0] != pairs[-1]:
            drawing.notes.append(
                _("Ring %(number)s did not return to its first point; it was closed.")
                % {"number": len(drawing.rings) + 1}
            )
        drawing.rings.append(open_ring(pairs))


def _add_line(drawing: Drawing, pairs: list[tuple[float, float]]) -> None:
    if len(pairs) < 4 or pairs[0] != pairs[-1]:
        drawing.notes.append(_("An open line was left out: a boundary returns to its first point."))
        return
    drawing.rings.append(open_ring(pairs))
    drawing.notes.append(
        _("Ring %(number)s was drawn as a closed line; it is taken as a boundary.")
        % {"number": len(drawing.rings)}
    )


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _kml_pairs(element: Element) -> list[tuple[float, float]]:
    text = next((child.text for child in element.iter() if _name(child) == "coordinates"), "") or ""
    pairs = []
    for position in text.split():
        numbers = position.split(",")
        try:
            pairs.append((float(numbers[0]), float(numbers[1])))
        except (ValueError, IndexError) as error:
            raise ValidationError(
                _("“%(text)s” in the KML file is not a position (longitude,latitude).")
                % {"text": position[:40]}
            ) from error
    return pairs


def _checked(drawing: Drawing) -> Drawing:
    drawing.rings = [ring for ring in drawing.rings if ring]
    if not drawing.rings:
        raise ValidationError(
            _("The file contains no polygon. Draw the boundary as a closed area and export it again.")
        )
    if any(len(ring) < 3 for ring in drawing.rings):
        raise ValidationError(_("A ring of the file has fewer than three different points."))
    values = [value for ring in drawing.rings for pair in ring for value in pair]
    if not all(abs(value) < 1e8 for value in values):
        raise ValidationError(_("A coordinate of the file is no position on Earth."))
    objection = objection_to(drawing.rings)
    if objection:
        raise ValidationError(objection)
    # Old GeoJSON may carry projected metres; nothing on Earth has 1,000 degrees.
    drawing.in_metres = any(abs(value) > 1000 for value in values)
    return drawing
