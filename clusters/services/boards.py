"""Count the boards of quality and of the watch list by place, keep the counts, and keep them true.

Each province is counted as a whole once a day and after a change of the checks; a commune in which something was
written (``BoardChange``, noted by triggers) is counted again by the next reader or by the task that runs every few
minutes, whoever comes first.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from clusters.models import BoardChange, BoardCount, BoardState, Cluster
from clusters.quality import QUALITY
from clusters.quality.base import Checks
from clusters.quality.board import board_statement
from clusters.watch import WATCH
from law.current import limit_of, limits_on
from law.models.parameters import DEFAULTS

BOARDS: dict[str, Checks] = {"quality": QUALITY, "watch": WATCH}
#: The first key of the advisory locks that let one process at a time count a province.
_LOCK = 3_032_026
#: Stands for the key of a province in a statement that serves all of them; no row has it and nothing else equals it.
_ANY_PROVINCE = -2_147_483_032
_KEEP = """
INSERT INTO clusters_boardcount (board, province_id, commune_id, sort, code, findings, clusters)
SELECT %s, %s, place, sort, code, findings, clusters
FROM ({statement}) AS counted(place, sort, code, findings, clusters)
"""


def mark_of_checks(province_id: int, day: dt.date) -> str:
    """Return what changes with the checks and with the limits of the province: another one means to count again."""
    checks = [f"{check.code}{check.group}{check.severity}" for board in BOARDS.values() for check in board]
    limits = [f"{key}={limit_of(province_id, key, day)}" for key in DEFAULTS]
    return hashlib.sha256(" ".join(checks + limits).encode()).hexdigest()


@transaction.atomic
def count_province(province_id: int, *, wait: bool = True) -> bool:
    """Count every place of a province anew; return False where another process is at it and ``wait`` is not set."""
    if not _lock(province_id, wait=wait):
        return False
    day = timezone.localdate()
    # What is written from now on is noted anew and not taken away here.
    BoardChange.objects.filter(province_id=province_id).delete()
    BoardCount.objects.filter(province_id=province_id).delete()
    _count(province_id, Q(), day)
    BoardState.objects.update_or_create(
        province_id=province_id,
        defaults={"counted_at": timezone.now(), "day": day, "mark": mark_of_checks(province_id, day)},
    )
    return True


@transaction.atomic
def count_changed(province_id: int, *, wait: bool = True) -> bool:
    """Count the places of a province anew in which something was written since; return False as above."""
    if not _lock(province_id, wait=wait):
        return False
    changes = BoardChange.objects.filter(province_id=province_id)
    changed = list(changes.order_by("pk").values_list("pk", "commune_id"))
    if changed:
        communes = {commune for _pk, commune in changed}
        places = Q(commune_id__in=communes - {None})
        if None in communes:
            places |= Q(commune_id__isnull=True)
        changes.filter(pk__in=[pk for pk, _commune in changed]).delete()
        BoardCount.objects.filter(places, province_id=province_id).delete()
        _count(province_id, places, timezone.localdate())
    BoardState.objects.filter(province_id=province_id).update(counted_at=timezone.now())
    return True


def count_due() -> list[int]:
    """Bring every province up to date, each in a transaction of its own; return those that were counted."""
    day = timezone.localdate()
    states = {state.province_id: state for state in BoardState.objects.order_by("pk")}
    with_clusters = Cluster.objects.counted().order_by("province_id").values_list("province_id", flat=True)
    changed = set(BoardChange.objects.order_by("province_id").values_list("province_id", flat=True))
    counted = []
    for province_id in sorted({*with_clusters.distinct(), *states, *changed}):
        if not is_current(states.get(province_id), province_id, day):
            count_province(province_id)
        elif province_id in changed:
            count_changed(province_id)
        else:
            continue
        counted.append(province_id)
    return counted


def is_current(state: BoardState | None, province_id: int, day: dt.date) -> bool:
    """Say whether a province was counted for the day by the checks and limits of now."""
    return state is not None and state.day == day and state.mark == mark_of_checks(province_id, day)


def _lock(province_id: int, *, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, province_id])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, province_id])
        return bool(cursor.fetchone()[0])


def _count(province_id: int, places: Q, day: dt.date) -> None:
    # Half of the provinces of the past, and many communes, have none.
    if not Cluster.objects.counted().filter(places, province_id=province_id).exists():
        return
    for name in BOARDS:
        if places:
            statement = _statement(name, Q(places, province_id=province_id), day)
        else:
            statement = _for_province(province_id, name, day)
        if statement is not None:
            _keep(name, province_id, *statement)


def _for_province(province_id: int, board: str, day: dt.date) -> tuple[str, list[Any]] | None:
    """Return the statement for a whole province from that for any: putting thirty checks together takes a while."""
    statement = _for_any_province(board, day, frozenset(limits_on(day).items()))
    if statement is None:
        return None
    sql, parameters = statement
    return sql, [province_id if value == _ANY_PROVINCE else value for value in parameters]


@lru_cache(maxsize=8)
def _for_any_province(board: str, day: dt.date, limits: frozenset[Any]) -> tuple[str, list[Any]] | None:
    """Return the statement with ``_ANY_PROVINCE`` where the key of the province belongs; ``limits`` stand in it."""
    return _statement(board, Q(province_id=_ANY_PROVINCE), day)


def _statement(board: str, places: Q, day: dt.date) -> tuple[str, list[Any]] | None:
    return board_statement(BOARDS[board], Cluster.objects.counted().filter(places), by="commune_id", day=day)


def _keep(board: str, province_id: int, statement: str, parameters: Iterable[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(statement=statement), [board, province_id, *parameters])
