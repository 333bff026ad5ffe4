"""The messages of the demo: dated as the story they tell of, and read, but for the last days and what still waits.

Whoever tries the demo finds a handful in the bell, and the others in the order in which they would have come.
"""

import datetime as dt

from accounts.models import User
from dossiers.models import Complaint, Event, Notification, OpinionRequest, SupplementRequest
from dossiers.services.events import Fact
from dossiers.services.inbox import mark_read

#: What was written down together with a message that does not name its event.
_WRITTEN_WITH = {
    "assigned": (Fact.ASSIGNED,),
    "council": (Fact.COUNCIL_SET_UP,),
    "criteria": (Fact.CRITERIA_ISSUED,),
    "opinion_asked": (Fact.OPINION_ASKED,),
    "opinion_given": (Fact.OPINION_GIVEN,),
    "supplement_asked": (Fact.SUPPLEMENT_ASKED,),
    "complaint": (Fact.COMPLAINT_MADE,),
    "result": ("decide", "refuse", Fact.APPLICATION_WITHDRAWN),
}


def date_messages() -> None:
    """Give every message the moment of what it tells of, as if the portal had told it then."""
    events = {event.pk: event for event in Event.objects.order_by("at", "pk")}
    last: dict[tuple[int | None, str], dt.datetime] = {
        (event.dossier_id, event.action): event.at for event in events.values()
    }
    rows = list(Notification.objects.order_by("pk"))
    for row in rows:
        kind, key, *_rest = row.dedupe.split(":")
        if kind == "event":
            row.created_at = events[int(key)].at
            continue
        written = [last.get((row.dossier_id, str(action))) for action in _WRITTEN_WITH.get(row.sentence, ())]
        row.created_at = max((at for at in written if at is not None), default=row.created_at)
    Notification.objects.bulk_update(rows, ["created_at"], batch_size=500)


def read_messages(*, before: dt.datetime) -> None:
    """Let everybody read what they were told before a moment, but for what still waits for an answer."""
    waiting = _waiting()
    for person in User.objects.filter(notifications__isnull=False).distinct().order_by("pk"):
        old = Notification.objects.visible_to(person).filter(created_at__lt=before).order_by("pk")
        keys = [pk for pk, dedupe in old.values_list("pk", "dedupe") if not dedupe.startswith(waiting)]
        mark_read(user=person, keys=keys)


def _waiting() -> tuple[str, ...]:
    """Return how the occasions begin that wait for an answer."""
    asked = OpinionRequest.objects.filter(answered_at=None).order_by("pk")
    wanted = SupplementRequest.objects.filter(answered_at=None).order_by("pk")
    complaints = Complaint.objects.filter(answered_at=None).order_by("pk")
    return (
        *(f"opinion:{one.pk}:asked" for one in asked),
        *(f"supplement:{one.pk}:asked" for one in wanted),
        *(f"complaint:{one.pk}:" for one in complaints),
    )
