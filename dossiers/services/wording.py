"""Notifications in the reader's language, from the plain facts kept with them, and where each leads."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from dossiers.choices import Outcome, Stance
from dossiers.models import Notification
from dossiers.procedures import procedure
from dossiers.services.notifying import SENTENCES
from law.vocabulary import Step

#: Notifications that lead to a supplement request of the reader's own application.
_OF_SUPPLEMENTS = ("supplement_asked", "supplement_reminded", "supplement_closed")


def sentence_of(notification: Notification) -> str:
    """Return what a notification says, in the language in force."""
    template = str(SENTENCES[notification.sentence])
    facts = {name: _worded(value) for name, value in notification.facts.items()}
    return template % facts


def path_of(notification: Notification) -> str:
    """Return the page a notification is about: the reader's own application, or the dossier they work on."""
    application, dossier = notification.application, notification.dossier
    own = {membership.organisation_id for membership in notification.user.active_memberships}
    if application is not None and application.organisation_id in own:
        if notification.sentence in _OF_SUPPLEMENTS:
            return reverse("dossiers:supplement", args=[application.pk, notification.facts["number"]])
        return reverse("dossiers:application", args=[application.pk])
    if dossier is not None:
        return dossier.get_absolute_url()
    return reverse("dossiers:notifications")


def address_of(notification: Notification) -> str:
    """Return the whole address of the page a notification is about, for letters."""
    return _whole(path_of(notification))


def list_address() -> str:
    """Return the whole address of a person's notifications."""
    return _whole(reverse("dossiers:notifications"))


def _whole(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        return _of_code(value)
    if isinstance(value, str) and len(value) == 10 and (day := _day(value)):
        return date_format(day, "SHORT_DATE_FORMAT")
    return str(value) if value is not None else "–"


def _of_code(value: dict[str, str]) -> str:
    """Return the words of a fact that is kept as a code."""
    if "action" in value:
        transitions = procedure(value["procedure"]).transitions
        return next((str(t.label) for t in transitions if t.action == value["action"]), value["action"])
    if "state" in value:
        return str(procedure(value["procedure"]).state(value["state"]).label)
    if "stance" in value:
        return str(Stance(value["stance"]).label)
    if "step" in value:
        return str(Step(value["step"]).label)
    return str(Outcome(value["outcome"]).label)


def _day(value: str) -> dt.date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None
