"""The rules of the law about clusters. Importing this package enters them into the registry of rules."""

from clusters.rules import area, geometry, inspections, land, origin, places, planning, shares
from clusters.rules.decisions import check_decision, cluster_checklist

__all__ = [
    "area",
    "check_decision",
    "cluster_checklist",
    "geometry",
    "inspections",
    "land",
    "origin",
    "places",
    "planning",
    "shares",
]
