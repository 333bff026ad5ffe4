"""Words and tones of casework: ``{% load casework %}``."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.templatetags.portal import NO_FIGURE
from dossiers.choices import Outcome, Part, Punctuality, Stance
from dossiers.lights import Light, light_of_row
from dossiers.services.events import label_of
from law.provisions import DayUnit
from law.rules import Finding
from law.rules import Outcome as Outcomes
from law.words import Text

register = template.Library()

_TONES = {
    Outcome.PENDING: "neutral",
    Outcome.CHOSEN: "ok",
    Outcome.NOT_CHOSEN: "neutral",
    Outcome.REFUSED: "danger",
    Outcome.WITHDRAWN: "neutral",
    Punctuality.EARLY: "ok",
    Punctuality.ON_TIME: "ok",
    Punctuality.LATE: "danger",
    Punctuality.NO_LIMIT: "neutral",
    Stance.AGREES: "ok",
    Stance.AGREES_WITH_REMARKS: "warning",
    Stance.DISAGREES: "danger",
}
#: Facts of an event that a reader wants to see, with their names; others are for programs.
_NAMED: dict[str, Text] = {
    "code": _("code"),
    "organisation": _("applicant"),
    "number": _("number"),
    "issued_on": _("date"),
    "closes_on": _("receiving ends"),
    "applications": _("applications"),
    "items": _("items"),
    "returned_on": _("came back on"),
    "agencies": _("agencies"),
    "agency": _("agency"),
    "stance": _("opinion"),
    "due": _("due"),
    "days": _("days"),
    "unit": _("unit"),
    "to": _("to"),
    "member": _("member"),
    "members": _("members"),
    "chosen": _("chosen"),
    "round": _("round of the scoring"),
    "chosen_before": _("chosen before"),
    "best": _("highest total"),
    "full_on": _("complete on"),
    "name": _("file"),
    "text": _("text"),
    "check_on": _("to be checked on"),
    "done_on": _("kept on"),
    "sent_on": _("sent on"),
    "cluster": _("cluster"),
}


@register.filter
def standing(dossier: Any) -> Light:
    """Return the light of a dossier: ``tone`` and ``words``."""
    return light_of_row(dossier)


@register.filter
def case_tone(value: str) -> str:
    """Return the tone in which a badge shows a result, an opinion, a punctuality."""
    return _TONES.get(value, "info")  # type: ignore[call-overload]  # members of several choices, all strings


@register.filter
def part_label(value: str) -> str:
    """Return a part in words."""
    return str(Part(value).label) if value in Part.values else value


@register.filter
def event_label(event: Any) -> str:
    """Return what happened, in words."""
    return label_of(event.dossier, event.action)


@register.filter
def event_facts(event: Any) -> list[tuple[str, str]]:
    """Return the facts of an event as name and words, those a reader wants to see."""
    return [
        (str(_NAMED[name]), _worded(name, value))
        for name, value in event.facts.items()
        if name in _NAMED and value not in ("", None, [])
    ]


@register.filter
def file_size(size: int) -> str:
    """Write the size of a file."""
    return filesizeformat(size)


@register.filter
def days_since(moment: dt.datetime | None) -> str:
    """Write how many days ago something began: "today", "3 days"."""
    if moment is None:
        return NO_FIGURE
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return str(_("today")) if days <= 0 else ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.filter
def has_passed(day: dt.date | None) -> bool:
    """Say whether a day lies before today."""
    return day is not None and day < timezone.localdate()


@register.filter
def key(values: dict[Any, Any], name: Any) -> Any:
    """Return the value under a key, None where there is none."""
    return values.get(name)


_FINDING_TONES = {Outcomes.MET: "ok", Outcomes.NOT_MET: "warning"}


@register.filter
def attention(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that a person has to look at: what stands in the way first, then what is not computable."""
    found = [one for one in findings if one.outcome in (Outcomes.NOT_MET, Outcomes.NOT_COMPUTABLE)]
    return sorted(
        found, key=lambda one: (not one.blocks, one.outcome == Outcomes.NOT_COMPUTABLE, one.rule.code)
    )


@register.filter
def met_rules(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of rules that are met."""
    return sorted((one for one in findings if one.outcome == Outcomes.MET), key=lambda one: one.rule.code)


@register.filter
def not_telling(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of rules that do not apply."""
    return [one for one in findings if one.outcome == Outcomes.NOT_APPLICABLE]


@register.filter
def finding_tone(finding: Finding) -> str:
    """Return the tone of a finding's badge."""
    return "danger" if finding.blocks else _FINDING_TONES.get(finding.outcome, "neutral")


def _worded(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name == "stance" and value in Stance.values:
        return str(Stance(value).label)
    if name == "unit" and value in DayUnit.values:
        return str(DayUnit(value).label)
    if isinstance(value, str) and len(value) == 10:
        try:
            day = parse_date(value)
        except ValueError:
            day = None
        if day is not None:
            return str(date_format(day, "d/m/Y"))
    return str(value)
