"""Workbooks made for a test, whole and broken ones."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from core.workbooks.reading import Sheet, read_workbook
from core.workbooks.reading import Workbook as Read


def xlsx(
    *rows: Sequence[Any], merged: Sequence[str] = (), change: Callable[[Any], None] | None = None
) -> io.BytesIO:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def read(*rows: Sequence[Any], **options: Any) -> Read:
    return read_workbook(xlsx(*rows, **options), "test.xlsx")


def sheet_of(*rows: Sequence[Any], merged: Sequence[str] = ()) -> Sheet:
    return read(*rows, merged=merged).sheets[0]


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def repacked(
    file: io.BytesIO,
    replace: dict[str, bytes | Callable[[bytes], bytes]],
    add: dict[str, bytes] | None = None,
) -> io.BytesIO:
    """Return the package with some parts replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            change = replace.get(name)
            if change is not None:
                content = change(content) if callable(change) else change
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    made.seek(0)
    return made


def with_rows(rows: str, before: str = "") -> io.BytesIO:
    """Return an .xlsx whose only sheet holds this raw XML of rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return repacked(xlsx(["x"]), {"xl/worksheets/sheet1.xml": body.encode()})


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods(rows: str, manifest: str = "") -> io.BytesIO:
    """Return an .ods whose only sheet, "Sổ 1", holds this raw XML of rows."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sổ 1">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}">{manifest}</manifest:manifest>',
        )
    file.seek(0)
    return file


def ods_text(text: str, extra: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{extra}><text:p>{text}</text:p></table:table-cell>'
