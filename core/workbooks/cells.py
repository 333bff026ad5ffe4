"""What a cell can hold, and how a cell is called."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a spreadsheet shows where a formula failed: ``#N/A``, ``#REF!``, ``#DIV/0!``."""

    text: str

    def __str__(self) -> str:
        return self.text


Value = str | Decimal | bool | dt.date | dt.datetime | ErrorValue | None
Row = list[Value]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def column_letter(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the address of a cell; ``row`` and ``column`` are counted from 0.

    >>> address(6, 1)
    'B7'
    """
    return f"{column_letter(column)}{row + 1}"


def position(reference: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of an address. Raises ValueError for anything else.

    >>> position("B7")
    (6, 1)
    """
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def text_of(value: Value) -> str:
    """Return what a person would read in the cell, single spaced."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def is_blank(value: Value) -> bool:
    """Say whether the cell holds nothing, or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())
