"""What kind of row it is: header, column numbers, section, total, remark."""

import re
from collections.abc import Collection
from itertools import pairwise

from core.text import fold
from core.workbooks.cells import Row, Value, is_blank, text_of

ORDINAL_TITLES = {"stt", "tt", "so tt", "so thu tu", "no", "s tt", "thu tu"}
_LONGEST_TITLE = 120
_LONGEST_ORDINAL_TITLE = 20
_STARTS_LIKE_NUMBER = re.compile(r"[<>≤≥~≈+\-−(]?\s*\d")
_ARABIC = re.compile(r"\d{1,7}(?:\.0+)?[.)]?")
_ROMAN = re.compile(r"(?=[IVXL])(?:X{0,3}|XL|L)(?:IX|IV|V?I{0,3})[.)]?")
_LETTER = re.compile(r"[A-ZĐa-zđ][.)]?|\d+(?:\.\d+)+\.?")
_NUMBERED_TITLE = re.compile(
    r"(?:[IVXL]+|[A-ZĐ]|[a-zđ]|\d{1,2})[.)/]\s*\S|(?:phụ lục|phần|mục|biểu)\s", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?:tổng|cộng|(?:grand |sub)?total)"
    r"(?:\s*[:(+].*|\s+(?:cộng|số|diện tích|toàn|cả|chung|theo|nhóm|mục|phần|[ivx]+)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_REMARK = re.compile(r"\s*(?:ghi chú|nguồn|lưu ý|chú thích|note|source|\(?\*+\)?|-\s)", re.IGNORECASE)
_COLUMN_MARK = re.compile(r"\(?(\d{1,3})(?:[.,]0+)?\)?(?:\s*=.*)?|\(?([A-Z])\)?")


def filled(row: Row) -> list[int]:
    """Return the columns that hold something."""
    return [
        column
        for column, value in enumerate(row)
        if value is not None and (not isinstance(value, str) or value.strip())
    ]


def is_ordinal(value: Value) -> bool:
    """Say whether the cell numbers a row of data: 1, 2., 3)."""
    return _ARABIC.fullmatch(text_of(value)) is not None if not isinstance(value, bool) else False


def is_heading_ordinal(value: Value) -> bool:
    """Say whether the cell numbers a group of rows: I, II., A, b), 1.2."""
    text = text_of(value)
    return isinstance(value, str) and bool(_ROMAN.fullmatch(text) or _LETTER.fullmatch(text))


def looks_like_number(value: Value) -> bool:
    """Say whether the cell holds a value and no words: a typed number or date, or text that begins like one."""
    if isinstance(value, str):
        return _STARTS_LIKE_NUMBER.match(value.strip()) is not None
    return value is not None


def is_title_cell(value: Value) -> bool:
    """Say whether the cell could be the title of a column: words, not too many."""
    return (
        isinstance(value, str)
        and not looks_like_number(value)
        and len(value) <= _LONGEST_TITLE
        and any(char.isalpha() or char == "%" or char == "#" for char in value)
    )


def starts_with_ordinal_title(row: Row) -> bool:
    """Say whether the first cell with content is the title of a column of row numbers (STT, TT)."""
    first = next((value for value in row if not is_blank(value)), None)
    return isinstance(first, str) and len(first) < _LONGEST_ORDINAL_TITLE and fold(first) in ORDINAL_TITLES


def is_header_like(row: Row, vocabulary: Collection[str] = ()) -> bool:
    """Say whether the row could be a header: at least two titles, all different, nothing else.

    ``vocabulary`` holds folded titles that the caller knows; two of them make a header whatever else there is.
    """
    columns = filled(row)
    if len(columns) < 2:
        return False
    titles = [fold(text_of(row[column])) for column in columns]
    if vocabulary and sum(title in vocabulary for title in titles) >= 2:
        return True
    good = sum(is_title_cell(row[column]) for column in columns)
    if starts_with_ordinal_title(row):
        return good >= len(columns) * 0.6
    return good == len(columns) and len(set(titles)) == len(titles)


def is_column_numbers(row: Row, width: int) -> bool:
    """Say whether the row only numbers the columns: 1 2 3, (1) (2) (3), A B 1 2, 5=3+4."""
    columns = filled(row)
    if len(columns) < 3 or len(columns) < width * 0.6:
        return False
    marks: list[int] = []
    for column in columns:
        match = _COLUMN_MARK.fullmatch(text_of(row[column]))
        if match is None:
            return False
        if match[1]:
            marks.append(int(match[1]))
        elif marks and any(mark > 0 for mark in marks):
            return False
        else:
            marks.append(ord(match[2]) - 90)
    if len(marks) < 4 and marks[0] <= 0:
        # "A 1 2" below three titles may well be a record.
        return False
    rising = all(0 < after - before <= 3 or before <= 0 < after for before, after in pairwise(marks))
    first_number = next((mark for mark in marks if mark > 0), 1)
    return rising and first_number <= 2


def is_total(row: Row) -> bool:
    """Say whether the row sums up others: "Tổng", "Tổng cộng", "Cộng" where the words stand, and no row number."""
    columns = filled(row)[:3]
    if not columns or is_ordinal(row[columns[0]]):
        return False
    for column in columns:
        value = row[column]
        if isinstance(value, str) and not is_heading_ordinal(value):
            return _TOTAL.fullmatch(text_of(value)) is not None
    return False


def is_remark(row: Row) -> bool:
    """Say whether the row begins like a footnote: "Ghi chú", "Nguồn", an asterisk."""
    columns = filled(row)
    return len(columns) in (1, 2) and _REMARK.match(text_of(row[columns[0]])) is not None


def is_section(row: Row, width: int, *, order: int, titled: bool, numbered: bool, merged: bool) -> bool:
    """Say whether the row is the heading of a group of rows.

    ``width``: columns of the table; ``order``: its first column; ``titled``: that column is called STT or the like;
    ``numbered``: it is, or most of its cells are numbers; ``merged``: a cell of the row is merged across.
    """
    columns = filled(row)
    if not columns or width < 3:
        return False
    first, text = row[columns[0]], text_of(row[columns[0]])
    # A group may carry sums; elsewhere than under STT a letter with values beside it is the code of a record.
    if titled and columns[0] == order and is_heading_ordinal(first) and len(columns) > 1:
        return True
    if len(columns) > 2 or any(not isinstance(row[column], str) for column in columns):
        return False
    if len(columns) == 2:
        return is_heading_ordinal(first) and (numbered or len(text) > 1)
    in_order_column = numbered and columns[0] == order and not is_ordinal(first)
    capitals = text.isupper() and len(text) > 3
    return merged or in_order_column or capitals or _NUMBERED_TITLE.match(text) is not None
