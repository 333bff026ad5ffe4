"""How a dossier stands against its time, as a colour and in words, from the columns that lists sort by."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.deadlines import DUE_SOON, Deadline, DeadlineState
from law.provisions import DayUnit

#: The tone of a badge for each light.
TONES: dict[str, str] = {
    DeadlineState.ON_TIME: "ok",
    DeadlineState.DUE_SOON: "warning",
    DeadlineState.OVERDUE: "danger",
    DeadlineState.PAUSED: "info",
}


@dataclass(frozen=True)
class Light:
    """One light: its tone, and the words that say the same."""

    tone: str
    words: str


def light_of_row(dossier: Any, today: dt.date | None = None) -> Light:
    """Return how a dossier stands today; days are counted by the calendar, the clock's own count is on its page."""
    today = today or timezone.localdate()
    if not dossier.is_open:
        return Light("neutral", _("the case has ended"))
    if dossier.paused_since is not None and dossier.paused_since <= today:
        return Light(
            "info",
            _("paused since %(day)s") % {"day": date_format(dossier.paused_since, "d/m/Y")},
        )
    if dossier.due_on is None and dossier.runs_without_known_limit:
        return Light("neutral", _("no limit is known for this step (unverified)"))
    if dossier.due_on is None:
        return Light("neutral", _("no time limit runs"))
    days = (dossier.due_on - today).days
    if days < 0:
        return Light(
            "danger",
            ngettext("overdue by %(n)s calendar day", "overdue by %(n)s calendar days", -days) % {"n": -days},
        )
    if days == 0:
        return Light("warning", _("due today"))
    words = ngettext("%(n)s calendar day left", "%(n)s calendar days left", days) % {"n": days}
    return Light("warning" if days <= DUE_SOON else "ok", words)


def light_of(deadline: Deadline, today: dt.date) -> Light:
    """Return how a running step stands by the clock itself, in the unit of its time limit."""
    state = deadline.state(today)
    left = deadline.remaining(today)
    working = deadline.unit is DayUnit.WORKING
    if state == DeadlineState.OVERDUE:
        words = (
            ngettext("overdue by %(n)s working day", "overdue by %(n)s working days", -left)
            if working
            else ngettext("overdue by %(n)s calendar day", "overdue by %(n)s calendar days", -left)
        ) % {"n": -left}
    else:
        words = (
            ngettext("%(n)s working day left", "%(n)s working days left", left)
            if working
            else ngettext("%(n)s calendar day left", "%(n)s calendar days left", left)
        ) % {"n": left}
        if state != DeadlineState.ON_TIME:
            words = f"{state.label}: {words}"
    return Light(TONES[state], words)
