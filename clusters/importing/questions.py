"""What a row asks before it can be saved, besides which record it means: answered for the row, or for all rows.

A question stops the row until it is answered; nothing is guessed and nothing is dropped silently. Answers are kept
among the choices of the import under "7.0:brackets" for one row and "*:brackets" for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.sentences import Sentence, as_json, from_json

ALL_ROWS = "*"
#: What the number in brackets is: part of the land, something else, or the area itself.
INDUSTRIAL, ASIDE, SECOND = "industrial", "aside", "second"
#: Whether an area with words in brackets is that of the whole cluster.
WHOLE, OPEN = "whole", "open"


@dataclass(frozen=True)
class Kind:
    """A question that any number of rows may ask: how it reads for all of them, and the answers there are."""

    key: str
    for_all: str | Promise
    answers: Mapping[str, str | Promise]


BRACKETS = Kind(
    "brackets",
    _("What is the number in brackets behind the area?"),
    {
        INDUSTRIAL: _("the industrial land"),
        ASIDE: _("something else: leave it aside"),
        SECOND: _("the area itself: leave the number before it aside"),
    },
)
PART = Kind(
    "part",
    _("Is an area with words in brackets that of the whole cluster?"),
    {WHOLE: _("yes: take it as the area"), OPEN: _("no: leave the area open")},
)
KINDS: dict[str, Kind] = {kind.key: kind for kind in (BRACKETS, PART)}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one row: its kind, its words, the answers that fit this row, and the cell it is about."""

    kind: str
    text: Sentence
    answers: tuple[str, ...]
    cell: str

    def as_dict(self) -> dict[str, Any]:
        """Return what JSON can hold; ``Question.from_dict`` reads it back."""
        return {
            "kind": self.kind,
            "text": as_json(self.text),
            "answers": list(self.answers),
            "cell": self.cell,
        }

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> "Question":
        """Return the question that ``as_dict`` wrote down."""
        return cls(facts["kind"], from_json(facts["text"]), tuple(facts["answers"]), facts["cell"])

    @property
    def labels(self) -> list[tuple[str, str | Promise]]:
        """The answers with their words."""
        return [(answer, KINDS[self.kind].answers[answer]) for answer in self.answers]


def answer_key(row: str, kind: str) -> str:
    """Return the key of an answer among the choices; ``row`` is that of the row, or ``ALL_ROWS``."""
    return f"{row}:{kind}"


def answer_to(question: Question, row: str, choices: Mapping[str, str]) -> str:
    """Return what a person answered for the row, or for all rows where that answer fits this one; blank if nothing."""
    for key in (answer_key(row, question.kind), answer_key(ALL_ROWS, question.kind)):
        if choices.get(key) in question.answers:
            return choices[key]
    return ""
