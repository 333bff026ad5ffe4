"""Who has a dossier on the desk, who stands in for whom, complaints, and conditions to be looked after."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import refusal
from accounts.roles import Function
from accounts.scope import scope_of
from core.history import because
from dossiers.choices import Part
from dossiers.models import Application, Assignment, Complaint, Condition, Delegation, Dossier, Topic
from dossiers.services.actors import acts_as, colleagues
from dossiers.services.events import ActionRefused, Fact, lock, record
from dossiers.services.notifying import applicants, tell


@transaction.atomic
def assign_dossier(
    *,
    dossier: Dossier,
    to: Any,
    actor: Any,
    reason: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Assignment:
    """Give a dossier to a colleague of the unit it waits for; one takes it oneself, or a supervisor gives it.

    Raises ActionRefused for a dossier that waits for another unit and for somebody who could not act on it.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    part = Part(dossier.waiting_for)
    people = colleagues(part, dossier)
    reasons = []
    if not dossier.is_open or part in (Part.APPLICANT, Part.NOBODY, Part.SYSTEM):
        reasons.append(_("The dossier waits for no unit, so nobody is assigned."))
    elif to not in people:
        reasons.append(_("%(person)s cannot act on the dossier in its present step.") % {"person": to})
    supervises = dossier.province_id in scope_of(actor, Function.SUPERVISE_DOSSIERS).province_ids
    if actor != to and not supervises and actor not in people:
        reasons.append(_("Only the unit it waits for, or its leader, gives a dossier to somebody."))
    if actor == to and to not in people:
        reasons.append(_("The dossier waits for another unit."))
    if reasons:
        raise ActionRefused(list(dict.fromkeys(reasons)))
    dossier.assignee = to
    assignment = Assignment.objects.create(
        dossier=dossier, user=to, assigned_by=actor, reason=reason.strip()[:300]
    )
    record(dossier, Fact.ASSIGNED, actor=actor, at=at, note=reason, facts={"to": str(to)}, is_internal=True)
    if actor != to:
        tell(
            [to],
            topic=Topic.ASSIGNED,
            sentence="assigned",
            dedupe=f"assignment:{assignment.pk}",
            dossier=dossier,
            code=dossier.code,
            who=str(actor),
        )
    return assignment


@dataclass
class Handout:
    """What giving several dossiers to one person came to: those given, and those not, with the reasons."""

    given: list[Dossier] = field(default_factory=list)
    refused: list[tuple[Dossier, list[str]]] = field(default_factory=list)


def assign_dossiers(*, seen: Mapping[int, int], to: Any, actor: Any, reason: str = "") -> Handout:
    """Give several dossiers to one person, each on its own: what cannot be given is named and stops no other.

    ``seen`` maps the key of each dossier to the version that was looked at; one that changed since is left alone.
    """
    handout = Handout()
    for dossier in Dossier.objects.in_reach_of(actor).filter(pk__in=list(seen)).order_by("code"):
        try:
            assign_dossier(dossier=dossier, to=to, actor=actor, reason=reason, seen=seen[dossier.pk])
        except ValidationError as error:
            handout.refused.append((dossier, error.messages))
        else:
            handout.given.append(dossier)
    return handout


@transaction.atomic
def delegate(
    *, absent: Any, deputy: Any, starts_on: dt.date, ends_on: dt.date, actor: Any, reason: str = ""
) -> Delegation:
    """Let a colleague of the same unit have one's dossiers while one is away; a leader may enter it for the unit.

    Raises PermissionDenied, ValidationError (same unit, order of dates, overlap).
    """
    shared = {m.organisation_id for m in absent.active_memberships} & {
        m.organisation_id for m in deputy.active_memberships
    }
    led = scope_of(actor, Function.SUPERVISE_DOSSIERS).organisation_ids
    if actor != absent and not (led & {m.organisation_id for m in absent.active_memberships}):
        raise PermissionDenied(refusal(Function.SUPERVISE_DOSSIERS))
    if not shared:
        raise ValidationError({"deputy": _("Choose a colleague of the same unit.")})
    delegation = Delegation(
        absent=absent, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:300]
    )
    delegation.full_clean()
    overlapping = Delegation.objects.filter(
        absent=absent, ended_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if overlapping.exists():
        raise ValidationError(
            {"starts_on": _("These days are already covered by another deputy: end that first.")}
        )
    delegation.save()
    return delegation


def end_delegation(*, delegation: Delegation, actor: Any) -> Delegation:
    """End a delegation early: by the absent person, who is back, or by their leader."""
    led = scope_of(actor, Function.SUPERVISE_DOSSIERS).organisation_ids
    if actor != delegation.absent and not (
        led & {m.organisation_id for m in delegation.absent.active_memberships}
    ):
        raise PermissionDenied(refusal(Function.SUPERVISE_DOSSIERS))
    delegation.ended_at = timezone.now()
    delegation.save()
    return delegation


@transaction.atomic
def make_complaint(
    *, application: Application, text: str, user: Any, at: dt.datetime | None = None
) -> Complaint:
    """Complain about how a dossier is handled; the leaders of the unit it waits for are told."""
    if application.dossier is None:
        raise ActionRefused([_("The application is not filed yet.")])
    dossier = lock(application.dossier)
    if application.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
    if not text.strip():
        raise ValidationError({"text": _("Say what the complaint is about.")})
    complaint = Complaint.objects.create(
        dossier=dossier,
        application=application,
        text=text.strip(),
        made_by=user,
        made_at=at or timezone.now(),
    )
    record(
        dossier,
        Fact.COMPLAINT_MADE,
        actor=user,
        at=complaint.made_at,
        part=Part.APPLICANT,
        application=application,
        is_sealed=dossier.is_sealed,
    )
    tell(
        supervisors(dossier),
        topic=Topic.COMPLAINT,
        sentence="complaint",
        dedupe=f"complaint:{complaint.pk}",
        dossier=dossier,
        code=dossier.code,
    )
    return complaint


@transaction.atomic
def answer_complaint(
    *, complaint: Complaint, answer: str, actor: Any, at: dt.datetime | None = None
) -> Complaint:
    """Answer a complaint; a leader of the province does."""
    dossier = lock(complaint.dossier)
    complaint = (
        Complaint.objects.select_for_update(of=("self",)).select_related("application").get(pk=complaint.pk)
    )
    if dossier.province_id not in scope_of(actor, Function.SUPERVISE_DOSSIERS).province_ids:
        raise PermissionDenied(refusal(Function.SUPERVISE_DOSSIERS))
    if complaint.answered_at:
        raise ActionRefused([_("The complaint is answered already.")])
    if not answer.strip():
        raise ValidationError({"answer": _("Write the answer.")})
    complaint.answer, complaint.answered_by, complaint.answered_at = (
        answer.strip(),
        actor,
        at or timezone.now(),
    )
    complaint.save()
    record(
        dossier,
        Fact.COMPLAINT_ANSWERED,
        actor=actor,
        at=complaint.answered_at,
        application=complaint.application,
        note=answer,
    )
    tell(
        applicants(complaint.application),
        topic=Topic.COMPLAINT,
        sentence="complaint_answered",
        dedupe=f"complaint:{complaint.pk}:answered",
        dossier=dossier,
        application=complaint.application,
        code=complaint.application.code,
    )
    return complaint


@transaction.atomic
def add_condition(
    *, dossier: Dossier, text: str, check_on: dt.date, actor: Any, at: dt.datetime | None = None
) -> Condition:
    """Note a condition of the decision with the day somebody looks after it; the department does."""
    dossier = lock(dossier)
    if not (acts_as(actor, Part.DEPARTMENT, dossier) or acts_as(actor, Part.COMMITTEE, dossier)):
        raise ActionRefused([_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label}])
    if not text.strip():
        raise ValidationError({"text": _("Write the condition as the decision has it.")})
    condition = Condition.objects.create(dossier=dossier, text=text.strip(), check_on=check_on)
    record(
        dossier,
        Fact.CONDITION_ADDED,
        actor=actor,
        at=at,
        facts={"text": condition.text[:200], "check_on": check_on.isoformat()},
    )
    return condition


@transaction.atomic
def check_condition(
    *, condition: Condition, done_on: dt.date | None, note: str, actor: Any, next_check: dt.date | None = None
) -> Condition:
    """Record what was found: kept on a day, or not yet, with the day of the next look and a note."""
    dossier = lock(condition.dossier)
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        raise ActionRefused([_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label}])
    if done_on is None and (next_check is None or not note.strip()):
        raise ValidationError({"note": _("Not kept yet: say what was found and when it is looked at again.")})
    with because(note or _("condition kept")):
        condition.done_on, condition.note = done_on, note.strip()
        condition.check_on = next_check or condition.check_on
        condition.checked_by, condition.checked_at = actor, timezone.now()
        condition.save()
    record(
        dossier,
        Fact.CONDITION_CHECKED,
        actor=actor,
        note=note,
        facts={"text": condition.text[:200], "done_on": done_on.isoformat() if done_on else ""},
    )
    return condition


def supervisors(dossier: Dossier) -> list[Any]:
    """List the people who watch over the dossiers of a province."""
    from accounts.models import Membership

    memberships = (
        Membership.objects.active()
        .filter(organisation__province_id=dossier.province_id)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    people = {m.user_id: m.user for m in memberships if Function.SUPERVISE_DOSSIERS in m.functions}
    return list(people.values())
