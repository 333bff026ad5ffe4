"""The board: how often each check fails at each place, in one statement whatever the number of clusters.

Every check is one SELECT of failing rows; the board joins them with UNION ALL and groups. A correlated look-up for
each cluster would repeat itself a hundred thousand times; a hash join of each SELECT with the clusters does not.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from clusters.models import Cluster
from clusters.quality.base import INCOMPLETE, Check


@dataclass(frozen=True)
class Tally:
    """How many rows fail, and in how many clusters."""

    rows: int = 0
    clusters: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.rows + other.rows, self.clusters + other.clusters)


@dataclass
class PlaceTally:
    """One place: its clusters, how many of them are complete, and the findings by group."""

    key: int | None
    clusters: int = 0
    complete: int = 0
    groups: dict[str, Tally] = field(default_factory=dict)
    checks: dict[str, Tally] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share of complete clusters (per cent); None without clusters."""
        return self.complete / self.clusters * 100 if self.clusters else None


@dataclass(frozen=True)
class Board:
    """Counts by place and check."""

    places: dict[int | None, PlaceTally]

    @property
    def clusters(self) -> int:
        """All clusters of the board."""
        return sum(place.clusters for place in self.places.values())

    @property
    def complete(self) -> int:
        """Those without anything wrong or missing."""
        return sum(place.complete for place in self.places.values())

    @property
    def share(self) -> float | None:
        """The share of complete clusters (per cent); None without clusters."""
        return self.complete / self.clusters * 100 if self.clusters else None

    @property
    def checks(self) -> dict[str, Tally]:
        """Counts by check over all places; a cluster lies in one place only, so they add up."""
        sums: dict[str, Tally] = {}
        for place in self.places.values():
            for code, tally in place.checks.items():
                sums[code] = sums.get(code, Tally()) + tally
        return sums


_BOARD = """
WITH here(id, place) AS MATERIALIZED ({here}), found(code, topic, cluster_id) AS MATERIALIZED ({found})
SELECT here.place, 'check', found.code, count(*), count(DISTINCT found.cluster_id)
FROM found JOIN here ON here.id = found.cluster_id GROUP BY here.place, found.code
UNION ALL
SELECT here.place, 'group', found.topic, count(*), count(DISTINCT found.cluster_id)
FROM found JOIN here ON here.id = found.cluster_id GROUP BY here.place, found.topic
UNION ALL
SELECT here.place, 'place', '', count(*), count(*) FILTER (WHERE lacking.cluster_id IS NULL)
FROM here LEFT JOIN (SELECT DISTINCT cluster_id FROM found WHERE code = ANY(%s)) lacking ON lacking.cluster_id = here.id
GROUP BY here.place
"""
_NOTHING = "SELECT NULL::text, NULL::text, NULL::bigint WHERE false"


def board_of(checks: Iterable[Check], clusters: models.QuerySet[Cluster], *, by: str, day: dt.date) -> Board:
    """Return the counts of these clusters by the column ``by`` (province_id, commune_id or id); one query.

    A cluster counts as complete when none of the checks that mean "wrong" or "missing" finds it.
    """
    compiled = board_statement(checks, clusters, by=by, day=day)
    if compiled is None:
        return Board({})
    with connection.cursor() as cursor:
        cursor.execute(*compiled)
        return board_from(cursor.fetchall())


def board_from(rows: Iterable[tuple[Any, ...]]) -> Board:
    """Return the board of rows of (place, sort, code, rows that fail, their clusters)."""
    places: dict[int | None, PlaceTally] = {}
    for key, sort, code, findings, in_clusters in rows:
        place = places.setdefault(key, PlaceTally(key))
        if sort == "place":
            place.clusters, place.complete = findings, in_clusters
        else:
            counts = place.checks if sort == "check" else place.groups
            counts[code] = Tally(findings, in_clusters)
    return Board(places)


def board_statement(
    checks: Iterable[Check], clusters: models.QuerySet[Cluster], *, by: str, day: dt.date
) -> tuple[str, list[Any]] | None:
    """Return the statement of a board with its parameters; None where there can be no cluster."""
    checks = list(checks)
    here = _compiled(clusters.order_by().values_list("pk", by))
    if here is None:
        return None
    found, parameters = found_by(checks, clusters, day)
    lacking = [check.code for check in checks if check.severity in INCOMPLETE]
    return _BOARD.format(here=here[0], found=found), [*here[1], *parameters, lacking]


def found_by(
    checks: Iterable[Check], clusters: models.QuerySet[Cluster], day: dt.date
) -> tuple[str, list[Any]]:
    """Return the SELECT of (code, group, cluster id) of everything the checks find in the clusters."""
    parts, parameters = [], []
    for check in checks:
        rows = check.within(clusters, day).order_by().values_list(_key_of(check), "pk")
        compiled = _compiled(rows)
        if compiled is not None:
            # Only literals of this package and placeholders are put together.
            parts.append(f"SELECT %s::text, %s::text, q.c FROM ({compiled[0]}) AS q(c, r)")  # noqa: S608
            parameters += [check.code, str(check.group), *compiled[1]]
    return " UNION ALL ".join(parts) or _NOTHING, parameters


def findings_of(
    checks: Iterable[Check], clusters: models.QuerySet[Cluster], day: dt.date
) -> set[tuple[str, int, int]]:
    """Return (code, cluster id, row id) of everything the checks find in the clusters; one query."""
    parts, parameters = [], []
    for check in checks:
        compiled = _compiled(check.within(clusters, day).order_by().values_list(_key_of(check), "pk"))
        if compiled is not None:
            parts.append(f"SELECT %s::text, q.c, q.r FROM ({compiled[0]}) AS q(c, r)")  # noqa: S608 - as above
            parameters += [check.code, *compiled[1]]
    if not parts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return set(cursor.fetchall())


def _key_of(check: Check) -> models.F:
    return models.F("pk" if check.path == "pk" else f"{check.path}_id")


def _compiled(rows: models.QuerySet) -> tuple[str, tuple[Any, ...]] | None:
    """Return the statement of a queryset; None where Django knows that nothing can match."""
    try:
        statement: tuple[str, tuple[Any, ...]] = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return statement
