"""Tell people: a row in the portal and a letter in the outbox, written with the change and sent after its commit."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import Function
from core.queue import hand_over
from dossiers.choices import Outcome, Part
from dossiers.models import (
    Application,
    Delegation,
    Delivery,
    Dossier,
    Event,
    Notification,
    NotificationSetting,
    OutboxMessage,
    Topic,
)
from dossiers.services.actors import colleagues
from dossiers.services.inbox import forget_count
from law.words import Text

#: The hour of the day at which digests go out (Viet Nam's time).
DIGEST_HOUR = 7

SENTENCES: Mapping[str, Text] = {
    "filed": _("%(code)s: your application was received. Keep the receipt slip."),
    "moved": _("%(code)s: %(what)s. It is now: %(state)s."),
    "waits": _("%(code)s waits for your unit: %(state)s."),
    "assigned": _("%(code)s was given to you by %(who)s."),
    "supplement_asked": _("%(code)s: supplement %(number)s is asked for. Answer it item by item."),
    "supplement_answered": _("%(code)s: supplement %(number)s was answered in full."),
    "supplement_closed": _("%(code)s: supplement %(number)s is closed; the clock goes on."),
    "supplement_reminded": _("%(code)s: supplement %(number)s still waits for your answer."),
    "opinion_asked": _("%(code)s: your agency is asked for its opinion, due %(due)s."),
    "opinion_reminded": _("%(code)s: the opinion of your agency was due %(due)s."),
    "opinion_given": _("%(code)s: %(agency)s has given its opinion: %(stance)s."),
    "council": _("%(code)s: you sit in the evaluation council."),
    "criteria": _("%(code)s: the criteria are issued; score sheets can be filled in."),
    "reopened": _("%(code)s: the scoring is reopened. Your sheets stay as they are; you can change them."),
    "withdrawn": _("%(code)s: an application was withdrawn."),
    "result": _("%(code)s: the result is there: %(outcome)s."),
    "due_soon": _("%(code)s: %(step)s is due %(due)s."),
    "overdue": _("%(code)s: %(step)s was due %(due)s and is late."),
    "complaint": _("%(code)s: a complaint was made."),
    "complaint_answered": _("%(code)s: your complaint was answered."),
}


@dataclass(frozen=True)
class Message:
    """One occasion on which people are told something; ``dedupe`` names it, ``facts`` fill the sentence."""

    people: Iterable[Any]
    topic: Topic
    sentence: str
    dedupe: str
    dossier: Dossier | None = None
    application: Application | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def rows(self) -> list[Notification]:
        """Return an unsaved row for each of the people who can sign in."""
        people = {person.pk: person for person in self.people if person.is_active}
        facts = {name: _plain(value) for name, value in self.facts.items()}
        return [
            Notification(
                user=person,
                topic=self.topic,
                sentence=self.sentence,
                facts=facts,
                dossier=self.dossier,
                application=self.application,
                dedupe=f"{self.dedupe}:{person.pk}"[:120],
            )
            for person in people.values()
        ]


def tell(
    people: Iterable[Any],
    *,
    topic: Topic,
    sentence: str,
    dedupe: str,
    dossier: Dossier | None = None,
    application: Application | None = None,
    **facts: Any,
) -> int:
    """Leave one message to each person, in the same transaction as what it tells of; return how many are new.

    ``dedupe`` names the occasion: the same person is told of it once, however often this runs. How a person hears of
    the topic besides the bell is their setting. Sending happens after commit (``dossiers.tasks.send_messages``).
    """
    return tell_all([Message(people, topic, sentence, dedupe, dossier, application, facts)])


def tell_all(messages: Iterable[Message]) -> int:
    """Leave several messages at once, each as by :func:`tell`; return how many are new."""
    rows = [row for message in messages for row in message.rows()]
    if not rows:
        return 0
    known = set(
        Notification.objects.filter(dedupe__in=[row.dedupe for row in rows])
        .order_by()
        .values_list("dedupe", flat=True)
    )
    new = {row.dedupe: row for row in rows if row.dedupe not in known}
    if not new:
        return 0
    # Somebody else may tell of the same occasion in this moment; theirs is then the row.
    Notification.objects.bulk_create(new.values(), ignore_conflicts=True)
    told = Notification.objects.filter(dedupe__in=new).order_by("pk")
    made = list(told.values_list("pk", "user_id", "topic"))
    letters = _letters(made)
    OutboxMessage.objects.bulk_create(letters, ignore_conflicts=True)
    forget_count({row.user_id: row.user for row in rows}.values())
    if letters:
        _wake_the_sender_after_commit()
    return len(made)


def _letters(made: list[tuple[int, int, str]]) -> list[OutboxMessage]:
    """Return the unsaved letters that go with notifications (key, person, topic), as each person has set it."""
    deliveries = {
        (one.user_id, one.topic): one.delivery
        for one in NotificationSetting.objects.filter(
            user__in={user for _pk, user, _topic in made}, topic__in={topic for _pk, _user, topic in made}
        )
    }
    now = timezone.now()
    letters = []
    for pk, user, topic in made:
        delivery = deliveries.get((user, topic), Delivery.AT_ONCE)
        if delivery != Delivery.NONE:
            in_digest = delivery == Delivery.DIGEST
            letters.append(
                OutboxMessage(
                    notification_id=pk,
                    in_digest=in_digest,
                    not_before=_next_digest(now) if in_digest else now,
                )
            )
    return letters


def tell_of_event(dossier: Dossier, event: Event) -> None:
    """Tell whoever an event concerns: applicants that their dossier moved, the unit that it is their turn."""
    messages: list[Message] = []
    if event.action in ("filed", "joined"):
        messages += _about_filing(dossier, event)
    elif event.action == "application_withdrawn":
        messages += _about_withdrawal(dossier, event)
    elif event.to_state and not event.is_internal:
        messages += _to_applicants(dossier, event)
    is_new_turn = event.action == "filed" or (event.to_state and event.to_state != event.from_state)
    if is_new_turn and dossier.is_open:
        messages.append(
            Message(
                colleagues(Part(dossier.waiting_for), dossier),
                topic=Topic.NEW_WORK,
                sentence="waits",
                dedupe=f"event:{event.pk}:waits",
                dossier=dossier,
                facts={"code": dossier.code, "state": _state_words(dossier)},
            )
        )
    tell_all(messages)


def _about_filing(dossier: Dossier, event: Event) -> Iterator[Message]:
    application = event.application or dossier.applications.filter(is_first=True).first()
    if application is not None:
        yield Message(
            applicants(application),
            topic=Topic.MY_DOSSIER,
            sentence="filed",
            dedupe=f"event:{event.pk}:filed",
            dossier=dossier,
            application=application,
            facts={"code": application.code},
        )


def _to_applicants(dossier: Dossier, event: Event) -> Iterator[Message]:
    """Tell every applicant who has not withdrawn, those among them whose applications this very event refused."""
    applications = list(dossier.applications.filed().exclude(outcome=Outcome.WITHDRAWN))
    people_of = _people_who_file({one.organisation_id for one in applications})
    for application in applications:
        people = people_of.get(application.organisation_id, [])
        about: dict[str, Any] = {
            "topic": Topic.MY_DOSSIER,
            "dossier": dossier,
            "application": application,
        }
        # A result is told at once: who was told of it before hears of the move instead.
        has_result = bool(application.outcome) and tell(
            people,
            sentence="result",
            dedupe=f"result:{application.pk}",
            code=application.code,
            outcome={"outcome": str(application.outcome)},
            **about,
        )
        if not has_result:
            yield Message(
                people,
                sentence="moved",
                dedupe=f"event:{event.pk}:moved:{application.pk}",
                facts={
                    "code": application.code,
                    "what": _action_words(dossier, event.action),
                    "state": _state_words(dossier),
                },
                **about,
            )


def _about_withdrawal(dossier: Dossier, event: Event) -> Iterator[Message]:
    """Tell the unit that has the dossier, unless that would tell of a sealed rival."""
    if dossier.is_sealed and dossier.is_open:
        return
    state = dossier.procedure.state(event.from_state or dossier.state)
    yield Message(
        colleagues(state.waits_for, dossier),
        topic=Topic.NEW_WORK,
        sentence="withdrawn",
        dedupe=f"event:{event.pk}:withdrawn",
        dossier=dossier,
        facts={"code": dossier.code},
    )


def applicants(application: Application) -> list[Any]:
    """List the people who file for the organisation of an application."""
    return _people_who_file({application.organisation_id}).get(application.organisation_id, [])


def _people_who_file(organisations: set[int]) -> dict[int, list[Any]]:
    """Return by the key of an organisation the people who file for it, by name."""
    memberships = (
        Membership.objects.active()
        .filter(organisation__in=organisations)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    found: dict[int, list[Any]] = {}
    for membership in memberships:
        if Function.FILE_DOSSIER in membership.functions:
            found.setdefault(membership.organisation_id, []).append(membership.user)
    return found


def desk_of(dossier: Dossier, *, today: dt.date) -> list[Any]:
    """List who should hear of a dossier's work: the assignee or their deputy, else the whole unit."""
    if dossier.assignee is None:
        return colleagues(Part(dossier.waiting_for), dossier)
    deputies = Delegation.objects.running(today).filter(absent=dossier.assignee).select_related("deputy")
    return [one.deputy for one in deputies] or [dossier.assignee]


def _next_digest(now: dt.datetime) -> dt.datetime:
    local = timezone.localtime(now)
    digest = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return digest if digest > local else digest + dt.timedelta(days=1)


def _action_words(dossier: Dossier, action: str) -> dict[str, str]:
    """Return an action for the facts of a row: named, so that it is worded in the reader's language later."""
    return {"procedure": dossier.procedure_code, "action": action}


def _state_words(dossier: Dossier) -> dict[str, str]:
    """Return the state for the facts of a row, as a code."""
    return {"procedure": dossier.procedure_code, "state": dossier.state}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | dict | list | bool | type(None)) else str(value)


def _wake_the_sender_after_commit() -> None:
    """Ask the worker once, after the transaction, however many were told in it; a failure there undoes nothing."""
    waiting = {entry[1] for entry in connection.run_on_commit}
    if _wake_the_sender not in waiting:
        transaction.on_commit(_wake_the_sender, robust=True)


def _wake_the_sender() -> None:
    """Ask the worker to send what waits; if the queue cannot be reached, the minute's beat will find it."""
    from dossiers.tasks import send_messages

    hand_over(send_messages)
