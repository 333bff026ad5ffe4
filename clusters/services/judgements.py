"""The department's own judgement of a condition of the law that cannot be computed."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import ClusterCase
from clusters.procedures.guards import JUDGED
from core.history import because
from dossiers.choices import Part
from dossiers.models import Dossier
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record


@transaction.atomic
def judge_rule(
    *,
    dossier: Dossier,
    code: str,
    reason: str,
    actor: Any,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> ClusterCase:
    """Record that a condition is taken as met although figures are missing, with the reason the report will quote.

    Only conditions that cannot be computed now are judged: one that is not met stays not met. Raises ActionRefused,
    ValidationError.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    at = at or timezone.now()
    checklist = dossier.procedure.checklist(dossier)
    open_codes = {one.rule.code for one in checklist.not_computable} if checklist else set()
    refused = []
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        refused.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    if not dossier.is_open:
        refused.append(_("The case has ended; nothing is settled in it any more."))
    if code not in JUDGED or code not in open_codes:
        refused.append(_("%(rule)s is computed, so nobody judges it.") % {"rule": code})
    if refused:
        raise ActionRefused(refused)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Say on what the judgement rests; the appraisal report quotes it.")}
        )
    case = ClusterCase.objects.select_for_update(of=("self",)).get(dossier=dossier)
    with because(reason):
        case.judgements = {
            **case.judgements,
            code: {"reason": reason.strip(), "by": str(actor), "on": timezone.localdate(at).isoformat()},
        }
        case.save()
    record(
        dossier,
        Fact.QUESTION_SETTLED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        note=reason.strip(),
        facts={"question": code},
        is_internal=True,
    )
    return case
