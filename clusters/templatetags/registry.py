"""Words and tones of the registry: ``{% load registry %}``."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from clusters.checklists import CheckRow, kept_rows, sentence_of
from clusters.choices import PlotStatus, ProjectStage, Stage, WorkStatus
from clusters.models import Cluster
from clusters.stages import tone_of
from clusters.staleness import PROGRESS, is_stale
from core.templatetags.portal import NO_FIGURE, percent
from law.rules import Outcome

register = template.Library()

_TONES = {
    PlotStatus.FREE: "ok",
    PlotStatus.RESERVED: "warning",
    PlotStatus.LEASED: "info",
    PlotStatus.NOT_CLEARED: "neutral",
    ProjectStage.SUSPENDED: "danger",
    ProjectStage.ENDED: "neutral",
    WorkStatus.NOT_STARTED: "neutral",
    WorkStatus.BUILDING: "warning",
    WorkStatus.FINISHED: "info",
    WorkStatus.IN_USE: "ok",
}


@register.filter
def tone(value: str) -> str:
    """Return the tone in which a badge shows a stage or status."""
    if value in Stage.values:
        return tone_of(value)
    return _TONES.get(value, "info")  # type: ignore[call-overload]  # members of several choices, all strings


@register.filter
def in_sentence(name: str) -> str:
    """Write the name of a unit inside a Vietnamese sentence: "Tỉnh Lào Cai" becomes "tỉnh Lào Cai"."""
    return name if get_language() == "en" else name[:1].lower() + name[1:]


@register.filter
def report_stale(as_of: dt.date | None, cluster: Cluster) -> bool:
    """Say whether a figure of the half-yearly reports is out of date in the cluster's province."""
    return is_stale(as_of, cluster.province_id)


@register.filter
def progress_stale(as_of: dt.date | None, cluster: Cluster) -> bool:
    """Say whether a progress figure is out of date in the cluster's province."""
    return is_stale(as_of, cluster.province_id, PROGRESS)


@register.filter
def occupancy(rate: Any) -> str:
    """Write an occupancy rate: "≥ 43,1 %" where it is only known from below, "not computable" where it is not."""
    if rate.value is None:
        return percent(None)
    return f"≥ {percent(rate.value)}" if rate.is_lower_bound else percent(rate.value)


@register.filter
def until(due: dt.date | None) -> str:
    """Write in words how far off a due day is: "overdue by 12 days", "today", "in 5 days"."""
    if due is None:
        return NO_FIGURE
    days = (due - timezone.localdate()).days
    if days < 0:
        return ngettext("overdue by %(count)s day", "overdue by %(count)s days", -days) % {"count": -days}
    if days == 0:
        return _("due today")
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


@register.filter
def is_overdue(due: dt.date | None) -> bool:
    """Say whether a day has passed."""
    return due is not None and due < timezone.localdate()


@register.filter
def share(part: Any, whole: Any) -> Any:
    """Return ``part`` of ``whole`` in per cent; None where it cannot be computed."""
    return None if part is None or not whole else part / whole * 100


@register.filter
def meter(value: Any) -> str:
    """Write a rate in per cent for the ``value`` of a ``<progress>``: with a point, in every language."""
    return f"{min(max(value, 0), 100):.1f}"


@register.filter(name="kept_rows")
def kept_rows_filter(kept: list[dict[str, Any]]) -> list[CheckRow]:
    """Return the rule check that was kept with a decision, as rows."""
    return kept_rows(kept)


register.filter("rule_sentence", sentence_of)


@register.filter
def at(values: dict[str, Any], key: str) -> Any:
    """Return the value under a key, nothing where there is none."""
    return values.get(key, "")


@register.filter
def unlocalized(value: Any) -> str:
    """Write a key, a year or a number for a script: with a point, without separators."""
    return str(value)


#: Filters that officers use every day; all others are folded away.
DAILY = ("q", "province", "commune", "stage", "figures_stale")


@register.filter
def daily_filters(form: Any) -> list[Any]:
    """Return the fields of the filter that stand in front."""
    return [form[name] for name in DAILY if name in form.fields]


@register.filter
def rare_filters(form: Any) -> list[Any]:
    """Return the fields of the filter that are folded away."""
    return [field for field in form.visible_fields() if field.name not in DAILY]


@register.filter
def has_rare_filters(form: Any) -> bool:
    """Say whether a folded filter is in force or mistaken, so that it must not stay folded."""
    return any(field.errors or field.value() for field in rare_filters(form))


@register.filter
def applying(rows: list[CheckRow]) -> list[CheckRow]:
    """Return the rules that have something to say of the cluster."""
    return [row for row in rows if row.outcome != Outcome.NOT_APPLICABLE]


@register.filter
def not_applying(rows: list[CheckRow]) -> list[CheckRow]:
    """Return the rules that are about other clusters."""
    return [row for row in rows if row.outcome == Outcome.NOT_APPLICABLE]


@register.filter
def exact_percent(value: Any) -> str:
    """Write an exact rate in per cent with one decimal place; "not computable" where there is none."""
    return percent(None if value is None else float(value))
