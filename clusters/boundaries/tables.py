"""Tables of coordinates as they stand in decisions and extracts: pasted, from a text file or from a workbook.

In Vietnamese papers X is the northing and Y the easting. The header decides which column is which; without one the
order of the papers (number, X, Y) is taken. Rings are divided by blank rows, by rows of words, or by the return of
their first point.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from python_calamine import CalamineError, CalamineWorkbook

from clusters.boundaries.geometry import Ring
from clusters.boundaries.limits import objection_to
from clusters.boundaries.numbers import is_degrees, is_metres, parse_coordinate
from core.text import fold
from places.vn2000 import national_meridians

_MAX_ROWS = 20_000
_MAX_COLUMNS = 60
_MAX_UNPACKED = 50 * 1024 * 1024
_MAX_PROBLEMS = 20

Row = list[Any]

_FIRST = re.compile(r"\bx\b|northing|\bbac\b|vi do|latitude|\blat\b")
_SECOND = re.compile(r"\by\b|easting|\bdong\b|kinh do|longitude|\blon\b|\blng\b")
_MERIDIAN = re.compile(
    r"(?:kinh tuyến trục|kinh tuyến|ktt|central meridian)\D{0,12}"
    r"(?P<degrees>10[2-9])\s*(?:[°ºo˚]|độ|-|d)?\s*(?P<minutes>[0-5]\d)?",
    re.IGNORECASE,
)
_SPLITTERS: tuple[Callable[[str], list[str]], ...] = (
    lambda line: line.split("\t"),
    lambda line: line.split(";"),
    lambda line: line.strip().strip("|").split("|"),
    lambda line: re.split(r" {2,}|\t+", line.strip()),
    lambda line: line.split(),
    lambda line: line.split(","),
)


@dataclass
class CoordinateTable:
    """The rings of a table as (X, Y) in metres, or (latitude, longitude) in degrees, and what was assumed.

    ``stated_meridian`` is the central meridian that the words around the numbers name (degrees).
    """

    rings: list[Ring] = field(default_factory=list)
    in_degrees: bool = False
    stated_meridian: float | None = None
    notes: list[str] = field(default_factory=list)


def read_text_table(text: str) -> CoordinateTable:
    """Read rows that were pasted or stand in a text file, whatever divides their cells.

    Raise ValidationError with every row that cannot be read.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").split("\n")
    _refuse_more_than(len(lines))
    tables = [[split(line) if line.strip() else [] for line in lines] for split in _SPLITTERS]
    # The right divider is the one that yields the most rows with two coordinates.
    table = read_rows(max(tables, key=_score))
    table.stated_meridian = _stated_meridian(text)
    return table


def read_workbook(content: bytes) -> CoordinateTable:
    """Read the first sheet of a workbook that holds coordinates; raise ValidationError if there is none."""
    _refuse_bomb(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            workbook.get_sheet_by_name(name).to_python(nrows=_MAX_ROWS + 1) for name in workbook.sheet_names
        ]
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ValidationError(
            _(
                "The workbook cannot be opened: it is damaged or protected by a password. Save it again as .xlsx."
            )
        ) from error
    rows = max(sheets, key=_score, default=[])
    _refuse_more_than(len(rows))
    table = read_rows([[_cell(value) for value in row[:_MAX_COLUMNS]] for row in rows])
    words = (cell for row in rows for cell in row if isinstance(cell, str))
    table.stated_meridian = _stated_meridian("\n".join(words))
    return table


def read_rows(rows: Sequence[Row]) -> CoordinateTable:
    """Read rows of cells; raise ValidationError with every row that cannot be read."""
    header, columns = _columns(rows)
    table = CoordinateTable()
    problems: list[str] = []
    for first, second in columns:
        _read_block(rows, header, first, second, table, problems)
    if problems:
        raise ValidationError(problems[:_MAX_PROBLEMS])
    table.rings = [ring for ring in table.rings if ring]
    _check(table)
    return table


def _read_block(
    rows: Sequence[Row], header: int, first: int, second: int, table: CoordinateTable, problems: list[str]
) -> None:
    """Read the points of one pair of columns into rings."""
    ring: Ring = []
    closed = False
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        texts = [_at(row, first), _at(row, second)]
        pair = [parse_coordinate(text) for text in texts]
        known = [value is not None and (is_metres(value) or is_degrees(value)) for value in pair]
        if not any(known):
            # A blank row, a row of words, or the header once more: the next point begins a ring of its own.
            _finish(ring, closed, table)
            ring, closed = [], False
            continue
        if not all(known):
            wrong = str(texts[known.index(False)] or "").strip()
            problems.append(
                _("Row %(row)s: “%(text)s” is not a coordinate. Write it like 2419123.45.")
                % {"row": number, "text": wrong[:40]}
                if wrong
                else _("Row %(row)s: one of the two coordinates is missing.") % {"row": number}
            )
            continue
        point = (pair[0] or 0.0, pair[1] or 0.0)
        if closed:
            _finish(ring, closed, table)
            ring, closed = [], False
        if len(ring) >= 3 and point == ring[0]:
            closed = True
        elif not ring or point != ring[-1]:
            ring.append(point)
    _finish(ring, closed, table)


def _finish(ring: Ring, closed: bool, table: CoordinateTable) -> None:
    if not ring:
        return
    table.rings.append(ring)
    if len(ring) >= 3 and not closed:
        table.notes.append(
            _("Ring %(number)s did not return to its first point; it was closed.")
            % {"number": len(table.rings)}
        )


def _check(table: CoordinateTable) -> None:
    """Refuse what is no ring, and tell metres from degrees."""
    if not table.rings:
        raise ValidationError(
            _("No coordinates were found. Paste rows with point number, X (northing) and Y (easting).")
        )
    objection = objection_to(table.rings)
    if objection:
        raise ValidationError(objection)
    short = [number for number, ring in enumerate(table.rings, start=1) if len(ring) < 3]
    if short:
        raise ValidationError(
            ngettext(
                "Ring %(number)s has %(count)s point; a boundary needs at least three. Look for a blank row too many.",
                "Ring %(number)s has %(count)s points; a boundary needs at least three. Look for a blank row too many.",
                len(table.rings[short[0] - 1]),
            )
            % {"number": short[0], "count": len(table.rings[short[0] - 1])}
        )
    values = [value for ring in table.rings for pair in ring for value in pair]
    table.in_degrees = all(is_degrees(value) for value in values)
    if not table.in_degrees and any(is_degrees(value) for value in values):
        raise ValidationError(
            _("The table mixes metres and degrees. Give all points in VN-2000 metres, or all in degrees.")
        )


def _stated_meridian(text: str) -> float | None:
    """Return the central meridian that the words name ("kinh tuyến trục 104°45'"), if it is one of the country's."""
    found = _MERIDIAN.search(" ".join(text.split()))
    if found is None:
        return None
    degrees = int(found["degrees"]) + int(found["minutes"] or 0) / 60
    return degrees if degrees in national_meridians() else None


def _columns(rows: Sequence[Row]) -> tuple[int, list[tuple[int, int]]]:
    """Return the row of the header (-1 without one) and the pairs of columns with X and Y, from left to right."""
    for number, row in enumerate(rows[:200]):
        words = [fold(str(cell)) if isinstance(cell, str) else "" for cell in row]
        firsts = [at for at, word in enumerate(words) if _FIRST.search(word) and not _SECOND.search(word)]
        seconds = [at for at, word in enumerate(words) if _SECOND.search(word) and not _FIRST.search(word)]
        if firsts and len(firsts) == len(seconds):
            return number, list(zip(firsts, seconds, strict=True))
    for row in rows:
        places = [at for at, cell in enumerate(row) if _is_coordinate(cell)]
        if len(places) >= 2:
            return -1, [(places[-2], places[-1]) if len(places) == 3 else (places[0], places[1])]
    return -1, []


def _is_coordinate(cell: object) -> bool:
    value = parse_coordinate(cell)
    if value is None:
        return False
    # A bare number of two digits is the number of the point, not a latitude.
    return is_metres(value) or (is_degrees(value) and value != int(value))


def _score(rows: Sequence[Row]) -> int:
    return sum(1 for row in rows if sum(1 for cell in row if _is_coordinate(cell)) in (2, 4, 6))


def _at(row: Row, column: int) -> Any:
    return row[column] if column < len(row) else None


def _cell(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _refuse_more_than(rows: int) -> None:
    if rows > _MAX_ROWS:
        raise ValidationError(
            _("The table has more than %(limit)s rows. Keep the rows with coordinates only.")
            % {"limit": _MAX_ROWS}
        )


def _refuse_bomb(content: bytes) -> None:
    """Refuse a workbook that would unpack to more than any table of coordinates."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in _entries(archive))
    except zipfile.BadZipFile as error:
        raise ValidationError(_("The workbook is damaged. Save it again as .xlsx.")) from error
    if unpacked > _MAX_UNPACKED:
        raise ValidationError(
            _(
                "The workbook unpacks to more than 50 MB and is not opened. Save the sheet with the points alone."
            )
        )


def _entries(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    yield from archive.infolist()
