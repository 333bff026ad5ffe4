"""Which records can be changed many at a time, in which fields, and what stands against it in a row.

Legal facts are not among the fields: they change by a recorded decision alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.roles import Function
from clusters.choices import ProjectStage
from clusters.models import Cluster, Plot, SecondaryProject
from clusters.services.figures import refresh_figures
from clusters.services.sums import TAKING_LAND
from core.forms import written
from core.lists.bulk import Outcome, Plan, Refuse, plan_changes, write_changes

SOURCE = ("as_of", "source_class", "source_title", "source_number", "source_date")
FUNCTION = Function.EDIT_REGISTRY


def refuse_nothing(rows: Sequence[Any], values: Mapping[str, Any]) -> dict[Any, str]:
    """Let every row be changed."""
    return {}


def refuse_older(rows: Sequence[Any], values: Mapping[str, Any]) -> dict[Any, str]:
    """Refuse rows whose state is of a later day than the one to be written."""
    day = values.get("as_of")
    return {
        row.pk: _(
            "Its state is of %(newer)s, later than %(day)s. A newer state is not replaced by an older one."
        )
        % {"newer": f"{row.as_of:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"}
        for row in rows
        if day and row.as_of > day
    }


def refuse_projects(rows: Sequence[SecondaryProject], values: Mapping[str, Any]) -> dict[Any, str]:
    """Refuse projects whose days contradict the new stage, or whose land would exceed the industrial land (V09)."""
    reasons = refuse_older(rows, values)
    stage = values.get("stage")
    if not stage:
        return reasons
    for row in rows:
        if stage == ProjectStage.ENDED and not row.ended_on:
            reasons.setdefault(
                row.pk, _("No day is recorded on which it ended. Enter it on the page of the project.")
            )
        elif stage != ProjectStage.ENDED and row.ended_on:
            reasons.setdefault(row.pk, _("It ended on %(day)s.") % {"day": f"{row.ended_on:%d/%m/%Y}"})
        elif stage in (ProjectStage.AGREED, ProjectStage.APPROVED) and row.operating_from:
            reasons.setdefault(
                row.pk, _("It operates since %(day)s.") % {"day": f"{row.operating_from:%d/%m/%Y}"}
            )
    if stage in TAKING_LAND:
        newly = [
            row for row in rows if row.pk not in reasons and row.stage not in TAKING_LAND and row.land_ha
        ]
        reasons |= _beyond_the_land(newly)
    return reasons


def _beyond_the_land(rows: Sequence[SecondaryProject]) -> dict[Any, str]:
    taking = SecondaryProject.objects.filter(
        cluster__in={row.cluster_id for row in rows}, stage__in=[str(stage) for stage in TAKING_LAND]
    )
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for key, total in taking.order_by().values_list("cluster").annotate(total=Sum("land_ha")):
        taken[key] = total or Decimal(0)
    reasons = {}
    for row in rows:
        land, mine = row.cluster.industrial_land_ha, row.land_ha or Decimal(0)
        if land is not None and taken[row.cluster_id] + mine > land:
            reasons[row.pk] = _(
                "With its %(mine)s ha the projects would take more than the industrial land of %(land)s ha "
                "(Decree 32/2024 Art. 2.7, V09)."
            ) % {"mine": written(mine), "land": written(land)}
        else:
            taken[row.cluster_id] += mine
    return reasons


@dataclass(frozen=True, kw_only=True)
class BulkKind:
    """Records that can be changed many at a time.

    ``fields`` may be changed; ``moving`` are facts of a day, which need the day and its source. ``cluster`` is the
    column that names whose figures rest on a record; empty where none do.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    moving: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    refuse: Refuse = refuse_nothing
    cluster: str = ""


BULK_KINDS: dict[str, BulkKind] = {
    "clusters": BulkKind(
        model=Cluster,
        fields=("in_mountainous_district", "formed_before_2009", "is_confirmed", "is_published", "notes"),
    ),
    "projects": BulkKind(
        model=SecondaryProject,
        fields=("stage", "group", "industry", *SOURCE),
        moving=("stage",),
        joins=("cluster", "industry"),
        refuse=refuse_projects,
        cluster="cluster_id",
    ),
    "plots": BulkKind(
        model=Plot,
        fields=("status", *SOURCE),
        moving=("status",),
        joins=("cluster",),
        refuse=refuse_older,
        cluster="cluster_id",
    ),
}


def preview_bulk(*, kind: BulkKind, user: Any, rows: models.QuerySet, values: Mapping[str, Any]) -> Plan:
    """Say what the values would change in each of the rows that the person was shown."""
    _only_bulk_fields(kind, values)
    shown = list(rows.order_by("pk"))
    writable: Any = kind.model._default_manager
    keys = writable.visible_to(user, FUNCTION).filter(pk__in=[row.pk for row in shown])
    return plan_changes(
        rows=shown,
        writable=frozenset(keys.order_by().values_list("pk", flat=True)),
        values=values,
        refuse=kind.refuse,
    )


def change_in_bulk(
    *, kind: BulkKind, user: Any, seen: Mapping[int, str], values: Mapping[str, Any], reason: str
) -> Outcome:
    """Write the values into the rows of a preview that the person may change and nobody changed since."""
    _only_bulk_fields(kind, values)
    manager: Any = kind.model._default_manager

    def lock_clusters(rows: models.QuerySet) -> None:
        # Figures of one cluster are recomputed one writer at a time.
        if not kind.cluster:
            return
        keys = rows.order_by().values(kind.cluster)
        list(Cluster.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)).only("pk"))

    def refresh(rows: Sequence[Any]) -> None:
        if kind.cluster and rows:
            refresh_figures({getattr(row, kind.cluster) for row in rows})

    return write_changes(
        rows=manager.visible_to(user, FUNCTION).select_related(*kind.joins),
        seen=seen,
        values=values,
        reason=reason,
        refuse=kind.refuse,
        before=lock_clusters,
        after=refresh,
    )


def _only_bulk_fields(kind: BulkKind, values: Mapping[str, Any]) -> None:
    strange = set(values) - set(kind.fields)
    if strange:
        raise ValueError(f"These fields are not changed many at a time: {', '.join(sorted(strange))}.")
