"""Find the tables in a sheet: what is title, header, data, group heading, total, footnote.

Everything that is not taken as data is listed in ``Table.skipped`` with the reason, so that nothing vanishes silently;
where the guess is wrong, ``table_at`` reads the same sheet with the header rows a person names.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.text import fold
from core.workbooks import rows as kinds
from core.workbooks.cells import Row, Value, address, is_blank, text_of
from core.workbooks.reading import Sheet

_LOOK_AHEAD = 12
_MAX_HEADER_ROWS = 4


class Reason(StrEnum):
    """Why a row is no data."""

    TITLE = "title"
    COLUMN_NUMBERS = "column_numbers"
    SECTION = "section"
    TOTAL = "total"
    HEADER_AGAIN = "header_again"
    FOOTNOTE = "footnote"

    @property
    def label(self) -> str:
        """The words for readers."""
        return str(_REASONS[self])


_REASONS = {
    Reason.TITLE: _("title above the table"),
    Reason.COLUMN_NUMBERS: _("numbers of the columns"),
    Reason.SECTION: _("heading of a group of rows"),
    Reason.TOTAL: _("total"),
    Reason.HEADER_AGAIN: _("header repeated"),
    Reason.FOOTNOTE: _("remark below the table"),
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its index in the sheet from 0, its title (parts of a two-line header joined by " / ")."""

    index: int
    title: str
    address: str


@dataclass
class TableRow:
    """A row of data: ``number`` as Excel shows it (from 1), ``cells`` in the order of ``Table.header``, its group."""

    number: int
    cells: list[Value]
    section: str = ""


@dataclass(frozen=True)
class Skipped:
    """A row that is no data, and why."""

    number: int
    text: str
    reason: Reason


@dataclass
class Table:
    """A table of a sheet. ``header_rows`` are counted from 0, as for ``table_at``; ``filled_down`` lists merged cells
    whose value was given to every row they cover."""

    sheet: str
    title: str
    header_rows: tuple[int, ...]
    header: list[Column]
    rows: list[TableRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    filled_down: list[str] = field(default_factory=list)

    def address(self, row: TableRow, position: int) -> str:
        """Return the address of the cell of ``row`` under ``header[position]``."""
        return address(row.number - 1, self.header[position].index)

    def column_values(self, position: int, limit: int | None = None) -> list[Value]:
        """Return what stands under ``header[position]``, from at most ``limit`` rows."""
        return [row.cells[position] for row in self.rows[:limit]]


def find_tables(sheet: Sheet, vocabulary: Collection[str] = ()) -> list[Table]:
    """Return the tables of a sheet from top to bottom; empty if no row looks like a header.

    ``vocabulary``: titles the caller knows, folded with ``core.text.fold``; they make the guess surer.
    """
    starts: list[tuple[int, ...]] = []
    row = 0
    while row < len(sheet.rows):
        if _starts_table(sheet, row, vocabulary, starts[-1] if starts else None):
            block = _header_block(sheet, row)
            starts.append(block)
            row = block[-1] + 1
        else:
            row += 1
    tables = []
    for index, block in enumerate(starts):
        first = starts[index - 1][-1] + 1 if index else 0
        end = starts[index + 1][0] if index + 1 < len(starts) else len(sheet.rows)
        titles = _titles_above(
            sheet, first if not index else max(first, _titles_begin(sheet, block[0])), block[0]
        )
        body_end = _titles_begin(sheet, starts[index + 1][0]) if index + 1 < len(starts) else end
        tables.append(_read_table(sheet, block, body_end, titles))
    return tables


def table_at(sheet: Sheet, header_rows: Collection[int], last_row: int | None = None) -> Table:
    """Return the table under the header rows a person names, counted from 0, down to ``last_row`` (exclusive).

    Raises ValueError if the rows are not in the sheet.
    """
    block = tuple(sorted(header_rows))
    if not block or block[0] < 0 or block[-1] >= len(sheet.rows):
        raise ValueError(header_rows)
    end = len(sheet.rows) if last_row is None else min(last_row, len(sheet.rows))
    return _read_table(sheet, block, end, _titles_above(sheet, 0, block[0]))


def _starts_table(
    sheet: Sheet, row: int, vocabulary: Collection[str], previous: tuple[int, ...] | None
) -> bool:
    cells = sheet.rows[row]
    if previous:
        # Asked of every row of data: the cheap questions come first.
        begins = kinds.starts_with_ordinal_title(cells)
        if not begins and (len(kinds.filled(sheet.rows[row - 1])) > 1 or not _values_follow(sheet, row)):
            return False
        return (
            kinds.is_header_like(cells, vocabulary)
            and (begins or len(kinds.filled(cells)) >= 3)
            and not _same_titles(_folded(sheet.rows[previous[0]]), cells)
        )
    if not kinds.is_header_like(cells, vocabulary):
        return False
    columns = kinds.filled(cells)
    if len(columns) == 2 and not kinds.starts_with_ordinal_title(cells):
        # Office headings stand in two cells side by side ("province | republic") above a wider table.
        return max(len(kinds.filled(other)) for other in sheet.rows[row : row + 3 * _LOOK_AHEAD]) == 2
    following = sorted(_widths_below(sheet, row))
    if not following:
        return not any(map(kinds.filled, sheet.rows[row + 1 :]))
    return columns[-1] - columns[0] + 1 >= 0.6 * following[len(following) // 2]


def _widths_below(sheet: Sheet, row: int) -> list[int]:
    """Return how many cells are filled in the next rows, as far as the table goes: to a row of at most one cell."""
    widths: list[int] = []
    for cells in sheet.rows[row + 1 : row + 1 + _LOOK_AHEAD]:
        width = len(kinds.filled(cells))
        if width <= 1 and widths:
            break
        if width > 1:
            widths.append(width)
    return widths


def _folded(cells: Row) -> list[str]:
    return [fold(text_of(cell)) for cell in cells]


def _same_titles(titles: list[str], cells: Row) -> bool:
    """Say whether a row repeats titles that are folded already; the first that differs decides."""
    return all(
        (not title if is_blank(cell) else fold(text_of(cell)) == title)
        for title, cell in zip(titles, cells, strict=True)
    )


def _values_follow(sheet: Sheet, row: int) -> bool:
    """Say whether the next rows hold numbers or dates under at least one of the titles."""
    return any(
        kinds.looks_like_number(cell)
        for cells in sheet.rows[row + 1 : row + 4]
        for cell in cells
        if not is_blank(cell)
    )


def _header_block(sheet: Sheet, first: int) -> tuple[int, ...]:
    """Return the rows of the header that begins at ``first``: those it is merged into, or that fill its gaps."""
    last = first
    for top, _left, bottom, _right in sheet.merged:
        if top == first:
            last = max(last, min(bottom, first + _MAX_HEADER_ROWS - 1))
    while last + 1 < len(sheet.rows) and last - first + 1 < _MAX_HEADER_ROWS:
        if not _continues_header(sheet, first, last):
            break
        last += 1
    return tuple(range(first, last + 1))


def _continues_header(sheet: Sheet, first: int, last: int) -> bool:
    """Say whether the row after ``last`` holds second titles: only words, only under gaps or wide titles."""
    above = sheet.rows[first]
    below = sheet.rows[last + 1]
    columns = kinds.filled(below)
    upper = kinds.filled(above)
    if not columns or not upper or columns[0] <= upper[0]:
        return False
    if any(not kinds.is_title_cell(below[column]) for column in columns):
        return False
    gaps = {column for column in range(upper[0], len(above)) if is_blank(above[column])}
    return bool(gaps & set(columns)) and all(
        column in gaps or column + 1 in gaps or is_blank(above[column]) for column in columns
    )


def _titles_begin(sheet: Sheet, header: int) -> int:
    """Return the first of the rows right above a header that belong to it: blank or of one cell."""
    row = header
    while row > 0 and len(kinds.filled(sheet.rows[row - 1])) <= 1:
        row -= 1
    # Of remarks to the table above and a title of the table below, only the last line is the title.
    rows = [index for index in range(row, header) if kinds.filled(sheet.rows[index])]
    return rows[-1] if rows else header


def _titles_above(sheet: Sheet, first: int, header: int) -> list[Skipped]:
    return [
        Skipped(row + 1, _text(sheet.rows[row]), Reason.TITLE)
        for row in range(first, header)
        if kinds.filled(sheet.rows[row])
    ]


def _read_table(sheet: Sheet, block: tuple[int, ...], end: int, titles: list[Skipped]) -> Table:
    header = _columns(sheet, block, end)
    title = " ".join(skipped.text for skipped in titles)
    table = Table(sheet.name, title, block, header, skipped=titles)
    if not header:
        return table
    below = [sheet.rows[row][header[0].index] for row in range(block[-1] + 1, end)]
    titled = fold(header[0].title) in kinds.ORDINAL_TITLES
    numbered = titled or sum(map(kinds.is_ordinal, below)) * 2 > len(below)
    merged_across = {top for top, left, bottom, right in sheet.merged if right - left >= 1 and top == bottom}
    merged_down = _merged_down(sheet, block[-1])
    titles_folded = [_folded(sheet.rows[row]) for row in block]
    section = ""
    for index in range(block[-1] + 1, end):
        cells = sheet.rows[index]
        reason = _reason(
            titles_folded, cells, header, titled=titled, numbered=numbered, merged=index in merged_across
        )
        if reason is Reason.COLUMN_NUMBERS and table.rows:
            reason = None
        if reason is None and kinds.filled(cells):
            table.rows.append(_data_row(table, index, cells, merged_down, section))
        elif reason is not None:
            table.skipped.append(Skipped(index + 1, _text(cells), reason))
            if reason is Reason.SECTION:
                section = _text([cells[column] for column in kinds.filled(cells)[:2]])
    _take_footnotes(table, numbered=numbered)
    return table


def _reason(
    titles: list[list[str]], cells: Row, header: list[Column], *, titled: bool, numbered: bool, merged: bool
) -> Reason | None:
    if not kinds.filled(cells):
        return None
    if kinds.is_column_numbers(cells, len(header)):
        return Reason.COLUMN_NUMBERS
    if any(_same_titles(line, cells) for line in titles):
        return Reason.HEADER_AGAIN
    if kinds.is_total(cells):
        return Reason.TOTAL
    if kinds.is_remark(cells) and not kinds.is_ordinal(cells[header[0].index]):
        return Reason.FOOTNOTE
    if kinds.is_section(
        cells, len(header), order=header[0].index, titled=titled, numbered=numbered, merged=merged
    ):
        return Reason.SECTION
    return None


def _columns(sheet: Sheet, block: tuple[int, ...], end: int) -> list[Column]:
    """Return the columns with a title in any header row, or with content below the header and a number for a title."""
    titles: list[list[str]] = [[] for _column in range(sheet.width)]
    merges = any(top in block for top, _left, _bottom, _right in sheet.merged)
    wide = {
        (top, column): left for top, left, _bottom, right in sheet.merged for column in range(left, right + 1)
    }
    for depth, row in enumerate(block):
        above = ""
        for column in range(sheet.width):
            text = text_of(sheet.rows[row][column])
            last = depth == len(block) - 1
            if text:
                above = text
            elif (row, column) in wide:
                text = text_of(sheet.rows[row][wide[row, column]])
            elif not last and not merges and _has_title_below(sheet, block[depth + 1 :], column):
                text = above
            if text and (not titles[column] or titles[column][-1] != text):
                titles[column].append(text)
    columns = [
        Column(column, " / ".join(parts), address(_title_row(sheet, block, column), column))
        for column, parts in enumerate(titles)
        if parts
    ]
    known = {column.index for column in columns}
    sample = range(block[-1] + 1, min(end, block[-1] + 200))
    for column in range(sheet.width):
        if (
            column not in known
            and sum(not is_blank(sheet.rows[row][column]) for row in sample) > len(sample) / 2
        ):
            columns.append(Column(column, "", address(block[-1], column)))
    return sorted(columns, key=lambda column: column.index)


def _has_title_below(sheet: Sheet, below: tuple[int, ...], column: int) -> bool:
    return any(not is_blank(sheet.rows[row][column]) for row in below)


def _title_row(sheet: Sheet, block: tuple[int, ...], column: int) -> int:
    return next((row for row in reversed(block) if not is_blank(sheet.rows[row][column])), block[0])


def _merged_down(sheet: Sheet, header_end: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return, for cells covered by a merge over several rows of data, where its value stands."""
    return {
        (row, left): (top, left)
        for top, left, bottom, right in sheet.merged
        if top > header_end and bottom > top and left == right
        for row in range(top + 1, min(bottom + 1, len(sheet.rows)))
    }


def _data_row(
    table: Table, index: int, cells: Row, merged_down: dict[tuple[int, int], tuple[int, int]], section: str
) -> TableRow:
    values = [cells[column.index] for column in table.header]
    if merged_down:
        for position, column in enumerate(table.header):
            source = merged_down.get((index, column.index))
            if source and is_blank(values[position]):
                values[position] = _value_above(table, source, position)
                table.filled_down.append(address(index, column.index))
    return TableRow(index + 1, values, section)


def _value_above(table: Table, source: tuple[int, int], position: int) -> Value:
    """Return the value of the row of data in which a merged cell begins."""
    return next((row.cells[position] for row in reversed(table.rows) if row.number == source[0] + 1), None)


def _take_footnotes(table: Table, *, numbered: bool) -> None:
    """Move what stands below the last row of data (remarks, place and date, signatures) out of the rows."""
    width = len(table.header)
    start = len(table.rows)
    while start and width > 2:
        row = table.rows[start - 1]
        columns = kinds.filled(row.cells)
        words = all(isinstance(row.cells[column], str) for column in columns)
        if (
            not words
            or len(columns) > (1 if width < 4 else 2)
            or (numbered and kinds.is_ordinal(row.cells[0]))
        ):
            break
        start -= 1
    if not numbered:
        # Without row numbers a short row may be data: only what stands apart, below a blank row, is a remark.
        below = table.rows[start:]
        apart = [
            at for at, row in enumerate(below, start) if at and row.number - table.rows[at - 1].number > 1
        ]
        start = apart[0] if apart else len(table.rows)
    table.skipped.extend(Skipped(row.number, _text(row.cells), Reason.FOOTNOTE) for row in table.rows[start:])
    del table.rows[start:]
    last = table.rows[-1].number if table.rows else 0
    table.skipped = sorted(
        (
            Skipped(row.number, row.text, Reason.FOOTNOTE)
            if row.reason is Reason.SECTION and row.number > last and table.rows
            else row
            for row in table.skipped
        ),
        key=lambda row: row.number,
    )


def _text(cells: Row) -> str:
    return " ".join(text_of(cell) for cell in cells if not is_blank(cell))
