"""V32, V33: points within their maxima, and the assignment that follows from the totals."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from clusters.rules.wording import listed
from dossiers.scoring import Ranking, RankReason, ScoringSubject, rank, total_of
from law.citations import cite
from law.provisions import Cited
from law.rules import Finding, Rule, register
from law.rules.compare import compare
from law.vocabulary import Criterion
from law.words import Phrase, Text, say


@register
class PointsWithinMaxima(Rule[ScoringSubject]):
    """Points lie within the maxima, the lines of a criterion add up to its maximum, totals are the sums (V32)."""

    code = "V32"
    about = ScoringSubject
    regimes = ("R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "13.2")
    sentence = _(
        "The lines of each criterion add up to its maximum, no points are below zero or over the maximum of their "
        "line, and the totals of the minutes are those of the sheets."
    )

    def check(self, subject: ScoringSubject) -> Finding:
        """Look at the lines, then at every sheet, then at the totals stated."""
        maxima = self.regime.score_maxima
        full = sum((points.value or Decimal(0) for points in maxima.values()), Decimal(0))
        said = {
            "measured": say(
                _("%(lines)s lines, %(sheets)s sheets"),
                lines=len(subject.sub_criteria),
                sheets=len(subject.sheets),
            ),
            "required": say(
                _("%(parts)s; %(full)s points together"),
                parts=listed(
                    say(_("%(criterion)s at most %(points)s"), criterion=one.label, points=maxima[one].value)
                    for one in Criterion
                ),
                full=full,
            ),
            "cited": tuple(maxima.values()),
        }
        if not subject.sub_criteria:
            return self.not_computable(_("The council has not laid down its lines yet."), **said)
        faults = [*self._lines(subject), *_points(subject), *_totals(subject)]
        return self.not_met(listed(faults, "; "), **said) if faults else self.met(**said)

    def _lines(self, subject: ScoringSubject) -> list[Text]:
        faults: list[Text] = []
        for criterion in Criterion:
            lines = [line for line in subject.sub_criteria if line.parent == criterion]
            total = sum((line.maximum for line in lines), Decimal(0))
            maximum = self.regime.score_maxima[criterion].value
            if total != maximum:
                faults.append(
                    say(
                        _("%(criterion)s: the lines add up to %(total)s instead of %(maximum)s points"),
                        criterion=criterion.label,
                        total=total,
                        maximum=maximum,
                    )
                )
            faults += [
                say(_("%(line)s: maximum below zero"), line=line.name) for line in lines if line.maximum < 0
            ]
        return faults


def _points(subject: ScoringSubject) -> list[Text]:
    lines = {line.key: line for line in subject.sub_criteria}
    names = {candidate.key: candidate.name for candidate in subject.candidates}
    faults: list[Text] = []
    for sheet in subject.sheets:
        for key, points in sheet.points.items():
            line = lines.get(key)
            if line is not None and 0 <= points <= line.maximum:
                continue
            faults.append(
                say(
                    _(
                        "%(member)s on %(candidate)s, %(line)s: %(points)s points, from 0 to %(maximum)s allowed"
                    ),
                    member=sheet.member,
                    candidate=names.get(sheet.candidate, sheet.candidate),
                    line=line.name if line else key,
                    points=points,
                    maximum=line.maximum if line else Decimal(0),
                )
            )
    return faults


def _totals(subject: ScoringSubject) -> list[Text]:
    """Hold the totals of the minutes against the sheets, to as many decimals as the minutes give."""
    faults: list[Text] = []
    for candidate in subject.candidates:
        stated, exact = subject.stated_totals.get(candidate.key), total_of(subject, candidate.key)
        if stated is None or exact is None:
            continue
        computed = Decimal(exact.numerator) / Decimal(exact.denominator)
        if computed.quantize(stated, rounding=ROUND_HALF_UP) != stated:
            faults.append(
                say(
                    _("%(candidate)s: the minutes state %(stated)s points, the sheets give %(computed)s"),
                    candidate=candidate.name,
                    stated=stated,
                    computed=computed.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP),
                )
            )
    return faults


@register
class HighestIsAssigned(Rule[ScoringSubject]):
    """The highest total at or over the pass mark is assigned; the chair proposes in a tie (V33)."""

    code = "V33"
    about = ScoringSubject
    regimes = ("R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "13.2")
    sentence = _(
        "The candidate with the highest total at or over the pass mark is assigned, in a tie at the top the one the "
        "chair proposes, and nobody where nobody reaches the pass mark."
    )

    def check(self, subject: ScoringSubject) -> Finding:
        """Rank the candidates again and hold the assignment against the outcome."""
        mark = self.regime.thresholds.pass_mark
        ranking = rank(replace(subject, regime=self.regime))
        cited: tuple[Cited, ...] = (mark,)
        said = {"measured": self._totals(ranking), "required": say("%(mark)s", mark=mark), "cited": cited}
        if ranking.reason in (RankReason.NO_CANDIDATE, RankReason.INCOMPLETE):
            return self.not_computable(ranking.reason.label, **said)
        if ranking.reason is RankReason.TIE:
            return self.not_met(ranking.reason.label, **said)
        if ranking.winner is None:
            if subject.assigned is not None:
                return self.not_met(ranking.reason.label, **said)
            return self.met(explanation=ranking.reason.label, **said)
        outcome = say(_("%(name)s: %(reason)s"), name=ranking.winner.name, reason=ranking.reason.label)
        if subject.assigned not in (None, ranking.winner.key):
            names = {candidate.key: candidate.name for candidate in subject.candidates}
            return self.not_met(
                say(
                    _("%(assigned)s is assigned, but the outcome is %(outcome)s"),
                    assigned=names.get(subject.assigned, subject.assigned),
                    outcome=outcome,
                ),
                **said,
            )
        return self.met(explanation=outcome, **said)

    def _totals(self, ranking: Ranking) -> Phrase:
        mark = self.regime.thresholds.pass_mark
        return listed(
            (
                say(
                    "%(name)s %(total)s",
                    name=one.candidate.name,
                    total=compare(mark, one.exact).measured if one.exact is not None else _("not complete"),
                )
                for one in ranking.ranked
            ),
            "; ",
        )
