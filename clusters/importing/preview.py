"""Judge every row of a workbook against the registry: new, changed, unchanged, wrong, or to be decided."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from clusters.importing.lookups import reserve_keys
from clusters.importing.reading import table_of, workbook_of
from clusters.importing.rows import ReadRow, read_rows
from clusters.importing.specs import SPECS, Run, Spec
from clusters.models import Decision
from clusters.models.imports import ImportBatch, ImportOutcome, ImportRow, ImportState
from core.changes import event_model_of
from core.history import because
from core.sentences import as_json, said_by

#: More rows than this are checked and saved by the queue.
INLINE_ROWS = 500
_CHUNK = 1_000
_DAYS = ("as_of", "source_date")
_COLUMNS = (
    "batch_id", "number", "part", "label", "outcome", "record_id", "attrs", "before", "problems", "cells",
    "candidates", "questions", "result",
)  # fmt: skip


def check_import(*, batch: ImportBatch) -> ImportBatch:
    """Compute the preview of an import anew; returns it in the state CHECKED, or MAPPING with ``fault``.

    Nothing but the import's own rows is written. To be called again after an interruption: it begins anew.
    """
    with alone(batch) as free:
        if not free:
            return batch
        batch.refresh_from_db()
        if batch.state != ImportState.CHECKING:
            return batch
        try:
            judged = _judge(batch)
        except ValidationError as error:
            return _give_up(batch, error)
        with transaction.atomic(), because("import checked"):
            ImportRow.objects.filter(batch=batch).delete()
            _copy_rows(judged)
            _finish(batch)
    return batch


def run_of(batch: ImportBatch, user: Any = None) -> Run:
    """Return what the specs need to know of an import."""
    defaults = {
        key: dt.date.fromisoformat(value) if key in _DAYS and isinstance(value, str) else value
        for key, value in batch.defaults.items()
        if value not in (None, "")
    }
    return Run(user or batch.created_by, batch.province, defaults, batch.choices)


def stored(value: Any) -> Any:
    """Return a value as it is kept in JSON: numbers and dates as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.date) else value


def newest_marks(spec: type[Spec]) -> dict[str, int]:
    """Return the newest entry of the history of the records a kind concerns."""
    if spec.model is Decision or not spec.in_bulk:
        return {"decision": Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0}
    newest = event_model_of(spec.model).objects.aggregate(newest=Max("pgh_id"))["newest"]
    return {"event": newest or 0}


def _judge(batch: ImportBatch) -> list[tuple[Any, ...]]:
    kind = SPECS[batch.kind]
    marks = newest_marks(kind)
    workbook = workbook_of(batch)
    run = run_of(batch)
    spec = kind(run)
    table = table_of(batch, workbook, list(spec.fields.values()))
    del workbook
    batch.total, batch.marks = len(table.rows), marks
    given = {key: value for key, value in run.defaults.items() if key in kind.defaults and key != "plan"}
    mapped = frozenset(batch.mapping)
    rows = read_rows(
        table,
        spec.fields,
        batch.mapping,
        corrections=batch.corrections,
        defaults=given,
        section_key=kind.section_key,
    )
    counts: Counter[str] = Counter()
    judged: list[tuple[Any, ...]] = []
    keys: list[int] = []
    for done, row in enumerate(rows, 1):
        for one in spec.explode(row):
            outcome, attrs, before = spec.judge(one, mapped)
            record_id = (one.known or {}).get("id")
            if outcome is ImportOutcome.NEW and kind.in_bulk:
                keys = keys or reserve_keys(kind.model, _CHUNK)
                record_id = keys.pop()
            if outcome in (ImportOutcome.NEW, ImportOutcome.CHANGED):
                attrs.update(spec.derive({**(one.known or {}), **attrs}))
                before.update(spec.derive(one.known) if one.known else {})
            counts[outcome.value] += 1
            counts.update(problem.severity.value for problem in one.problems)
            judged.append(_as_columns(batch, one, outcome, record_id, attrs, before))
        if done % _CHUNK == 0:
            _tell_progress(batch, done)
    batch.counts = dict(counts)
    batch.new_investors = _investors_to_add(spec)
    return judged


def _as_columns(
    batch: ImportBatch,
    row: ReadRow,
    outcome: ImportOutcome,
    record_id: int | None,
    attrs: Mapping[str, Any],
    before: Mapping[str, Any],
) -> tuple[Any, ...]:
    return (
        batch.pk,
        row.number,
        row.part,
        row.label[:300],
        outcome.value,
        record_id,
        _json({name: stored(value) for name, value in attrs.items()}) if attrs else "{}",
        _json({name: stored(value) for name, value in before.items()}) if before else "{}",
        _json([problem.as_dict() for problem in row.problems]) if row.problems else "[]",
        _json(row.texts) if row.texts else "{}",
        _json(row.candidates) if row.candidates else "[]",
        _json([question.as_dict() for question in row.questions]) if row.questions else "[]",
        _json(row.result) if row.result else "{}",
    )


def _json(value: Any) -> str:
    # The database cannot store the character NUL.
    return json.dumps(value, ensure_ascii=False, default=as_json).replace("\\u0000", "")


def _copy_rows(rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the rows of the preview; COPY takes a tenth of the time of as many inserts."""
    statement = f"COPY clusters_importrow ({', '.join(_COLUMNS)}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (label))"
    with connection.cursor() as cursor:
        for chunk in _chunks(rows, _CHUNK):
            buffer = io.StringIO(newline="")
            csv.writer(buffer).writerows(chunk)
            buffer.seek(0)
            cursor.cursor.copy_expert(statement, buffer)


def _chunks(rows: Iterable[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _investors_to_add(spec: Spec) -> list[dict[str, Any]]:
    investors = getattr(spec, "investors", None)
    if investors is None:
        return []
    return [{"id": pk, **facts} for pk, facts in investors.new.items()]


def _finish(batch: ImportBatch) -> None:
    batch.state, batch.fault, batch.progress = ImportState.CHECKED, None, batch.total
    batch.save()


def _give_up(batch: ImportBatch, why: ValidationError) -> ImportBatch:
    batch.state, batch.fault = ImportState.MAPPING, as_json(said_by(why))
    batch.save()
    return batch


def _tell_progress(batch: ImportBatch, done: int) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(
        progress=done, total=batch.total, updated_at=timezone.now()
    )


def is_held(batch: ImportBatch) -> bool:
    """Say whether a worker that is alive holds the import."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objsubid = 2 "
            "AND classid::bigint = hashtext('import batch')::bigint & 4294967295 AND objid::bigint = %s)",
            [batch.pk],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def alone(batch: ImportBatch) -> Iterator[bool]:
    """Hold the import for one worker; yields whether it was free. A worker that dies lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('import batch'), %s)", [batch.pk])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('import batch'), %s)", [batch.pk])
