"""Boards on other pages: ``{% load boards %}``."""

from typing import Any

from django import template
from django.utils import timezone

from clusters.models import Cluster
from clusters.quality import QUALITY
from clusters.quality.board import board_of
from clusters.views.workplace.findings import findings_here
from clusters.views.workplace.narrowing import Narrowing
from clusters.watch import WATCH

register = template.Library()

#: Entries of one rule shown on the page of a cluster.
SHOWN = 3


@register.inclusion_tag("clusters/boards/watch_panel.html", takes_context=True)
def watch_panel(context: template.Context, cluster: Cluster) -> dict[str, Any]:
    """Show what the watch list finds in a cluster, and how many findings of data quality it has."""
    day = timezone.localdate()
    narrowing = Narrowing(context["request"].user, (), cluster=cluster)
    board = board_of([*WATCH, *QUALITY], Cluster.objects.filter(pk=cluster.pk), by="pk", day=day)
    counts = board.checks
    found = findings_here([check for check in WATCH if check.code in counts], narrowing, day, SHOWN)
    return {
        "cluster": cluster,
        "found": [(check, rows, counts[check.code].rows - len(rows)) for check, rows in found],
        "quality": sum(counts[check.code].rows for check in QUALITY if check.code in counts),
    }
