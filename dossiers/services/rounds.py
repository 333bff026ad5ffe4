"""Reopen a closed scoring: its result stays readable as an earlier round, the sheets of those who are left stay."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.history import because
from dossiers.choices import Part, Seat
from dossiers.models import Application, Council, Dossier, ScoringRound, Topic
from dossiers.services.councils import demand_part
from dossiers.services.events import ActionRefused, Fact, lock, record
from dossiers.services.notifying import tell


@transaction.atomic
def reopen_scoring(
    *, council: Council, reason: str, actor: Any, seen: int | None = None, at: dt.datetime | None = None
) -> ScoringRound:
    """Reopen a closed scoring with a reason, and return its result as the earlier round it now is.

    For a chosen applicant who withdrew, or an error in a sheet. The department does it while it examines the dossier.
    Who withdrew is no candidate any more; all sheets of the others count as handed in until their member changes one.
    No article speaks of it: it is the department's practice. Raises ActionRefused, ValidationError without a reason.
    """
    dossier = lock(council.dossier, seen=seen, actor=actor)
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    demand_part(dossier, actor, Part.DEPARTMENT)
    at = at or timezone.now()
    if refused := reopening_refusals(dossier, council):
        raise ActionRefused(refused)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why the scoring is reopened; the minutes quote it.")})
    kept = _keep_round(council, reason=reason, actor=actor, at=at)
    with because(reason):
        council.round += 1
        council.chosen, council.chair_proposal = None, ""
        council.minutes, council.minutes_document, council.held_on = "", None, None
        council.result, council.closed_at = {}, None
        council.save()
    record(
        dossier,
        Fact.SCORING_REOPENED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        note=reason,
        facts={"round": council.round, "chosen_before": kept.chosen_name},
        is_internal=True,
    )
    tell(
        [member.user for member in council.members.select_related("user").order_by("pk")],
        topic=Topic.COUNCIL,
        sentence="reopened",
        dedupe=f"council:{council.pk}:round:{council.round}",
        dossier=dossier,
        code=dossier.code,
    )
    return kept


def reopening_refusals(dossier: Dossier, council: Council) -> list[str]:
    """Return why the scoring cannot be reopened now, whoever asks."""
    refused = []
    if council.closed_at is None:
        refused.append(_("The scoring is open."))
    if dossier.state not in dossier.procedure.council_states:
        refused.append(
            _("A scoring is reopened while the department examines the dossier; it is now: %(state)s.")
            % {"state": dossier.get_state_display()}
        )
    return refused


def _keep_round(council: Council, *, reason: str, actor: Any, at: dt.datetime) -> ScoringRound:
    """Freeze the result with names as they are read now."""
    assert council.closed_at is not None  # refused above otherwise
    chair = council.members.filter(seat=Seat.CHAIR).first()
    return ScoringRound.objects.create(
        council=council,
        number=council.round,
        standing=_standing(council),
        chosen=council.chosen,
        chosen_name=str(council.chosen.organisation)[:300] if council.chosen else "",
        chair_name=chair.name if chair else "",
        chair_proposal=council.chair_proposal,
        held_on=council.held_on,
        minutes=council.minutes,
        minutes_document=council.minutes_document,
        closed_at=council.closed_at,
        reopened_at=at,
        reopened_by=actor,
        reopened_by_name=str(actor)[:150],
        reason=reason,
    )


def _standing(council: Council) -> list[dict[str, Any]]:
    """Write the totals that were frozen at the closing with the names of applicants and members, the highest first."""
    applications = Application.objects.filter(dossier_id=council.dossier_id).select_related("organisation")
    asked = {str(one.pk): one for one in applications.order_by("pk")}
    names = dict(council.members.order_by("pk").values_list("pk", "name"))
    return [
        {
            "applicant": str(asked[key].organisation),
            "code": asked[key].code or "",
            "total": row["total"],
            "sheets": [
                {"member": name, "total": row["sheets"][str(member)]}
                for member, name in names.items()
                if str(member) in row["sheets"]
            ],
        }
        for key, row in sorted(council.result.items(), key=lambda pair: -Decimal(pair[1]["total"]))
    ]
