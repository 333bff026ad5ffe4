"""Supplement requests: what is wrong and how to mend it, item by item, while the clock stands still."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
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
from dossiers.models import Application, Document, Dossier, SupplementItem, SupplementRequest, Topic
from dossiers.services import clocks
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record
from dossiers.services.notifying import applicants, desk_of, tell


@dataclass(frozen=True)
class Wanted:
    """One thing to mend: ``target`` is ``document:<kind>`` or ``field:<name>``."""

    target: str
    wrong: str
    remedy: str


@transaction.atomic
def ask_for_supplement(
    *,
    dossier: Dossier,
    application: Application,
    items: Sequence[Wanted],
    reason: str,
    actor: Any,
    answer_by: dt.date | None = None,
    letter_number: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> SupplementRequest:
    """Ask an applicant to mend an application; the clock stops today and the request gets the next number.

    Raises ActionRefused outside the states in which the department examines, and while the same application still
    has an open request; ValidationError by item for one without document or field, fault or remedy.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    at = at or timezone.now()
    today = timezone.localdate(at)
    reasons = []
    if dossier.state not in dossier.procedure.supplement_states:
        reasons.append(
            _("Supplements are asked for while the dossier is examined; it is now: %(state)s.")
            % {"state": dossier.get_state_display()}
        )
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        reasons.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    if application.dossier_id != dossier.pk or not application.is_live:
        reasons.append(_("The application is not in process in this dossier."))
    elif dossier.supplements.filter(application=application, closed_at__isnull=True).exists():
        reasons.append(_("This application has an open supplement request: close it before you ask again."))
    if reasons:
        raise ActionRefused(reasons)
    _check_items(dossier, items)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Say in one sentence why a supplement is needed; it opens the letter.")}
        )
    number = dossier.supplements.count() + 1
    with because(reason):
        pause = clocks.begin_pause(dossier, on=today, reason=_pause_reason(number))
        request = SupplementRequest.objects.create(
            dossier=dossier,
            application=application,
            number=number,
            letter_number=letter_number.strip(),
            reason=reason.strip(),
            asked_by=actor,
            asked_at=at,
            answer_by=answer_by,
            pause=pause,
        )
        SupplementItem.objects.bulk_create(
            SupplementItem(
                request=request,
                position=position,
                target=item.target,
                wrong=item.wrong.strip(),
                remedy=item.remedy.strip(),
            )
            for position, item in enumerate(items, start=1)
        )
    record(
        dossier,
        Fact.SUPPLEMENT_ASKED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        application=application,
        note=reason,
        facts={"number": number, "items": len(items)},
    )
    tell(
        applicants(application),
        topic=Topic.SUPPLEMENT,
        sentence="supplement_asked",
        dedupe=f"supplement:{request.pk}:asked",
        dossier=dossier,
        application=application,
        code=application.code,
        number=number,
    )
    return request


@transaction.atomic
def answer_item(
    *,
    item: SupplementItem,
    user: Any,
    answer: str = "",
    document: Document | None = None,
    at: dt.datetime | None = None,
) -> SupplementItem:
    """Answer one item with words, a new paper, or both; it can be changed until the whole answer is handed in."""
    request = (
        SupplementRequest.objects.select_for_update().select_related("application").get(pk=item.request_id)
    )
    _demand_applicant(user, request)
    if request.answered_at or request.closed_at:
        raise ActionRefused([_("This request was answered or closed already.")])
    if not answer.strip() and document is None:
        raise ValidationError({"answer": _("Write what you changed, or add the new paper.")})
    if document is not None and document.application_id != request.application_id:
        raise ValidationError({"document": _("That paper belongs to another application.")})
    item = SupplementItem.objects.select_for_update().get(pk=item.pk)
    item.answer, item.answered_at, item.answered_by = answer.strip(), at or timezone.now(), user
    if document is not None:
        item.answer_document = document
    item.save()
    return item


@transaction.atomic
def hand_in_answers(
    *, request: SupplementRequest, user: Any, at: dt.datetime | None = None
) -> SupplementRequest:
    """Hand in the answers: every item must be answered; the department then looks at them and closes the request."""
    dossier = lock(request.dossier)
    request = SupplementRequest.objects.select_for_update().select_related("application").get(pk=request.pk)
    _demand_applicant(user, request)
    if request.answered_at or request.closed_at:
        raise ActionRefused([_("This request was answered or closed already.")])
    open_items = list(request.items.filter(answered_at__isnull=True).order_by("position"))
    if open_items:
        raise ActionRefused(
            [_("Item %(n)s is not answered yet.") % {"n": item.position} for item in open_items]
        )
    at = at or timezone.now()
    request.answered_at = at
    request.save()
    record(
        dossier,
        Fact.SUPPLEMENT_ANSWERED,
        actor=user,
        at=at,
        part=Part.APPLICANT,
        application=request.application,
        facts={"number": request.number},
    )
    tell(
        desk_of(dossier, today=timezone.localdate(at)),
        topic=Topic.SUPPLEMENT,
        sentence="supplement_answered",
        dedupe=f"supplement:{request.pk}:answered",
        dossier=dossier,
        code=dossier.code,
        number=request.number,
    )
    return request


@transaction.atomic
def close_supplement(
    *,
    request: SupplementRequest,
    actor: Any,
    note: str = "",
    settled: dict[int, bool] | None = None,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> SupplementRequest:
    """Close a request: the clock goes on. ``settled`` says by position which items are mended.

    The pause ends on the day the answer came in, so that time the department takes to look is its own; a request
    nobody answered is closed with a note, and its pause ends today.
    """
    dossier = lock(request.dossier, seen=seen, actor=actor)
    request = (
        SupplementRequest.objects.select_for_update(of=("self",))
        .select_related("pause", "application")
        .get(pk=request.pk)
    )
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        raise ActionRefused([_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label}])
    if request.closed_at:
        raise ActionRefused([_("This request is closed already.")])
    if not request.answered_at and not note.strip():
        raise ValidationError(
            {"note": _("Nobody has answered in full yet: say why the request is closed all the same.")}
        )
    at = at or timezone.now()
    today = timezone.localdate(at)
    returned_on = timezone.localdate(request.answered_at) if request.answered_at else today
    with because(note or _("supplement closed")):
        for item in request.items.all():
            item.is_settled = (settled or {}).get(item.position, request.answered_at is not None)
            item.save()
        request.closed_at, request.closed_by, request.closing_note = at, actor, note.strip()
        request.save()
        if request.pause is not None:
            clocks.end_pause(dossier, request.pause, on=returned_on)
    record(
        dossier,
        Fact.SUPPLEMENT_CLOSED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        application=request.application,
        note=note,
        facts={"number": request.number, "returned_on": returned_on.isoformat()},
    )
    tell(
        applicants(request.application),
        topic=Topic.SUPPLEMENT,
        sentence="supplement_closed",
        dedupe=f"supplement:{request.pk}:closed",
        dossier=dossier,
        application=request.application,
        code=request.application.code,
        number=request.number,
    )
    return request


def close_with_application(
    *, dossier: Dossier, application: Application, reason: str, at: dt.datetime
) -> None:
    """Close what is asked of an application that is withdrawn, on a locked dossier: nobody is waited for any more."""
    for request in application.supplements.select_related("pause").filter(closed_at__isnull=True):
        request.closed_at, request.closing_note = at, reason.strip()
        request.save()
        if request.pause is not None and request.pause.ends_on is None:
            clocks.end_pause(dossier, request.pause, on=timezone.localdate(at))


@transaction.atomic
def remind_of_supplement(
    *, request: SupplementRequest, actor: Any, seen: int | None = None, at: dt.datetime | None = None
) -> SupplementRequest:
    """Remind an applicant of an open request, once a day; raises ActionRefused where nothing is to be waited for."""
    dossier = lock(request.dossier, seen=seen, actor=actor)
    request = (
        SupplementRequest.objects.select_for_update(of=("self",))
        .select_related("application")
        .get(pk=request.pk)
    )
    at = at or timezone.now()
    today = timezone.localdate(at)
    reasons = []
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        reasons.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    if request.answered_at or request.closed_at:
        reasons.append(_("This request was answered or closed already."))
    if request.reminded_at and timezone.localdate(request.reminded_at) == today:
        reasons.append(_("A reminder went out today already."))
    if reasons:
        raise ActionRefused(reasons)
    request.reminded_at = at
    request.save()
    record(
        dossier,
        Fact.SUPPLEMENT_REMINDED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        application=request.application,
        facts={"number": request.number},
    )
    tell(
        applicants(request.application),
        topic=Topic.SUPPLEMENT,
        sentence="supplement_reminded",
        dedupe=f"supplement:{request.pk}:reminded:{today.isoformat()}",
        dossier=dossier,
        application=request.application,
        code=request.application.code,
        number=request.number,
    )
    return request


def _check_items(dossier: Dossier, items: Sequence[Wanted]) -> None:
    if not items:
        raise ValidationError({"items": _("Name at least one document or field and how to mend it.")})
    known = {f"document:{kind.code}" for kind in dossier.procedure.document_kinds(dossier.regime)}
    known |= {f"field:{name}" for name in dossier.procedure.field_labels()}
    problems = []
    for position, item in enumerate(items, start=1):
        if item.target not in known:
            problems.append(_("Item %(n)s: choose the document or field it is about.") % {"n": position})
        if not item.wrong.strip():
            problems.append(_("Item %(n)s: say what is wrong.") % {"n": position})
        if not item.remedy.strip():
            problems.append(_("Item %(n)s: say how to mend it.") % {"n": position})
    if problems:
        raise ValidationError({"items": problems})


def _pause_reason(number: int) -> str:
    # Written once, in the language of the papers: the trace of the clock shows it.
    return f"bổ sung lần {number}"


def _demand_applicant(user: Any, request: SupplementRequest) -> None:
    if request.application.organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
