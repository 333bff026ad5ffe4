"""What a person settles about the case of a cluster where a rule cannot."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clusters.models import ClusterCase
from core.history import because
from dossiers.choices import Part
from dossiers.models import Dossier
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record


@transaction.atomic
def settle_average(
    *,
    dossier: Dossier,
    choice: str,
    reason: str,
    actor: Any,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> ClusterCase:
    """Settle which average occupancy the test goes by where the two disagree (rule V12); the department does.

    Raises ActionRefused after the end of the case or for somebody else, ValidationError by field.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    refused = []
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        refused.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    if not dossier.is_open:
        refused.append(_("The case has ended; nothing is settled in it any more."))
    if refused:
        raise ActionRefused(refused)
    case = ClusterCase.objects.select_for_update(of=("self",)).get(dossier=dossier)
    errors = {}
    if choice not in dict(ClusterCase._meta.get_field("average_choice").choices or ()):
        errors["average_choice"] = _("Choose the average that counts.")
    if not reason.strip():
        errors["average_reason"] = _("Say why this average counts; the appraisal report quotes it.")
    if errors:
        raise ValidationError(errors)
    with because(reason):
        case.average_choice, case.average_reason = choice, reason.strip()
        case.save()
    record(
        dossier,
        Fact.QUESTION_SETTLED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        note=reason.strip(),
        facts={"question": "V12", "choice": choice},
        is_internal=True,
    )
    return case
