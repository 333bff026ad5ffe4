"""Findings of checks as pages show them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clusters.models import Cluster
from clusters.quality.base import Check
from clusters.quality.board import Board, Tally
from clusters.views.workplace.narrowing import Narrowing


@dataclass(frozen=True)
class CheckLine:
    """A check with how often it fails here."""

    check: Check
    tally: Tally


@dataclass(frozen=True)
class Finding:
    """One failing row: its cluster, what it is called, its figures, and where it is mended by whom."""

    check: Check
    cluster: Cluster
    name: str
    numbers: str
    mend: str
    may_mend: bool


def lines_of(checks: Iterable[Check], board: Board) -> list[CheckLine]:
    """Return the checks with their counts, those that find nothing with zero."""
    counts = board.checks
    return [CheckLine(check, counts.get(check.code, Tally())) for check in checks]


def finding_of(check: Check, row: Any, narrowing: Narrowing) -> Finding:
    """Return a failing row as a page shows it."""
    cluster = check.cluster_of(row)
    return Finding(
        check=check,
        cluster=cluster,
        name=check.name(row),
        numbers=str(check.numbers(row)),
        mend=check.mend(row),
        may_mend=narrowing.may(check.function, cluster),
    )


def findings_here(
    checks: Iterable[Check], narrowing: Narrowing, day: dt.date, at_most: int
) -> list[tuple[Check, list[Finding]]]:
    """Return the first findings of each check; one query a check."""
    return [
        (
            check,
            [finding_of(check, row, narrowing) for row in check.listed(narrowing.clusters, day)[:at_most]],
        )
        for check in checks
    ]
