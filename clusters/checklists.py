"""Findings of the rules as a page lists them, whether computed now or kept with a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from law.rules import Checklist, Finding, Outcome, Severity

#: What needs a person's attention stands first.
_ORDER = {Outcome.NOT_MET: 0, Outcome.NOT_COMPUTABLE: 1, Outcome.MET: 2, Outcome.NOT_APPLICABLE: 3}
_TONES = {
    Outcome.MET: "ok",
    Outcome.NOT_MET: "warning",
    Outcome.NOT_COMPUTABLE: "neutral",
    Outcome.NOT_APPLICABLE: "neutral",
}


@dataclass(frozen=True)
class CheckRow:
    """One rule with its sentence, its numbers and the outcome in words."""

    code: str
    sentence: str
    legal_basis: str
    outcome: Outcome
    severity: Severity
    measured: str
    required: str
    explanation: str
    verified: bool

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way."""
        return self.outcome == Outcome.NOT_MET and self.severity == Severity.BLOCK

    @property
    def warns(self) -> bool:
        """Whether it asks for a reason."""
        return self.outcome == Outcome.NOT_MET and self.severity == Severity.WARN

    @property
    def in_full(self) -> str:
        """The sentence with what was measured, what the law asks for, and what to do."""
        numbers = self.measured
        if numbers and self.required:
            numbers = f"{numbers}, {_('the law asks for')} {self.required}"
        return " ".join(
            part for part in (self.sentence, f"{numbers}." if numbers else "", self.explanation) if part
        )

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return "danger" if self.blocks else _TONES[self.outcome]


def check_rows(checklist: Checklist) -> list[CheckRow]:
    """Return the findings of a checklist, unmet ones first."""
    return _sorted(
        CheckRow(
            code=finding.rule.code,
            sentence=str(finding.rule.sentence),
            legal_basis=str(finding.rule.legal_basis),
            outcome=finding.outcome,
            severity=finding.severity,
            measured=str(finding.measured),
            required=str(finding.required),
            explanation=str(finding.explanation),
            verified=finding.verified,
        )
        for finding in checklist
    )


def sentence_of(finding: Finding) -> str:
    """Return an unmet rule in one line: code, article, sentence, explanation."""
    rule = finding.rule
    return f"{rule.code} ({rule.legal_basis}): {rule.sentence} {finding.explanation}".strip()


def kept_rows(kept: Iterable[dict[str, Any]]) -> list[CheckRow]:
    """Return the findings kept with a decision, in the reader's language."""
    language = (get_language() or "vi")[:2]
    rows = []
    for row in kept:
        words = row.get(language) or row["vi"]
        rows.append(
            CheckRow(
                code=row["code"],
                outcome=Outcome(row["outcome"]),
                severity=Severity(row["severity"]),
                verified=row["verified"],
                **words,
            )
        )
    return _sorted(rows)


def _sorted(rows: Iterable[CheckRow]) -> list[CheckRow]:
    return sorted(rows, key=lambda row: (not row.blocks, _ORDER[row.outcome], row.code))
