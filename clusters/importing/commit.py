"""Write what the preview showed: all rows in one transaction, with one reason, one history entry a row."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from clusters.importing.preview import alone, check_import, run_of
from clusters.importing.specs import SPECS, Spec
from clusters.importing.specs.base import STAMPS, blank_record
from clusters.models import Cluster, Decision, Investor
from clusters.models.imports import ImportBatch, ImportOutcome, ImportRow, ImportState
from clusters.services.figures import refresh_figures
from clusters.services.searching import investor_keys
from core.changes import event_model_of
from core.history import because
from core.sentences import as_json, said_by
from core.sentences import sentence as _

WRITTEN = (ImportOutcome.NEW, ImportOutcome.CHANGED)


class ChangedSince(ValidationError):
    """Somebody changed records after the preview; it has to be computed and looked at again."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Records changed in the registry after this preview. It was computed again; look at it, then save."
            )
        )


def ask_to_commit(*, batch: ImportBatch, reason: str, user: Any) -> ImportBatch:
    """Set the state from which :func:`commit_import` starts. Raise ValidationError where it may not."""
    with transaction.atomic(), because(reason):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state != ImportState.CHECKED:
            raise ValidationError(
                _("This import is %(state)s; only a checked one can be saved.")
                % {"state": batch.get_state_display()}
            )
        if not reason.strip():
            raise ValidationError({"reason": _("Say why this is recorded; the history shows it.")})
        counts = batch.counts
        open_rows = counts.get(ImportOutcome.ASKED, 0) + counts.get(ImportOutcome.WRONG, 0)
        if open_rows:
            raise ValidationError(
                _("%(count)s rows are wrong or not decided. Correct them or leave them out; then save.")
                % {"count": open_rows}
            )
        if not any(counts.get(outcome, 0) for outcome in WRITTEN):
            raise ValidationError(_("There is nothing to save: no row is new or changed."))
        batch.state, batch.reason, batch.committed_by, batch.fault = (
            ImportState.COMMITTING,
            reason,
            user,
            None,
        )
        batch.interruptions = 0
        batch.save()
    return batch


def commit_import(*, batch: ImportBatch) -> ImportBatch:
    """Write the rows of an import in the state COMMITTING; afterwards it is COMMITTED, or CHECKED with ``fault``.

    All or nothing. To be called again after an interruption: what was not finished left nothing behind.
    """
    with alone(batch) as free:
        batch.refresh_from_db()
        if not free or batch.state != ImportState.COMMITTING:
            return batch
        try:
            with transaction.atomic():
                _commit(batch)
        except ChangedSince as stale:
            _back(batch, stale)
        except ValidationError as error:
            _back(batch, error)
            return batch
        except IntegrityError:
            # Somebody recorded the same plot or tax code meanwhile; the preview tells which.
            _back(batch, ChangedSince())
        else:
            return batch
    fault = batch.fault
    batch.state = ImportState.CHECKING
    batch.save()
    check_import(batch=batch)
    ImportBatch.objects.filter(pk=batch.pk).update(fault=fault)
    batch.fault = fault
    return batch


def _back(batch: ImportBatch, why: ValidationError) -> None:
    batch.state, batch.fault = ImportState.CHECKED, as_json(said_by(why))
    batch.save()


def _commit(batch: ImportBatch) -> None:
    kind = SPECS[batch.kind]
    user = batch.committed_by or batch.created_by
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"import {batch.kind} {batch.file.sha256}"]
        )
        if not cursor.fetchone()[0]:
            raise ValidationError(
                _("Somebody is saving this very file at this moment. Wait until it is saved.")
            )
    clusters = _clusters_of(batch)
    list(Cluster.objects.filter(pk__in=clusters).order_by("pk").select_for_update(of=("self",)).only("pk"))
    if _changed_since(batch, kind, clusters):
        raise ChangedSince
    with because(batch.reason, user=user.pk, user_name=str(user), import_batch=batch.pk):
        _add_investors(batch)
        if kind.in_bulk:
            _write_in_bulk(batch, kind)
            if clusters:
                refresh_figures(clusters)
        else:
            _write_one_by_one(batch, kind(run_of(batch, user)))
        batch.state, batch.committed_at = ImportState.COMMITTED, timezone.now()
        batch.save()


def _clusters_of(batch: ImportBatch) -> list[int]:
    """Return the clusters whose records are written, by primary key."""
    rows = ImportRow.objects.filter(batch=batch, outcome__in=WRITTEN)
    found = set(rows.order_by().values_list("attrs__cluster_id", flat=True).distinct())
    model = SPECS[batch.kind].model
    if any(field.attname == "cluster_id" for field in model._meta.concrete_fields):
        changed = rows.filter(outcome=ImportOutcome.CHANGED).order_by().values("record_id")
        found |= set(
            model._default_manager.filter(pk__in=changed)
            .order_by()
            .values_list("cluster_id", flat=True)
            .distinct()
        )
    return sorted(pk for pk in found if pk is not None)


def _changed_since(batch: ImportBatch, kind: type[Spec], clusters: list[int]) -> bool:
    """Say whether records that the preview looked at were changed after it."""
    if "decision" in batch.marks:
        newer = Decision.objects.filter(pk__gt=batch.marks["decision"])
        return newer.filter(cluster__province=batch.province_id).exists()
    events = event_model_of(kind.model)
    newer_events = events.objects.filter(pgh_id__gt=batch.marks.get("event", 0))
    columns = {field.attname for field in events._meta.concrete_fields}
    if "cluster_id" in columns and kind.section_key == "cluster":
        return bool(newer_events.filter(cluster_id__in=clusters).exists())
    if "plan_id" in columns:
        return bool(newer_events.filter(plan_id=batch.defaults.get("plan")).exists())
    return bool(newer_events.exists())


def _add_investors(batch: ImportBatch) -> None:
    """Add the investors that written rows name and the registry does not know."""
    if not batch.new_investors:
        return
    needed = set()
    for name in ("investor_id", "sets_investor_id"):
        rows = ImportRow.objects.filter(batch=batch, outcome__in=WRITTEN).order_by()
        needed |= set(rows.values_list(f"attrs__{name}", flat=True).distinct())
    Investor.objects.bulk_create(
        [
            Investor(
                pk=facts["id"],
                name=facts["name"],
                tax_code=facts["tax_code"],
                **investor_keys(facts["name"], facts["tax_code"]),
            )
            for facts in batch.new_investors
            if facts["id"] in needed
        ],
        batch_size=1_000,
    )


def _write_in_bulk(batch: ImportBatch, kind: type[Spec]) -> None:
    """Insert and update by one statement each; the database reads the values from the rows of the preview."""
    table = kind.model._meta.db_table
    names = [
        field.column
        for field in kind.model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in STAMPS)
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f'n."{name}"' for name in names)
    updates = ", ".join(f'"{name}" = n."{name}"' for name in names)
    facts: dict[str, str | int] = {
        "batch": batch.pk,
        "blank": json.dumps(blank_record(kind.model)),
        "new": "new",
        "changed": "changed",
    }
    insert = (
        f"INSERT INTO {table} (id, {columns}, created_at, updated_at) "  # noqa: S608 - own columns
        f"SELECT i.record_id, {values}, now(), now() FROM clusters_importrow i "
        f"CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, %(blank)s::jsonb || i.attrs) n "
        "WHERE i.batch_id = %(batch)s AND i.outcome = %(new)s ORDER BY i.number, i.part"
    )
    update = (
        f"UPDATE {table} t SET {updates}, updated_at = now() "  # noqa: S608 - own columns
        f"FROM clusters_importrow i JOIN {table} o ON o.id = i.record_id "
        "CROSS JOIN LATERAL jsonb_populate_record(o, i.attrs) n "
        "WHERE t.id = o.id AND i.batch_id = %(batch)s AND i.outcome = %(changed)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, facts)
        if batch.counts.get(ImportOutcome.CHANGED):
            cursor.execute(update, facts)


def _write_one_by_one(batch: ImportBatch, spec: Spec) -> None:
    """Write legal facts through the service that records decisions; the first refusal ends the whole."""
    rows = list(ImportRow.objects.filter(batch=batch, outcome__in=WRITTEN).order_by("number", "part"))
    for row in rows:
        attrs = {name: _typed(spec, name, value) for name, value in row.attrs.items()}
        record = row.record_id if row.outcome == ImportOutcome.CHANGED else None
        try:
            key, written = spec.write(attrs, row.result, record, reason=batch.reason)
        except ValidationError as error:
            raise ValidationError(
                _("Row %(row)s (%(name)s) was refused, and nothing was saved: %(why)s")
                % {"row": row.number, "name": row.label, "why": said_by(error)}
            ) from error
        row.record_id, row.result = key, {**row.result, **written}
    ImportRow.objects.bulk_update(rows, ["record_id", "result"], batch_size=500)


def _typed(spec: Spec, name: str, value: Any) -> Any:
    """Return a value kept in JSON as the column has it."""
    if not isinstance(value, str):
        return value
    bare = name.removeprefix("sets_")
    for model in (spec.model, Cluster):
        fields = {field.name: field for field in model._meta.concrete_fields}
        if bare in fields:
            return fields[bare].to_python(value)
    return value
