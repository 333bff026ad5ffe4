"""The history of a cluster with everything that belongs to it, of a person's work, and of one record's versions.

The rows of history outlive what they tell of, so a record that was removed is found by the cluster its last row
names.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.roles import Function
from clusters.facts import facts_of_decision
from clusters.models import (
    CapitalSource,
    Cluster,
    CostLine,
    Decision,
    InfrastructureProject,
    Inspection,
    LandClearance,
    Milestone,
    Observation,
    Obstacle,
    PaidCapital,
    Plot,
    SecondaryProject,
    SharedWork,
    Violation,
    WastewaterPlant,
)
from core.changes import Change, FieldChange, changes_among, event_model_of

#: The most rows of one kind that a timeline reads.
LONGEST = 500

#: Columns that tell a record from others of its kind, the most telling first.
_TELLING = ("name", "title", "what", "subject", "indicator", "kind", "item", "code", "as_of")


@dataclass(frozen=True)
class Kind:
    """A kind of record: how a row of its history names its cluster, and what one needs to put it back.

    ``holder`` is the foreign key to the cluster, or to the record (of ``via``) that has one; empty for the cluster
    itself.
    """

    model: Any
    holder: str = "cluster"
    via: Any = None
    function: Function = Function.EDIT_REGISTRY

    @property
    def name(self) -> str:
        """The name in addresses."""
        return str(self.model._meta.model_name)

    @property
    def label(self) -> Any:
        """The name on pages."""
        return self.model._meta.verbose_name

    @property
    def events(self) -> Any:
        """The rows of history."""
        return event_model_of(self.model).objects

    def of_clusters(self, clusters: QuerySet[Cluster]) -> QuerySet:
        """Return the rows of history that belong to these clusters, those of removed records among them."""
        keys = clusters.order_by().values("pk")
        if not self.holder:
            return self.events.filter(pgh_obj_id__in=keys)
        if self.via is None:
            return self.events.filter(**{f"{self.holder}_id__in": keys})
        holders = event_model_of(self.via).objects.filter(cluster_id__in=keys).values("pgh_obj_id")
        return self.events.filter(**{f"{self.holder}_id__in": holders})

    def title_of(self, event: Any) -> str:
        """Return by what a person tells a record from others of its kind; asks the database nothing."""
        for name in _TELLING:
            if hasattr(event, name):
                value = getattr(event, name)
                return str(dict(self.model._meta.get_field(name).flatchoices).get(value, value))
        return ""

    def cluster_key(self, event: Any) -> int | None:
        """Return the key of the cluster that a row of history belongs to."""
        if not self.holder:
            return int(event.pgh_obj_id)
        key = getattr(event, f"{self.holder}_id")
        if self.via is None or key is None:
            return int(key) if key is not None else None
        held = event_model_of(self.via).objects.filter(pgh_obj_id=key).order_by("-pgh_id").first()
        return held.cluster_id if held else None


_ALL = (
    Kind(Cluster, holder=""),
    Kind(Observation, function=Function.ADD_OBSERVATION),
    Kind(InfrastructureProject),
    Kind(CostLine, holder="project", via=InfrastructureProject),
    Kind(CapitalSource, holder="project", via=InfrastructureProject),
    Kind(PaidCapital, holder="project", via=InfrastructureProject),
    Kind(SharedWork),
    Kind(WastewaterPlant),
    Kind(LandClearance),
    Kind(Milestone),
    Kind(Obstacle),
    Kind(Plot),
    Kind(SecondaryProject),
    Kind(Inspection, function=Function.RECORD_INSPECTION),
    Kind(Violation, holder="inspection", via=Inspection, function=Function.RECORD_INSPECTION),
)
#: Kinds of records of a cluster by their name in addresses.
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
#: Decisions have no versions, since nobody changes one; their own columns say who recorded them, when and why.
DECISIONS = Kind(Decision, function=Function.RECORD_DECISION)


@dataclass(frozen=True)
class Entry:
    """A change, the record it was made to, and the cluster the record belongs to where the list names it."""

    kind: Kind
    key: int
    change: Change
    title: str = ""
    cluster: Cluster | None = None
    decision: Decision | None = None


def entries_of(cluster: Cluster, kinds: Iterable[Kind]) -> list[Entry]:
    """Return the changes of the cluster's records of these kinds, the newest first.

    A constant number of queries a kind. Each kind is read from its newest ``LONGEST`` rows.
    """
    entries = []
    for kind in kinds:
        rows = list(
            kind.of_clusters(Cluster.objects.filter(pk=cluster.pk))
            .select_related("pgh_context")
            .order_by("-pgh_id")[:LONGEST]
        )
        rows.sort(key=lambda row: (row.pgh_obj_id, row.pgh_id))
        titles = {row.pgh_id: kind.title_of(row) for row in rows}
        entries += [
            Entry(kind, key, change, titles[change.version])
            for key, change in changes_among(kind.model, rows)
        ]
    return newest_first(entries)


def decisions_of(cluster: Cluster) -> list[Entry]:
    """Return the decisions about the cluster as entries, with what each lays down, in one query."""
    rows = Decision.objects.filter(cluster=cluster).order_by("-pk")
    return [
        Entry(
            DECISIONS,
            row.pk,
            Change(
                when=row.recorded_at,
                who=str(row.recorded_by or _("the system")),
                reason=row.reason,
                label=_("recorded as a correction") if row.corrects_id else _("recorded"),
                fields=tuple(
                    FieldChange(fact.key, fact.label, "–", fact.text) for fact in facts_of_decision(row)
                ),
                person=row.recorded_by_id,
            ),
            " · ".join(part for part in (row.get_kind_display(), row.number) if part),
            decision=row,
        )
        for row in rows.select_related("sets_commune", "sets_investor", "recorded_by")
    ]


def entries_by(
    person: int, clusters: QuerySet[Cluster], since: dt.datetime, until: dt.datetime, kinds: Iterable[Kind]
) -> list[Entry]:
    """Return what a person changed in these clusters between two moments, the newest first."""
    found: list[tuple[Kind, int, Change, str, int | None]] = []
    for kind in kinds:
        earlier = kind.events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        rows = list(
            kind.of_clusters(clusters)
            .filter(pgh_context__metadata__user=person, pgh_created_at__gte=since, pgh_created_at__lt=until)
            .annotate(previous=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
            .select_related("pgh_context")
            .order_by("-pgh_id")[:LONGEST]
        )
        if not rows:
            continue
        rows.sort(key=lambda row: (row.pgh_obj_id, row.pgh_id))
        known = kind.events.in_bulk([row.previous for row in rows if row.previous])
        previous = {row.pgh_id: known[row.previous] for row in rows if row.previous}
        places = {row.pgh_id: kind.cluster_key(row) for row in rows}
        titles = {row.pgh_id: kind.title_of(row) for row in rows}
        for key, change in changes_among(kind.model, rows, previous):
            found.append((kind, key, change, titles[change.version], places[change.version]))
    named = {
        cluster.pk: cluster
        for cluster in Cluster.objects.filter(pk__in={place for *_rest, place in found if place})
        .only("code", "name", "sort_key")
        .order_by("pk")
    }
    return newest_first(
        [Entry(kind, key, change, title, named.get(place or 0)) for kind, key, change, title, place in found]
    )


def decisions_by(
    person: int, clusters: QuerySet[Cluster], since: dt.datetime, until: dt.datetime
) -> QuerySet[Decision]:
    """Return the decisions a person recorded in these clusters between two moments."""
    return (
        Decision.objects.filter(
            cluster__in=clusters.order_by().values("pk"),
            recorded_by_id=person,
            recorded_at__gte=since,
            recorded_at__lt=until,
        )
        .select_related("cluster")
        .order_by("-recorded_at", "-pk")[:LONGEST]
    )


def newest_first(entries: list[Entry]) -> list[Entry]:
    """Order entries of several kinds."""
    return sorted(entries, key=lambda entry: entry.change.when, reverse=True)
