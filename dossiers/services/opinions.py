"""Opinions of other agencies: who was asked what, until when, and what their silence means."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.permissions import refusal
from accounts.roles import Function
from accounts.scope import scope_of
from core.files import store_upload
from dossiers.choices import Part, Stance
from dossiers.models import Document, Dossier, OpinionRequest, Topic
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record
from dossiers.services.notifying import desk_of, tell
from law import clock
from law.models import CalendarDay, ProvincialParameter
from law.models.parameters import Parameter
from law.provisions import working_days

#: The kind of paper a letter of answer is kept as.
ANSWER_KIND = "opinion_answer"


@transaction.atomic
def ask_for_opinions(
    *,
    dossier: Dossier,
    organisations: Sequence[Organisation],
    question: str,
    actor: Any,
    letter_number: str = "",
    due_on: dt.date | None = None,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> list[OpinionRequest]:
    """Ask agencies for their opinion. The day the answer is due is the province's rule, or the one given.

    What silence means is the province's rule on that day and is kept with the request; without a rule it is only
    marked. Raises ActionRefused, ValidationError.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    at = at or timezone.now()
    today = timezone.localdate(at)
    reasons = []
    if dossier.state not in dossier.procedure.opinion_states:
        reasons.append(
            _("Opinions are asked for while the dossier is examined; it is now: %(state)s.")
            % {"state": dossier.get_state_display()}
        )
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        reasons.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    pending = set(
        dossier.opinions.filter(
            organisation__in=organisations, answered_at__isnull=True, withdrawn_at__isnull=True
        ).values_list("organisation__name", flat=True)
    )
    reasons += [
        _("%(agency)s is already asked and has not answered.") % {"agency": name} for name in sorted(pending)
    ]
    if reasons:
        raise ActionRefused(reasons)
    if not organisations:
        raise ValidationError({"organisations": _("Choose at least one agency.")})
    if not question.strip():
        raise ValidationError({"question": _("Say what the agencies are asked.")})
    if due_on is not None and due_on < today:
        raise ValidationError({"due_on": _("The answer cannot be due before the letter is sent.")})
    days = _rule(dossier, Parameter.OPINION_DAYS, today)
    silence = _rule(dossier, Parameter.SILENCE_IS_CONSENT, today)
    if due_on is None and days is not None and days.value_number:
        limit = working_days(int(days.value_number), days.decision_number)
        due_on = clock.due(today, limit, calendar=CalendarDay.objects.calendar()).due
    made = [
        OpinionRequest.objects.create(
            dossier=dossier,
            organisation=organisation,
            letter_number=letter_number.strip(),
            question=question.strip(),
            asked_by=actor,
            asked_at=at,
            asked_on=today,
            due_on=due_on,
            silence_is_consent=silence is not None and silence.value_text == "yes",
            silence_basis=silence.decision_number if silence else "",
        )
        for organisation in organisations
    ]
    record(
        dossier,
        Fact.OPINION_ASKED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        facts={
            "agencies": [str(organisation) for organisation in organisations],
            "due": due_on.isoformat() if due_on else "",
        },
        is_internal=True,
    )
    for request in made:
        tell(
            givers(request.organisation),
            topic=Topic.OPINION,
            sentence="opinion_asked",
            dedupe=f"opinion:{request.pk}:asked",
            dossier=dossier,
            code=dossier.code,
            due=due_on,
        )
    return made


@transaction.atomic
def give_opinion(
    *,
    request: OpinionRequest,
    stance: Stance,
    answer: str,
    actor: Any,
    document: Document | None = None,
    upload: UploadedFile | None = None,
    at: dt.datetime | None = None,
) -> OpinionRequest:
    """Record the opinion of an agency: by its own officer, or by the department for one that answered on paper.

    The letter is a paper of the dossier already (``document``), or comes in with the answer (``upload``). A late
    answer is taken and marked. Raises PermissionDenied, ActionRefused, ValidationError.
    """
    dossier = lock(request.dossier)
    request = (
        OpinionRequest.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=request.pk)
    )
    own = request.organisation_id in scope_of(actor, Function.GIVE_OPINION).organisation_ids
    if not own and not acts_as(actor, Part.DEPARTMENT, dossier):
        raise PermissionDenied(refusal(Function.GIVE_OPINION))
    if request.withdrawn_at or request.answered_at:
        raise ActionRefused([_("This request was answered or taken back already.")])
    if stance not in Stance.values:
        raise ValidationError({"stance": _("Choose the opinion.")})
    if stance != Stance.AGREES and not answer.strip():
        raise ValidationError({"answer": _("Write the remarks or the reasons against it.")})
    if upload is not None:
        stored = store_upload(upload, user=actor)
        document = Document.objects.create(
            dossier=dossier,
            kind=ANSWER_KIND,
            title=request.organisation.name[:255],
            file=stored,
            added_by=actor,
        )
    request.stance, request.answer, request.document = stance, answer.strip(), document
    request.answered_at, request.answered_by = at or timezone.now(), actor
    request.save()
    record(
        dossier,
        Fact.OPINION_GIVEN,
        actor=actor,
        at=request.answered_at,
        facts={"agency": str(request.organisation), "stance": str(stance)},
        is_internal=True,
    )
    tell(
        desk_of(dossier, today=timezone.localdate(request.answered_at)),
        topic=Topic.OPINION,
        sentence="opinion_given",
        dedupe=f"opinion:{request.pk}:given",
        dossier=dossier,
        code=dossier.code,
        agency=str(request.organisation),
        stance={"stance": str(stance)},
    )
    return request


@transaction.atomic
def take_back_request(
    *, request: OpinionRequest, reason: str, actor: Any, at: dt.datetime | None = None
) -> OpinionRequest:
    """Take a request back that is no longer needed, with a reason."""
    dossier = lock(request.dossier)
    request = OpinionRequest.objects.select_for_update().get(pk=request.pk)
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        raise ActionRefused([_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label}])
    if request.withdrawn_at or request.answered_at:
        raise ActionRefused([_("This request was answered or taken back already.")])
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the request is taken back.")})
    request.withdrawn_at = at or timezone.now()
    request.save()
    record(
        dossier,
        Fact.OPINION_TAKEN_BACK,
        actor=actor,
        at=request.withdrawn_at,
        part=Part.DEPARTMENT,
        note=reason,
        facts={"agency": str(request.organisation)},
        is_internal=True,
    )
    return request


@transaction.atomic
def remind_of_opinion(
    *, request: OpinionRequest, actor: Any, seen: int | None = None, at: dt.datetime | None = None
) -> OpinionRequest:
    """Remind an agency that has not answered, once a day; raises ActionRefused where nothing is to be waited for."""
    dossier = lock(request.dossier, seen=seen, actor=actor)
    request = (
        OpinionRequest.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=request.pk)
    )
    at = at or timezone.now()
    today = timezone.localdate(at)
    reasons = []
    if not acts_as(actor, Part.DEPARTMENT, dossier):
        reasons.append(_("Only this part can do it: %(part)s.") % {"part": Part.DEPARTMENT.label})
    if request.withdrawn_at or request.answered_at:
        reasons.append(_("This request was answered or taken back already."))
    if request.reminded_at and timezone.localdate(request.reminded_at) == today:
        reasons.append(_("A reminder went out today already."))
    if reasons:
        raise ActionRefused(reasons)
    request.reminded_at = at
    request.save()
    record(
        dossier,
        Fact.OPINION_REMINDED,
        actor=actor,
        at=at,
        part=Part.DEPARTMENT,
        facts={"agency": str(request.organisation)},
        is_internal=True,
    )
    tell(
        givers(request.organisation),
        topic=Topic.OPINION,
        sentence="opinion_reminded",
        dedupe=f"opinion:{request.pk}:reminded:{today.isoformat()}",
        dossier=dossier,
        code=dossier.code,
        due=request.due_on,
    )
    return request


def unanswered(dossier: Dossier, today: dt.date) -> list[OpinionRequest]:
    """List the requests nobody answered whose time still runs, or whose silence is not taken as agreement."""
    pending = dossier.opinions.filter(answered_at__isnull=True, withdrawn_at__isnull=True).select_related(
        "organisation"
    )
    return [one for one in pending.order_by("pk") if not (one.is_silent(today) and one.silence_is_consent)]


def givers(organisation: Organisation) -> list[Any]:
    """List the people who give opinions for an agency."""
    memberships = (
        Membership.objects.active()
        .filter(organisation=organisation)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    return [m.user for m in memberships if Function.GIVE_OPINION in m.functions]


def _rule(dossier: Dossier, key: Parameter, day: dt.date) -> ProvincialParameter | None:
    rule = ProvincialParameter.objects.in_force(dossier.province, key, day).first()
    return rule if rule is not None and rule.enabled else None
