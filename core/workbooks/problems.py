"""What is wrong with a cell, and what to do about it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.workbooks.cells import address


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

    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    sheet: str = ""
    cell: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain text for storage as JSON; ``Problem.from_dict`` reads it back."""
        return asdict(self) | {"severity": self.severity.value}

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> "Problem":
        """Return the problem that ``as_dict`` wrote down."""
        return cls(**(facts | {"severity": Severity(facts["severity"])}))


def problem_at(
    row: int,
    column: int,
    message: str,
    remedy: str = "",
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
