"""Ranking of the candidates of a dossier from the score sheets of its council.

Totals are exact fractions, so that the average of three sheets neither makes nor breaks a tie by rounding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.regimes import Regime
from law.vocabulary import Criterion


class TotalRule(models.TextChoices):
    """How the council makes one total of its members' sheets."""

    AVERAGE = "average", _("average of the members' sheets")
    TRIMMED = "trimmed", _("average without the highest and the lowest sheet")
    MEDIAN = "median", _("median of the members' sheets")


class RankReason(models.TextChoices):
    """Why there is a winner, or none."""

    HIGHEST = "highest", _("highest total, at or over the pass mark")
    CHAIR = "chair", _("tie at the top, settled by the chair's proposal")
    TIE = "tie", _("tie at the top: the chair's proposal is not recorded")
    NOBODY_PASSED = "nobody_passed", _("nobody reached the pass mark: nobody is assigned")
    INCOMPLETE = "incomplete", _("score sheets are missing or not complete")
    NO_CANDIDATE = "no_candidate", _("there is no candidate")
    NO_PASS_MARK = "no_pass_mark", _("this law knows no scoring")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One who asks to be chosen."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SubCriterion:
    """A line of the score sheet, within one of the criteria of the law; ``maximum`` in points."""

    key: str
    name: str
    parent: Criterion
    maximum: Decimal


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One member's points for one candidate, by key of the sub-criterion; what is left out is not scored yet."""

    member: str
    candidate: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class ScoringSubject:
    """What a council scored: candidates and sub-criteria, the members who score, and their sheets.

    ``members`` are those of whom a sheet is awaited: who declared a conflict is not among them. ``chair_proposal`` and
    ``assigned`` are keys of candidates; ``stated_totals`` are the totals the minutes state.
    """

    regime: Regime
    candidates: Sequence[Candidate]
    sub_criteria: Sequence[SubCriterion]
    members: Sequence[str]
    sheets: Sequence[Sheet]
    total_rule: TotalRule = TotalRule.AVERAGE
    chair_proposal: str | None = None
    assigned: str | None = None
    stated_totals: Mapping[str, Decimal] = field(default_factory=dict)

    def sheets_of(self, candidate: str) -> list[Sheet]:
        """List the sheets about a candidate by the members who score."""
        return [
            sheet for sheet in self.sheets if sheet.candidate == candidate and sheet.member in self.members
        ]

    def is_complete_for(self, candidate: str) -> bool:
        """Say whether every member scored every line for the candidate, once."""
        keys = {line.key for line in self.sub_criteria}
        sheets = self.sheets_of(candidate)
        return (
            bool(keys)
            and bool(self.members)
            and sorted(sheet.member for sheet in sheets) == sorted(self.members)
            and all(keys <= sheet.points.keys() for sheet in sheets)
        )


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A candidate with the total (points): ``exact`` for comparing, ``total`` for showing; None while incomplete.

    Equal totals share a ``place``.
    """

    candidate: Candidate
    exact: Fraction | None
    place: int | None
    passed: bool | None

    @property
    def total(self) -> Decimal | None:
        """The total in points, to 28 digits."""
        return None if self.exact is None else Decimal(self.exact.numerator) / Decimal(self.exact.denominator)


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The candidates from the highest total, who wins, and why; incomplete ones come last."""

    ranked: tuple[Ranked, ...]
    winner: Candidate | None
    reason: RankReason

    @property
    def top(self) -> tuple[Ranked, ...]:
        """The candidates who share the highest total and passed."""
        return tuple(one for one in self.ranked if one.place == 1 and one.passed)

    @property
    def tied(self) -> bool:
        """Whether several candidates share the highest total."""
        return len(self.top) > 1


def total_of(scoring: ScoringSubject, candidate: str) -> Fraction | None:
    """Return a candidate's total in points, exact, by the council's rule; None while sheets are missing."""
    if not scoring.is_complete_for(candidate):
        return None
    keys = {line.key for line in scoring.sub_criteria}
    sums = sorted(
        sum((Fraction(points) for key, points in sheet.points.items() if key in keys), Fraction(0))
        for sheet in scoring.sheets_of(candidate)
    )
    if scoring.total_rule is TotalRule.MEDIAN:
        return median(sums)
    # With fewer than three sheets nothing would be left without the highest and the lowest.
    if scoring.total_rule is TotalRule.TRIMMED and len(sums) > 2:
        sums = sums[1:-1]
    return sum(sums, Fraction(0)) / len(sums)


def rank(scoring: ScoringSubject) -> Ranking:
    """Rank the candidates and say who is to be assigned.

    The highest total at or over the pass mark wins; a tie at the top goes by the chair's proposal; while a sheet is
    missing, or where nobody passed, nobody wins. Source: Decree 32/2024 Art. 13.2.
    """
    mark = scoring.regime.thresholds.pass_mark
    totals = [(candidate, total_of(scoring, candidate.key)) for candidate in scoring.candidates]
    scored = sorted(
        ((candidate, total) for candidate, total in totals if total is not None),
        key=lambda pair: pair[1],
        reverse=True,
    )
    ranked = [
        Ranked(
            candidate=candidate,
            exact=total,
            place=1 + sum(other > total for _other, other in scored),
            passed=mark.met_by(total),
        )
        for candidate, total in scored
    ]
    missing = [candidate for candidate, total in totals if total is None]
    ranked += [Ranked(candidate=one, exact=None, place=None, passed=None) for one in missing]
    undecided = Ranking(ranked=tuple(ranked), winner=None, reason=RankReason.INCOMPLETE)
    winner, reason = None, undecided.reason
    if not scoring.candidates:
        reason = RankReason.NO_CANDIDATE
    elif not mark.is_set:
        reason = RankReason.NO_PASS_MARK
    elif not missing:
        winner, reason = _first(undecided, scoring.chair_proposal)
    return Ranking(ranked=undecided.ranked, winner=winner, reason=reason)


def _first(ranking: Ranking, chair_proposal: str | None) -> tuple[Candidate | None, RankReason]:
    if not ranking.top:
        return None, RankReason.NOBODY_PASSED
    if not ranking.tied:
        return ranking.top[0].candidate, RankReason.HIGHEST
    proposed = [one.candidate for one in ranking.top if one.candidate.key == chair_proposal]
    return (proposed[0], RankReason.CHAIR) if proposed else (None, RankReason.TIE)
