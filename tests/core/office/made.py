"""Word documents made for the tests, and their text read back."""

import io
import zipfile

import docx
from docx.oxml.ns import qn


def model(*paragraphs: str, header: str = "", rows: list[list[str]] | None = None) -> bytes:
    """Return a document with the paragraphs, after them a table with the rows."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the document with a part added or replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry.filename, source.read(entry))
        target.writestr(name, part)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """Return one part of the document."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read(name)


def lines(content: bytes) -> list[str]:
    """Return the text of every paragraph, those in tables and headers included, in the order of the page."""
    document = docx.Document(io.BytesIO(content))
    roots = [document.element, *[section.header._element for section in document.sections]]
    return [
        "".join(
            "\n" if piece.tag == qn("w:br") else piece.text or ""
            for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        )
        for root in roots
        for paragraph in root.iter(qn("w:p"))
    ]
