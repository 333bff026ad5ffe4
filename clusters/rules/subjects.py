"""What the rules of this room look at: a cluster on a day, and a decision about to be recorded."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar, cast

from django.utils.functional import SimpleLazyObject

from clusters.choices import ClusterType, DecisionKind
from clusters.models import Cluster, Figures, PlannedCluster
from clusters.services.replay import ClusterFacts

Read = TypeVar("Read")


def when_asked(read: Callable[[], Read]) -> Read:
    """Return a stand-in for what ``read`` returns, which is read once a rule looks at it, or never.

    It cannot stand in for None: rules ask whether something is None, and a stand-in never is.
    """
    return cast("Read", SimpleLazyObject(read))


@dataclass(frozen=True)
class TenantLand:
    """Land of the projects in a cluster (ha) as the shares of the law count it; blank where no project names land."""

    total: Decimal | None = None
    by_group: dict[str, Decimal] = field(default_factory=dict)
    largest_line: str = ""
    largest_line_ha: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ClusterState:
    """A cluster's facts, figures, tenants and lines of the plan on a day.

    ``plan_is_known`` tells whether a complete List of the province is recorded for the day; ``neighbours`` are
    clusters whose boundary touches this one's, with whether a link is recorded; ``overlaps`` are those that claim some
    of its ground, with how much (ha).
    """

    cluster: Cluster
    facts: ClusterFacts
    figures: Figures
    on: dt.date
    tenants: TenantLand = TenantLand()
    planned: tuple[PlannedCluster, ...] = ()
    plan_is_known: bool = False
    neighbours: tuple[tuple[str, bool], ...] = ()
    overlaps: tuple[tuple[str, Decimal], ...] = ()
    households_left: int | None = None

    @property
    def is_craft_village(self) -> bool:
        """Whether the cluster is for producers of craft villages."""
        return self.facts.cluster_type == ClusterType.CRAFT_VILLAGE

    @property
    def has_small_floor(self) -> bool:
        """Whether the lower floor of mountainous districts and craft villages applies."""
        return self.is_craft_village or self.cluster.in_mountainous_district

    def concerns(self, *facts: str) -> bool:
        """Say whether the question is asked about these facts; of a cluster as it stands always."""
        return True


@dataclass(frozen=True, kw_only=True)
class DecisionSubject(ClusterState):
    """A decision about to be recorded: ``facts`` are those after it, ``before`` those it finds."""

    kind: DecisionKind
    before: ClusterFacts
    sets: frozenset[str] = frozenset()

    @property
    def added_ha(self) -> Decimal | None:
        """The area the decision adds (ha)."""
        if self.facts.area_ha is None:
            return None
        added: Decimal = self.facts.area_ha - (self.before.area_ha or 0)
        return added

    def concerns(self, *facts: str) -> bool:
        """Say whether the decision lays down any of these facts; what it leaves alone cannot make it unlawful."""
        return bool(self.sets.intersection(facts))
