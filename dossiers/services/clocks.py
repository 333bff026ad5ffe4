"""The clock of a dossier: steps that run, pauses and extensions as rows, the deadline always computed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.history import because
from dossiers.choices import Part, Punctuality
from dossiers.models import Dossier, Extension, Pause, StepRun
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record
from law import clock
from law.calendars import WorkingCalendar
from law.clock import NoLimitError
from law.deadlines import Deadline
from law.models import CalendarDay
from law.provisions import DayUnit
from law.vocabulary import Step

_CALENDAR_MARK = "dossiers:calendar-of-due-days"


def running_step(dossier: Dossier) -> StepRun | None:
    """Return the step that runs, or None."""
    run = StepRun.objects.filter(dossier=dossier, ended_at__isnull=True).first()
    if run is not None:
        run.dossier = dossier
    return run


def deadline_of(
    run: StepRun, *, calendar: WorkingCalendar | None = None, pauses: Iterable[Pause] | None = None
) -> Deadline | None:
    """Compute the end of a step with its trace; None where the law gives no number of days.

    ``calendar`` and ``pauses`` (of the dossier) are for callers that have read them already. The step may be unsaved.
    """
    dossier = run.dossier
    limit = dossier.procedure.limit(dossier.regime, Step(run.step))
    if pauses is None:
        pauses = dossier.pauses.all()
    extensions = run.extensions.all() if run.pk else ()
    try:
        return clock.due(
            run.started_on,
            limit,
            [clock.Pause(p.starts_on, p.ends_on, p.reason) for p in pauses],
            [clock.Extension(e.days, DayUnit(e.unit), e.reason) for e in extensions],
            calendar=calendar or CalendarDay.objects.calendar(),
        )
    except NoLimitError:
        return None


def start_step(
    dossier: Dossier,
    step: Step,
    *,
    part: Part,
    counted_from: dt.date,
    at: dt.datetime,
    calendar: WorkingCalendar | None = None,
) -> StepRun:
    """Let a step begin on a locked dossier: its first day counted is the one after ``counted_from``."""
    run = StepRun(dossier=dossier, step=step, part=part, started_on=counted_from, started_at=at)
    dossier.step = step
    _compute_due(dossier, run, calendar)
    run.save()
    return run


def end_step(
    dossier: Dossier,
    *,
    at: dt.datetime,
    by: str,
    on: dt.date | None = None,
    calendar: WorkingCalendar | None = None,
) -> StepRun | None:
    """End the running step of a locked dossier and freeze how it stood against its deadline."""
    run = running_step(dossier)
    dossier.step, dossier.due_on = "", None
    if run is None:
        return None
    ended_on = on or timezone.localdate(at)
    deadline = deadline_of(run, calendar=calendar)
    run.ended_on, run.ended_at, run.ended_by = ended_on, at, by[:150]
    run.punctuality = Punctuality.NO_LIMIT
    if deadline is not None:
        run.due_on = deadline.due
        left = deadline.remaining(ended_on)
        run.days_off = left
        run.punctuality = (
            Punctuality.LATE if left < 0 else Punctuality.EARLY if left > 0 else Punctuality.ON_TIME
        )
        run.trace = frozen_trace(deadline)
    run.save()
    return run


def refresh_due(
    dossier: Dossier, run: StepRun | None = None, *, calendar: WorkingCalendar | None = None
) -> None:
    """Bring the due day that lists sort by up to what the clock computes (the dossier is not saved)."""
    run = run or running_step(dossier)
    _compute_due(dossier, run, calendar)
    if run:
        run.save(update_fields=["due_on", "updated_at"])


def _compute_due(dossier: Dossier, run: StepRun | None, calendar: WorkingCalendar | None) -> None:
    """Set the due day of the dossier and of its running step, and since when it is paused; nothing is saved."""
    pauses = list(dossier.pauses.all())
    deadline = deadline_of(run, calendar=calendar, pauses=pauses) if run else None
    dossier.due_on = deadline.due if deadline else None
    dossier.paused_since = min((one.starts_on for one in pauses if one.ends_on is None), default=None)
    if run:
        run.due_on = dossier.due_on


def begin_pause(dossier: Dossier, *, on: dt.date, reason: str) -> Pause:
    """Stop the clock of a locked dossier from a day on."""
    pause = Pause.objects.create(dossier=dossier, starts_on=on, reason=reason[:300])
    refresh_due(dossier)
    return pause


def end_pause(dossier: Dossier, pause: Pause, *, on: dt.date) -> None:
    """Let the clock of a locked dossier go on after a day, which still belongs to the pause."""
    pause.ends_on = max(on, pause.starts_on)
    pause.save()
    refresh_due(dossier)


@transaction.atomic
def extend_step(
    *,
    dossier: Dossier,
    days: int,
    unit: DayUnit,
    reason: str,
    actor: Any,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Extension:
    """Give the running step more time, with a reason; only whoever must do the step, or their leader, may.

    Raises ActionRefused without a running step or right, ValidationError without reason or days.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    run = running_step(dossier)
    if run is None or deadline_of(run) is None:
        raise ActionRefused([_("No step with a time limit runs, so there is nothing to extend.")])
    if not (acts_as(actor, Part(run.part), dossier) or acts_as(actor, Part.DEPARTMENT_LEADER, dossier)):
        raise ActionRefused([_("Only the unit whose step it is may extend it.")])
    if not reason.strip():
        raise ValidationError({"reason": _("Say why more time is needed; it stands in the trace.")})
    if not 1 <= days <= 365:
        raise ValidationError({"days": _("Give between 1 and 365 days.")})
    with because(reason):
        extension = Extension.objects.create(
            run=run, days=days, unit=unit, reason=reason[:300], granted_by=actor
        )
    refresh_due(dossier, run)
    record(
        dossier,
        Fact.EXTENDED,
        actor=actor,
        at=at,
        part=Part(run.part),
        note=reason,
        facts={"days": days, "unit": str(unit), "due": dossier.due_on.isoformat() if dossier.due_on else ""},
    )
    return extension


def frozen_trace(deadline: Deadline) -> dict[str, list[str]]:
    """Return the trace of a deadline in every language of the portal."""
    kept = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kept[language] = [str(step) for step in deadline.trace]
    return kept


def refresh_all_due(*, chunk: int = 500) -> int:
    """Recompute the due day of every open dossier (after the calendar changed); return how many differed."""
    calendar = CalendarDay.objects.calendar()
    changed = 0
    keys = list(Dossier.objects.open().exclude(step="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), chunk):
        with transaction.atomic():
            rows = (
                Dossier.objects.select_for_update().filter(pk__in=keys[start : start + chunk]).order_by("pk")
            )
            for dossier in rows:
                before = dossier.due_on
                refresh_due(dossier, calendar=calendar)
                if dossier.due_on != before:
                    dossier.save(update_fields=["due_on", "paused_since", "updated_at"])
                    changed += 1
    return changed


def refresh_after_calendar_change() -> int:
    """Recompute due days if the working-day calendar is not the one of the last time; return how many differed.

    The calendar is kept on a floor below and knows nothing of dossiers, so it is looked at instead of telling.
    """
    newest = CalendarDay.objects.aggregate(changed=Max("updated_at"), days=Count("pk"))
    mark = f"{newest['changed']}/{newest['days']}"
    if cache.get(_CALENDAR_MARK) == mark:
        return 0
    changed = refresh_all_due()
    cache.set(_CALENDAR_MARK, mark, timeout=None)
    return changed
