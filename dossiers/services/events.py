"""Write down what happens to a dossier: the row lock, the check that nobody was faster, the event."""

import datetime as dt
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.choices import Part
from dossiers.models import Application, Dossier, Event
from dossiers.services.actors import signature


class Fact(models.TextChoices):
    """What can happen besides the transitions of a procedure's table."""

    FILED = "filed", gettext_lazy("application filed")
    JOINED = "joined", gettext_lazy("further application filed")
    APPLICATION_WITHDRAWN = "application_withdrawn", gettext_lazy("application withdrawn")
    SUPPLEMENT_ASKED = "supplement_asked", gettext_lazy("supplement asked for")
    SUPPLEMENT_ITEM_ANSWERED = "supplement_item_answered", gettext_lazy("an item of a supplement answered")
    SUPPLEMENT_ANSWERED = "supplement_answered", gettext_lazy("supplement handed in")
    SUPPLEMENT_CLOSED = "supplement_closed", gettext_lazy("supplement closed")
    SUPPLEMENT_REMINDED = "supplement_reminded", gettext_lazy("reminded of a supplement")
    OPINION_ASKED = "opinion_asked", gettext_lazy("opinion asked for")
    OPINION_GIVEN = "opinion_given", gettext_lazy("opinion given")
    OPINION_REMINDED = "opinion_reminded", gettext_lazy("reminded of an opinion")
    OPINION_TAKEN_BACK = "opinion_taken_back", gettext_lazy("request for an opinion taken back")
    COUNCIL_SET_UP = "council_set_up", gettext_lazy("evaluation council set up")
    CRITERIA_ISSUED = "criteria_issued", gettext_lazy("criteria issued")
    CONFLICT_DECLARED = "conflict_declared", gettext_lazy("statement on conflicts of interest")
    SHEET_SUBMITTED = "sheet_submitted", gettext_lazy("score sheet handed in")
    COUNCIL_CLOSED = "council_closed", gettext_lazy("scoring closed, minutes kept")
    SCORING_REOPENED = "scoring_reopened", gettext_lazy("scoring reopened")
    DOCUMENT_ADDED = "document_added", gettext_lazy("document added")
    DOCUMENT_REMOVED = "document_removed", gettext_lazy("document removed")
    ASSIGNED = "assigned", gettext_lazy("assigned")
    EXTENDED = "extended", gettext_lazy("time limit extended")
    PAUSED = "paused", gettext_lazy("clock stopped")
    RESUMED = "resumed", gettext_lazy("clock goes on")
    REGIME_SETTLED = "regime_settled", gettext_lazy("question of the law settled")
    QUESTION_SETTLED = "question_settled", gettext_lazy("question of a rule settled")
    COMPLAINT_MADE = "complaint_made", gettext_lazy("complaint made")
    COMPLAINT_ANSWERED = "complaint_answered", gettext_lazy("complaint answered")
    CONDITION_ADDED = "condition_added", gettext_lazy("condition noted")
    CONDITION_CHECKED = "condition_checked", gettext_lazy("condition checked")
    COPY_SENT = "copy_sent", gettext_lazy("copy to the Ministry marked as sent")
    RESULT_SENT = "result_sent", gettext_lazy("result sent to the applicant")


class ActionRefused(ValidationError):
    """An action that cannot be done now; ``reasons`` are all the sentences that say why."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(reasons)


class ChangedMeanwhile(ValidationError):
    """Somebody else was faster; ``events`` are what happened since the page was opened."""

    def __init__(self, events: list[Event], sentences: list[str]) -> None:
        self.events = events
        super().__init__(
            _(
                "While you were working, this happened to the dossier: %(what)s. Look at it, then decide again."
            )
            % {"what": "; ".join(sentences)}
        )


def lock(dossier: Dossier, *, seen: int | None = None, actor: Any = None) -> Dossier:
    """Return the dossier locked for this transaction; raise :class:`ChangedMeanwhile` if ``seen`` is not the latest.

    ``seen`` is the version the page of ``actor`` showed; of what happened since they are told what they may see.
    """
    locked = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("province", "commune")
        .get(pk=dossier.pk)
    )
    if seen is not None and seen != locked.version:
        since = Event.objects.filter(dossier=locked, version__gt=seen).order_by("at", "pk")
        newer = list(since.visible_to(actor) if actor is not None else since)
        raise ChangedMeanwhile(newer, [describe(locked, event) for event in newer])
    return locked


def record(
    dossier: Dossier,
    action: str,
    *,
    actor: Any,
    at: dt.datetime | None = None,
    part: Part | None = None,
    application: Application | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    to_state: str = "",
    is_internal: bool = False,
    is_sealed: bool = False,
) -> Event:
    """Append an event to a locked dossier and save the dossier with its next version (and ``to_state``, if given).

    A sealed event leaves the version as it is: whoever may not see it must not be told that something happened.
    """
    at = at or timezone.now()
    before = dossier.state
    signed = signature(actor, dossier, part, today=timezone.localdate(at))
    event = Event(
        dossier=dossier,
        application=application,
        version=dossier.version if is_sealed else dossier.version + 1,
        action=action,
        from_state=before if to_state else "",
        to_state=to_state,
        at=at,
        actor=actor,
        actor_name=signed.name,
        actor_unit=signed.unit,
        on_behalf_of=signed.on_behalf_of,
        note=note,
        facts=facts or {},
        is_internal=is_internal,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
    )
    dossier.version = event.version
    if to_state:
        dossier.state = to_state
    save(dossier)
    event.save()
    return event


def save(dossier: Dossier) -> None:
    """Save a locked dossier; the trigger on the table lets its state change only while this names it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dossiers.fire', %s, true)", [str(dossier.pk)])
        dossier.save()
        cursor.execute("SELECT set_config('dossiers.fire', '', true)")


def label_of(dossier: Dossier, action: str) -> str:
    """Return an action or fact in words."""
    if action in Fact.values:
        return str(Fact(action).label)
    for transition in dossier.procedure.transitions:
        if transition.action == action:
            return str(transition.label)
    return action


def describe(dossier: Dossier, event: Event) -> str:
    """Return an event as half a sentence: what, by whom, when."""
    when = timezone.localtime(event.at).strftime("%H:%M %d/%m/%Y")
    return _("%(what)s (%(who)s, %(when)s)") % {
        "what": label_of(dossier, event.action),
        "who": event.actor_name or _("the portal"),
        "when": when,
    }
