"""The board a page shows: read from the counts that are kept where there are any, counted now where there are not.

Counts are kept by province and commune (``clusters.services.boards``). A page on one commune or one cluster, and a
person whose scope is communes, look at few clusters: these are counted when asked.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from clusters.models import BoardChange, BoardCount, BoardState, Cluster
from clusters.quality.base import Check
from clusters.quality.board import Board, board_from, board_of
from clusters.services.boards import BOARDS, count_changed, count_province, is_current

#: A reader waits for at most this many clusters to be counted again; more are left to the task.
AT_ONCE = 1_500

# How many clusters lie in the places that changed, as they were counted last.
_CHANGED = """
SELECT coalesce(sum(kept.findings), 0) FROM (
    SELECT DISTINCT province_id, commune_id FROM clusters_boardchange WHERE province_id = ANY(%s)
) changed
JOIN clusters_boardcount kept ON kept.board = 'quality' AND kept.sort = 'place'
    AND kept.province_id = changed.province_id AND kept.commune_id IS NOT DISTINCT FROM changed.commune_id
"""


@dataclass(frozen=True)
class Counted:
    """A board with the moment it is true of; ``is_behind`` where something was written since."""

    board: Board
    at: dt.datetime
    is_behind: bool = False


def board_here(
    name: str,
    clusters: QuerySet[Cluster],
    *,
    by: str,
    day: dt.date,
    provinces: Sequence[int] | None,
    check: Check | None = None,
) -> Counted:
    """Return a board (``quality`` or ``watch``), or the counts of one of its checks, by the column ``by``.

    ``provinces`` are those whose kept counts answer, each as a whole; None where the clusters are to be counted.
    """
    if provinces is None:
        checks = BOARDS[name] if check is None else [check]
        return Counted(board_of(checks, clusters, by=by, day=day), timezone.now())
    at, is_behind = bring_up_to_date(provinces, day)
    kept = BoardCount.objects.filter(board=name, province_id__in=provinces)
    if check is not None:
        kept = kept.filter(sort="check", code=check.code)
    rows = kept.order_by().values_list(by, "sort", "code").annotate(Sum("findings"), Sum("clusters"))
    return Counted(board_from(rows), at, is_behind)


def bring_up_to_date(provinces: Sequence[int], day: dt.date) -> tuple[dt.datetime, bool]:
    """Count what changed where that is quick; return the moment the counts are true of, and whether they are behind.

    A province that was never counted is counted whatever it takes: there is nothing else to show.
    """
    states = {
        state.province_id: state
        for state in BoardState.objects.filter(province_id__in=provinces)
        .annotate(changed=Exists(BoardChange.objects.filter(province_id=OuterRef("province_id"))))
        .order_by("province_id")
    }
    for province in sorted(set(provinces) - states.keys()):
        count_province(province)
    old = [key for key, state in states.items() if not is_current(state, key, day)]
    changed = [key for key, state in states.items() if state.changed and key not in old]  # type: ignore[attr-defined]  # annotated
    behind = set(old + changed)
    if behind and _size(old, changed) <= AT_ONCE:
        done = [key for key in old if count_province(key, wait=False)]
        done += [key for key in changed if count_changed(key, wait=False)]
        behind -= set(done)
    if behind:
        return min(states[key].counted_at for key in behind), True
    return timezone.now(), False


def _size(old: Sequence[int], changed: Sequence[int]) -> int:
    """Return how many clusters would have to be counted."""
    kept = BoardCount.objects.filter(board="quality", sort="place", province_id__in=old)
    size: int = kept.aggregate(size=Sum("findings"))["size"] or 0
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, [list(changed)])
            size += cursor.fetchone()[0]
    return size
