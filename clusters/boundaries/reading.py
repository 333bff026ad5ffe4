"""Read a boundary from whatever an officer has: a file by its content, or what was pasted."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clusters.boundaries.drawings import Drawing, read_geojson, read_kml, read_kmz
from clusters.boundaries.geometry import Ring
from clusters.boundaries.tables import CoordinateTable, read_text_table, read_workbook

MAX_SIZE = 5 * 1024 * 1024
EXTENSIONS = ("geojson", "json", "kml", "kmz", "csv", "txt", "xlsx", "xls", "ods")


@dataclass(frozen=True)
class Numbers:
    """The rings of a file: VN-2000 (X, Y) in metres with ``in_metres``, otherwise (longitude, latitude).

    ``stated_meridian`` is the central meridian that the file itself names (degrees).
    """

    rings: list[Ring]
    in_metres: bool
    notes: list[str]
    stated_meridian: float | None = None


def read_file(name: str, content: bytes) -> Numbers:
    """Read a file by its content; raise ValidationError, one sentence with the remedy."""
    extension = name.lower().rpartition(".")[2]
    if len(content) > MAX_SIZE:
        raise ValidationError(
            _("“%(name)s” has more than %(limit)s MB. A boundary needs far less: export it alone.")
            % {"name": name, "limit": MAX_SIZE // (1024 * 1024)}
        )
    if extension not in EXTENSIONS:
        raise ValidationError(
            _("“%(name)s” is of a kind that is not read here. Give one of %(kinds)s.")
            % {"name": name, "kinds": ", ".join(f".{kind}" for kind in EXTENSIONS)}
        )
    if not content.strip():
        raise ValidationError(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if extension == "kmz":
        return _from_drawing(read_kmz(content))
    if extension in ("xlsx", "xls", "ods"):
        return _from_table(read_workbook(content))
    return read_text(_decoded(name, content))


def read_text(text: str) -> Numbers:
    """Read pasted text: GeoJSON, KML, or rows of a table; raise ValidationError."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "{":
        return _from_drawing(read_geojson(text))
    if start == "<":
        return _from_drawing(read_kml(text.strip("\ufeff \t\r\n").encode()))
    return _from_table(read_text_table(text))


def _from_drawing(drawing: Drawing) -> Numbers:
    if drawing.in_metres:
        # Projected drawings give the easting first; papers and this package give the northing first.
        rings = [[(northing, easting) for easting, northing in ring] for ring in drawing.rings]
        return Numbers(rings, True, drawing.notes)
    return Numbers(drawing.rings, False, drawing.notes)


def _from_table(table: CoordinateTable) -> Numbers:
    if table.in_degrees:
        rings = [[(second, first) for first, second in ring] for ring in table.rings]
        note = _("The numbers are degrees; the first column was taken as latitude.")
        return Numbers(rings, False, [*table.notes, note])
    return Numbers(table.rings, True, table.notes, table.stated_meridian)


def _decoded(name: str, content: bytes) -> str:
    marked_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked_utf16 else ("utf-8-sig", "cp1258"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("“%(name)s” is not a text file that can be read. Save it as UTF-8.") % {"name": name}
    )
