"""V57: what a province asks beyond the law; off unless the province applies the parameter."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.occupancy import rate
from clusters.rules.case_subjects import CaseSubject
from clusters.rules.wording import listed
from law.clock import due
from law.provisions import count_of_days
from law.rules import Finding, Outcome, Rule, Severity, register
from law.words import Text, say

_LOCAL = _("decision of the province, where it applies one")
_OFF = _("The province does not apply this rule.")


@register
class EnoughEquity(Rule[CaseSubject]):
    """The investor's own capital reaches the province's share of the total investment (V57)."""

    code = "V57"
    about = CaseSubject
    severity = Severity.WARN
    legal_basis = _LOCAL
    sentence = _(
        "Where the province asks it, the investor's own capital reaches its share of the total investment."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Hold the share of each candidate against the province's for a cluster of the area."""
        local = subject.local
        if not (local.equity_small.is_set or local.equity_large.is_set):
            return self.not_applicable(_OFF)
        if subject.area_ha is None:
            return self.not_computable(_("The area of the cluster is not recorded."))
        limit = local.equity(subject.area_ha)
        if not limit.is_set or not subject.standing:
            return self.not_applicable(_OFF if not limit.is_set else _("No dossier has been filed yet."))
        held = [
            (one, self.against(limit, _share(one.equity, one.total_investment))) for one in subject.standing
        ]
        said = {
            "measured": listed(
                (
                    say("%(name)s %(share)s", name=one.name, share=found.measured or _("not recorded"))
                    for one, found in held
                ),
                "; ",
            ),
            "required": say(
                _("%(share)s of the total investment for %(area)s ha"), share=limit, area=subject.area_ha
            ),
            "cited": (limit,),
        }
        short = [one.name for one, found in held if found.ok is False]
        if short:
            return self.not_met(
                say(_("Too little capital of their own: %(names)s."), names=", ".join(short)), **said
            )
        if any(found.outcome is Outcome.NOT_COMPUTABLE for _one, found in held):
            return self.not_computable(_("Own capital or total investment is not recorded."), **said)
        return self.met(**said)


def _share(equity: Decimal | None, total: Decimal | None) -> Decimal | None:
    return rate(equity, total)


@register
class RealEstateLine(Rule[CaseSubject]):
    """The investor has the real-estate line of business, where the province asks it (V57, second part)."""

    code = "V57b"
    about = CaseSubject
    severity = Severity.WARN
    legal_basis = _LOCAL
    sentence = _("Where the province asks it, the investor has the real-estate line of business.")

    def check(self, subject: CaseSubject) -> Finding:
        """Look at the registered lines of each candidate."""
        asked = subject.local.real_estate_line
        if not asked.value:
            return self.not_applicable(_OFF)
        if not subject.standing:
            return self.not_applicable(_("No dossier has been filed yet."))
        without = [one.name for one in subject.standing if one.has_real_estate_line is False]
        unknown = [one.name for one in subject.standing if one.has_real_estate_line is None]
        if without:
            return self.not_met(
                say(_("Without that line: %(names)s."), names=", ".join(without)), cited=(asked,)
            )
        if unknown:
            return self.not_computable(
                say(_("Not recorded: %(names)s."), names=", ".join(unknown)), cited=(asked,)
            )
        return self.met(cited=(asked,))


@register
class OpinionsInTime(Rule[CaseSubject]):
    """Agencies answer within the days the province gives them (V57, third part)."""

    code = "V57c"
    about = CaseSubject
    severity = Severity.WARN
    legal_basis = _LOCAL
    sentence = _("Where the province sets a time, the agencies asked give their opinion within it.")

    def check(self, subject: CaseSubject) -> Finding:
        """Compute each agency's due day and hold its answer, or today, against it."""
        limit = subject.local.opinion
        if not limit.is_set:
            return self.not_applicable(_OFF)
        if not subject.opinions:
            return self.not_applicable(_("No agency has been asked."), cited=(limit,))
        late: list[Text] = []
        waiting: list[Text] = []
        for opinion in subject.opinions:
            deadline = due(opinion.asked_on, limit, calendar=subject.calendar)
            last = opinion.answered_on or subject.on
            words = say(_("%(agency)s, due %(day)s"), agency=opinion.agency, day=deadline.due)
            if deadline.due is not None and last > deadline.due:
                days = count_of_days(-deadline.remaining(last), deadline.unit)
                late.append(say(_("%(opinion)s: %(days)s late"), opinion=words, days=days))
            elif opinion.answered_on is None:
                waiting.append(words)
        said = {
            "measured": say(
                _("%(answered)s of %(count)s answered"),
                answered=sum(one.answered_on is not None for one in subject.opinions),
                count=len(subject.opinions),
            ),
            "required": say("%(limit)s", limit=limit),
            "cited": (limit,),
        }
        if late:
            return self.not_met(listed(late, "; "), **said)
        if waiting:
            return self.not_computable(say(_("Awaited: %(names)s."), names=listed(waiting, "; ")), **said)
        return self.met(**said)
