"""What of the registry a person may see, and the questions screens ask.

Every list, page, export and REST endpoint starts from ``visible_to``. Without a function it answers a reader: what
is published, and what lies in their scope. With a function it answers an officer at work: only rows inside the
scope of the memberships that hold the function, so that anything else is a 404.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.roles import Function
from accounts.scope import Scope, scope_of
from clusters.choices import ESTABLISHED_STAGES, PlotStatus, Stage
from core.keys import is_among


def _in_scope(scope: Scope, province: str, communes: tuple[str, ...]) -> Q:
    """Return the condition "lies in the scope", given the paths to the province and to the communes."""
    if scope.national:
        return Q()
    condition = Q(pk__in=[])
    if scope.province_ids:
        condition |= Q(**{f"{province}__in": scope.province_ids})
    if scope.commune_ids:
        for path in communes:
            condition |= Q(**{f"{path}__in": scope.commune_ids})
    return condition


class ClusterQuerySet(models.QuerySet):
    """Clusters."""

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep what the person may see; see the module for the two meanings."""
        from clusters.models import Cluster

        # The commune officer's further communes go through a subquery: a join would repeat rows.
        touching = Cluster.other_communes.through.objects
        scope = scope_of(user, function)
        condition = _in_scope(scope, "province_id", ("commune_id",))
        if not scope.national and scope.commune_ids:
            condition |= is_among(touching.filter(commune_id__in=scope.commune_ids).values("cluster_id"))
        if function is None:
            condition |= Q(is_published=True)
            if scope.organisation_ids:
                condition |= Q(investor__organisation_id__in=scope.organisation_ids)
        return self.filter(condition)

    def published(self) -> Self:
        """Keep what the public may see."""
        return self.filter(is_published=True)

    def counted(self) -> Self:
        """Leave out the illustration of the demo, which no figure may count."""
        return self.filter(is_illustration=False)

    def established(self) -> Self:
        """Keep clusters with an establishing decision in force."""
        return self.filter(stage__in=ESTABLISHED_STAGES)

    def operating(self) -> Self:
        """Keep clusters in operation."""
        return self.filter(stage=Stage.OPERATING)

    def with_listing(self) -> Self:
        """Join what a line of a list shows, so that a page costs the same number of queries whatever it holds."""
        return self.select_related("province", "commune", "investor", "figures").defer(
            "boundary", "notes", "search", "search_vector"
        )


class ClusterPartQuerySet(models.QuerySet):
    """Rows that belong to one cluster; they are seen by whoever sees the cluster."""

    cluster_path = "cluster"

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep the rows of clusters the person may see."""
        from clusters.models import Cluster

        scope = scope_of(user, function)
        if scope.national and function is not None:
            return self.all()
        clusters = Cluster.objects.visible_to(user, function)
        return self.filter(**{f"{self.cluster_path}__in": clusters.order_by().values("pk")})

    def latest_as_of(self, day: dt.date) -> Self:
        """Keep rows known on the day, newest first."""
        return self.filter(as_of__lte=day).order_by("-as_of", "-pk")


class InfrastructurePartQuerySet(ClusterPartQuerySet):
    """Rows of an infrastructure project."""

    cluster_path = "project__cluster"


class InspectionPartQuerySet(ClusterPartQuerySet):
    """Rows of an inspection."""

    cluster_path = "inspection__cluster"


class DecisionQuerySet(ClusterPartQuerySet):
    """Recorded decisions."""

    def standing(self) -> Self:
        """Leave out records that a later one corrects."""
        return self.filter(corrected_by__isnull=True)

    def in_replay_order(self) -> Self:
        """Order as they take effect; of one day, as they were recorded."""
        return self.order_by("effective_on", "pk")


class PlotQuerySet(ClusterPartQuerySet):
    """Plots."""

    def free(self) -> Self:
        """Keep plots an investor can have."""
        return self.filter(status=PlotStatus.FREE)


class InvestorQuerySet(models.QuerySet):
    """Investors; they are not bound to a place, so authorities see all of them and others their own."""

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep all for people who work in an authority, the own organisation's rows for an investor's people."""
        scope = scope_of(user, function)
        if scope.national or scope.province_ids or scope.commune_ids:
            return self.all()
        return self.filter(organisation_id__in=scope.organisation_ids)


class PlanQuerySet(models.QuerySet):
    """Development plans; approved ones are public papers."""

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep approved plans for readers, and those of the person's province for officers."""
        scope = scope_of(user, function)
        condition = _in_scope(scope, "province_id", ())
        if scope.commune_ids:
            condition |= Q(province__communes__in=scope.commune_ids)
        if function is None:
            condition |= Q(approved_on__isnull=False)
        return self.filter(condition).distinct()

    def in_force(self, day: dt.date) -> Self:
        """Keep the versions in force on the day."""
        return self.filter(approved_on__lte=day).filter(
            Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
        )


class PlanPartQuerySet(models.QuerySet):
    """Lines of a plan, and what hangs on them."""

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep the lines of plans the person may see."""
        from clusters.models import DevelopmentPlan

        plans = DevelopmentPlan.objects.visible_to(user, function)
        path = "plan" if hasattr(self.model, "plan_id") else "planned_cluster__plan"
        return self.filter(**{f"{path}__in": plans.order_by().values("pk")})


class ClusterCaseQuerySet(models.QuerySet):
    """What dossiers about clusters ask for."""

    def visible_to(self, user: Any, function: Function | None = None) -> Self:
        """Keep the cases whose dossier the person sees."""
        from dossiers.models import Dossier

        return self.filter(dossier__in=Dossier.objects.visible_to(user).order_by().values("pk"))
