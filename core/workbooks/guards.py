"""What may not come in: told from the outside of a file, before anything in it is expanded.

Every refusal is one sentence that names the file and the rule, and one that says what to do.
"""

import re
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
MAX_SIZE = 60 * MEGABYTE
MAX_EXPANDED = 500 * MEGABYTE
MAX_RATIO = 200
MAX_CELLS = 10_000_000
# Rows without content between rows with content: a forgotten cell a million rows down, not a table.
MAX_BLANK_ROWS = 100_000
MAX_PARTS = 5_000
TYPES = ("xlsx", "xlsm", "xls", "ods", "csv")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|script)", re.IGNORECASE)
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


class Refused(ValidationError):
    """The workbook is not taken; ``code`` names the rule and the message tells a person what to do."""


def check_outside(file: IO[bytes], name: str) -> str:
    """Return the type of a file (one of ``TYPES``) by its extension and its content, which have to agree.

    Reads the size, the first bytes and, of a packed file, the list of its parts. Raises Refused.
    """
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if extension not in TYPES:
        raise refused("kind", name)
    if size > MAX_SIZE:
        raise refused("size", name, size=round(size / MEGABYTE), limit=MAX_SIZE // MEGABYTE)
    if not head.strip():
        raise refused("empty", name)
    if extension in ("xlsx", "xlsm", "ods") and head.startswith(OLE):
        # Excel wraps an encrypted workbook in the older container; an old workbook renamed looks alike from outside.
        raise refused("password" if _is_encrypted(file) else "renamed", name)
    if not _agrees(extension, head):
        raise refused("markup" if _MARKUP.match(head) else "renamed", name, extension=extension)
    if extension in ("xlsx", "xlsm", "ods"):
        check_package(file, name, extension)
    return extension


def check_package(file: IO[bytes], name: str, extension: str) -> None:
    """Judge the list of parts of a packed workbook; nothing is unpacked. Raises Refused."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as fault:
        raise refused("damaged", name) from fault
    finally:
        file.seek(0)
    names = [part.filename for part in parts]
    for part in parts:
        path = part.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path) or "\0" in path:
            raise refused("path", name)
        if part.flag_bits & 1:
            raise refused("password", name)
        if part.file_size > MEGABYTE and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise refused("bomb", name, limit=MAX_EXPANDED // MEGABYTE)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_EXPANDED:
        raise refused("bomb", name, limit=MAX_EXPANDED // MEGABYTE)
    if len(set(names)) != len(names):
        raise refused("damaged", name)
    main = "content.xml" if extension == "ods" else "xl/workbook.xml"
    if main not in names:
        known = {
            "content.xml",
            "xl/workbook.xml",
            "word/document.xml",
            "ppt/presentation.xml",
            "xl/workbook.bin",
        }
        raise refused("renamed" if known & set(names) else "damaged", name, extension=extension)
    if extension != "ods" and any(part.startswith("xl/externalLinks/") for part in names):
        raise refused("links", name)
    if extension == "xlsx" and any(part.lower().endswith("vbaproject.bin") for part in names):
        raise refused("renamed", name, extension=extension)


def check_extent(name: str, sheet: str, rows: int, columns: int, blank_run: int) -> None:
    """Refuse a sheet of more than ten million cells, or with a desert between its rows.

    ``rows`` and ``columns`` reach to the last cell with content; ``blank_run`` is the longest run of rows without any.
    """
    if blank_run > MAX_BLANK_ROWS:
        raise refused("blank_rows", name, sheet=sheet, count=blank_run)
    if rows * columns > MAX_CELLS:
        raise refused("cells", name, sheet=sheet, rows=rows, columns=columns)


def refused(code: str, name: str, **facts: object) -> Refused:
    """Return the refusal ``code`` for the file ``name``, to be raised."""
    return Refused(_sentence(code) % ({"name": name, "extension": "", **facts}), code=code)


def _agrees(extension: str, head: bytes) -> bool:
    if extension == "xls":
        return head.startswith(OLE)
    if extension != "csv":
        return head.startswith(ZIP)
    if head.startswith((OLE, ZIP, *_NOT_TEXT)) or _MARKUP.match(head):
        return False
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 3 > len(head)
    return wide or not any(byte < 9 for byte in head)


def _is_encrypted(file: IO[bytes]) -> bool:
    """Say whether a compound file names an encrypted package in its directory."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in content


def _sentence(code: str) -> str:
    return {
        "kind": _(
            "“%(name)s” is no workbook that can be read. Save it as .xlsx, .xls, .ods or .csv and choose it again."
        ),
        "size": _(
            "“%(name)s” has %(size)s MB; at most %(limit)s MB are taken. Remove pictures or split it into files."
        ),
        "empty": _("“%(name)s” is empty. Choose the file again."),
        "password": _(
            "“%(name)s” is protected by a password. Remove the password in Excel and save it again."
        ),
        "renamed": _(
            "The content of “%(name)s” is not what its name says. Open it in Excel and save it as what it is."
        ),
        "markup": _(
            "“%(name)s” is a web page under the name of a workbook. Open it in Excel and save it as .xlsx."
        ),
        "damaged": _(
            "“%(name)s” is damaged and cannot be read. Open it in Excel, let it be repaired, and save it again."
        ),
        "path": _(
            "“%(name)s” contains parts with forbidden paths. Open it in Excel and save it again as .xlsx."
        ),
        "bomb": _(
            "“%(name)s” grows beyond measure when unpacked (at most %(limit)s MB). "
            "Copy the table into a new workbook and save that."
        ),
        "links": _(
            "“%(name)s” takes values from other files. Break the links in Excel (Data, Edit Links, Break Link) "
            "and save it again."
        ),
        "entities": _(
            "“%(name)s” contains declarations that no workbook needs. Open it in Excel and save it again as .xlsx."
        ),
        "blank_rows": _(
            "Sheet “%(sheet)s” of “%(name)s” has %(count)s blank rows before more content. "
            "Delete what stands below the table and save it again."
        ),
        "cells": _(
            "Sheet “%(sheet)s” of “%(name)s” reaches over %(rows)s rows and %(columns)s columns, more than ten million "
            "cells. Delete what stands outside the table, or split it."
        ),
        "no_sheet": _("“%(name)s” has no sheet with cells. Choose a workbook that contains a table."),
        "csv": _(
            "“%(name)s” cannot be read as a table: a quotation mark is not closed or a cell is far too long. "
            "Save it again as .xlsx."
        ),
    }[code]
