"""A first walk through a workbook: how far it reaches, which cells are formulas or errors, links and macros.

The parts are read in pieces and never built into trees, so that a sheet made to exhaust memory is refused on the way.
Reading every part to its end here also proves its length and checksum, before the reader proper unpacks it.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from core.workbooks.cells import ErrorValue, position
from core.workbooks.guards import MAX_EXPANDED, MEGABYTE, check_extent, refused

Range = tuple[int, int, int, int]
_PIECE = MEGABYTE
# What a walk has to stop at: a cell, a formula, an error's text. Attributes hold no "<".
_CELL = re.compile(rb"<(?:\w+:)?(?:c\s([^<>]*)>(</)?|c>|(f)[\s>/]|v>(#[^<]*)|row\s([^<>]*)>)")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""\bt=["']s["'][^<>]*>\s*<(?:\w+:)?v>([0-9]+)""")
_ITEM = re.compile(rb"<(?:\w+:)?si[ >]")
DAMAGE = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Extent:
    """What the walk saw of one sheet; rows and columns are counted from 0."""

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], ErrorValue] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    blank_run: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a cell with content."""
        if row >= self.rows:
            self.blank_run = max(self.blank_run, row - self.rows)
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1


@dataclass
class Inside:
    """What the walk saw of the whole workbook, by name of sheet."""

    sheets: dict[str, Extent] = field(default_factory=dict)
    macros: bool = False


def walk_xlsx(file: IO[bytes], name: str) -> Inside:
    """Walk through .xlsx or .xlsm. Raises Refused for damage, entities, and sheets beyond measure."""
    inside = Inside()
    try:
        with zipfile.ZipFile(file) as package:
            inside.macros = any(part.lower().endswith("vbaproject.bin") for part in package.namelist())
            paths = _sheet_paths(package)
            walked = set(paths.values())
            longest = _longest_shared(package, name)
            for sheet, path in paths.items():
                extent = _walk_sheet(package, path, name)
                check_extent(name, sheet, extent.rows, extent.columns, extent.blank_run)
                if longest * extent.rows * extent.columns > MAX_EXPANDED:
                    _check_shared(package, path, name)
                inside.sheets[sheet] = extent
            for part in package.namelist():
                if part.endswith((".xml", ".rels")) and part not in walked:
                    for _piece in pieces(package, part, name):
                        pass
    except DefusedXmlException as fault:
        raise refused("entities", name) from fault
    except DAMAGE as fault:
        raise refused("damaged", name) from fault
    return inside


def pieces(package: zipfile.ZipFile, part: str, name: str) -> Iterator[bytes]:
    """Yield a part of the package in pieces that end before a tag; document types and odd encodings are refused."""
    rest = b""
    first = True
    with package.open(part) as stream:
        while chunk := stream.read(_PIECE):
            data = rest + chunk
            if first:
                if b"\0" in data[:64]:
                    raise refused("damaged", name)
                first = False
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise refused("entities", name)
            cut = data.rfind(b"<")
            if cut <= 0:
                if len(data) > 8 * _PIECE:
                    raise refused("damaged", name)
                rest = data
                continue
            yield data[:cut]
            rest = data[cut:]
    yield rest


def _sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every work sheet by the sheet's name."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    }
    paths = {}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet") and sheet.get(_RELATION) in targets:
            target = targets[sheet.get(_RELATION)]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            paths[sheet.get("name", "")] = path
    return paths


def _walk_sheet(package: zipfile.ZipFile, path: str, name: str) -> Extent:
    extent = Extent()
    here = (-1, -1)
    is_error = False
    columns: dict[bytes, int] = {}
    for piece in pieces(package, path, name):
        for match in _CELL.finditer(piece):
            attributes, closed, formula, error, row = match.groups()
            if attributes is not None:
                is_error = b't="e"' in attributes or b"t='e'" in attributes
                found = _REFERENCE.search(attributes)
                if found:
                    letters = found[1]
                    column = columns.get(letters)
                    if column is None:
                        column = columns[letters] = position(letters.decode() + "1")[1]
                    here = (int(found[2]) - 1, column)
                else:
                    here = (max(here[0], 0), here[1] + 1)
                if not closed and not attributes.endswith(b"/"):
                    extent.reach(*here)
            elif formula:
                extent.formulas.append(here)
            elif error is not None:
                if is_error:
                    extent.errors[here] = ErrorValue(unescape(error.decode("utf-8", "replace")))
            elif row is not None:
                numbered = re.search(rb"""\br=["']([0-9]+)""", row)
                here = (int(numbered[1]) - 1 if numbered else here[0] + 1, -1)
            else:
                here = (max(here[0], 0), here[1] + 1)
                extent.reach(*here)
    return extent


def _longest_shared(package: zipfile.ZipFile, name: str) -> int:
    """Return an upper bound, in bytes, of the longest shared text."""
    part = _shared_part(package)
    if not part:
        return 0
    longest = since = 0
    for piece in pieces(package, part, name):
        start = 0
        for match in _ITEM.finditer(piece):
            longest = max(longest, since + match.start() - start)
            start, since = match.start(), 0
        since += len(piece) - start
    return max(longest, since)


def _check_shared(package: zipfile.ZipFile, path: str, name: str) -> None:
    """Refuse a sheet that repeats long shared texts until they fill the memory."""
    lengths = [len(item) for item in _ITEM.split(package.read(_shared_part(package)))[1:]]
    total = 0
    for piece in pieces(package, path, name):
        for match in _SHARED.finditer(piece):
            index = int(match[1])
            total += lengths[index] if index < len(lengths) else 0
        if total > MAX_EXPANDED:
            raise refused("bomb", name, limit=MAX_EXPANDED // MEGABYTE)


def _shared_part(package: zipfile.ZipFile) -> str:
    """Return the part of the shared texts, "" if there is none; readers do not mind the case of its name."""
    return next((part for part in package.namelist() if part.lower() == "xl/sharedstrings.xml"), "")
