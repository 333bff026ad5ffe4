"""Numbers of papers as offices write them: "QĐ 1656/QĐ-UBND 30/10/2009", "số 2201/QĐ-UBND ngày 06/11/2024"."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from core.sentences import sentence as _
from core.text import fold
from core.workbooks.cells import Value, text_of
from core.workbooks.values import NOTHING, Parsed, parse_date, parse_text

_SIGN = r"/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z0-9]{0,7}(?:-[A-ZĐ][A-ZĐa-z.&]*)*"
_PAPER = re.compile(
    rf"(?P<earlier>(?:\d+\s*(?:,|và|;|\+|&)\s*)*)(?P<number>\d+[a-zA-Z]?{_SIGN})"
    r"(?:\s*,?\s*\(?(?:ngày|ký ngày|dated)?\s*(?P<date>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4})\)?)?",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper by its number and, where it is written beside it, its date; ``words`` are those right before it."""

    number: str
    date: dt.date | None = None
    words: str = field(default="", compare=False, repr=False)


def find_references(text: str) -> list[Reference]:
    """Return the papers named in a text, in order.

    "1656 và 1662/QĐ-UBND 30/10/2009" names two; the date is that of both.

    >>> find_references("QĐ 735/QĐ-UBND 26/5/2009")
    [Reference(number='735/QĐ-UBND', date=datetime.date(2009, 5, 26))]
    """
    found: list[Reference] = []
    # The Icelandic letter looks like the Vietnamese one and is typed for it.
    text = text.replace("Ð", "Đ").replace("ð", "đ")
    end = 0
    for match in _PAPER.finditer(text):
        words = text[end : match.start()].rsplit(";", 1)[-1].strip(" ,.")
        end = match.end()
        date = parse_date(match["date"]).value if match["date"] else None
        sign = match["number"][match["number"].index("/") :]
        found.extend(
            Reference(earlier + sign, date, words) for earlier in re.findall(r"\d+", match["earlier"])
        )
        found.append(Reference(match["number"], date, words))
    return found


def parse_reference(value: Value, other: Collection[str] = ()) -> Parsed:
    """Return the first paper named in a cell as ``Reference``; several papers or a missing date are a doubt.

    ``other`` holds folded words that make the paper behind them one of another kind, which is not taken.
    """
    parsed = parse_text(value)
    if parsed.error or parsed.value is None or parsed.value.casefold() in NOTHING:
        return Parsed(error=parsed.error)
    text = text_of(value)
    references = find_references(text)
    facts = {"text": text}
    if not references:
        return Parsed(
            error=_("“%(text)s” names no paper. Write it like 1656/QĐ-UBND ngày 30/10/2009.") % facts
        )
    fitting = [paper for paper in references if not any(word in fold(paper.words) for word in other)]
    if not fitting:
        return Parsed(doubt=_("“%(text)s” names a paper of another kind; none was taken.") % facts)
    first = fitting[0]
    if len(references) > 1:
        facts |= {"count": str(len(references)), "number": first.number}
        return Parsed(first, _("“%(text)s” names %(count)s papers; %(number)s was taken.") % facts)
    if first.date is None:
        return Parsed(first, _("“%(text)s” gives no date of the paper.") % facts)
    return Parsed(first)
