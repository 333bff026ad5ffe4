"""How people write the names of places: abbreviated kinds, no tone marks, the wider unit after a comma."""

import re
import unicodedata
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.lookups import DataContains
from django.db.models import F, Func, Q, TextField, Value

from core.text import fold

#: Every name of a unit, as an array; the names of communes are indexed so.
NAMES = Func(F("search"), Value("|"), function="string_to_array", output_field=ArrayField(TextField()))

_ABBREVIATED = (
    (re.compile(r"^\s*t\.?\s?p\b\.?\s*", re.IGNORECASE), "thành phố "),
    (re.compile(r"^\s*tx\b\.?\s*", re.IGNORECASE), "thị xã "),
    (re.compile(r"^\s*tt\b\.?\s*", re.IGNORECASE), "thị trấn "),
    (re.compile(r"^\s*đk\b\.?\s*", re.IGNORECASE), "đặc khu "),
    (re.compile(r"^\s*h\.\s*", re.IGNORECASE), "huyện "),
    (re.compile(r"^\s*q\.?\s*(?=\d)|^\s*q\.\s*", re.IGNORECASE), "quận "),
    (re.compile(r"^\s*p\.?\s*(?=\d)|^\s*p\.\s*", re.IGNORECASE), "phường "),
    (re.compile(r"^\s*x\.\s*", re.IGNORECASE), "xã "),
    (re.compile(r"^\s*t\.\s*", re.IGNORECASE), "tỉnh "),
)
_KIND_BEFORE = re.compile(r"^(xa|phuong|thi tran|thi xa|dac khu|huyen|quan|thanh pho|tinh) (?=\S)")


@dataclass(frozen=True)
class NameQuery:
    """A typed name: in lower case with its tone marks; folded with its kind; folded without the kind."""

    typed: str
    full: str
    bare: str

    @classmethod
    def parse(cls, text: str) -> "NameQuery":
        """Read one name, with abbreviated kinds written out ("TX. Nghĩa Lộ" as "thi xa nghia lo")."""
        for pattern, words in _ABBREVIATED:
            text, found = pattern.subn(words, text, count=1)
            if found:
                break
        full = fold(text)
        typed = unicodedata.normalize("NFC", " ".join(text.lower().split()))
        return cls(typed, full, _KIND_BEFORE.sub("", full))

    def __bool__(self) -> bool:
        return bool(self.full)

    def exact(self) -> Q:
        """Match units whose name, with or without its kind, is the one typed."""
        return Q(DataContains(NAMES, [self.full]))

    def exact_bare(self) -> Q:
        """Match units of any kind with the name typed."""
        return Q(DataContains(NAMES, [self.bare]))

    def prefix(self) -> Q:
        """Match units with a name that begins as typed."""
        return Q(search__contains=f"|{self.full}")

    def inside(self) -> Q:
        """Match units with the typed text anywhere in a name."""
        return Q(search__contains=self.full)


def split_address(text: str) -> tuple[NameQuery, list[NameQuery]]:
    """Split "Mậu A, Văn Yên, Yên Bái" into the name looked for and the wider units around it."""
    first, *rest = re.split(r"[,;]", text)
    return NameQuery.parse(first), [query for query in map(NameQuery.parse, rest) if query]
