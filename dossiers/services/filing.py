"""File applications: drafts lose nothing, one case for all who ask for the same, rivals until the closing second."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import refusal
from accounts.roles import Function
from accounts.scope import scope_of
from core.history import because
from core.text import fold
from dossiers.choices import Channel, Outcome, ReturnMethod
from dossiers.models import Application, Dossier, Withdrawal
from dossiers.procedures import procedure
from dossiers.procedures.base import Procedure
from dossiers.procedures.parts import Missing, Place
from dossiers.services import clocks, codes
from dossiers.services.events import ActionRefused, Fact, lock, record, save
from dossiers.services.notifying import tell_of_event
from dossiers.services.supplements import close_with_application
from law.clock import day_of_receipt
from law.models import CalendarDay, ProvincialParameter
from law.models.parameters import Parameter
from law.regimes import Regime


class WindowClosed(ValidationError):
    """The receiving time is over; the draft stays where it is."""


class Incomplete(ValidationError):
    """The application lacks something; ``missing`` lists all of it."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__([f"{one.label}: {one.sentence}" for one in missing])


class DraftChanged(ValidationError):
    """The same draft was saved elsewhere; ``application`` is what stands there now."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__(
            _(
                "A colleague, or you on another device, changed this draft. Look at the newer answers, then go on."
            )
        )


def start_application(
    *, procedure_code: str, organisation: Organisation, user: Any, dossier: Dossier | None = None, **data: Any
) -> Application:
    """Begin a draft for an organisation; ``dossier`` is the open case it wants to join, ``data`` first answers.

    Raises PermissionDenied for somebody who does not file for the organisation.
    """
    _demand_own(user, organisation.pk)
    table = procedure(procedure_code)
    application = Application(
        procedure_code=table.code, dossier=dossier, organisation=organisation, started_by=user, data=data
    )
    application.title = table.matter(application)[:300]
    application.save()
    return application


@transaction.atomic
def save_answers(
    *, application: Application, answers: dict[str, Any], user: Any, seen: int | None = None
) -> Application:
    """Keep answers of the wizard, field by field, in a draft (or in a filed one while a supplement asks for them).

    Only the fields given change, so that two people at two fields disturb nobody. Raises DraftChanged when a field
    given was changed elsewhere since version ``seen``, ActionRefused for an application that is filed.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    _demand_own(user, locked.organisation_id)
    if not locked.is_draft and not _is_asked_for(locked, answers):
        raise ActionRefused(
            [_("The application is filed. It can be changed only where a supplement asks for it.")]
        )
    marks = dict(locked.data.get("_versions", {}))
    if seen is not None and any(marks.get(name, 0) > seen for name in answers):
        raise DraftChanged(locked)
    locked.data_version += 1
    marks.update(dict.fromkeys(answers, locked.data_version))
    locked.data = {**locked.data, **answers, "_versions": marks}
    locked.title = procedure(locked.procedure_code).matter(locked)[:300]
    locked.save()
    application.data, application.data_version, application.title = (
        locked.data,
        locked.data_version,
        locked.title,
    )
    return locked


def choose_return_method(*, application: Application, method: str, user: Any) -> None:
    """Note how the applicant wants the result; it is chosen with the filing and stands on the slip."""
    _demand_own(user, application.organisation_id)
    if method not in ReturnMethod.values:
        raise ValidationError({"return_method": _("Choose how you want the result.")})
    Application.objects.filter(pk=application.pk, filed_at__isnull=True).update(return_method=method)


def discard_draft(*, application: Application, user: Any) -> None:
    """Remove a draft with its papers; a filed application is withdrawn instead."""
    _demand_own(user, application.organisation_id)
    if not application.is_draft:
        raise ActionRefused([_("The application is filed: withdraw it instead.")])
    with transaction.atomic():
        application.uploads.all().delete()
        # The newest first: a version is held by the one that took its place.
        for document in application.documents.order_by("-pk"):
            document.delete()
        application.delete()


def regime_for(application: Application, *, received_on: dt.date | None = None) -> Regime:
    """Return the law a draft would follow if it were received on a day (today unless said)."""
    if application.dossier_id and application.dossier is not None:
        return application.dossier.regime
    return Regime.for_case(received_on or timezone.localdate()).regime


@transaction.atomic
def file_application(
    *,
    application: Application,
    user: Any,
    at: dt.datetime | None = None,
    channel: Channel = Channel.ONLINE,
    postmarked_on: dt.date | None = None,
) -> Application:
    """File a draft: open the case (regime pinned, clock started) or join the open one; return it with code and secret.

    Raises Incomplete with everything that is missing, WindowClosed after the closing time, ActionRefused where the
    case no longer takes applications. Nothing of the draft is lost by a refusal.
    """
    now = timezone.now()
    at = at or now
    if at > now:
        raise ValidationError({"at": _("This moment has not come yet.")})
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=application.pk)
    )
    _demand_own(user, locked.organisation_id)
    if not locked.is_draft:
        raise ActionRefused(
            [_("This application is filed already: its code is %(code)s.") % {"code": locked.code}]
        )
    table = procedure(locked.procedure_code)
    place = table.place(locked)
    received_on = _day_of_receipt(at, place)
    key = table.target_key(locked)
    dossier = _open_case(table, key, locked)
    regime = dossier.regime if dossier else Regime.for_case(received_on, postmarked_on=postmarked_on).regime
    if regime.code not in table.regimes:
        raise ActionRefused(
            [_("The portal does not run this procedure under %(law)s.") % {"law": regime.title}]
        )
    if missing := table.missing(locked, regime):
        raise Incomplete(missing)
    locked.filed_at, locked.filed_by, locked.channel = at, user, channel
    locked.code, locked.secret = codes.next_code(place, received_on), codes.new_secret()
    locked.title = table.matter(locked)[:300]
    if dossier is None:
        dossier = _try_to_open(table, key, locked, place, regime, received_on, postmarked_on, at)
        if dossier is None:
            # Somebody opened the case in this very moment: theirs is the first request, this one joins it.
            dossier = _open_case(table, key, locked)
    if dossier is not None and locked.dossier_id == dossier.pk and locked.is_first:
        fact = Fact.FILED
    else:
        dossier = _join(table, dossier, locked, at)
        fact = Fact.JOINED
    event = record(
        dossier,
        fact,
        actor=user,
        at=at,
        # The first request is announced to everybody; a rival's filing is sealed with what was filed.
        application=None if fact is Fact.FILED else locked,
        facts={"code": locked.code, "organisation": str(locked.organisation), "channel": str(channel)},
        is_sealed=fact is Fact.JOINED and dossier.is_sealed,
    )
    tell_of_event(dossier, event)
    application.refresh_from_db()
    return locked


@transaction.atomic
def withdraw_application(
    *,
    application: Application,
    user: Any,
    reason: str,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Withdrawal:
    """Take a filed application back; the case ends when it was the last one in it.

    Raises ActionRefused once the case has ended, ValidationError without a reason.
    """
    if application.dossier is None:
        raise ActionRefused([_("The application is not filed yet: discard the draft instead.")])
    dossier = lock(application.dossier, seen=seen, actor=user)
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    _demand_own(user, locked.organisation_id)
    # Decided is decided: a chosen applicant who will not build is a matter of changing the investor.
    if not dossier.is_open or not locked.is_live or locked.outcome:
        raise ActionRefused([_("The application is no longer in process, so it cannot be withdrawn.")])
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the application is withdrawn.")})
    at = at or timezone.now()
    with because(reason):
        locked.outcome, locked.outcome_note = Outcome.WITHDRAWN, reason
        locked.save()
        withdrawal = Withdrawal.objects.create(
            application=locked, reason=reason, withdrawn_by=user, withdrawn_at=at
        )
        close_with_application(dossier=dossier, application=locked, reason=reason, at=at)
    is_last = not dossier.applications.live().exists()
    if is_last:
        clocks.end_step(dossier, at=at, by=str(user))
        end = dossier.procedure.withdrawn_state
        dossier.is_open, dossier.ended_at = False, at
        dossier.waiting_for = dossier.procedure.state(end).waits_for
    event = record(
        dossier,
        Fact.APPLICATION_WITHDRAWN,
        actor=user,
        at=at,
        application=locked,
        note=reason,
        to_state=dossier.procedure.withdrawn_state if is_last else "",
        facts={"code": locked.code or ""},
        is_sealed=dossier.is_sealed and not is_last,
    )
    tell_of_event(dossier, event)
    return withdrawal


def _open_case(table: Procedure, key: str, application: Application) -> Dossier | None:
    """Return the open case for the thing asked for, locked, or None."""
    found = Dossier.objects.filter(procedure_code=table.code, target_key=key, is_open=True).first()
    return lock(found) if found else None


def _try_to_open(
    table: Procedure,
    key: str,
    application: Application,
    place: Place,
    regime: Regime,
    received_on: dt.date,
    postmarked_on: dt.date | None,
    at: dt.datetime,
) -> Dossier | None:
    """Open a case, or return None if another one was opened for the same thing in the same moment."""
    initial = table.state(table.initial(regime))
    matter = table.matter(application)
    dossier = Dossier(
        procedure_code=table.code,
        code=application.code or "",
        title=matter[:300],
        state=initial.code,
        version=1,
        target_key=key,
        province=place.province,
        commune=place.commune,
        regime_code=regime.code,
        received_at=at,
        received_on=received_on,
        postmarked_on=postmarked_on,
        opened_at=None if table.has_window(regime) else at,
        waiting_for=initial.waits_for,
        waiting_since=at,
        search=fold(f"{application.code} {matter} {application.organisation}"),
    )
    try:
        with transaction.atomic():
            dossier.save()
    except IntegrityError:
        return None
    dossier.other_communes.add(*place.others)
    application.dossier, application.is_first = dossier, True
    application.save()
    if initial.step is not None:
        clocks.start_step(dossier, initial.step, part=initial.waits_for, counted_from=received_on, at=at)
    table.opened(dossier, application)
    return dossier


def _join(table: Procedure, dossier: Dossier | None, application: Application, at: dt.datetime) -> Dossier:
    if dossier is None:
        raise ActionRefused(
            [_("The case this application wanted to join has ended in this moment. File again.")]
        )
    if not table.has_window(dossier.regime) or dossier.opened_at is not None:
        raise ActionRefused(
            [
                _(
                    "For this a dossier is in process (state: %(state)s) and takes no further applications. "
                    "Your draft is kept."
                )
                % {"state": dossier.get_state_display()}
            ]
        )
    if dossier.closes_at is not None and at >= dossier.closes_at:
        raise WindowClosed(
            _(
                "Receiving ended at %(closing)s and it is %(now)s: the application cannot be taken any more. "
                "Your draft is kept."
            )
            % {
                "closing": _to_the_second(dossier.closes_at - dt.timedelta(seconds=1)),
                "now": _to_the_second(at),
            },
            code="window_closed",
        )
    if dossier.applications.live().filter(organisation_id=application.organisation_id).exists():
        raise ActionRefused(
            [_("Your organisation already has an application in this case: answer or withdraw that one.")]
        )
    application.dossier = dossier
    application.save()
    # Rivals' names stay out of the search text until the opening: finding a case by them would tell of them.
    table.joined(dossier, application)
    save(dossier)
    return dossier


def _day_of_receipt(at: dt.datetime, place: Place) -> dt.date:
    """Return the day of receipt by the calendar and the province's hour, where it has set one."""
    local = timezone.localtime(at)
    cut_off = None
    rule = ProvincialParameter.objects.in_force(
        place.province, Parameter.RECEIPT_CUT_OFF, local.date()
    ).first()
    if rule is not None and rule.enabled:
        cut_off = (
            dt.time.fromisoformat(rule.value_text)
            if rule.value_text
            else dt.time(int(rule.value_number or 0))
        )
    return day_of_receipt(local, calendar=CalendarDay.objects.calendar(), cut_off=cut_off)


def _to_the_second(moment: dt.datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M:%S %d/%m/%Y")


def _is_asked_for(application: Application, answers: dict[str, Any]) -> bool:
    """Say whether open supplement requests ask for every field given."""
    asked = set(
        application.supplements.filter(closed_at__isnull=True, answered_at__isnull=True).values_list(
            "items__target", flat=True
        )
    )
    return bool(answers) and all(f"field:{name}" in asked for name in answers)


def _demand_own(user: Any, organisation_id: int) -> None:
    if organisation_id not in scope_of(user, Function.FILE_DOSSIER).organisation_ids:
        raise PermissionDenied(refusal(Function.FILE_DOSSIER))
