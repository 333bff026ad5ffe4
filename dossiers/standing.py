"""Where a dossier is, since when, due when, and what comes next: in words, with a tone that only repeats them."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.portal import day
from dossiers.choices import Part
from dossiers.models import Dossier
from dossiers.services import clocks
from dossiers.services.actors import unit_of
from law.deadlines import DUE_SOON, Deadline
from law.provisions import count_of_days


@dataclass(frozen=True)
class Standing:
    """How a dossier stands today, for a line of a list."""

    state: str
    where: str
    since: dt.datetime
    due_on: dt.date | None
    words: str
    tone: str
    next: str


@dataclass(frozen=True)
class Running:
    """The step that runs, with the end the clock computes and how it came to it."""

    step: str
    started_on: dt.date
    deadline: Deadline | None
    left: str


def standing_of(dossier: Dossier, *, today: dt.date | None = None, name_unit: bool = False) -> Standing:
    """Return how a dossier stands, from its own columns; ``name_unit`` asks for the authority's name (one query)."""
    today = today or timezone.localdate()
    words, tone = _due_words(dossier, today)
    state = dossier.state_row
    return Standing(
        state=str(state.label),
        where=_where(dossier, name_unit),
        since=dossier.waiting_since,
        due_on=dossier.due_on,
        words=words,
        tone=tone,
        next=str(state.next),
    )


def running_of(dossier: Dossier, *, today: dt.date | None = None) -> Running | None:
    """Return the running step with its computed deadline, or None where none runs."""
    today = today or timezone.localdate()
    run = clocks.running_step(dossier)
    if run is None:
        return None
    run.dossier = dossier
    deadline = clocks.deadline_of(run)
    return Running(
        step=str(clocks.Step(run.step).label),
        started_on=run.started_on,
        deadline=deadline,
        left=left_in_words(deadline, today) if deadline else "",
    )


def left_in_words(deadline: Deadline, today: dt.date) -> str:
    """Say how many days are left, or past, in the unit of the law."""
    left = deadline.remaining(today)
    days = str(count_of_days(abs(left), deadline.unit))
    if deadline.due is None:
        return _("%(days)s will be left when the clock goes on") % {"days": days}
    if left < 0:
        return _("%(days)s late") % {"days": days}
    return _("%(days)s left") % {"days": days} if left else _("today is the last day")


def _where(dossier: Dossier, name_unit: bool) -> str:
    part = Part(dossier.waiting_for)
    if name_unit and (unit := unit_of(part, dossier)):
        return unit.name
    if part is Part.RECEIVER and dossier.commune is not None:
        return f"{part.label}, {dossier.commune.full_name}"
    return str(part.label)


def _due_words(dossier: Dossier, today: dt.date) -> tuple[str, str]:
    if not dossier.is_open:
        return _("the case has ended"), "neutral"
    if dossier.paused_since is not None:
        return _("clock stopped since %(day)s") % {"day": day(dossier.paused_since)}, "info"
    if dossier.due_on is None and dossier.runs_without_known_limit:
        return _("no limit is known for this step (unverified)"), "neutral"
    if dossier.due_on is None:
        return _("the law names no day"), "neutral"
    if dossier.due_on < today:
        return _("overdue since %(day)s") % {"day": day(dossier.due_on)}, "danger"
    if (dossier.due_on - today).days <= DUE_SOON:
        return _("due soon: %(day)s") % {"day": day(dossier.due_on)}, "warning"
    return _("due %(day)s") % {"day": day(dossier.due_on)}, "ok"


def time_left(until: dt.datetime, now: dt.datetime) -> str:
    """Say how long it is until a moment, in days and hours, below a day in hours and minutes."""
    minutes = max(0, int((until - now).total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    words = [
        (days, ngettext("%(n)s day", "%(n)s days", days)),
        (hours, ngettext("%(n)s hour", "%(n)s hours", hours)),
        (minutes if not days else 0, ngettext("%(n)s minute", "%(n)s minutes", minutes)),
    ]
    shown = [text % {"n": count} for count, text in words if count]
    return " ".join(shown) or _("less than a minute")
