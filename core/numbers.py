"""Numbers as people type them: 1.234,5 and 1,234.5, with or without a unit."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Units = Mapping[str, Decimal]

PLAIN: Units = {"": Decimal(1), "%": Decimal(1)}
LAND: Units = {"": Decimal(1), "ha": Decimal(1), "m2": Decimal("0.0001"), "m²": Decimal("0.0001")}
MONEY: Units = {
    **dict.fromkeys(["", "đ", "d", "vnd", "vnđ", "đồng", "dong"], Decimal(1)),
    **dict.fromkeys(["tr", "triệu", "triệu đồng", "trieu", "million", "million dong"], Decimal(10) ** 6),
    **dict.fromkeys(["tỷ", "tỷ đồng", "tỉ", "tỉ đồng", "ty", "billion", "billion dong"], Decimal(10) ** 9),
}
_SHAPE = re.compile(r"(?P<sign>[-−]?)(?P<digits>[0-9][0-9.,]*)(?P<unit>[^0-9.,].*)?")
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))")


def parse_decimal(text: str, units: Units = PLAIN) -> Decimal:
    """Return the number a person typed, whichever separators they use, times its unit.

    Both separators present: the last one is the decimal one. One separator that stands more than once groups
    thousands. A single separator before exactly three digits is read by the language of the page ("1.234" is one
    thousand two hundred and thirty-four in Vietnamese, "1,234" in English); a single separator anywhere else is
    the decimal one. ``units`` names the units that may follow and what they count for. Raises ValueError with a
    sentence for the reader.

    >>> parse_decimal("1.234,5 ha", LAND)
    Decimal('1234.5')
    """
    compact = _SPACE_BETWEEN_DIGITS.sub("", " ".join(text.split()))
    match = _SHAPE.fullmatch(compact)
    unit = (match["unit"] or "").strip().lower() if match else ""
    if match is None or unit not in units:
        raise _not_a_number(text)
    number = Decimal(_plain(match["digits"], text)) * units[unit]
    return -number if match["sign"] else number


def _plain(digits: str, text: str) -> str:
    """Return the digits with a point before the decimals and nothing else between them."""
    if "." in digits and "," in digits:
        decimal = max(".", ",", key=digits.rfind)
        group = "," if decimal == "." else "."
        whole, _separator, fraction = digits.rpartition(decimal)
        if decimal in whole or not _is_grouped(whole, group) or not fraction:
            raise _not_a_number(text)
        return f"{whole.replace(group, '')}.{fraction}"
    separator = "." if "." in digits else ","
    if separator not in digits:
        return digits
    if digits.count(separator) > 1:
        if not _is_grouped(digits, separator):
            raise _not_a_number(text)
        return digits.replace(separator, "")
    whole, _separator, fraction = digits.partition(separator)
    if not fraction:
        raise _not_a_number(text)
    thousands = "," if get_language() == "en" else "."
    if separator == thousands and len(fraction) == 3 and len(whole) <= 3 and whole != "0":
        return whole + fraction
    return f"{whole}.{fraction}"


def _is_grouped(digits: str, separator: str) -> bool:
    first, *rest = digits.split(separator)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest)


def _not_a_number(text: str) -> ValueError:
    facts = {"text": text.strip(), "example": "1,234.5" if get_language() == "en" else "1.234,5"}
    return ValueError(
        _("“%(text)s” is not a number that can be entered here. Write it like %(example)s.") % facts
    )
