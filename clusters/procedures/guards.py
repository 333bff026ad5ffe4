"""What must hold before a dossier of a cluster moves on; each guard answers with sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers.procedures.transitions import Firing, Guard
from dossiers.services.opinions import unanswered

#: Conditions for establishing and expanding (Art. 8) that a person may judge where figures are missing.
JUDGED = ("V10", "V11", "V14", "V16", "V17")


def _has_applications(firing: Firing) -> Iterable[str]:
    if not firing.dossier.applications.live().exists():
        yield _("No application is left in the dossier.")


def _no_open_supplement(firing: Firing) -> Iterable[str]:
    pending = firing.dossier.supplements.filter(closed_at__isnull=True)
    for request in pending.select_related("application__organisation"):
        yield _("Supplement %(number)s (%(organisation)s) is open: close it first.") % {
            "number": request.number,
            "organisation": request.application.organisation,
        }


def _opinions_are_in(firing: Firing) -> Iterable[str]:
    for request in unanswered(firing.dossier, firing.today):
        if request.is_silent(firing.today):
            yield _(
                "%(agency)s let the time for its opinion pass, and no rule of the province says what silence means: "
                "record its answer or take the request back with a reason."
            ) % {"agency": request.organisation}
        else:
            yield _("The opinion of %(agency)s is not there yet.") % {"agency": request.organisation}


def _council_has_scored(firing: Firing) -> Iterable[str]:
    dossier = firing.dossier
    if not has_council(firing):
        return
    council = getattr(dossier, "council", None)
    if council is None:
        yield _("The evaluation council is not set up (Art. 13.2).")
    elif council.closed_at is None:
        yield _("The evaluation council has not closed its scoring.")
    elif council.chosen is not None and not council.chosen.is_live:
        yield _(
            "The applicant whom the council chose has withdrawn: the department reopens the scoring for those who are "
            "left (from the People's Committee return the dossier first), or the dossier is refused."
        )
    elif council.chosen is None:
        yield _("No application reached the pass mark, so none can be recommended; recommend to refuse.")


def has_council(firing: Firing) -> bool:
    """Say whether the law of the case wants a council to choose the investor."""
    return any(provision.is_set for provision in firing.dossier.regime.score_maxima.values())


def _rules_are_met(firing: Firing) -> Iterable[str]:
    checklist = firing.checklist
    for finding in checklist.blocking if checklist else ():
        yield f"{finding.rule.sentence} – {finding}"


def _averages_are_settled(firing: Firing) -> Iterable[str]:
    for finding in firing.checklist or ():
        if finding.rule.code == "V12" and finding.ok is False:
            yield _(
                "Simple and weighted average of the occupancy fall on different sides of the limit: settle on the "
                "dossier's page which one counts, with the reason."
            )


def _tests_are_judged(firing: Firing) -> Iterable[str]:
    """A condition of the law that lacks figures neither holds nor fails: a person answers for it, with a reason."""
    judged = firing.dossier.cluster_case.judgements
    checklist = firing.checklist
    # Where only the choice of the average is open, settling that is the answer.
    is_open_question = any(one.rule.code == "V12" and one.ok is False for one in checklist or ())
    for finding in checklist.not_computable if checklist else ():
        if finding.rule.code in JUDGED and finding.rule.code not in judged and not is_open_question:
            yield _(
                "%(rule)s cannot be computed: %(why)s Enter the missing figures, or record the department's own "
                "judgement with its reason."
            ) % {"rule": finding.rule.code, "why": finding.explanation}


def _is_recommended(firing: Firing) -> Iterable[str]:
    if firing.dossier.cluster_case.recommendation != "approve":
        yield _("The appraisal recommends to refuse: refuse, or return the dossier to the department.")


HAS_APPLICATIONS = Guard(code="has_applications", check=_has_applications)
NO_OPEN_SUPPLEMENT = Guard(code="no_open_supplement", check=_no_open_supplement)
OPINIONS_ARE_IN = Guard(code="opinions_are_in", check=_opinions_are_in)
COUNCIL_HAS_SCORED = Guard(code="council_has_scored", check=_council_has_scored)
RULES_ARE_MET = Guard(code="rules_are_met", check=_rules_are_met)
AVERAGES_ARE_SETTLED = Guard(code="averages_are_settled", check=_averages_are_settled)
TESTS_ARE_JUDGED = Guard(code="tests_are_judged", check=_tests_are_judged)
IS_RECOMMENDED = Guard(code="is_recommended", check=_is_recommended)
