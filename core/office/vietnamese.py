"""Numbers, days and money as Vietnamese official papers write them, whatever the language of the page is."""

import datetime as dt
from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
MILLION = Decimal(10) ** 6
BILLION = Decimal(10) ** 9


def number_vi(value: Decimal | int, places: int | None = None) -> str:
    """Return a number with dots between thousands and a decimal comma.

    ``places`` fixes the decimals; without it trailing zeros are dropped.

    >>> number_vi(Decimal("1234.50"))
    '1.234,5'
    """
    exact = Decimal(value)
    text = f"{exact:,.{places}f}" if places is not None else f"{exact:,f}"
    whole, _point, fraction = text.partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    whole = whole.replace(",", ".")
    return f"{whole},{fraction}" if fraction else whole


def count_vi(value: int) -> str:
    """Return a small number as papers write it: "02", "15".

    >>> count_vi(2)
    '02'
    """
    return f"{value:02d}" if 0 < value < 10 else number_vi(value)


def day_vi(day: dt.date) -> str:
    """Return the day in full: days under 10 and the months 1 and 2 get a leading zero (Decree 30/2020, annex I).

    >>> day_vi(dt.date(2026, 9, 5))
    'ngày 05 tháng 9 năm 2026'
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_day_vi(day: dt.date) -> str:
    """Return the day for tables: 05/09/2026."""
    return day.strftime("%d/%m/%Y")


def moment_vi(moment: dt.datetime) -> str:
    """Return hour and day in full, in the zone the moment carries: "08 giờ 30 phút, ngày 05 tháng 11 năm 2026"."""
    return f"{moment:%H} giờ {moment:%M} phút, {day_vi(moment.date())}"


def short_moment_vi(moment: dt.datetime) -> str:
    """Return hour and day for tables: 08:30 05/11/2026."""
    return f"{moment:%H:%M} {short_day_vi(moment.date())}"


def size_vi(size: int) -> str:
    """Return the size of a file in bytes as B, KB or MB.

    >>> size_vi(1536)
    '1,5 KB'
    """
    for unit, scale in (("MB", 1024 * 1024), ("KB", 1024)):
        if size >= scale:
            return f"{number_vi(round(Decimal(size) / scale, 1))} {unit}"
    return f"{size} B"


def money_vi(amount: Decimal | int) -> str:
    """Return an amount in dong in the largest unit that leaves it exact to a thousandth.

    >>> money_vi(Decimal("250500000000"))
    '250,5 tỷ đồng'
    """
    exact = Decimal(amount)
    for name, unit in (("tỷ đồng", BILLION), ("triệu đồng", MILLION)):
        if abs(exact) >= unit and exact % (unit / 1000) == 0:
            return f"{number_vi(exact / unit)} {name}"
    return f"{number_vi(exact)} đồng"


def money_words_vi(amount: Decimal | int) -> str:
    """Return an amount in dong in words, with a capital as in brackets after the figure.

    Part of a dong is not written in words: the amount is rounded to whole dong.
    """
    words = f"{words_vi(round(Decimal(amount)))} đồng"
    return words[0].upper() + words[1:]


def words_vi(value: int) -> str:
    """Return a whole number in words.

    >>> words_vi(1_005_024)
    'một triệu không trăm linh năm nghìn không trăm hai mươi tư'
    """
    if value < 0:
        return f"âm {words_vi(-value)}"
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, 10**9)
    parts = [f"{words_vi(billions)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            parts.append(f"{_hundreds(group, full=bool(parts))} {_GROUPS[power]}".strip())
    return " ".join(parts)


def _hundreds(group: int, *, full: bool) -> str:
    """Return three digits in words; ``full`` says the zero hundreds that stand behind a larger group."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        special = {1: "mốt", 4: "tư"} if tens > 1 else {}
        special |= {5: "lăm"} if tens else {}
        said.append(special.get(ones, _DIGITS[ones]))
    return " ".join(said)
