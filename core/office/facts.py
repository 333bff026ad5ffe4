"""What a paper is filled with: a dataclass of plain values, and how each value is written.

A field is declared by how it is to be written::

    @dataclass(frozen=True, kw_only=True)
    class Letter:
        cluster: str = text(_("name of the cluster"))
        area_ha: Decimal | None = number(_("area in hectares"))
        members: Sequence[Member] = rows(_("members of the council"), Member)

``context`` turns an object into strings, lists and groups for a model document; ``declared`` names every placeholder
that the model document may use, with its label. The two always agree, because both read the same declaration.
A value that is missing is written as a dotted gap for the pen and counts as false in ``{% if %}``.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.office import vietnamese as vi

Context = dict[str, Any]
_DAY_GAP = "ngày …… tháng …… năm ………"


class Gap(str):
    """A missing value: shown as dots to be filled in by hand, false in a condition."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


GAP = Gap("…………")


def text(label: Any) -> Any:
    """Declare a field for one line of text; line breaks in it become spaces."""
    return _declare(label, _text, default="")


def block(label: Any) -> Any:
    """Declare a field for a text whose line breaks are kept, as in the name of an agency over two lines."""
    return _declare(label, lambda value: "\n".join(_texts(str(value))) or GAP, default="")


def written(label: Any, write: Callable[[Any], Any]) -> Any:
    """Declare a field for a text that is written in a way of its own."""
    return _declare(label, lambda value: write(_text(value)), default="")


def number(label: Any, places: int | None = None) -> Any:
    """Declare a field for a Decimal or int, written 1.234,5; ``places`` fixes the decimals."""
    return _declare(label, lambda value: vi.number_vi(value, places))


def count(label: Any) -> Any:
    """Declare a field for a small whole number, written with two digits."""
    return _declare(label, vi.count_vi)


def money(label: Any) -> Any:
    """Declare a field for an amount in dong; it gives a second placeholder ``<name>_words``."""
    return _declare(label, vi.money_vi, words=vi.money_words_vi)


def long_day(label: Any) -> Any:
    """Declare a field for a date written in full."""
    return _declare(label, vi.day_vi, gap=Gap(_DAY_GAP))


def short_day(label: Any) -> Any:
    """Declare a field for a date in a table."""
    return _declare(label, vi.short_day_vi)


def short_moment(label: Any) -> Any:
    """Declare a field for an aware datetime in a table, in the zone it carries."""
    return _declare(label, vi.short_moment_vi)


def moment(label: Any) -> Any:
    """Declare a field for an aware datetime written in full, in the zone it carries."""
    return _declare(label, vi.moment_vi)


def flag(label: Any) -> Any:
    """Declare a field for yes or no, to be asked in ``{% if %}``."""
    return _declare(label, bool, default=False)


def texts(label: Any) -> Any:
    """Declare a field for paragraphs or list items, each a text of its own."""
    return _declare(label, _texts, default=(), many=True)


def points(label: Any) -> Any:
    """Declare a field for list items that end with ";", the last with "."."""
    return _declare(label, lambda items: _ended(_texts(items)), default=(), many=True)


def addressees(label: Any) -> Any:
    """Declare a field for those a letter is addressed to; one alone is the placeholder ``<name>_only``, a text."""
    return _declare(label, lambda items: _ended(_texts(items)), default=(), many=True, only=_only)


def rows(label: Any, of: type) -> Any:
    """Declare a field for the rows of a table; each row also has ``no``, its number from 1."""
    return _declare(label, None, default=(), of=of, many=True)


def group(label: Any, of: type) -> Any:
    """Declare a field for an object whose own fields are reached with a point; all gaps when it is left out."""
    return _declare(label, None, default_factory=of, of=of)


def context(facts: Any) -> Context:
    """Return the values of ``facts`` as official papers write them, by placeholder."""
    filled: Context = {}
    for part in _fields(type(facts)):
        value, how = getattr(facts, part.name), part.metadata
        if how["of"] is None:
            filled |= _values(part.name, value, how)
        elif how["many"]:
            filled[part.name] = [{"no": str(no), **context(row)} for no, row in enumerate(value, 1)]
        else:
            filled[part.name] = context(value)
    return filled


def declared(facts: type) -> dict[str, Any]:
    """Return every placeholder with its label: ``name``, ``group.name``, and for lists ``list[]``, ``list[].name``."""
    found: dict[str, Any] = {}
    for part in _fields(facts):
        how = part.metadata
        name = f"{part.name}[]" if how["many"] else part.name
        if how["many"] or how["of"] is None:
            found[name] = how["label"]
        if how["words"]:
            found[f"{name}_words"] = _("the amount in words")
        if how["only"]:
            found[f"{part.name}_only"] = _("the addressee, where there is only one")
        if how["of"] is not None:
            found |= {f"{name}.{inner}": label for inner, label in declared(how["of"]).items()}
            if how["many"]:
                found[f"{name}.no"] = _("number of the row")
    return found


def _declare(label: Any, write: Callable[[Any], Any] | None, **how: Any) -> Any:
    known = {"gap": GAP, "words": None, "of": None, "many": False, "only": None}
    metadata = {**known, **{key: how.pop(key) for key in [*how] if key in known}}
    if not how:
        how["default"] = None
    return field(**how, metadata={**metadata, "label": label, "write": write})


def _fields(facts: type) -> list[dataclasses.Field[Any]]:
    return [part for part in dataclasses.fields(facts) if "write" in part.metadata]


def _values(name: str, value: Any, how: Any) -> Context:
    is_missing = value is None or value == ""
    filled = {name: how["gap"] if is_missing else how["write"](value)}
    if how["words"]:
        filled[f"{name}_words"] = how["gap"] if is_missing else how["words"](value)
    if how["only"]:
        filled[f"{name}_only"] = how["only"](value)
    return filled


def _text(value: Any) -> str:
    return " ".join(str(value).split()) or GAP


def _texts(value: str | Iterable[str]) -> list[str]:
    """Return the items without empty ones; a single text is cut at its line breaks."""
    items = value.splitlines() if isinstance(value, str) else value
    return [" ".join(str(item).split()) for item in items if str(item).strip()]


def _only(items: str | Iterable[str]) -> str:
    """Return the only item, or a text that counts as false."""
    found = _texts(items)
    return found[0] if len(found) == 1 else Gap("")


def _ended(items: Sequence[str]) -> list[str]:
    bare = [item.rstrip(" .;,") for item in items]
    return [f"{item}{'.' if no == len(bare) else ';'}" for no, item in enumerate(bare, 1)]


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a paper: who issues it, and what the clerk completes with a number and a day.

    ``superior`` stands above the issuer and is left out where there is none. ``number`` is the whole number of a paper
    that has one, symbol included ("845/SCT-CN"); without it ``symbol`` follows the gap in "Số:    /".
    """

    superior: str = block(_("superior body, in capitals"))
    issuer: str = block(_("issuing body, in capitals"))
    number: str = text(_("number with its symbol, as in 845/SCT-CN; empty until the paper has one"))
    symbol: str = text(_("symbol after the number, as in QĐ-UBND"))
    place: str = text(_("place of issue"))
    day: dt.date | None = long_day(_("day of issue"))


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: lines of authority and title ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") and a name."""

    lines: Sequence[str] = texts(_("authority and title of the signer, a line each"))
    name: str = text(_("name of the signer"))
