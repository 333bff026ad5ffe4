"""Take a saved import back: what was edited since is listed and stays as it is."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from clusters.choices import DecisionKind
from clusters.importing.commit import WRITTEN
from clusters.importing.specs import SPECS, Spec
from clusters.importing.specs.base import STAMPS
from clusters.importing.specs.clusters import DETAILS
from clusters.models import Cluster, Decision
from clusters.models.imports import ImportBatch, ImportKind, ImportOutcome, ImportRow, ImportState
from clusters.services.decisions import record_decision
from clusters.services.figures import refresh_figures
from clusters.services.records import update_cluster_details
from core.changes import event_model_of
from core.history import because
from core.sentences import Sentence
from core.sentences import sentence as _


def kept_rows(batch: ImportBatch) -> list[dict[str, Any]]:
    """Return the rows that undoing would leave as they are, each with the reason."""
    kind = SPECS[batch.kind]
    rows = list(ImportRow.objects.filter(batch=batch, outcome__in=WRITTEN).order_by("number", "part"))
    if batch.kind == ImportKind.DECISIONS:
        reasons = _decisions_since(rows)
    else:
        reasons = _edited_since(batch, kind, rows)
        new = [
            row.record_id for row in rows if row.outcome == ImportOutcome.NEW and row.record_id not in reasons
        ]
        reasons |= _used_since(batch, kind, new)
    return [
        {"row": row.number, "label": row.label, "record": row.record_id, "reason": reasons[row.record_id]}
        for row in rows
        if row.record_id in reasons
    ]


@transaction.atomic
def undo_import(*, batch: ImportBatch, reason: str, user: Any) -> ImportBatch:
    """Remove what the import added and restore what it changed; ``kept_at_undo`` lists what it left alone.

    Raise ValidationError for an import that is not saved or without a reason. Decisions stay in the registry for ever:
    an imported one is taken back by a correction; only a cluster that the import itself opened, and that nobody
    touched, goes with its records.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != ImportState.COMMITTED:
        raise ValidationError(
            _("This import is %(state)s; only a saved one can be undone.")
            % {"state": batch.get_state_display()}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the import is undone; the history shows it.")})
    kind = SPECS[batch.kind]
    kept = kept_rows(batch)
    left = [entry["record"] for entry in kept]
    rows = ImportRow.objects.filter(batch=batch, outcome__in=WRITTEN).exclude(record_id__in=left)
    with because(reason, user=user.pk, user_name=str(user), import_undone=batch.pk):
        if kind.in_bulk:
            clusters = _clusters_of(kind, rows)
            _restore(kind, batch, left)
            _remove(kind, list(_keys(rows, ImportOutcome.NEW)))
            if clusters:
                refresh_figures(clusters)
        else:
            _take_back(batch, list(rows.order_by("-number", "-part")), user, reason)
        batch.state, batch.undone_at, batch.undone_by = ImportState.UNDONE, timezone.now(), user
        batch.kept_at_undo = [{**entry, "reason": entry["reason"].as_json()} for entry in kept]
        batch.save()
    return batch


def _edited_since(batch: ImportBatch, kind: type[Spec], rows: Iterable[ImportRow]) -> dict[int, Sentence]:
    """Return, by key, who wrote records after the import did."""
    keys = [row.record_id for row in rows]
    events = event_model_of(kind.model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (e.pgh_obj_id) e.pgh_obj_id, c.metadata->>'import_batch', e.pgh_label, "  # noqa: S608
            f"coalesce(c.metadata->>'user_name', ''), e.pgh_created_at FROM {events._meta.db_table} e "
            "LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.pgh_obj_id = ANY(%s) "
            "ORDER BY e.pgh_obj_id, e.pgh_id DESC",
            [keys],
        )
        found = cursor.fetchall()
    reasons = {}
    for key, import_batch, label, person, when in found:
        if import_batch == str(batch.pk):
            continue
        facts = {"person": person or "–", "day": timezone.localtime(when).strftime("%d/%m/%Y %H:%M")}
        reasons[key] = (
            _("removed by %(person)s, %(day)s") if label == "delete" else _("changed by %(person)s, %(day)s")
        ) % facts
    return reasons


def _used_since(batch: ImportBatch, kind: type[Spec], keys: list[Any]) -> dict[int, Sentence]:
    """Return, by key, which further records hang on records the import added."""
    reasons: dict[int, Sentence] = {}
    own = set()
    if batch.kind == ImportKind.CLUSTERS:
        rows = ImportRow.objects.filter(batch=batch, record_id__in=keys).values_list(
            "result__decision", flat=True
        )
        own = set(rows)
    for relation in kind.model._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.label.endswith("Event") or model._meta.model_name == "figures":
            continue
        name = relation.field.name
        hanging = model._base_manager.filter(**{f"{name}__in": keys})
        if model is Decision and relation.field.name == "cluster":
            hanging = hanging.exclude(pk__in=own)
        if relation.many_to_many and batch.kind != ImportKind.PLOTS and batch.kind != ImportKind.PROJECTS:
            continue
        for key in hanging.order_by().values_list(name, flat=True).distinct():
            if key in keys:
                reasons[key] = _("in use since: %(what)s") % {"what": model._meta.verbose_name}
    return reasons


def _decisions_since(rows: Iterable[ImportRow]) -> dict[int, Sentence]:
    corrected = set(
        Decision.objects.filter(corrects__in=[row.record_id for row in rows]).values_list(
            "corrects_id", flat=True
        )
    )
    return {key: _("corrected since") for key in corrected if key is not None}


def _keys(rows: Any, outcome: ImportOutcome) -> Iterable[int]:
    return rows.filter(outcome=outcome).order_by().values_list("record_id", flat=True)


def _clusters_of(kind: type[Spec], rows: Any) -> list[int]:
    if not any(field.attname == "cluster_id" for field in kind.model._meta.concrete_fields):
        return []
    keys = rows.order_by().values("record_id")
    found = kind.model._default_manager.filter(pk__in=keys).order_by().values_list("cluster_id", flat=True)
    clusters = sorted(pk for pk in set(found) if pk is not None)
    list(Cluster.objects.filter(pk__in=clusters).order_by("pk").select_for_update(of=("self",)).only("pk"))
    return clusters


def _remove(kind: type[Spec], keys: list[int]) -> None:
    kind.model._default_manager.filter(pk__in=keys).delete()


def _restore(kind: type[Spec], batch: ImportBatch, left: list[int]) -> None:
    table = kind.model._meta.db_table
    names = [
        field.column
        for field in kind.model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in STAMPS)
    ]
    updates = ", ".join(f'"{name}" = n."{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {updates}, updated_at = now() "  # noqa: S608 - own columns
            f"FROM clusters_importrow i JOIN {table} o ON o.id = i.record_id "
            "CROSS JOIN LATERAL jsonb_populate_record(o, i.before) n "
            "WHERE t.id = o.id AND i.batch_id = %s AND i.outcome = %s AND NOT i.record_id = ANY(%s)",
            [batch.pk, ImportOutcome.CHANGED.value, left],
        )


def _take_back(batch: ImportBatch, rows: list[ImportRow], user: Any, reason: str) -> None:
    """Undo records of legal facts, the latest first."""
    opened = [row for row in rows if row.result.get("opened")]
    for row in rows:
        if row in opened:
            continue
        if row.result.get("decision"):
            _correct(Decision.objects.select_related("cluster").get(pk=row.result["decision"]), user, reason)
        details = {name: value for name, value in row.before.items() if name in DETAILS}
        if batch.kind == ImportKind.CLUSTERS and details:
            update_cluster_details(
                cluster=Cluster.objects.get(pk=row.record_id or 0), reason=reason, **details
            )
    keys: list[Any] = [row.record_id for row in opened]
    with pgtrigger.ignore("clusters.Decision:append_only"):
        Decision.objects.filter(pk__in=[row.result["decision"] for row in opened]).delete()
    Cluster.objects.filter(pk__in=keys).delete()


def _correct(decision: Decision, user: Any, reason: str) -> None:
    """Record that an imported decision lays nothing down, so that the facts are those from before."""
    record_decision(
        cluster=decision.cluster,
        kind=DecisionKind.CORRECT,
        sets={},
        effective_on=decision.effective_on,
        user=user,
        reason=reason,
        corrects=decision,
    )
