"""Notifications in the reader's language, from the plain facts kept with them."""

import datetime as dt
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from dossiers.choices import Stance
from dossiers.models import Notification
from dossiers.procedures import procedure
from dossiers.services.notifying import SENTENCES


def sentence_of(notification: Notification) -> str:
    """Return what a notification says, in the language in force."""
    template = str(SENTENCES[notification.sentence])
    facts = {name: _worded(value) for name, value in notification.facts.items()}
    return template % facts


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        if "action" in value:
            transitions = procedure(value["procedure"]).transitions
            return next((str(t.label) for t in transitions if t.action == value["action"]), value["action"])
        if "state" in value:
            return str(procedure(value["procedure"]).state(value["state"]).label)
        if "stance" in value:
            return str(Stance(value["stance"]).label)
    if isinstance(value, str) and len(value) == 10 and (day := _day(value)):
        return date_format(day, "SHORT_DATE_FORMAT")
    return str(value) if value is not None else "–"


def _day(value: str) -> dt.date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None
