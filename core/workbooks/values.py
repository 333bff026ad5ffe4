"""Read a cell as a number, a share, a date, yes or no, a choice or the number of a paper.

Every parser returns ``Parsed``: a value, and what is in doubt about it, or what is wrong. The caller adds the
address of the cell. A blank cell gives ``Parsed(None)``: whether it may be blank is the caller's rule.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.functional import Promise

from core.numbers import PLAIN, Units
from core.sentences import Digits, Sentence, in_every_language
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.cells import ErrorValue, Value, is_blank, text_of

NOTHING = {"-", "–", "—", "_", "...", "…", "x", "//", "n/a", "na", "nil"}
_APPROXIMATELY = r"khoảng|gần|xấp xỉ|ước(?: đạt| tính)?|dự kiến|about|approximately|approx\.?|ca\.|~|≈"
_BOUND = (
    r"trên|dưới|hơn|tối thiểu|tối đa|không quá|ít nhất|nhiều nhất|over|under|at least|at most|>=|<=|>|<|≥|≤"
)
_NUMBER = re.compile(
    rf"(?:(?P<about>{_APPROXIMATELY})|(?P<bound>{_BOUND}))?\s*(?P<sign>[-−+])?\s*"
    r"(?P<digits>\d[\d.,]*(?<![.,])|\d)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_RANGE = re.compile(r"\s*(?:-|–|—|÷|→|đến|tới|to)\s*\d", re.IGNORECASE)
_SPACE_GROUPS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_DATE = re.compile(
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/.\-]|\s*tháng\s*)\s*(?P<month>\d{1,2})\s*(?:[/.\-]|\s*năm\s*)\s*(?P<year>\d{4}|\d{2})",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:tháng\s*)?(?P<month>\d{1,2})\s*(?:[/.\-]|\s*năm\s*)\s*(?P<year>\d{4})", re.IGNORECASE
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_EPOCH = dt.date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = dt.date(1930, 1, 1), dt.date(2150, 1, 1)
_YES = {"co", "yes", "y", "dung", "true", "1", "da", "roi", "da co", "x", "v", "ok"}
_NO = {"khong", "no", "n", "sai", "false", "0", "chua", "chua co", "khong co", "k"}
_TICKS = {"✓", "✔", "☑", "√"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, and a sentence on what is in doubt or wrong; with an error the value is None.

    ``bracket`` is what stands in brackets behind an area (``core.workbooks.brackets``).
    """

    value: Any = None
    doubt: Sentence | None = None
    error: Sentence | None = None
    bracket: Any = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a whole column tells about one cell: its decimal sign, and whether shares are written as 0.95 for 95 %."""

    decimal: str | None = None
    fractions: bool | None = None


NO_EVIDENCE = Evidence()


def evidence(values: Iterable[Value]) -> Evidence:
    """Return what the cells of a column agree on.

    ``decimal`` is "," or "." if cells show it beyond doubt and none shows the other; ``fractions`` is True if all typed
    numbers lie between 0 and 1 and one is no whole number, False if one is above 1, None without typed numbers.
    """
    votes: Counter[str] = Counter()
    typed: list[Decimal] = []
    for value in values:
        if isinstance(value, str):
            match = _NUMBER.match(_compact(value))
            sign = _decimal_sign(match["digits"]) if match else None
            if sign:
                votes[sign] += 1
        elif isinstance(value, Decimal):
            typed.append(value)
    fractions = None
    if any(number > 1 for number in typed):
        fractions = False
    elif any(number % 1 for number in typed):
        fractions = True
    return Evidence(next(iter(votes)) if len(votes) == 1 else None, fractions)


def parse_text(value: Value) -> Parsed:
    """Return the text of a cell, single spaced; a typed number without decimals reads as its digits."""
    wrong = _unusable(value)
    if wrong:
        return wrong
    return Parsed(text_of(value) or None)


def parse_number(value: Value, units: Units = PLAIN, column: Evidence = NO_EVIDENCE) -> Parsed:
    """Return the number in a cell as Decimal, times its unit.

    ``units`` names the units that may follow and what they count for. "1.234" and "1,234" are read by ``column``
    and are in doubt without it; "50 ha (31,2), +25 ha" gives 50 and the rest as doubt; a range gives its lower end and
    "> 95" its bound, both in doubt. "-" and "..." count as blank.
    """
    if isinstance(value, Decimal):
        return Parsed(value * units.get("", Decimal(1)))
    wrong = _unusable(value)
    if wrong:
        return wrong
    if not isinstance(value, str):
        return Parsed(error=_("“%(text)s” is not a number. Type a number.") % {"text": text_of(value)})
    text = text_of(value)
    if text.casefold() in NOTHING:
        return Parsed()
    match = _NUMBER.match(_compact(text))
    if match is None:
        return Parsed(error=_("“%(text)s” is not a number. Type digits only, like 1.234,5.") % {"text": text})
    number, doubt = _read_digits(match["digits"], column)
    if number is None:
        return Parsed(error=_("“%(text)s” mixes points and commas. Write it like 1.234,5.") % {"text": text})
    rest = match["rest"]
    unit, rest = _take_unit(rest, units)
    number *= units.get(unit, Decimal(1))
    if match["sign"] and match["sign"] in "-−":
        number = -number
    facts: dict[str, Any] = {"text": text, "number": Digits(number), "rest": rest.strip()}
    if match["about"]:
        doubt = _("“%(text)s” is an approximate figure; %(number)s was taken.") % facts
    elif match["bound"]:
        doubt = _("“%(text)s” is a limit, not a figure; %(number)s was taken.") % facts
    elif _RANGE.match(rest):
        doubt = _("“%(text)s” is a range; its first number %(number)s was taken.") % facts
    elif facts["rest"].strip(".;,"):
        doubt = _("Of “%(text)s” the number %(number)s was taken; “%(rest)s” was left aside.") % facts
    return Parsed(number, doubt)


def parse_percent(value: Value, column: Evidence = NO_EVIDENCE) -> Parsed:
    """Return a share in percent (95 for "95 %", for 95, and for 0.95 in a column of such shares)."""
    if isinstance(value, Decimal):
        if column.fractions:
            return Parsed(value * 100)
        if column.fractions is None and 0 < value < 1:
            facts = {"number": Digits(value * 100)}
            return Parsed(value * 100, _("A share below 1 was read as %(number)s %%.") % facts)
        return Parsed(value)
    parsed = parse_number(value, PLAIN, column)
    if parsed.value is not None and 0 < parsed.value < 1 and isinstance(value, str) and "%" not in value:
        facts = {"number": Digits(parsed.value * 100)}
        return Parsed(
            parsed.value * 100, parsed.doubt or _("A share below 1 was read as %(number)s %%.") % facts
        )
    return parsed


def parse_date(value: Value) -> Parsed:
    """Return the date in a cell: typed, as text with the day first, or as the count of days that Excel keeps.

    "3/2019" gives the first of the month, in doubt. The month never comes first.
    """
    wrong = _unusable(value)
    if wrong:
        return wrong
    if isinstance(value, dt.datetime):
        return Parsed(value.date())
    if isinstance(value, dt.date):
        return Parsed(value)
    text = text_of(value)
    if isinstance(value, Decimal) or re.fullmatch(r"[2-7]\d{4}", text):
        return _date_of_serial(text)
    if text.casefold() in NOTHING:
        return Parsed()
    for pattern in (_ISO, _DATE, _MONTH):
        match = pattern.search(text)
        if match:
            return _date_of(match, text)
    return Parsed(error=_("“%(text)s” is not a date. Write day/month/year, like 12/3/2019.") % {"text": text})


def parse_boolean(value: Value) -> Parsed:
    """Return True or False for "có", "không", "x", 1, 0 and the like."""
    wrong = _unusable(value)
    if wrong:
        return wrong
    if isinstance(value, bool):
        return Parsed(value)
    text = text_of(value)
    if text in _TICKS or fold(text) in _YES:
        return Parsed(True)
    if text in {"-", "–"} or fold(text) in _NO:
        return Parsed(False)
    return Parsed(error=_("“%(text)s” is neither yes nor no. Write “có” or “không”.") % {"text": text})


def parse_choice(value: Value, options: Mapping[Any, Iterable[str]]) -> Parsed:
    """Return the key of ``options`` one of whose names stands in the cell, tones and case aside."""
    wrong = _unusable(value)
    if wrong:
        return wrong
    text = text_of(value)
    names = {fold(name): key for key, spellings in options.items() for name in in_all_languages(spellings)}
    folded = fold(text)
    if folded in names:
        return Parsed(names[folded])
    close = get_close_matches(folded, names, n=1, cutoff=0.85)
    if close:
        key = names[close[0]]
        facts: dict[str, Any] = {"text": text, "name": next(iter(options[key]))}
        return Parsed(key, _("“%(text)s” was read as “%(name)s”.") % facts)
    facts = {"text": text, "names": [next(iter(names)) for names in options.values()]}
    return Parsed(error=_("“%(text)s” is not in the list. Choose one of: %(names)s.") % facts)


def in_all_languages(spellings: Iterable[Any]) -> Iterator[str]:
    """Yield names as readers of each language know them; a workbook may come from a page in either."""
    for name in spellings:
        if isinstance(name, Promise):
            yield from in_every_language(name).texts.values()
        else:
            yield str(name)


def _unusable(value: Value) -> Parsed | None:
    """Return the answer for a cell that is blank or holds an error, else None."""
    if is_blank(value):
        return Parsed()
    if isinstance(value, ErrorValue):
        facts = {"text": value.text}
        return Parsed(
            error=_("The cell shows the error %(text)s. Mend the formula or type the value.") % facts
        )
    return None


def _compact(text: str) -> str:
    return _SPACE_GROUPS.sub("", text.strip())


def _decimal_sign(digits: str) -> str | None:
    """Return the decimal sign that the digits show beyond doubt, or None."""
    if "." in digits and "," in digits:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    sign = "." if "." in digits else ","
    count = digits.count(sign)
    if not count:
        return None
    if count > 1:
        return "," if sign == "." else "."
    whole, _separator, fraction = digits.partition(sign)
    return None if _could_be_grouped(whole, fraction) else sign


def _could_be_grouped(whole: str, fraction: str) -> bool:
    return len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def _read_digits(digits: str, column: Evidence) -> tuple[Decimal | None, Sentence | None]:
    """Return the number, None if its separators make no sense, and a doubt if they allow two readings."""
    sign = _decimal_sign(digits)
    if sign is None and not {".", ","} & set(digits):
        return Decimal(digits), None
    if sign is not None:
        group = "," if sign == "." else "."
        whole, _separator, fraction = digits.partition(sign)
        parts = whole.split(group)
        grouped = len(parts) == 1 or (1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]))
        if not grouped or sign in fraction or group in fraction:
            return None, None
        return Decimal("".join(parts) + (f".{fraction}" if fraction else "")), None
    separator = "." if "." in digits else ","
    thousands, decimals = Decimal(digits.replace(separator, "")), Decimal(digits.replace(",", "."))
    if column.decimal is not None:
        return (decimals if column.decimal == separator else thousands), None
    taken = thousands if separator == "." else decimals
    facts = {"text": digits, "one": Digits(thousands), "other": Digits(decimals), "taken": Digits(taken)}
    doubt = _("“%(text)s” can be %(one)s or %(other)s; %(taken)s was taken.") % facts
    # Without anything to go by the Vietnamese reading holds: the point groups, the comma is decimal.
    return taken, doubt


def _take_unit(rest: str, units: Units) -> tuple[str, str]:
    """Return the longest known unit at the start of ``rest``, and what follows it."""
    stripped = rest.strip()
    if not stripped:
        return "", ""
    lowered = stripped.lower()
    if lowered in units:
        return lowered, ""
    for unit in sorted(units, key=len, reverse=True):
        if unit and lowered.startswith(unit) and not lowered[len(unit) : len(unit) + 1].isalnum():
            return unit, stripped[len(unit) :]
    return "", rest


def _date_of_serial(text: str) -> Parsed:
    number = Decimal(text)
    if Decimal(1900) <= number <= Decimal(2150):
        return Parsed(
            error=_("“%(text)s” is only a year. Write day/month/year, like 12/3/2019.") % {"text": text}
        )
    if (
        number < 0
        or number > 100_000
        or not _FIRST_DAY <= (day := _EPOCH + dt.timedelta(days=int(number))) <= _LAST_DAY
    ):
        return Parsed(
            error=_("“%(text)s” is not a date. Write day/month/year, like 12/3/2019.") % {"text": text}
        )
    return Parsed(day)


def _date_of(match: re.Match[str], text: str) -> Parsed:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), int(parts["month"]), int(parts.get("day") or 1)
    doubt = None
    if len(parts["year"]) == 2:
        year += 2000 if year < 70 else 1900
        doubt = _("“%(text)s” has a year of two digits; %(year)s was taken.") % {"text": text, "year": year}
    try:
        found = dt.date(year, month, day)
    except ValueError:
        facts = {"text": text}
        return Parsed(
            error=_("“%(text)s” is no day of the calendar; the day comes first. Correct it.") % facts
        )
    facts = {"text": text, "date": found.strftime("%d/%m/%Y")}
    if "day" not in parts:
        doubt = _("“%(text)s” names no day; %(date)s was taken.") % facts
    elif doubt is None and match.group().strip() != text:
        doubt = _("Of “%(text)s” the date %(date)s was taken.") % facts
    return Parsed(found, doubt)
