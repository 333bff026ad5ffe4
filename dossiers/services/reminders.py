"""What happens by the calendar: windows that end, deadlines that come near, answers that are waited for.

Each runs again without harm: an action is fired while the table allows it, a reminder is said once for each occasion.
"""

import datetime as dt

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dossiers.choices import Part
from dossiers.models import Dossier, OpinionRequest, StepRun, SupplementRequest, Topic
from dossiers.services.events import Fact, lock, record
from dossiers.services.firing import fire
from dossiers.services.notifying import applicants, desk_of, tell
from dossiers.services.opinions import givers
from dossiers.services.people import supervisors

#: Days (of the calendar) before a deadline on which whoever has the dossier is told.
SOON = 3
#: Days after which a supplement request without a day of its own is reminded of.
PATIENCE = 10

log = structlog.get_logger(__name__)


def close_due_windows(*, now: dt.datetime | None = None) -> int:
    """End the receiving time of every dossier whose closing time has come, as the portal; return how many.

    What cannot be ended now (somebody opens the applications in this moment) is left and said in the log.
    """
    now = now or timezone.now()
    due = (
        Dossier.objects.open().filter(closes_at__lte=now, opened_at__isnull=True).order_by("closes_at", "pk")
    )
    ended = 0
    for dossier in due:
        own = [
            transition.action
            for transition in dossier.procedure.table(dossier.regime)
            if transition.part is Part.SYSTEM and dossier.state in transition.sources
        ]
        for action in own:
            try:
                fire(dossier, action, actor=None)
            except ValidationError as refused:
                log.warning("action_refused", dossier=dossier.code, action=action, reasons=refused.messages)
            else:
                ended += 1
    return ended


def remind_of_deadlines(*, today: dt.date | None = None) -> int:
    """Tell who has a dossier that its step is due in some days, or late; leaders hear of the late ones.

    Each is said once for each due day of a step: an extension gives a new day. Returns how many people were told.
    """
    today = today or timezone.localdate()
    told = 0
    dossiers = (
        Dossier.objects.open().filter(due_on__lte=today + dt.timedelta(days=SOON)).order_by("due_on", "pk")
    )
    running = dict(
        StepRun.objects.filter(ended_at__isnull=True, dossier__in=dossiers.order_by().values("pk"))
        .order_by("pk")
        .values_list("dossier_id", "pk")
    )
    for dossier in dossiers.select_related("assignee").iterator(chunk_size=500):
        if dossier.due_on is None or dossier.pk not in running:
            continue
        is_late = dossier.due_on < today
        people = desk_of(dossier, today=today)
        with transaction.atomic():
            told += tell(
                [*people, *supervisors(dossier)] if is_late else people,
                topic=Topic.DEADLINE,
                sentence="overdue" if is_late else "due_soon",
                dedupe=f"{'overdue' if is_late else 'due'}:{running[dossier.pk]}:{dossier.due_on:%Y%m%d}",
                dossier=dossier,
                code=dossier.code,
                step={"step": dossier.step},
                due=dossier.due_on,
            )
    return told


def remind_of_supplements(*, today: dt.date | None = None) -> int:
    """Remind applicants once of a supplement they have not answered; return how many requests.

    That is some days before the day they were asked to answer by, or some days after asking without such a day.
    """
    today = today or timezone.localdate()
    waiting = SupplementRequest.objects.filter(
        Q(answer_by__lte=today + dt.timedelta(days=SOON))
        | Q(answer_by__isnull=True, asked_at__lt=timezone.now() - dt.timedelta(days=PATIENCE)),
        closed_at__isnull=True,
        answered_at__isnull=True,
        reminded_at__isnull=True,
        dossier__is_open=True,
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(_remind_of_supplement(key) for key in keys)


def remind_of_opinions(*, today: dt.date | None = None) -> int:
    """Remind agencies once that their opinion was due; return how many requests."""
    today = today or timezone.localdate()
    waiting = OpinionRequest.objects.filter(
        due_on__lt=today,
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        reminded_at__isnull=True,
        dossier__is_open=True,
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(_remind_of_opinion(key) for key in keys)


@transaction.atomic
def _remind_of_supplement(key: int) -> bool:
    request = SupplementRequest.objects.select_related("dossier", "application").get(pk=key)
    dossier = lock(request.dossier)
    request.refresh_from_db(fields=["answered_at", "closed_at", "reminded_at"])
    if request.answered_at or request.closed_at or request.reminded_at:
        return False
    request.reminded_at = timezone.now()
    request.save()
    record(
        dossier,
        Fact.SUPPLEMENT_REMINDED,
        actor=None,
        application=request.application,
        facts={"number": request.number},
    )
    tell(
        applicants(request.application),
        topic=Topic.SUPPLEMENT,
        sentence="supplement_reminded",
        dedupe=f"supplement:{request.pk}:reminded",
        dossier=dossier,
        application=request.application,
        code=request.application.code,
        number=request.number,
    )
    return True


@transaction.atomic
def _remind_of_opinion(key: int) -> bool:
    request = OpinionRequest.objects.select_related("dossier", "organisation").get(pk=key)
    dossier = lock(request.dossier)
    request.refresh_from_db(fields=["answered_at", "withdrawn_at", "reminded_at"])
    if request.answered_at or request.withdrawn_at or request.reminded_at:
        return False
    request.reminded_at = timezone.now()
    request.save()
    record(
        dossier,
        Fact.OPINION_REMINDED,
        actor=None,
        facts={"agency": str(request.organisation)},
        is_internal=True,
    )
    tell(
        givers(request.organisation),
        topic=Topic.OPINION,
        sentence="opinion_reminded",
        dedupe=f"opinion:{request.pk}:reminded",
        dossier=dossier,
        code=dossier.code,
        due=request.due_on,
    )
    return True
