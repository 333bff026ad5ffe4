"""Findings of checks as pages show them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.quality.base import Check
from clusters.quality.board import Board, Tally
from clusters.views.workplace.narrowing import Narrowing
from core.lists.plain import export_plain, text_column


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
            [finding_of(check, row, narrowing) for row in _first(check, narrowing, day, at_most)],
        )
        for check in checks
    ]


def _first(check: Check, narrowing: Narrowing, day: dt.date, at_most: int) -> QuerySet:
    # Their keys are ordered without all that a line shows, which is then read for those few rows alone.
    keys = check.keys(narrowing.clusters, day)[:at_most]
    return check.listed(narrowing.clusters, day).filter(pk__in=keys)


def findings_file(
    request: HttpRequest,
    checks: Sequence[Check],
    narrowing: Narrowing,
    day: dt.date,
    *,
    name: str,
    title: Any,
    conditions: Sequence[tuple[Any, Any]] = (),
) -> HttpResponseBase:
    """Return everything the checks find as CSV or workbook, streamed, with the address where each is mended."""
    columns = [
        text_column("check", _("Check")),
        text_column("weight", _("Weight")),
        text_column("code", _("Code")),
        text_column("cluster", _("Cluster")),
        text_column("commune", _("Commune")),
        text_column("province", _("Province")),
        text_column("record", _("Record")),
        text_column("found", _("What was found")),
        text_column("figures", _("Figures")),
        text_column("basis", _("Basis")),
        text_column("remedy", _("What to do")),
        text_column("mend", _("Where it is mended")),
    ]
    return export_plain(
        request,
        name=name,
        title=capfirst(str(title)),
        columns=columns,
        rows=partial(_rows, request, checks, narrowing, day),
        count=sum(check.within(narrowing.clusters, day).count() for check in checks),
        conditions=[*narrowing.conditions, *conditions],
    )


def _rows(
    request: HttpRequest, checks: Sequence[Check], narrowing: Narrowing, day: dt.date
) -> Iterator[tuple[str, ...]]:
    for check in checks:
        words = [str(check.severity.label), str(check.sentence), str(check.basis), str(check.remedy)]
        weight, sentence, basis, remedy = words
        for row in check.listed(narrowing.clusters, day).iterator(chunk_size=1000):
            finding = finding_of(check, row, narrowing)
            cluster = finding.cluster
            yield (
                check.code,
                weight,
                cluster.code,
                cluster.name,
                cluster.commune.full_name if cluster.commune else "",
                cluster.province.full_name,
                finding.name,
                sentence,
                finding.numbers,
                basis,
                remedy,
                request.build_absolute_uri(finding.mend),
            )
