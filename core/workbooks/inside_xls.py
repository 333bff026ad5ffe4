"""A first walk through the records of an old .xls workbook; see ``inside``."""

import struct
from collections.abc import Iterator
from typing import IO

import olefile

from core.workbooks.cells import ErrorValue
from core.workbooks.guards import check_extent, refused
from core.workbooks.inside import DAMAGE, Extent, Inside

_BOF, _FILEPASS, _BOUNDSHEET, _SUPBOOK = 0x0809, 0x002F, 0x0085, 0x01AE
_FORMULA, _MULRK, _BOOLERR = 0x0006, 0x00BD, 0x0205
# NUMBER, LABEL, LABELSST, RK, RSTRING: each begins with row and column.
_CELLS = {0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def walk_xls(file: IO[bytes], name: str) -> Inside:
    """Walk through .xls. Raises Refused for damage, a password, links, and sheets beyond measure."""
    inside = Inside()
    try:
        with olefile.OleFileIO(file) as container:
            if container.exists("EncryptedPackage"):
                raise refused("password", name)
            stream = next((entry for entry in ("Workbook", "Book") if container.exists(entry)), None)
            if stream is None:
                raise refused("renamed", name)
            inside.macros = container.exists("_VBA_PROJECT_CUR")
            data = container.openstream(stream).read()
        _walk(data, name, inside)
    except (*DAMAGE, IndexError) as fault:
        raise refused("damaged", name) from fault
    finally:
        file.seek(0)
    for sheet, extent in inside.sheets.items():
        check_extent(name, sheet, extent.rows, extent.columns, extent.blank_run)
    return inside


def _walk(data: bytes, name: str, inside: Inside) -> None:
    starts: dict[int, str] = {}
    extent: Extent | None = None
    for offset, kind, body in _records(data):
        if kind == _FILEPASS:
            raise refused("password", name)
        if kind == _SUPBOOK and struct.unpack_from("<H", body, 2)[0] not in (_OWN_BOOK, _ADD_IN):
            raise refused("links", name)
        if kind == _BOUNDSHEET:
            start, _state, sheet_type, length, wide = struct.unpack_from("<IBBBB", body)
            if sheet_type == 0:
                raw = body[8 : 8 + length * (2 if wide & 1 else 1)]
                starts[start] = raw.decode("utf-16-le" if wide & 1 else "latin-1")
        elif kind == _BOF:
            extent = inside.sheets.setdefault(starts[offset], Extent()) if offset in starts else extent
        elif extent is not None and (kind in _CELLS or kind in (_FORMULA, _MULRK, _BOOLERR)):
            _note_cell(extent, kind, body)


def _note_cell(extent: Extent, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else column
    extent.reach(row, max(last, column))
    if kind == _FORMULA:
        extent.formulas.append((row, column))
        if body[12:14] == b"\xff\xff" and body[6] == 2:
            extent.errors[row, column] = ErrorValue(_ERRORS.get(body[8], "#N/A"))
    elif kind == _BOOLERR and body[7]:
        extent.errors[row, column] = ErrorValue(_ERRORS.get(body[6], "#N/A"))


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    offset = 0
    while offset + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, offset)
        yield offset, kind, data[offset + 4 : offset + 4 + length]
        offset += 4 + length
