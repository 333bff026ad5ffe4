"""Fill the drafts of a cluster's dossier from what stands in it; what is not known stays a gap for the pen.

``filled(kind, dossier, ...)`` returns the facts of a paper; official papers are Vietnamese whoever downloads them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from clusters.drafts.filling import appraisal, commune, council, decision, investor
from clusters.drafts.filling.case import CaseOnPaper
from dossiers.models import Application, CouncilMember, Dossier

_MAKERS: Mapping[str, Callable[..., Any]] = {
    "notice": commune.notice,
    "opening_minutes": commune.opening,
    "submission": commune.submission,
    "opinion_letter": appraisal.opinion_letter,
    "appraisal_report": appraisal.report,
    "council_decision": council.decision,
    "council_invitation": council.invitation,
    "score_sheet": council.sheet,
    "minutes": council.minutes,
    "decision": decision.decision,
    "result_notice": decision.result,
}


def filled(
    kind: str,
    dossier: Dossier,
    *,
    application: Application | None = None,
    member: CouncilMember | None = None,
) -> Any:
    """Return the facts of a paper of a dossier; a result notice is of an application, a score sheet of a member too.

    Raises KeyError for a paper that is not made from a dossier.
    """
    maker = _MAKERS[kind]
    with translation.override("vi"):
        of = {"application": application, "member": member}
        wanted = {name: of[name] for name in _EXTRA.get(kind, ())}
        return maker(CaseOnPaper(dossier), **wanted)


def request_of(application: Application) -> Any:
    """Return the facts of Model 01 from the answers of an application, filed or not."""
    with translation.override("vi"):
        return investor.request(application)


_EXTRA: Mapping[str, tuple[str, ...]] = {
    "result_notice": ("application",),
    "score_sheet": ("member", "application"),
}
