"""Boundaries as files: the VN-2000 table of the papers (CSV, workbook), KML, GeoJSON."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from django.utils.translation import gettext as _

from clusters.boundaries.geometry import DIGITS, rings_of
from clusters.boundaries.readings import meridian_label
from places.vn2000 import from_wgs84


@dataclass(frozen=True)
class Sheet:
    """What a table of coordinates says of itself, and its rows: None between rings, else (number, X, Y)."""

    title: str
    system: str
    source: str
    head: tuple[str, str, str]
    rows: tuple[tuple[str, float, float] | None, ...]


def coordinate_sheet(*, name: str, geometry: dict[str, Any], meridian: float, source: str) -> Sheet:
    """Return the table of a boundary in VN-2000 (metres, three digits), each ring back to its first point."""
    rows: list[tuple[str, float, float] | None] = []
    count = 0
    for ring in rings_of(geometry):
        if rows:
            rows.append(None)
        numbers = range(count + 1, count + len(ring) + 1)
        count += len(ring)
        for number, point in zip([*numbers, numbers[0]], [*ring, ring[0]], strict=True):
            northing, easting = from_wgs84(*point, meridian)
            rows.append((str(number), round(northing, 3), round(easting, 3)))
    return Sheet(
        title=_("Boundary of %(name)s") % {"name": name},
        system=_("VN-2000, central meridian %(meridian)s, zone of 3°")
        % {"meridian": meridian_label(meridian)},
        source=source,
        head=(_("Point"), "X (m)", "Y (m)"),
        rows=tuple(rows),
    )


def as_csv(sheet: Sheet) -> bytes:
    """Return the table as Excel opens it in Vietnamese: UTF-8 with mark, semicolons, decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in (sheet.title, sheet.system, sheet.source):
        writer.writerow([_harmless(line)])
    writer.writerow([])
    writer.writerow(sheet.head)
    for row in sheet.rows:
        writer.writerow([] if row is None else [row[0], _with_comma(row[1]), _with_comma(row[2])])
    return ("\ufeff" + out.getvalue()).encode()


def as_workbook(sheet: Sheet) -> bytes:
    """Return the table as a workbook with numbers in the cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("VN-2000")
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "border": 1, "align": "center"})
        label = book.add_format({"border": 1, "align": "center"})
        metres = book.add_format({"border": 1, "num_format": "#,##0.000"})
        page.set_column(0, 0, 12)
        page.set_column(1, 2, 18)
        page.set_paper(9)
        page.write_string(0, 0, sheet.title, bold)
        page.write_string(1, 0, sheet.system)
        page.write_string(2, 0, sheet.source)
        for column, word in enumerate(sheet.head):
            page.write_string(4, column, word, head)
        for at, row in enumerate(sheet.rows, start=5):
            if row is not None:
                page.write_string(at, 0, row[0], label)
                page.write_number(at, 1, row[1], metres)
                page.write_number(at, 2, row[2], metres)
    return out.getvalue()


def as_kml(*, name: str, code: str, geometry: dict[str, Any], source: str) -> bytes:
    """Return the boundary as KML."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    drawn = "".join(
        "<Polygon>"
        + "".join(
            f"<{side}><LinearRing><coordinates>{_positions(ring)}</coordinates></LinearRing></{side}>"
            for side, ring in zip(["outerBoundaryIs", *["innerBoundaryIs"] * len(rings)], rings, strict=False)
        )
        + "</Polygon>"
        for rings in polygons
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{escape(name)}</name>"
        '<Style id="boundary"><LineStyle><color>ff2818b0</color><width>2</width></LineStyle>'
        "<PolyStyle><color>332818b0</color></PolyStyle></Style>"
        f"<Placemark><name>{escape(name)}</name><description>{escape(source)}</description>"
        f'<styleUrl>#boundary</styleUrl><ExtendedData><Data name="code"><value>{escape(code)}</value></Data>'
        f"</ExtendedData><MultiGeometry>{drawn}</MultiGeometry></Placemark></Document></kml>\n"
    )
    return text.encode()


def as_geojson(*, name: str, code: str, geometry: dict[str, Any], source: str) -> bytes:
    """Return the boundary as a GeoJSON collection of one feature, in WGS 84."""
    feature = {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": name, "source": source},
        "geometry": geometry,
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False).encode()


def _positions(ring: list[list[float]]) -> str:
    return " ".join(f"{pair[0]:.{DIGITS}f},{pair[1]:.{DIGITS}f},0" for pair in ring)


def _with_comma(metres: float) -> str:
    return f"{metres:.3f}".replace(".", ",")


def _harmless(text: str) -> str:
    """Keep a name that begins like a formula from being one."""
    return f"'{text}" if text[:1] in "=+-@" else text
