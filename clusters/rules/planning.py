"""V18: a cluster is established or expanded only as the province's List has it."""

from django.utils.translation import gettext_lazy as _

from clusters.choices import DecisionKind
from clusters.rules.subjects import DecisionSubject
from law.citations import cite
from law.rules import Finding, Rule, register
from law.words import say

_TESTED = (DecisionKind.ESTABLISH, DecisionKind.EXPAND)


@register
class InTheList(Rule[DecisionSubject]):
    """The cluster is in the List in force, with at most 5 ha more than the List gives it (V18)."""

    code = "V18"
    about = DecisionSubject
    regimes = ("R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "8.1(a)", "10.4")
    sentence = _(
        "The cluster stands in the province's List in force, with no more area than may be added to it."
    )

    def check(self, subject: DecisionSubject) -> Finding:
        """Look the cluster up in the plan in force on the day and compare the areas."""
        if subject.kind not in _TESTED:
            return self.not_applicable(_("The decision neither establishes nor expands the cluster."))
        if not subject.planned:
            if not subject.plan_is_known:
                return self.not_computable(_("The province's List of that day is not recorded completely."))
            return self.not_met(_("The cluster does not stand in the List in force on that day."))
        line = subject.planned[0]
        if line.commune_id and subject.facts.commune and line.commune_id != subject.facts.commune.pk:
            return self.not_met(
                say(_("The List places the cluster in %(commune)s."), commune=line.commune),
                measured=say("%(commune)s", commune=subject.facts.commune),
            )
        if line.area_ha is None or subject.facts.area_ha is None:
            return self.not_computable(_("The List or the decision names no area."))
        over = subject.facts.area_ha - line.area_ha
        return self.against(
            self.regime.thresholds.deviation,
            max(over, over * 0),
            say(
                _("%(area)s ha by the decision, %(planned)s ha in the List"),
                area=subject.facts.area_ha,
                planned=line.area_ha,
            ),
        )
