"""Columns of a workbook as fields of the registry: titles in use, kinds, units named in a header."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.text import capfirst

from core.numbers import LAND, MONEY, PLAIN, Units
from core.text import fold
from core.workbooks.mapping import Field

#: Short forms in headers and what they stand for, both folded.
SHORT = {
    "ccn": "cum cong nghiep",
    "cn": "cong nghiep",
    "qd": "quyet dinh",
    "dt": "dien tich",
    "cdt": "chu dau tu",
    "tmdt": "tong muc dau tu",
    "da": "du an",
    "mst": "ma so thue",
    "ld": "lao dong",
    "qhct": "quy hoach chi tiet",
}
WHOLE: Units = {
    "": Decimal(1),
    "người": Decimal(1),
    "lao động": Decimal(1),
    "hộ": Decimal(1),
    "dự án": Decimal(1),
}
_BRACKETS = re.compile(
    r"\(([^()]*)\)|\[([^\[\]]*)\]|(?:ĐVT|đơn vị(?: tính)?)\s*:?\s*([^()/]+)", re.IGNORECASE
)
_UNITS_BY_FIELD = {"HectareField": LAND, "DongField": MONEY}


def column(
    model: type[models.Model],
    name: str,
    *synonyms: str,
    required: bool = False,
    note: Any = "",
    example: str = "",
    extra: Mapping[Any, Sequence[str]] | None = None,
    bracketed: bool = False,
) -> Field:
    """Return the field for a column of a model: kind, units and choices follow from it.

    ``synonyms`` are further titles in use, the official Vietnamese one first; ``extra`` further spellings of choices;
    ``bracketed`` says that an area may have something in brackets behind it.
    """
    found: Any = model._meta.get_field(name)
    shape: dict[str, Any] = {"kind": "text"}
    if found.choices:
        more = extra or {}
        options = {value: (label, value, *more.get(value, ())) for value, label in found.choices}
        shape = {"kind": "choice", "options": options}
    elif type(found).__name__ in _UNITS_BY_FIELD:
        shape = {"kind": "area" if bracketed else "number", "units": _UNITS_BY_FIELD[type(found).__name__]}
    elif isinstance(found, models.DateField):
        shape = {"kind": "date"}
    elif isinstance(found, models.BooleanField):
        shape = {"kind": "boolean"}
    elif isinstance(found, models.DecimalField):
        shape = {"kind": "number", "units": PLAIN}
    elif isinstance(found, models.IntegerField):
        shape = {"kind": "number", "units": WHOLE}
    return Field(name, found.verbose_name, synonyms, required=required, note=note, example=example, **shape)


def title_of(field: Field) -> Any:
    """Return the title of a field as it begins a line, in the language of whoever reads it."""
    title: Any = field.title
    return capfirst(title)


def with_header_unit(field: Field, title: str) -> tuple[Field, str]:
    """Return the field with bare numbers read in the unit that the header names, and that unit.

    "Vốn đăng ký (tỷ đồng)" makes 485 mean 485 billion dong.
    """
    if field.kind not in ("number", "area") or len(field.units) < 3:
        return field, ""
    for groups in _BRACKETS.findall(title):
        words = " ".join(part for part in groups if part).strip().lower()
        for unit in sorted(field.units, key=len, reverse=True):
            if unit and re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", words):
                factor = field.units[unit]
                plain = field.units[""]
                if factor == plain:
                    return field, ""
                return replace(field, units={**field.units, "": factor}), unit
    return field, ""


def bare(name: str) -> str:
    """Return the name of a cluster without tones and without the words "cụm công nghiệp".

    >>> bare("CCN Âu Lâu (cụm công nghiệp)")
    'au lau'
    """
    folded = f" {fold(name)} "
    for words in (" cum cong nghiep ", " ccn ", " cum cn "):
        folded = folded.replace(words, " ")
    return folded.strip() or fold(name)


@lru_cache(maxsize=60_000)
def folded(text: str) -> str:
    """Return ``core.text.fold`` of a text; a workbook says the same again and again."""
    return fold(text)


def fingerprint_words(titles: Iterable[str]) -> str:
    """Return the titles of a header as one text that does not mind case, tones and spaces."""
    return "|".join(fold(title) for title in titles)
