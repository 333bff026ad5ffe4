"""Areas with something in brackets behind them: "75 (50)", "50 (giai đoạn 1)", "16 ha (11,99)".

What stands in front is read as any number. What stands in brackets is handed over unread in meaning: whether it is a
part of the whole, another reading of it, or says that the number in front is only a part, the sheet does not tell.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.numbers import PLAIN, Units
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.cells import Value, text_of
from core.workbooks.values import NO_EVIDENCE, Evidence, Parsed, parse_number

_BRACKETED = re.compile(r"(?P<front>[^()]*\d[^()]*)\((?P<inside>[^()]+)\)(?P<rest>.*)", re.DOTALL)
_NUMBERS = re.compile(r"\d[\d.,]*")
_FIGURE = re.compile(r"\d[\d.,]*\s*(?:ha|m2|m²)?", re.IGNORECASE)
# "giai đoạn 1", "GĐ I", "phase 2": a number that counts parts and measures nothing.
_PART = re.compile(r"\b(?:giai doan|gd|dot|phan ky|phase|stage|khu|buoc)\s*(?:\d+|[ivx]+)?\b")


@dataclass(frozen=True, slots=True)
class Bracket:
    """What stands in brackets behind a number: a number of its own, or words that say which part it is."""

    text: str
    number: Decimal | None = None


def parse_area(value: Value, units: Units = PLAIN, column: Evidence = NO_EVIDENCE) -> Parsed:
    """Return the number in front and, in ``bracket``, what stands behind it; other text as ``parse_number`` has it.

    "16 ha (11,99)" gives 16 and a bracket with 11.99; "50 (giai đoạn 1)" gives 50 and a bracket with words; "12 ha (đã
    GPMB 4,7; đang GPMB 7,3)" gives 12 and a doubt, for its brackets have figures of their own. What follows the
    brackets is left aside and in doubt.
    """
    match = _BRACKETED.fullmatch(text_of(value)) if isinstance(value, str) else None
    if match is None:
        return parse_number(value, units, column)
    front = parse_number(match["front"], units, column)
    bracket = _bracket(match["inside"].strip(), units, column)
    if front.error or front.value is None or bracket is None:
        return parse_number(value, units, column)
    rest = match["rest"].strip(" ,;.")
    if rest and front.doubt is None:
        facts = {"text": text_of(value), "rest": rest}
        front = replace(front, doubt=_("Of “%(text)s” the part “%(rest)s” was left aside.") % facts)
    return replace(front, bracket=bracket)


def _bracket(inside: str, units: Units, column: Evidence) -> Bracket | None:
    """Return what the brackets hold; None if they have words and figures, which only a person can tell apart."""
    if _FIGURE.fullmatch(inside):
        number = parse_number(inside, units, column)
        return None if number.doubt or number.error else Bracket(inside, number.value)
    if _NUMBERS.search(_PART.sub("", fold(inside))):
        return None
    return Bracket(inside)
