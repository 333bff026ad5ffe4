"""Guess which column of a table means which field, and which table fits which list of fields.

A title is compared by its folded words with the spellings the caller knows; the cells below decide between near ties.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.functional import Promise

from core.numbers import PLAIN, Units
from core.text import fold
from core.workbooks.brackets import parse_area
from core.workbooks.cells import Value, is_blank
from core.workbooks.headers import Column, Table
from core.workbooks.references import parse_reference
from core.workbooks.rows import looks_like_number
from core.workbooks.values import (
    NO_EVIDENCE,
    Evidence,
    Parsed,
    evidence,
    in_all_languages,
    parse_boolean,
    parse_choice,
    parse_date,
    parse_number,
    parse_percent,
    parse_text,
)

KINDS = ("text", "number", "area", "percent", "date", "boolean", "choice", "reference")
SURE = 0.8
_POSSIBLE = 0.55
_SAMPLE = 60
_UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Words that tell nothing about a column.
_IDLE = {"cua", "va", "cac", "the", "of", "theo", "tai"}


@dataclass(frozen=True)
class Field:
    """A field that a column can fill.

    ``title`` is its official name and the title in a template, ``synonyms`` other titles in use; ``kind`` one of
    ``KINDS``; ``units`` what a number may be followed by; ``options`` the names of each choice by its key; ``note`` the
    hint and ``example`` the sample shown in a template. Text may be lazy. What cannot be read in the column of an
    ``advisory`` field is told and stops nothing. ``other_papers``: folded words before a paper that is not meant.
    """

    key: str
    title: str | Promise
    synonyms: tuple[str, ...] = ()
    kind: str = "text"
    required: bool = False
    units: Units = field(default_factory=lambda: PLAIN)
    options: Mapping[object, Sequence[str]] = field(default_factory=dict)
    note: str | Promise = ""
    example: str = ""
    advisory: bool = False
    other_papers: tuple[str, ...] = ()

    @property
    def spellings(self) -> list[str]:
        """The titles by which the column is known, the official one in every language."""
        return list(in_all_languages((self.title, *self.synonyms)))

    def parse(self, value: Value, column: Evidence = NO_EVIDENCE) -> Parsed:
        """Return what a cell means for this field; see ``values``."""
        if self.kind == "choice":
            return parse_choice(value, self.options)
        if self.kind == "number":
            return parse_number(value, self.units, column)
        if self.kind == "area":
            return parse_area(value, self.units, column)
        if self.kind == "reference":
            return parse_reference(value, self.other_papers)
        if self.kind == "percent":
            return parse_percent(value, column)
        return _PARSERS[self.kind](value)


_PARSERS: dict[str, Callable[[Value], Parsed]] = {
    "text": parse_text,
    "date": parse_date,
    "boolean": parse_boolean,
}


@dataclass(frozen=True)
class Match:
    """The column taken for a field: ``position`` in ``Table.header``, and how sure that is, from 0 to 1."""

    position: int
    confidence: float

    @property
    def sure(self) -> bool:
        """Say whether no person needs to look."""
        return self.confidence >= SURE


@dataclass
class Guess:
    """How the columns of a table fill the fields."""

    matches: dict[str, Match]
    unmatched: list[Column]
    missing: list[Field]
    score: float

    @property
    def positions(self) -> dict[str, int]:
        """The mapping alone, as it is corrected and kept: key of the field to position in ``Table.header``."""
        return {key: match.position for key, match in self.matches.items()}


def guess_columns(
    fields: Sequence[Field], table: Table, abbreviations: Mapping[str, str] | None = None
) -> Guess:
    """Return the best match of columns to fields: a column fills one field at most, a field has one column at most.

    ``abbreviations``: folded short forms and what they stand for, both folded ("ccn": "cum cong nghiep").
    ``Guess.missing`` lists required fields without a column; ``score`` is from 0 to 1.
    """
    short = tuple(sorted((abbreviations or {}).items()))
    spellings = {wanted.key: wanted.spellings for wanted in fields}
    pairs = []
    for position, column in enumerate(table.header):
        sample = [value for value in table.column_values(position, _SAMPLE) if not is_blank(value)]
        shown = evidence(sample)
        for order, wanted in enumerate(fields):
            likeness = max(
                title_likeness(column.title, spelling, short) for spelling in spellings[wanted.key]
            )
            if likeness >= _POSSIBLE:
                confidence = likeness * (0.7 + 0.3 * _share_that_parses(wanted, sample, shown))
                pairs.append((round(confidence, 3), -order, -position, wanted.key))
    matches: dict[str, Match] = {}
    taken: set[int] = set()
    for confidence, _order, negative, key in sorted(pairs, reverse=True):
        if key not in matches and -negative not in taken and confidence >= _POSSIBLE * 0.8:
            matches[key] = Match(-negative, confidence)
            taken.add(-negative)
    missing = [wanted for wanted in fields if wanted.required and wanted.key not in matches]
    unmatched = [column for position, column in enumerate(table.header) if position not in taken]
    return Guess(matches, unmatched, missing, _score(fields, table, matches))


def rank_specs(
    specs: Mapping[str, Sequence[Field]],
    tables: Iterable[Table],
    abbreviations: Mapping[str, str] | None = None,
) -> list[tuple[str, Table, Guess]]:
    """Return every pair of a list of fields and a table with its guess, best first.

    Pairs without any required field come last.
    """
    ranked = [
        (key, table, guess_columns(fields, table, abbreviations))
        for table in tables
        for key, fields in specs.items()
    ]
    return sorted(ranked, key=lambda entry: (len(entry[2].missing) == 0, entry[2].score), reverse=True)


def vocabulary(fields: Iterable[Field]) -> frozenset[str]:
    """Return all titles of the fields, folded, as ``headers.find_tables`` takes them."""
    return frozenset(fold(title) for wanted in fields for title in wanted.spellings)


def title_likeness(title: str, spelling: str, abbreviations: tuple[tuple[str, str], ...] = ()) -> float:
    """Return from 0 to 1 how well a column's title says the same as a known spelling.

    The last part of a two-line title counts alone nearly as much as the whole; units in brackets count little.
    """
    wanted = _words(spelling, abbreviations)
    whole = _overlap(_words(title, abbreviations), wanted)
    if " / " not in title:
        return whole
    last = _overlap(_words(title.rsplit(" / ", 1)[1], abbreviations), wanted)
    return max(whole, last * 0.97)


@cache
def _words(title: str, abbreviations: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    folded = fold(_UNIT.sub(" ", title)) or fold(title)
    words = " ".join(dict(abbreviations).get(word, word) for word in folded.split()).split()
    kept = [word for word in words if word not in _IDLE] or words
    # "tỷ lệ" and "tỉ lệ", "quý" and "quí" are the same word.
    return tuple(word.replace("y", "i") for word in kept)


def _overlap(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Return the likeness of two titles by their words, repeated ones counted, order nearly ignored."""
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    left = list(two)
    common = 0
    for word in one:
        if word in left:
            left.remove(word)
            common += 1
    likeness = 2 * common / (len(one) + len(two))
    return min(likeness, 0.98)


def _share_that_parses(wanted: Field, sample: list[Value], shown: Evidence) -> float:
    if not sample:
        return 0.8
    good = 0.0
    for value in sample:
        parsed = wanted.parse(value, shown)
        good += 0.0 if parsed.error else 0.9 if parsed.doubt else 1.0
    share = good / len(sample)
    if wanted.kind == "text":
        # A name is no column of numbers; a code may be.
        share -= 0.4 * sum(looks_like_number(value) for value in sample) / len(sample)
    return max(share, 0.0)


def _score(fields: Sequence[Field], table: Table, matches: Mapping[str, Match]) -> float:
    """Return how well fields and table fit: confident matches against the columns there are and the fields required."""
    sure = sum(match.confidence for match in matches.values())
    columns = max(
        len([column for column in table.header if fold(column.title) not in {"stt", "tt", "ghi chu"}]), 1
    )
    required = [wanted for wanted in fields if wanted.required]
    filled = sum(wanted.key in matches for wanted in required)
    return round(0.6 * min(sure / columns, 1) + 0.4 * (filled / len(required) if required else 1), 3)
