"""A first walk through an OpenDocument spreadsheet; see ``inside``."""

import re
import zipfile
from html import unescape
from typing import IO

from core.workbooks.cells import ErrorValue
from core.workbooks.guards import MAX_EXPANDED, MEGABYTE, check_extent, refused
from core.workbooks.inside import DAMAGE, Extent, Inside, pieces

_TAG = re.compile(
    rb"<(?:(table:table)\s([^<>]*)|(table:table-row)\b([^<>]*)|(table:(?:covered-)?table-cell)\b([^<>]*)"
    rb"|(table:table-source)|(text:p)\b[^<>]*>([^<]*))"
)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)=(?:"([^"<>]*)"|'([^'<>]*)')""")


def walk_ods(file: IO[bytes], name: str) -> Inside:
    """Walk through .ods. Raises Refused for damage, a password, links, entities, and sheets beyond measure."""
    inside = Inside()
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.namelist()
            if "META-INF/manifest.xml" in parts:
                for piece in pieces(package, "META-INF/manifest.xml", name):
                    if b"encryption-data" in piece:
                        raise refused("password", name)
            inside.macros = any(part.startswith(("Basic/", "Scripts/")) for part in parts)
            _walk(package, name, inside)
    except DAMAGE as fault:
        raise refused("damaged", name) from fault
    for sheet, extent in inside.sheets.items():
        check_extent(name, sheet, extent.rows, extent.columns, extent.blank_run)
    return inside


def _walk(package: zipfile.ZipFile, name: str, inside: Inside) -> None:
    extent = Extent()
    row = next_row = column = 0
    repeat = width = 1
    written = 0
    error: tuple[int, int] | None = None
    for piece in pieces(package, "content.xml", name):
        for match in _TAG.finditer(piece):
            if match[1]:
                extent = inside.sheets.setdefault(
                    unescape(_attributes(match[2]).get("table:name", "")), Extent()
                )
                next_row = 0
            elif match[3]:
                repeat = _count(_attributes(match[4]), "table:number-rows-repeated")
                row, next_row, column = next_row, next_row + repeat, 0
            elif match[5]:
                facts = _attributes(match[6])
                width = _count(facts, "table:number-columns-repeated")
                error = None
                if "office:value-type" in facts or "table:formula" in facts:
                    extent.reach(row, column + width - 1)
                    extent.rows = max(extent.rows, row + repeat)
                if "table:formula" in facts:
                    extent.formulas.append((row, column))
                    if "file:" in facts["table:formula"]:
                        raise refused("links", name)
                if facts.get("calcext:value-type") == "error":
                    error = (row, column)
                down, across = (
                    _count(facts, "table:number-rows-spanned"),
                    _count(facts, "table:number-columns-spanned"),
                )
                if down > 1 or across > 1:
                    extent.merged.append((row, column, row + down - 1, column + across - 1))
                column += width
            elif match[7]:
                raise refused("links", name)
            else:
                written += len(match[9]) * width * repeat
                if written > MAX_EXPANDED:
                    raise refused("bomb", name, limit=MAX_EXPANDED // MEGABYTE)
                if error and match[9].startswith(b"#"):
                    extent.errors[error] = ErrorValue(unescape(match[9].decode("utf-8", "replace")))


def _attributes(raw: bytes) -> dict[str, str]:
    return {
        key.decode(): (one or two).decode("utf-8", "replace") for key, one, two in _ATTRIBUTE.findall(raw)
    }


def _count(facts: dict[str, str], key: str) -> int:
    return max(int(facts.get(key, "1")), 1)
