"""The rules of the law about clusters. Importing this package enters them into the registry of rules."""

from clusters.rules import (
    area,
    case_clock,
    council,
    dossier,
    expansion,
    geometry,
    inspections,
    land,
    local,
    occupancy_test,
    origin,
    outcome,
    places,
    planning,
    projects,
    scoring,
    shares,
)
from clusters.rules.decisions import check_decision, cluster_checklist

__all__ = [
    "area",
    "case_clock",
    "check_decision",
    "cluster_checklist",
    "council",
    "dossier",
    "expansion",
    "geometry",
    "inspections",
    "land",
    "local",
    "occupancy_test",
    "origin",
    "outcome",
    "places",
    "planning",
    "projects",
    "scoring",
    "shares",
]
