"""Findings of checks as pages show them."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.quality.base import Check
from clusters.quality.board import Board, Tally
from clusters.views.workplace.narrowing import Narrowing
from core.lists.export import BYTE_ORDER_MARK
from core.workbooks.delimited import FORMULA_STARTS


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


class _Echo:
    """A file that hands every line on instead of keeping it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def findings_file(
    request: HttpRequest, check: Check, narrowing: Narrowing, day: dt.date
) -> StreamingHttpResponse:
    """Return everything a check finds as CSV for spreadsheets, streamed, with the address where each is mended."""
    lines = _lines(request, check, narrowing, day, translation.get_language() or "vi")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{check.code}-{day:%Y%m%d}.csv"'
    return response


def _lines(
    request: HttpRequest, check: Check, narrowing: Narrowing, day: dt.date, language: str
) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The answer is sent when the request's language is no longer in force.
    with translation.override(language):
        heads = [_("Code"), _("Cluster"), _("Commune"), _("Province"), _("Record"), _("What was found")]
        yield BYTE_ORDER_MARK + writer.writerow([*heads, _("Where it is mended")])
    for row in check.listed(narrowing.clusters, day).iterator(chunk_size=1000):
        with translation.override(language):
            finding = finding_of(check, row, narrowing)
            cluster = finding.cluster
            cells = [
                cluster.code,
                cluster.name,
                cluster.commune.full_name if cluster.commune else "",
                cluster.province.full_name,
                finding.name,
                finding.numbers or str(check.sentence),
                request.build_absolute_uri(finding.mend),
            ]
            line = writer.writerow([_harmless(cell) for cell in cells])
        yield line


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
