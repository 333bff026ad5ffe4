"""Evaluate the rules on a cluster as it stands, and on a decision about to be recorded."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from clusters.choices import ESTABLISHED_STAGES, LEASING_STAGES, DecisionKind
from clusters.models import (
    Cluster,
    Decision,
    DevelopmentPlan,
    Figures,
    LandClearance,
    PlannedCluster,
    SecondaryProject,
)
from clusters.rules.neighbours import neighbours_around
from clusters.rules.standing import asked
from clusters.rules.subjects import ClusterState, DecisionSubject, TenantLand, when_asked
from clusters.services.figures import figures_on
from clusters.services.replay import ClusterFacts, facts_on
from law.regimes import NoRegimeError, Regime
from law.rules import Checklist, evaluate


def cluster_checklist(cluster: Cluster, day: dt.date | None = None) -> Checklist:
    """Return every rule about a cluster with its numbers, under the law of the day (today unless given)."""
    day = day or timezone.localdate()
    facts = facts_on(cluster, day)
    state = ClusterState(**_state(cluster, facts, figures_on(cluster, day, facts.industrial_land_ha), day))
    return evaluate(state, regime=_regime_on(day))


def check_decision(
    decision: Decision, *, before: ClusterFacts, after: ClusterFacts, figures: Figures, regime: Regime | None
) -> Checklist:
    """Return every rule about the unsaved decision under the regime of its case.

    Of a cluster that is only being established nothing is asked that can be known of a standing one alone. ``regime``
    is None for papers older than any national law on clusters: nothing is held against them.
    """
    if regime is None:
        return Checklist(regime=Regime.all()[0], findings=())
    kind = DecisionKind(decision.kind)
    subject = DecisionSubject(
        **_state(decision.cluster, after, figures, decision.effective_on),
        kind=kind,
        before=before,
        sets=frozenset(fact for fact, source in after.sources.items() if source is decision),
    )
    findings = asked(evaluate(subject, regime=regime), kind)
    return Checklist(regime=regime, findings=findings)


def frozen(checklist: Checklist) -> list[dict[str, Any]]:
    """Return the findings as rows to be kept with a decision, in both languages, as the officer saw them."""
    rows: list[dict[str, Any]] = [
        {
            "code": finding.rule.code,
            "outcome": finding.outcome.value,
            "severity": finding.severity.value,
            "verified": finding.verified,
        }
        for finding in checklist
    ]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for row, finding in zip(rows, checklist, strict=True):
                row[language] = {
                    "sentence": str(finding.rule.sentence),
                    "legal_basis": str(finding.rule.legal_basis),
                    "measured": str(finding.measured),
                    "required": str(finding.required),
                    "explanation": str(finding.explanation),
                }
    return rows


def _regime_on(day: dt.date) -> Regime:
    try:
        return Regime.on(day)
    except NoRegimeError:
        return Regime.all()[0]


def _state(cluster: Cluster, facts: ClusterFacts, figures: Figures, day: dt.date) -> dict[str, Any]:
    """Gather what rules look at; what only rules of some kinds or types ask for is read when one of them asks."""
    touching = neighbours_around(cluster, facts.boundary)
    return {
        "cluster": cluster,
        "facts": facts,
        "figures": figures,
        "on": day,
        "tenants": when_asked(lambda: _tenant_land(cluster)),
        "planned": when_asked(lambda: _planned(cluster, day)),
        "plan_is_known": when_asked(lambda: _plan_is_known(cluster, day)),
        "neighbours": tuple((one.name, one.linked) for one in touching),
        "overlaps": tuple((one.name, one.overlap_ha) for one in touching if one.overlaps),
        # Who still lives there is asked of an established cluster alone (V55).
        "households_left": _households_left(cluster, day) if facts.stage in ESTABLISHED_STAGES else None,
    }


def _households_left(cluster: Cluster, day: dt.date) -> int | None:
    counts = (
        LandClearance.objects.filter(cluster=cluster, households_total__isnull=False)
        .latest_as_of(day)
        .values_list("households_total", "households_settled")
        .first()
    )
    total, settled = counts or (None, None)
    return None if total is None or settled is None else total - settled


def _planned(cluster: Cluster, day: dt.date) -> tuple[PlannedCluster, ...]:
    return tuple(
        PlannedCluster.objects.filter(
            cluster=cluster,
            plan__in=DevelopmentPlan.objects.in_force(day).values("pk"),
            withdrawal__isnull=True,
        )
        .select_related("commune")
        .order_by("-plan__version", "pk")
    )


def _plan_is_known(cluster: Cluster, day: dt.date) -> bool:
    plans = DevelopmentPlan.objects.in_force(day).filter(province_id=cluster.province_id, is_complete=True)
    return bool(plans.exists())


def _tenant_land(cluster: Cluster) -> TenantLand:
    """Add up the land of the projects under lease by group and by line (two digits of VSIC)."""
    groups: dict[str, Decimal] = defaultdict(Decimal)
    lines: dict[str, Decimal] = defaultdict(Decimal)
    total: Decimal | None = None
    projects = SecondaryProject.objects.filter(
        cluster=cluster, stage__in=LEASING_STAGES, land_ha__isnull=False
    ).order_by("pk")
    for held, group, line in projects.values_list("land_ha", "group", "industry__code"):
        land = held or Decimal(0)
        total = (total or Decimal(0)) + land
        groups[group] += land
        if line:
            lines[line[:2]] += land
    largest = max(lines, key=lambda line: (lines[line], line), default="")
    return TenantLand(total, dict(groups), largest, lines.get(largest) if lines else None)
