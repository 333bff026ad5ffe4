"""Model documents in the layout of Decree 30/2020, annex I, built with python-docx.

A paper is described from top to bottom with the methods of :class:`Paper`; the texts hold placeholders. Measures are
those of the annex: A4, margins top and bottom 20 mm, left 30 mm, right 15 mm, Times New Roman, body 14 pt justified
with 1 cm indent, page number centred in the top margin and not on the first page.
"""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.office.docx import without_time

FONT = "Times New Roman"
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = "Số: {% if head.number %}{{ head.number }}{% else %}         /{{ head.symbol }}{% endif %}"
PLACE_AND_DAY = "{{ head.place }}, {{ head.day }}"
BODY = 14
_LEFT, _RIGHT, _TOP, _BOTTOM = Mm(30), Mm(15), Mm(20), Mm(20)
_LONG, _SHORT = Mm(297), Mm(210)
_ISSUER_SIDE, _STATE_SIDE = 65, 100  # mm of 165
_MARKS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_MADE = dt.datetime(2020, 3, 5, tzinfo=dt.UTC)  # the day the decree was signed: never the day of building


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, content of its cells, width in mm, and how the content is aligned."""

    heading: str
    content: str
    width: float
    align: ALIGN = ALIGN.LEFT


class Paper:
    """A model document, written from top to bottom. Texts may set parts **bold** or __italic__."""

    def __init__(self, title: str, *, landscape: bool = False, body: float = BODY) -> None:
        self.body = body
        self.document = docx.Document()
        self._clear(title)
        self._lay_out(landscape=landscape)
        self.width = 252 if landscape else 165  # mm between the margins

    def head(self, *, about: str = "", numbered: bool = True) -> None:
        """Write issuer, number and, for letters without a title, what they are ``about``; state, motto and day.

        A paper that gets no number (``numbered=False``) has its day elsewhere.
        """
        half = self.width / 2
        left = _ISSUER_SIDE if self.width < 200 else half - 10
        issuer, state = self._side_by_side(left, self.width - left)
        self._line(issuer, "{%p if head.superior %}")
        self._line(issuer, "{{ head.superior }}", 13)
        self._line(issuer, "{%p endif %}")
        self._line(issuer, "{{ head.issuer }}", 13, bold=True)
        self._rule(issuer, left, 22)
        if numbered:
            self._line(issuer, NUMBER, 13, before=4)
        if about:
            self._line(issuer, about, 12, before=4)
        self._line(state, STATE, 13, bold=True)
        self._line(state, MOTTO, 14, bold=True)
        self._rule(state, self.width - left, 63)
        if numbered:
            self._line(state, PLACE_AND_DAY, 14, italic=True, before=4)
        self._drop_first(issuer, state)

    def state_head(self) -> None:
        """Write state name and motto across the page, as on a paper that no agency issues."""
        for text, size in ((STATE, 13), (MOTTO, 14)):
            self.text(text, size=size, bold=True, align=ALIGN.CENTER, indent=False, after=0)
        self._rule(self.document, self.width, 63)

    def title(self, kind: str, *about: str, rule: bool = True) -> None:
        """Write the kind of paper in capitals, what it is about below, and the line under it."""
        self.text(kind, bold=True, align=ALIGN.CENTER, indent=False, before=14, after=0, keep=True)
        for line in about:
            self.text(line, bold=True, align=ALIGN.CENTER, indent=False, after=0, keep=True)
        if rule:
            self._rule(self.document, self.width, 45)
        self.gap(6)

    def addressee(self, name: str) -> None:
        """Write "Kính gửi:" with the addressees of the list ``name``: on the line if there is one, below if several."""
        self.control(f"if {name}_only")
        alone = f"Kính gửi: {{{{ {name}_only }}}}"
        self.text(alone, align=ALIGN.CENTER, indent=False, before=10, after=0, keep=True)
        self.control("else")
        self.text("Kính gửi:", align=ALIGN.CENTER, indent=False, before=10, after=0, keep=True)
        self.control(f"for addressee in {name}")
        self.text("- {{ addressee }}", indent=False, after=0, left=45, align=ALIGN.LEFT)
        self.control("endfor")
        self.control("endif")
        self.gap(6)

    def bases(self, name: str = "bases") -> None:
        """Write the legal bases of the list ``name`` in italics, a paragraph each."""
        self.control(f"for basis in {name}")
        self.text("{{ basis }}", italic=True)
        self.control("endfor")

    def heading(self, text: str) -> None:
        """Write a heading in bold that stays with what follows."""
        self.text(text, bold=True, keep=True)

    def each(self, name: str, content: str = "{{ item }}", *, item: str = "item", **how: Any) -> None:
        """Write a paragraph for every item of a list."""
        self.control(f"for {item} in {name}")
        self.text(content, **how)
        self.control("endfor")

    def control(self, tag: str) -> None:
        """Write a repetition or condition on paragraphs; the paragraph it stands in disappears."""
        self.text("{%p " + tag + " %}", indent=False, after=0)

    def gap(self, points: float) -> None:
        """Leave white space."""
        self._low(self.document.add_paragraph(), points)

    def text(
        self,
        content: str,
        *,
        size: float = 0,
        bold: bool = False,
        italic: bool = False,
        align: ALIGN = ALIGN.JUSTIFY,
        indent: bool = True,
        left: float = 0,
        before: float = 0,
        after: float = 6,
        keep: bool = False,
    ) -> Paragraph:
        """Write a paragraph; sizes and spaces in points, ``left`` in mm, ``keep`` holds it to the next one."""
        paragraph = self.document.add_paragraph()
        self._write(paragraph, content, size or self.body, bold=bold, italic=italic)
        form = paragraph.paragraph_format
        form.alignment, form.keep_with_next = align, keep or None
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.first_line_indent = Mm(10) if indent else None
        form.left_indent = Mm(left) if left else None
        return paragraph

    def table(self, name: str, columns: Sequence[Column], *, row: str = "row", size: float = 12) -> None:
        """Write a table with a row for each of the list ``name``; see ``grid``."""
        lines: list[str | tuple[str, ...]] = [
            f"for {row} in {name}",
            tuple(column.content for column in columns),
            "endfor",
        ]
        self.grid(columns, lines, size=size)

    def grid(
        self, columns: Sequence[Column], lines: Sequence[str | tuple[str, ...]], *, size: float = 12
    ) -> None:
        """Write a table with a heading row that is repeated on every page.

        A line is a tuple of cells, or a repetition or condition on the lines after it ("for row in rows", "endfor").
        Rows never break over pages.
        """
        table = self.document.add_table(rows=1 + len(lines), cols=len(columns))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        contents = [tuple(f"**{column.heading}**" for column in columns), *lines]
        for row, content in zip(table.rows, contents, strict=True):
            self._mark_row(row, "w:cantSplit")
            for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
                cell.width = Mm(column.width)
                is_heading = content is contents[0]
                text = content[number] if isinstance(content, tuple) else ""
                if isinstance(content, str) and number == 0:
                    text = "{%tr " + content + " %}"
                self._cell(cell, text, size, ALIGN.CENTER if is_heading else column.align)
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER if is_heading else None
        for column, made in zip(columns, table.columns, strict=True):
            made.width = Mm(column.width)
        self._mark_row(table.rows[0], "w:tblHeader")
        self.gap(6)

    def sign(self, *blocks: tuple[str, str], receivers: str = "receivers", personal: str = "") -> None:
        """Write "Nơi nhận" at the left and the signature block at the right, held together with the last paragraph.

        ``blocks`` are pairs from left to right: the lines of authority (the name of a list, or a text in capitals) and
        the placeholder of the name; one block is the rule. With several, or with ``receivers=""``, there is no "Nơi
        nhận". ``personal`` stands under the title ("(Ký, ghi rõ họ tên)").
        """
        blocks = blocks or (("signature.lines", "signature.name"),)
        self._hold_last()
        if len(blocks) == 1:
            left, right = self._side_by_side(self.width * 0.42, self.width * 0.58)
            if receivers:
                self._receivers(left, receivers)
            sides = [right]
        else:
            sides = self._side_by_side(*[self.width / len(blocks)] * len(blocks))
        for cell, (lines, name) in zip(sides, blocks, strict=True):
            is_list = lines.islower()
            if is_list:
                self._line(cell, "{%p for line in " + lines + " %}")
            self._line(cell, "{{ line }}" if is_list else lines, BODY, bold=True)
            if is_list:
                self._line(cell, "{%p endfor %}")
            if personal:
                self._line(cell, personal, 13, italic=True)
            for _number in range(4):
                self._line(cell, "", BODY)
            self._line(cell, "{{ " + name + " }}", BODY, bold=True)
        self._drop_first(*sides)
        for paragraph in [p for cell in sides for p in cell.paragraphs]:
            paragraph.paragraph_format.keep_with_next = True
        # Word wants a paragraph after a table; one of a point never makes a page of its own.
        self._low(self.document.add_paragraph(), 1)

    def save(self) -> bytes:
        """Return the document; the same description gives the same bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return without_time(out.getvalue())

    def _clear(self, title: str) -> None:
        core = self.document.core_properties
        core.title, core.author, core.comments, core.last_modified_by = title, "", "", ""
        core.created = core.modified = _MADE
        core.language, core.revision = "vi-VN", 1
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(self.body)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        style.element.get_or_add_rPr().append(language)

    def _lay_out(self, *, landscape: bool) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = _LEFT, _RIGHT
        section.top_margin, section.bottom_margin = _TOP, _BOTTOM
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = ALIGN.CENTER
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = number.add_run()
            run.font.size = Pt(BODY)
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text
            run._r.append(part)

    def _side_by_side(self, *widths: float) -> list[_Cell]:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        margins = OxmlElement("w:tblCellMar")
        for side in ("w:left", "w:right"):
            edge = OxmlElement(side)
            edge.set(qn("w:w"), "0")
            edge.set(qn("w:type"), "dxa")
            margins.append(edge)
        table._tbl.tblPr.append(margins)
        self._mark_row(table.rows[0], "w:cantSplit")
        cells = list(table.rows[0].cells)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            table.columns[number].width = cell.width = Mm(width)
        return cells

    def _receivers(self, cell: _Cell, name: str) -> None:
        self._line(cell, "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
        self._line(cell, "{%p for receiver in " + name + " %}", align=ALIGN.LEFT)
        self._line(cell, "- {{ receiver }}", 11, align=ALIGN.LEFT)
        self._line(cell, "{%p endfor %}", align=ALIGN.LEFT)
        self._drop_first(cell)

    def _cell(self, cell: _Cell, content: str, size: float, align: ALIGN) -> None:
        paragraph = cell.paragraphs[0]
        self._write(paragraph, content, size)
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)

    def _line(
        self,
        cell: _Cell,
        content: str,
        size: float = BODY,
        *,
        bold: bool = False,
        italic: bool = False,
        align: ALIGN = ALIGN.CENTER,
        before: float = 0,
    ) -> None:
        paragraph = cell.add_paragraph()
        self._write(paragraph, content, size, bold=bold, italic=italic)
        paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(0)

    def _write(
        self, paragraph: Paragraph, content: str, size: float, *, bold: bool = False, italic: bool = False
    ) -> None:
        start = 0
        for mark in [*_MARKS.finditer(content), None]:
            plain = content[start : mark.start() if mark else len(content)]
            pieces = [(plain, bold, italic)]
            if mark:
                pieces.append((mark[1] or mark[2], bold or bool(mark[1]), italic or bool(mark[2])))
                start = mark.end()
            for piece, is_bold, is_italic in pieces:
                if piece:
                    run = paragraph.add_run(piece)
                    run.font.size, run.bold, run.italic = Pt(size), is_bold or None, is_italic or None
        if not content:
            paragraph.paragraph_format.line_spacing = Pt(size * 1.15)

    def _rule(self, where: Any, width: float, length: float) -> None:
        """Draw a line of ``length`` mm in the middle of ``width`` mm."""
        paragraph = where.add_paragraph()
        self._low(paragraph, 3)
        form = paragraph.paragraph_format
        form.space_before = Pt(3)
        form.left_indent = form.right_indent = Mm((width - length) / 2)
        borders = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def _low(self, paragraph: Paragraph, points: float) -> None:
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(points)
        form.first_line_indent = None
        paragraph.paragraph_format.keep_with_next = points > 1 or None
        mark, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
        size.set(qn("w:val"), "2")
        mark.append(size)
        paragraph._p.get_or_add_pPr().append(mark)

    def _hold_last(self) -> None:
        """Keep the last paragraph of the body on the page of the signature: never a page with nothing but it."""
        for paragraph in reversed(self.document.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
            if paragraph.text.strip() and not paragraph.text.startswith("{%"):
                return

    def _drop_first(self, *cells: _Cell) -> None:
        """Take away the empty paragraph every new cell begins with."""
        for cell in cells:
            first = cell.paragraphs[0]
            if not first.text and len(cell.paragraphs) > 1:
                first._p.getparent().remove(first._p)

    def _mark_row(self, row: Any, mark: str) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement(mark))
