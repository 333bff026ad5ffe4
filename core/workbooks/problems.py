"""What is wrong with a cell, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.sentences import InEveryLanguage, Sentence, as_json, from_json
from core.workbooks.cells import address

#: What is told: worded in the language of whoever reads it.
Said = str | Sentence | InEveryLanguage
#: As many characters as Excel allows the name of a sheet.
MAX_SHEET_NAME = 31


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


def is_problem_sheet(name: str) -> bool:
    """Say whether a sheet is the list of problems that ``mark_workbook`` adds, in either language."""
    names = set()
    for language in ("vi", "en"):
        with override(language):
            names.add(problem_sheet_name())
    return name in names


def problem_sheet_name() -> str:
    """Return the name of the list of problems in the language of whoever reads it."""
    return str(_("Problems found"))[:MAX_SHEET_NAME]
