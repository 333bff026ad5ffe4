"""Replay the decisions, get the cluster: today's facts, or those of any past day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.querysets import DecisionQuerySet


@dataclass(frozen=True)
class ClusterFacts:
    """The legal facts of a cluster on a day, each with the decision that laid it down."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Decision] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name in LEGAL_FACTS:
            return self.values.get(name)
        raise AttributeError(name)

    @property
    def exist(self) -> bool:
        """Whether any decision was in effect: before the first one the cluster is unknown."""
        return bool(self.sources)

    def source_of(self, fact: str) -> Decision | None:
        """Return the decision a fact comes from."""
        return self.sources.get(fact)

    def apply(self, decision: Decision) -> "ClusterFacts":
        """Return the facts after a further decision; what it leaves blank stays as it was."""
        values, sources = dict(self.values), dict(self.sources)
        for fact in decision.clears:
            values[fact] = None
            sources[fact] = decision
        for fact in LEGAL_FACTS:
            value = getattr(decision, f"sets_{fact}")
            if value not in (None, ""):
                values[fact] = value
                sources[fact] = decision
        return ClusterFacts(values, sources)


def replay(decisions: Iterable[Decision]) -> ClusterFacts:
    """Fold decisions, given in replay order, into the facts they leave."""
    facts = ClusterFacts()
    for decision in decisions:
        facts = facts.apply(decision)
    return facts


def facts_on(cluster: Cluster, day: dt.date | None = None) -> ClusterFacts:
    """Return the cluster's legal facts at the end of a day, or by all decisions recorded when no day is given."""
    decisions = _standing(cluster).select_related("sets_commune", "sets_investor", "sets_commune__province")
    if day is not None:
        decisions = decisions.filter(effective_on__lte=day)
    return replay(decisions)


def standing_decisions(cluster: Cluster) -> list[Decision]:
    """List the decisions of a cluster that none corrects, in replay order; only a cluster without any has none."""
    # Most clusters are recorded with their first decision: then there is nothing to join or to fetch.
    return list(_standing(cluster).prefetch_related("sets_commune", "sets_investor"))


def _standing(cluster: Cluster) -> DecisionQuerySet:
    return Decision.objects.filter(cluster=cluster).standing().in_replay_order()
