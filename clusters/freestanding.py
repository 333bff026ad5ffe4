"""Kinds of records that belong to no cluster: investors, development plans and what hangs on a plan.

They have versions and can be restored like the records of a cluster (``clusters.timelines``); who may, and which
clusters are concerned, follows from the record itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.models import Cluster, ConversionPlan, DevelopmentPlan, Investor, PlannedCluster
from clusters.services.investors import PERSONAL_FIELDS
from clusters.services.tax import is_personal
from clusters.timelines import KINDS, Kind
from core.changes import event_model_of


def _newest(model: Any, key: int | None) -> Any:
    """Return the newest row of history of a record, which outlives it."""
    return event_model_of(model).objects.filter(pgh_obj_id=key).order_by("-pgh_id").first()


def _plan_of(event: Any) -> int | None:
    if event.pgh_tracked_model is DevelopmentPlan:
        return int(event.pgh_obj_id)
    line = (
        _newest(PlannedCluster, event.planned_cluster_id) if hasattr(event, "planned_cluster_id") else event
    )
    return line.plan_id if line else None


def event_of_plan(event: Any) -> Any:
    """Return the newest row of history of the plan that a version belongs to."""
    return _newest(DevelopmentPlan, _plan_of(event))


def _province_of(event: Any) -> int | None:
    plan = event_of_plan(event)
    return plan.province_id if plan else None


def _clusters_of_investor(event: Any) -> Q:
    key = event.pgh_obj_id
    return Q(investor=key) | Q(projects__investor=key) | Q(infrastructure_projects__investor=key)


def _clusters_of_plan(event: Any) -> Q:
    return Q(planned_as__plan=event.pgh_obj_id)


def _clusters_of_line(event: Any) -> Q:
    key = event.pgh_obj_id if event.pgh_tracked_model is PlannedCluster else event.planned_cluster_id
    return Q(planned_as=key) | Q(pk=getattr(event, "cluster_id", None) or 0)


@dataclass(frozen=True)
class FreeKind(Kind):
    """A kind of record of no cluster; ``concerns`` says which clusters a version of it bears on."""

    concerns: Callable[[Any], Q] = _clusters_of_line
    has_place: bool = True

    def cluster_key(self, event: Any) -> int | None:
        """Such a record belongs to no cluster."""
        return None

    def of_clusters(self, clusters: QuerySet[Cluster]) -> QuerySet:
        """Return the rows of history in the provinces of these clusters; investors are bound to no place."""
        if not self.has_place:
            return self.events.all()
        provinces = clusters.order_by().values("province_id")
        plans = event_model_of(DevelopmentPlan).objects.filter(province_id__in=provinces)
        if self.model is DevelopmentPlan:
            return self.events.filter(province_id__in=provinces)
        lines = event_model_of(PlannedCluster).objects.filter(plan_id__in=plans.values("pgh_obj_id"))
        if self.model is PlannedCluster:
            return self.events.filter(plan_id__in=plans.values("pgh_obj_id"))
        return self.events.filter(planned_cluster_id__in=lines.values("pgh_obj_id"))

    def concerned(self, event: Any) -> QuerySet[Cluster]:
        """Return the clusters that a version bears on."""
        return Cluster.objects.filter(
            pk__in=Cluster.objects.filter(self.concerns(event)).order_by().values("pk")
        )

    def is_reached(self, event: Any, user: Any, function: Function) -> bool:
        """Say whether the person reaches the record with the function, whether or not it still exists."""
        scope = scope_of(user, function)
        if scope.national:
            return True
        if not self.has_place:
            return bool(scope.province_ids or scope.commune_ids)
        return _province_of(event) in scope.province_ids

    def up(self, event: Any) -> tuple[str, int | None]:
        """Return the address name and key of the page one comes from; no key where that record is gone."""
        if not self.has_place:
            exists = Investor.objects.filter(pk=event.pgh_obj_id).exists()
            return "investor", event.pgh_obj_id if exists else None
        plan = _plan_of(event)
        return "plan", plan if DevelopmentPlan.objects.filter(pk=plan or 0).exists() else None

    def personal(self, events: list[Any]) -> frozenset[str]:
        """Return the columns that hold a person's data in any of these versions."""
        if self.model is not Investor:
            return frozenset()
        coded = any(is_personal(event.tax_code) for event in events)
        return frozenset({*PERSONAL_FIELDS, *(["tax_code"] if coded else [])})


_FREE = (
    FreeKind(Investor, holder="", concerns=_clusters_of_investor, has_place=False),
    FreeKind(DevelopmentPlan, holder="", function=Function.EDIT_PLAN, concerns=_clusters_of_plan),
    FreeKind(PlannedCluster, holder="plan", via=DevelopmentPlan, function=Function.EDIT_PLAN),
    FreeKind(ConversionPlan, holder="planned_cluster", via=PlannedCluster, function=Function.EDIT_PLAN),
)
FREE_KINDS: dict[str, FreeKind] = {kind.name: kind for kind in _FREE}
#: Every kind of record that has versions and can be restored.
ALL_KINDS: dict[str, Kind] = {**KINDS, **FREE_KINDS}
