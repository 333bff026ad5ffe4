"""Fire an action: the only writer of a dossier's state, and the list of what can be fired."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.history import because
from dossiers.choices import Part
from dossiers.models import Document, Dossier, Event
from dossiers.procedures.transitions import Clock, Firing, Rules, Transition
from dossiers.services import clocks
from dossiers.services.actors import acts_as, parts_of
from dossiers.services.events import ActionRefused, lock, record
from dossiers.services.notifying import tell_of_event


@dataclass(frozen=True)
class Available:
    """One action of the table: whether this person can do it now, and every reason why not."""

    transition: Transition
    reasons: tuple[str, ...]
    is_mine: bool
    is_now: bool
    #: Kinds of papers that lack; the form of the action takes them.
    lacking: tuple[str, ...] = ()
    #: How many of the reasons are about papers that lack.
    about_papers: int = 0

    @property
    def can(self) -> bool:
        """Whether it can be done."""
        return not self.reasons

    @property
    def can_begin(self) -> bool:
        """Whether nothing stands in the way but papers that can be handed in with the action."""
        return len(self.reasons) == self.about_papers


@transaction.atomic
def fire(
    dossier: Dossier,
    action: str,
    *,
    actor: Any,
    seen: int | None = None,
    note: str = "",
    at: dt.datetime | None = None,
    **facts: Any,
) -> Event:
    """Do an action of the procedure on a dossier and return the event that records it.

    Locks the row, checks version (``seen``), state, part, guards and documents, collecting every failure; then applies
    the effect, moves the clock, appends the event and leaves messages to be sent after commit. ``actor=None`` is
    the portal. ``at`` is the moment it happened, now unless an earlier one is entered; ``facts`` are what the effect
    needs. The rules are computed here, under the lock, whatever a page computed before. Raises ChangedMeanwhile,
    ActionRefused, or ValidationError by field from the effect; nothing is then changed.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    transition = dossier.procedure.transition(action, dossier.regime)
    now = _moment(dossier, at)
    firing = Firing(
        dossier=dossier,
        transition=transition,
        actor=actor,
        now=now,
        today=timezone.localdate(now),
        note=note.strip(),
        facts=facts,
    )
    if reasons := _refusals(firing):
        raise ActionRefused(reasons)
    if transition.asks_reason and not firing.note:
        raise ValidationError({"note": _("Give the reason; the applicant and the history show it.")})
    with because(firing.note or str(transition.label)):
        if transition.effect is not None:
            transition.effect(firing)
        _move(firing)
    event = record(
        dossier,
        action,
        actor=actor,
        at=now,
        part=transition.part,
        note=firing.note,
        facts=firing.said,
        to_state=transition.target,
        is_internal=transition.is_internal,
    )
    tell_of_event(dossier, event)
    return event


def available(dossier: Dossier, actor: Any, *, rules: Rules | None = None) -> list[Available]:
    """List every action of the dossier's table with all the reasons why this person cannot do it now.

    Pages and REST show the same list. The person's own actions in the present state come first. ``rules`` are those of
    a page that shows them too; all actions share them, so they are computed once, or not at all if no guard asks.
    """
    rules = rules or Rules(dossier)
    parts = parts_of(actor, dossier) if actor is not None else {Part.SYSTEM}
    now = timezone.now()
    found = []
    for transition in dossier.procedure.table(dossier.regime):
        is_mine, is_now = transition.part in parts, dossier.state in transition.sources
        firing = Firing(
            dossier=dossier,
            transition=transition,
            actor=actor,
            now=now,
            today=timezone.localdate(now),
            is_question=True,
            rules=rules,
        )
        # Guards of other people's or other states' actions would only repeat what the first reason says.
        reasons = _wrong_place(firing, is_mine=is_mine)
        lacking: dict[str, str] = {}
        if is_now and is_mine:
            lacking = _lacking_documents(firing)
            reasons += [*_stopped_by_guards(firing), *lacking.values()]
        found.append(
            Available(transition, tuple(reasons), is_mine, is_now, tuple(lacking), about_papers=len(lacking))
        )
    return sorted(found, key=lambda one: (not (one.is_mine and one.is_now), not one.is_now))


def _refusals(firing: Firing) -> list[str]:
    is_mine = acts_as(firing.actor, firing.transition.part, firing.dossier)
    return _wrong_place(firing, is_mine=is_mine) + _guarded(firing)


def _wrong_place(firing: Firing, *, is_mine: bool) -> list[str]:
    dossier, transition = firing.dossier, firing.transition
    reasons = []
    if dossier.state not in transition.sources:
        states = [str(dossier.procedure.state(code).label) for code in transition.sources]
        reasons.append(
            ngettext(
                "The dossier is in the state “%(state)s”; this can be done only in “%(wanted)s”.",
                "The dossier is in the state “%(state)s”; this can be done only in one of “%(wanted)s”.",
                len(states),
            )
            % {"state": dossier.get_state_display(), "wanted": "”, “".join(states)}
        )
    if not is_mine:
        reasons.append(_("Only this part can do it: %(part)s.") % {"part": transition.part.label})
    return reasons


def _guarded(firing: Firing) -> list[str]:
    return [*_stopped_by_guards(firing), *_lacking_documents(firing).values()]


def _stopped_by_guards(firing: Firing) -> list[str]:
    return [str(sentence) for guard in firing.transition.guards for sentence in guard.check(firing)]


def _lacking_documents(firing: Firing) -> dict[str, str]:
    """Return by kind the sentence about each paper of the transition that is not in the dossier."""
    if not firing.transition.documents:
        return {}
    dossier = firing.dossier
    present = set(
        Document.objects.current()
        .filter(dossier=dossier, application__isnull=True)
        .values_list("kind", flat=True)
    )
    labels = {kind.code: kind.label for kind in dossier.procedure.document_kinds(dossier.regime)}
    return {
        code: _("This paper is not in the dossier yet: %(paper)s. Upload it, then do the action.")
        % {"paper": labels.get(code, code)}
        for code in firing.transition.documents
        if code not in present
    }


def _move(firing: Firing) -> None:
    """Bring state-dependent columns to the state that is entered; the state itself is set with the event."""
    dossier, transition = firing.dossier, firing.transition
    target = dossier.procedure.state(transition.target)
    goes_on = transition.clock is Clock.NEXT and target.step is not None and dossier.step == target.step
    if transition.clock is not Clock.NONE and not goes_on:
        ended_on = transition.ends_on(firing) if transition.ends_on else firing.today
        clocks.end_step(
            dossier, at=firing.now, by=str(firing.actor or ""), on=ended_on, calendar=firing.calendar
        )
    if target.is_end:
        dossier.is_open = False
        dossier.ended_at = firing.now
        dossier.assignee = None
    elif transition.clock is Clock.NEXT and target.step is not None and not goes_on:
        counted_from = transition.starts_on(firing) if transition.starts_on else firing.today
        clocks.start_step(
            dossier,
            target.step,
            part=target.waits_for,
            counted_from=counted_from,
            at=firing.now,
            calendar=firing.calendar,
        )
    if dossier.waiting_for != target.waits_for:
        dossier.waiting_for = target.waits_for
        dossier.assignee = None
    if transition.target != dossier.state:
        dossier.waiting_since = firing.now


def _moment(dossier: Dossier, at: dt.datetime | None) -> dt.datetime:
    """Return when the action happened; refuse a moment to come, and one before what is already recorded."""
    now = timezone.now()
    if at is None:
        return now
    if at > now:
        raise ValidationError({"at": _("This moment has not come yet.")})
    last = Event.objects.filter(dossier=dossier).aggregate(at=Max("at"))["at"]
    if last is not None and at < last:
        raise ValidationError(
            {
                "at": _("The dossier has a later event already (%(when)s): enter a moment after it.")
                % {"when": timezone.localtime(last).strftime("%H:%M %d/%m/%Y")}
            }
        )
    return at
