"""V35, V37: what the decision says, and that the detailed plan follows the investment report."""

from django.utils.translation import gettext_lazy as _

from clusters.rules.case_subjects import CaseSubject, DecisionContent
from clusters.rules.wording import listed
from core.text import fold
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import Text, say


@register
class DecisionSaysEverything(Rule[CaseSubject]):
    """Every item of Article 12.1 is filled, the lines are those of the List, the investor is the winner (V35)."""

    code = "V35"
    about = CaseSubject
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = say(
        "%(decree)s; %(amended)s",
        decree=cite("ND32", "12.1"),
        amended=cite("ND303", part=_("amending Art. 12")),
    )
    sentence = _(
        "The decision says everything the law asks for, names lines of the province's List, and assigns the investor "
        "the council's scoring gave."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Hold items, lines and investor against law, List and ranking."""
        content = subject.decision
        items = self.regime.decision_items
        if content is None:
            return self.not_applicable(
                _("The content of the decision has not been entered yet."), cited=(items,)
            )
        asked = items.value or ()
        empty = [item.label for item in asked if item not in content.items]
        said = {
            "measured": say(
                _("%(filled)s of %(count)s items; investor: %(name)s"),
                filled=len(asked) - len(empty),
                count=len(asked),
                name=subject.name_of(content.investor) or _("none"),
            ),
            "required": say(_("%(count)s items"), count=len(asked)),
            "cited": (items,),
        }
        faults: list[Text] = []
        if empty:
            faults.append(say(_("not filled: %(items)s"), items=listed(empty)))
        outside = lines_outside(content)
        if outside:
            faults.append(say(_("not in the List: %(lines)s"), lines=", ".join(outside)))
        if subject.ranking is not None:
            winner = subject.ranking.winner
            if content.investor != (winner.key if winner else None):
                faults.append(
                    say(
                        _("the scoring gave %(winner)s (%(reason)s)"),
                        winner=winner.name if winner else _("no candidate"),
                        reason=subject.ranking.reason.label,
                    )
                )
        if faults:
            return self.not_met(listed(faults, "; "), **said)
        unknown: list[Text] = []
        if subject.ranking is None:
            unknown.append(_("the scoring of the council is not recorded"))
        if content.list_lines is None:
            unknown.append(_("the lines of the province's List are not recorded"))
        return self.not_computable(listed(unknown, "; "), **said) if unknown else self.met(**said)


def lines_outside(content: DecisionContent) -> list[str]:
    """List the decision's lines that the List does not name; spelling of case and tone marks does not matter."""
    if content.list_lines is None:
        return []
    listed_lines = {fold(line) for line in content.list_lines}
    return [line for line in content.lines if fold(line) not in listed_lines]


@register
class PlanFollowsReport(Rule[CaseSubject]):
    """The detailed plan has area and boundary of the report, or says why not, and has environment works (V37)."""

    code = "V37"
    about = CaseSubject
    severity = Severity.WARN
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "15")
    sentence = _(
        "The detailed plan has the area and the boundary of the investment report, or explains the difference, and "
        "holds the works that protect the environment."
    )

    def check(self, subject: CaseSubject) -> Finding:
        """Compare areas and boundaries, and look for the environment works."""
        plan = subject.detailed_plan
        if plan is None:
            return self.not_applicable(_("There is no detailed plan yet."))
        if plan.has_environment_works is False:
            return self.not_met(_("The detailed plan holds no works that protect the environment."))
        if plan.area_ha is None or plan.report_area_ha is None or plan.has_environment_works is None:
            return self.not_computable(
                _(
                    "The area of the detailed plan or of the report, or the environment works, are not recorded."
                )
            )
        difference = plan.area_ha - plan.report_area_ha
        said = {
            "measured": say(
                _("detailed plan %(plan)s ha, report %(report)s ha, difference %(difference)s ha"),
                plan=plan.area_ha,
                report=plan.report_area_ha,
                difference=difference,
            ),
            "required": _("no difference, or an explanation"),
        }
        if plan.outside_ha:
            said["measured"] = say(
                _("%(areas)s; %(outside)s ha lie within one boundary only"),
                areas=said["measured"],
                outside=plan.outside_ha,
            )
        if difference == 0 and not plan.outside_ha:
            return self.met(**said)
        if plan.explanation:
            return self.met(explanation=plan.explanation, **said)
        return self.not_met(_("Explain why the detailed plan departs from the investment report."), **said)
