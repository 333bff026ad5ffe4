"""What is wrong with a cell, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.sentences import InEveryLanguage, Sentence, as_json, from_json
from core.workbooks.cells import address

#: What is told: worded in the language of whoever reads it.
Said = str | Sentence | InEveryLanguage


class Severity(StrEnum):
    """How much it matters: an error stops the row, a doubt asks a person, a note only tells."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word for readers."""
        return str(_LABELS[self])


_LABELS = {Severity.ERROR: _("error"), Severity.DOUBT: _("doubt"), Severity.NOTE: _("note")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one cell; without ``cell`` it concerns the whole sheet, without ``sheet`` the whole file."""

    message: Said
    remedy: Said = ""
    severity: Severity = Severity.ERROR
    sheet: str = ""
    cell: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what JSON can hold, sentences with their facts; ``Problem.from_dict`` reads it back."""
        return {
            "message": as_json(self.message),
            "remedy": as_json(self.remedy),
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
        }

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> "Problem":
        """Return the problem that ``as_dict`` wrote down."""
        return cls(
            from_json(facts["message"]),
            from_json(facts["remedy"]),
            Severity(facts["severity"]),
            facts["sheet"],
            facts["cell"],
        )


def problem_at(
    row: int,
    column: int,
    message: Said,
    remedy: Said = "",
    *,
    severity: Severity = Severity.ERROR,
    sheet: str = "",
) -> Problem:
    """Return a problem of the cell at ``row`` and ``column``, counted from 0."""
    return Problem(message, remedy, severity, sheet, address(row, column))


def count_by_severity(problems: Iterable[Problem]) -> dict[Severity, int]:
    """Return how many problems there are of each severity, zeros included."""
    counts = dict.fromkeys(Severity, 0)
    for problem in problems:
        counts[problem.severity] += 1
    return counts
