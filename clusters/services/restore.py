"""Put a record back to an earlier version, or bring back a removed one, and say beforehand what that contradicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusters.freestanding import ALL_KINDS, FreeKind
from clusters.models import LEGAL_FACTS, Cluster, Decision, DevelopmentPlan, Observation
from clusters.quality import QUALITY
from clusters.quality.base import Check
from clusters.quality.board import findings_of
from clusters.rules import cluster_checklist
from clusters.services.observations import correct_observation
from clusters.services.plans import save_plan
from clusters.services.records import save_record, update_cluster_details
from clusters.services.replay import facts_on
from clusters.services.restore_free import own_contradictions
from clusters.timelines import Kind
from clusters.watch import WATCH
from core.changes import FieldChange, differences, event_model_of, recorded_fields
from core.history import because
from law.rules import Checklist, Outcome

#: Columns of a cluster that neither a decision nor a restore may touch.
#: The rules are asked of at most this many of the clusters that a plan or an investor bears on.
LOOKED_AT = 25
FIXED = frozenset({"code", "province", "is_illustration", *LEGAL_FACTS})


@dataclass(frozen=True)
class LegalChange:
    """A legal fact that differs; only a decision that takes the place of ``source`` can put it back."""

    change: FieldChange
    source: Decision | None


@dataclass
class RestorePreview:
    """What putting a version back would do. ``problems`` stand in the way; ``contradictions`` ask for thought.

    ``cluster`` is None for an investor or a plan. ``hidden`` are columns that the person may not see: they stay as
    they are.
    """

    kind: Kind
    event: Any
    current: Any
    cluster: Cluster | None
    changes: list[FieldChange]
    hidden: frozenset[str] = frozenset()
    legal: list[LegalChange] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    dependents: list[str] = field(default_factory=list)
    removed_with_it: list[tuple[Kind, Any, str]] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        """Whether it can be done, and would change anything."""
        return not self.problems and (self.current is None or bool(self.changes))


def newest_version(kind: Kind, key: int) -> int:
    """Return the key of the newest row of history of a record, 0 if it has none."""
    newest = kind.events.filter(pgh_obj_id=key).order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    return newest or 0


def preview_restore(
    *, kind: Kind, event: Any, cluster: Cluster | None, user: Any, hidden: frozenset[str] = frozenset()
) -> RestorePreview:
    """Return what restoring the version would change and contradict: it is done once, looked at, and undone."""
    current = kind.model._base_manager.filter(pk=event.pgh_obj_id).first()
    found = differences(kind.model, current, event)
    fixed = FIXED if kind.model is Cluster else hidden
    preview = RestorePreview(
        kind=kind,
        event=event,
        current=current,
        cluster=cluster,
        changes=[change for change in found if change.name not in fixed],
        hidden=hidden,
        problems=_missing_holders(kind, event) + _unseen(event, current, hidden),
    )
    if kind.model is Cluster and cluster is not None:
        facts = facts_on(cluster)
        preview.legal = [
            LegalChange(change, facts.source_of(change.name))
            for change in found
            if change.name in LEGAL_FACTS
        ]
    preview.dependents = _entered_since(kind, event) if current is not None else []
    preview.removed_with_it = _removed_with(event) if current is None else []
    if not preview.problems and (preview.changes or current is None):
        _try(preview, user)
    return preview


@transaction.atomic
def restore_version(
    *,
    kind: Kind,
    event: Any,
    cluster: Cluster | None,
    user: Any,
    reason: str,
    seen: int,
    hidden: frozenset[str] = frozenset(),
) -> Any:
    """Put a record back to a version through the services that write it; the history says from which.

    ``seen`` is the newest version that the preview showed. Raise ``ValidationError`` when the record changed since
    or when the services refuse the values.
    """
    if cluster is not None:
        Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    else:
        # Nobody changes the record between the look at its newest version and the restore.
        kind.model._base_manager.select_for_update(of=("self",)).filter(pk=event.pgh_obj_id).first()
    if newest_version(kind, event.pgh_obj_id) != seen:
        raise ValidationError(
            _(
                "Somebody changed the record after this page was opened. Look at the preview again, then restore."
            )
        )
    current = kind.model._base_manager.filter(pk=event.pgh_obj_id).first()
    problems = _missing_holders(kind, event) + _unseen(event, current, hidden)
    if problems:
        raise ValidationError(problems)
    when = timezone.localtime(event.pgh_created_at).strftime("%H:%M %d/%m/%Y")
    words = _("restored from the version of %(when)s: %(reason)s") % {"when": when, "reason": reason}
    with because(words[:300], restored_from=event.pgh_id):
        return _write(kind, event, cluster, user, words[:300], hidden)


def _write(
    kind: Kind, event: Any, cluster: Cluster | None, user: Any, reason: str, hidden: frozenset[str]
) -> Any:
    values = {column.attname: getattr(event, column.attname) for column in recorded_fields(kind.model)}
    if kind.model is Cluster and cluster is not None:
        details = {
            column.attname: values[column.attname]
            for column in recorded_fields(Cluster)
            if column.name not in FIXED
        }
        return update_cluster_details(cluster=cluster, reason=reason, **details)
    row = kind.model._base_manager.select_for_update(of=("self",)).filter(pk=event.pgh_obj_id).first()
    if kind.model is Observation and cluster is not None:
        # Its service also holds the figure against the land there is (V09).
        row = row or Observation(pk=event.pgh_obj_id, cluster=cluster)
        return correct_observation(observation=row, user=user, reason=reason, **values)
    was_removed = row is None
    row = row or kind.model(pk=event.pgh_obj_id)
    for name, value in values.items():
        if name not in hidden:
            setattr(row, name, value)
    if kind.model is DevelopmentPlan:
        save_plan(plan=row, reason=reason)
    else:
        save_record(record=row, reason=reason, cluster=cluster)
    if was_removed and isinstance(kind, FreeKind):
        # A List of a hundred lines is not restored line by line.
        for part, gone, _name in _removed_with(event):
            _write(part, gone, None, user, reason, frozenset())
    return row


def _unseen(event: Any, current: Any, hidden: frozenset[str]) -> list[str]:
    """Refuse to bring back a removed record with data that the person may not see."""
    if current is not None or not any(getattr(event, name) for name in hidden):
        return []
    return [_("The record holds personal data that your account may not see: somebody who may restores it.")]


def _missing_holders(kind: Kind, event: Any) -> list[str]:
    """Name the records that the version points to and that no longer exist."""
    problems = []
    for column in recorded_fields(kind.model):
        key = getattr(event, column.attname)
        if column.remote_field and key is not None:
            related: Any = column.related_model
            if not related._base_manager.filter(pk=key).exists():
                problems.append(
                    _("“%(field)s” names a record that was removed. Restore that one first.")
                    % {"field": capfirst(str(column.verbose_name))}
                )
    return problems


def _try(preview: RestorePreview, user: Any) -> None:
    """Restore inside a savepoint, note what the services refuse and which checks and rules then fail, and undo it."""
    kind, event, day = preview.kind, preview.event, timezone.localdate()
    concerned = kind.concerned(event) if isinstance(kind, FreeKind) else _only(preview.cluster)
    clusters = Cluster.objects.filter(pk__in=list(concerned.order_by("pk").values_list("pk", flat=True)))
    checks: dict[str, Check] = {check.code: check for check in (*QUALITY, *WATCH)}
    found_before = findings_of(checks.values(), clusters, day)
    rules_before = _unmet_of(clusters)
    own_before = own_contradictions(kind.model, event.pgh_obj_id)
    with _undone():
        try:
            with transaction.atomic():
                _write(kind, event, preview.cluster, user, "preview", preview.hidden)
        except ValidationError as error:
            preview.problems += _sentences(error, kind.model)
            return
        except IntegrityError:
            preview.problems.append(_("Another record stands where this one was."))
            return
        said = preview.contradictions
        said += [one for one in own_contradictions(kind.model, event.pgh_obj_id) if one not in own_before]
        for code, _cluster, key in sorted(findings_of(checks.values(), clusters, day) - found_before):
            check = checks[code]
            row = check.listed(clusters, day).get(pk=key)
            parts = [str(part) for part in (check.name(row), check.numbers(row)) if str(part)]
            if preview.cluster is None:
                parts.insert(0, check.cluster_of(row).name)
            said.append(f"{code}: {check.sentence} {' – '.join(parts)}".strip())
        for (key, code), sentence in _unmet_of(clusters).items():
            if (key, code) not in rules_before:
                said.append(f"{code}: {sentence}")


def _only(cluster: Cluster | None) -> models.QuerySet[Cluster]:
    return Cluster.objects.filter(pk=cluster.pk if cluster else 0)


def _unmet_of(clusters: models.QuerySet[Cluster]) -> dict[tuple[int, str], str]:
    """Return the rules that these clusters do not meet, by cluster and code, with the name where there are several."""
    rows = list(clusters.select_related("province").order_by("sort_key", "pk")[:LOOKED_AT])
    unmet = {}
    for cluster in rows:
        for code, sentence in _unmet(cluster_checklist(cluster)).items():
            unmet[cluster.pk, code] = f"{cluster.name}: {sentence}" if len(rows) > 1 else sentence
    return unmet


@contextmanager
def _undone() -> Iterator[None]:
    """Undo whatever the block writes."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _unmet(checklist: Checklist) -> dict[str, str]:
    return {
        finding.rule.code: f"{finding.rule.sentence} {finding.measured}".strip()
        for finding in checklist
        if finding.outcome is Outcome.NOT_MET
    }


def _sentences(error: ValidationError, model: Any) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    names = {column.name: capfirst(str(column.verbose_name)) for column in model._meta.concrete_fields}
    return [
        f"{names[name]}: {sentence}" if name in names else str(sentence)
        for name, sentences in error.message_dict.items()
        for sentence in sentences
    ]


def _entered_since(kind: Kind, event: Any) -> list[str]:
    """Say how many records that rest on this one were entered after the version."""
    said = []
    for relation in kind.model._meta.related_objects:
        related: Any = relation.related_model
        if relation.many_to_many or related._meta.model_name not in ALL_KINDS:
            continue
        newer = related._base_manager.filter(
            **{relation.field.name: event.pgh_obj_id, "created_at__gt": event.pgh_created_at}
        )
        count = newer.count()
        if count:
            said.append(f"{capfirst(str(related._meta.verbose_name_plural))}: {count}")
    return said if kind.model is not Cluster else []


def _removed_with(event: Any) -> list[tuple[Kind, Any, str]]:
    """Return the rows that were removed together with the record because they rested on it."""
    model = event.pgh_tracked_model
    found: list[tuple[Kind, Any, str]] = []
    for kind in ALL_KINDS.values():
        if kind.holder and kind.via is model:
            rows = event_model_of(kind.model).objects.filter(
                **{f"{kind.holder}_id": event.pgh_obj_id},
                pgh_label="delete",
                pgh_context_id=event.pgh_context_id,
            )
            found += [(kind, row, version_name(kind, row)) for row in rows.order_by("pgh_id")]
    return found


def version_name(kind: Kind, event: Any) -> str:
    """Return what a version of a record is called, whether or not the record exists."""
    values: dict[str, Any] = {
        column.attname: getattr(event, column.attname) for column in recorded_fields(kind.model)
    }
    record: models.Model = kind.model(pk=event.pgh_obj_id, **values)
    try:
        return str(record)
    except models.ObjectDoesNotExist:
        return capfirst(str(kind.label))
