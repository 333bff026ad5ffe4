"""Write a workbook (.xlsx) while it is being sent: rows come in, bytes go out, nothing is kept."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from core.lists.columns import Column, Kind
from core.lists.reading import no, yes
from core.workbooks.delimited import FORMULA_STARTS

#: A sheet of Excel ends at row 1,048,576; one is the header.
MAX_SHEET_ROWS = 1_048_575
#: The most characters that fit into a cell.
_LONGEST = 32_767
_FIRST_DAY = dt.date(1899, 12, 30)
#: Excel believes in 29 February 1900; earlier days are written as text.
_FIRST_SURE_DAY = dt.date(1900, 3, 1)
_ROWS_AT_ONCE = 1_000
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
# Styles, by their place in styles.xml.
_HEAD, _DAY, _MOMENT, _GROUPED, _NO_FORMULA = 1, 2, 3, 4, 5
_WIDTHS = {Kind.DAY: 12, Kind.MOMENT: 17, Kind.NUMBER: 14, Kind.FLAG: 12, Kind.CHOICE: 24, Kind.TEXT: 32}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = f"""{_HEADER}<styleSheet xmlns="{_MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>\
<font><b/><sz val="11"/><name val="Arial"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/>\
<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>\
<xf numFmtId="3" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class _Pipe:
    """What the archive writes into; what has arrived is taken out again at once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self.parts)
        self.parts.clear()
        return taken


def write_workbook(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, about: Sequence[tuple[str, str]]
) -> Iterator[bytes]:
    """Return the bytes of a workbook with the rows on one sheet and ``about`` on a second.

    Numbers, days and flags are typed; text is never a formula. At most ``MAX_SHEET_ROWS`` rows.
    """
    # Words depend on the language of the request, which is over when the rows flow.
    writers = [cell_writer(column) for column in columns]
    names = [_sheet_name(title), _sheet_name(_("About this file"))]
    head = "".join(_text(column.label, _HEAD) for column in columns)
    return _bytes(names, columns, writers, head, rows, about)


def _bytes(
    names: list[str],
    columns: Sequence[Column],
    writers: list[Callable[[Any], str]],
    head: str,
    rows: Iterable[Sequence[Any]],
    about: Sequence[tuple[str, str]],
) -> Iterator[bytes]:
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=3) as archive:  # type: ignore[call-overload]  # needs write() alone
        for path, content in _frame(names):
            archive.writestr(path, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            widths = [_WIDTHS[column.kind] for column in columns]
            sheet.write(f"{_opening(widths)}<row>{head}</row>".encode())
            count, lines = 1, []
            for row in rows:
                cells = "".join([write(value) for write, value in zip(writers, row, strict=False)])
                lines.append(f"<row>{cells}</row>")
                count += 1
                if len(lines) == _ROWS_AT_ONCE:
                    sheet.write("".join(lines).encode())
                    lines.clear()
                    yield pipe.take()
            filtered = f'<autoFilter ref="A1:{_letters(len(columns))}{count}"/>'
            sheet.write(f"{''.join(lines)}</sheetData>{filtered}</worksheet>".encode())
        lines = [f"<row>{_text(label, _HEAD)}{_text(value)}</row>" for label, value in about]
        content = f"{_opening([24, 100], frozen=False)}{''.join(lines)}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet2.xml", content)
    yield pipe.take()


def cell_writer(column: Column) -> Callable[[Any], str]:
    """Return the function that writes a value of the column as a cell."""
    if column.kind == Kind.FLAG:
        words = {None: "<c/>", True: _text(yes()), False: _text(no())}
        return words.__getitem__
    if column.kind == Kind.CHOICE:
        ready = {key: _text(word) for key, word in column.words.items()} | {None: "<c/>", "": "<c/>"}
        return lambda value: ready.get(value) or _text(str(value))
    if column.kind == Kind.NUMBER:
        return _number
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return _time
    return lambda value: "<c/>" if value is None or value == "" else _text(str(value))


def _number(value: Any) -> str:
    if value is None:
        return "<c/>"
    # Years and small counts stay as they are; large numbers are grouped.
    if abs(value) >= 10_000 and value == int(value):
        return f'<c s="{_GROUPED}"><v>{int(value)}</v></c>'
    return f"<c><v>{value}</v></c>"


def _time(value: dt.date | dt.datetime | None) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, dt.datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        days = (local - dt.datetime.combine(_FIRST_DAY, dt.time())).total_seconds() / 86_400
        return f'<c s="{_MOMENT}"><v>{days:.6f}</v></c>'
    if value < _FIRST_SURE_DAY:
        return _text(value.isoformat())
    return f'<c s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'


def _text(text: str, style: int = 0) -> str:
    # What looks like a formula is marked as text, as an apostrophe typed before it would.
    if not style and text.startswith(FORMULA_STARTS):
        style = _NO_FORMULA
    clean = escape(_NOT_IN_XML.sub("", text)[:_LONGEST])
    marked = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{marked}><is><t xml:space="preserve">{clean}</t></is></c>'


def _opening(widths: Sequence[int], *, frozen: bool = True) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{_HEADER}<worksheet xmlns="{_MAIN}">{views}<cols>{columns}</cols><sheetData>'


def _frame(names: list[str]) -> list[tuple[str, str]]:
    """Return the parts of the package that are the same for every list."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    worksheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in (1, 2)
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{kind}.{name}+xml"/>'
        for path, name in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("worksheets/sheet2.xml", "worksheet"),
            ("styles.xml", "styles"),
        )
    )
    return [
        (
            "[Content_Types].xml",
            f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{parts}</Types>',
        ),
        (
            "_rels/.rels",
            f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{worksheets}<Relationship Id="rId3" '
            f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'{_HEADER}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        ),
        ("xl/styles.xml", _STYLES),
    ]


def _sheet_name(text: str) -> str:
    return _NOT_IN_NAMES.sub(" ", text)[:31].strip() or "1"


def _letters(count: int) -> str:
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
