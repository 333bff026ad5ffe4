"""What a record belongs to: how its address begins, who may reach it, and which page one returns to."""

from typing import Any, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Function
from clusters.models import Cluster, DevelopmentPlan, InfrastructureProject

Crumbs = list[tuple[Any, str]]


class Parent:
    """A record that stands for itself."""

    prefix: ClassVar[str] = ""
    #: Foreign key of the record to its parent; empty for records that stand for themselves.
    name: ClassVar[str] = ""

    def find(self, user: Any, function: Function, kwargs: dict[str, Any]) -> Any:
        """Return the parent that the address names, or None; raise Http404 for one out of the person's reach."""
        return None

    def rows(self, model: Any, user: Any, function: Function, parent: Any) -> models.QuerySet:
        """Return the records of this parent that the person may reach with the function."""
        rows = model.objects.visible_to(user, function)
        return rows.filter(**{self.name: parent}) if self.name else rows

    def kwargs_of(self, record: Any) -> dict[str, Any]:
        """Return the part of the record's address that names its parent."""
        return self.kwargs(getattr(record, self.name)) if self.name else {}

    def kwargs(self, parent: Any) -> dict[str, Any]:
        """Return the arguments of addresses below the parent."""
        return {}

    def cluster(self, parent: Any) -> Cluster | None:
        """Return the cluster whose figures rest on the record."""
        return None

    def page(self, parent: Any) -> str:
        """Return the address of the parent's page."""
        return ""

    def crumbs(self, parent: Any) -> Crumbs:
        """Return the path to the parent."""
        return []


class ClusterParent(Parent):
    """A record of a cluster: whoever reaches the cluster with the function reaches it."""

    prefix = "clusters/<str:code>/"
    name = "cluster"

    def find(self, user: Any, function: Function, kwargs: dict[str, Any]) -> Cluster:
        """Find the cluster by its code."""
        clusters = Cluster.objects.visible_to(user, function)
        return get_object_or_404(clusters.select_related("province", "commune"), code=kwargs["code"])

    def kwargs(self, parent: Cluster) -> dict[str, Any]:
        """Name the cluster by its code."""
        return {"code": parent.code}

    def cluster(self, parent: Cluster) -> Cluster:
        """The cluster itself."""
        return parent

    def page(self, parent: Cluster) -> str:
        """Return the page of the cluster in the working area."""
        return reverse("registry:cluster", args=[parent.code])

    def crumbs(self, parent: Cluster) -> Crumbs:
        """List, cluster."""
        return [(_("Clusters"), reverse("registry:cluster_list")), (parent.name, self.page(parent))]


class InfrastructureParent(Parent):
    """A record of an infrastructure project."""

    prefix = "clusters/<str:code>/infrastructure/<int:parent>/"
    name = "project"

    def find(self, user: Any, function: Function, kwargs: dict[str, Any]) -> InfrastructureProject:
        """Find the project by its key inside the cluster."""
        projects = InfrastructureProject.objects.visible_to(user, function).select_related(
            "cluster__province"
        )
        return get_object_or_404(projects, cluster__code=kwargs["code"], pk=kwargs["parent"])

    def kwargs(self, parent: InfrastructureProject) -> dict[str, Any]:
        """Name cluster and project."""
        return {"code": parent.cluster.code, "parent": parent.pk}

    def cluster(self, parent: InfrastructureProject) -> Cluster:
        """The cluster of the project."""
        return parent.cluster

    def page(self, parent: InfrastructureProject) -> str:
        """Return the page of the project."""
        return reverse("registry:infrastructure", args=[parent.cluster.code, parent.pk])

    def crumbs(self, parent: InfrastructureProject) -> Crumbs:
        """List, cluster, project."""
        return [*CLUSTER.crumbs(parent.cluster), (parent.name, self.page(parent))]


class PlanParent(Parent):
    """A line of a development plan."""

    prefix = "plans/<int:parent>/"
    name = "plan"

    def find(self, user: Any, function: Function, kwargs: dict[str, Any]) -> DevelopmentPlan:
        """Find the plan by its key."""
        plans = DevelopmentPlan.objects.visible_to(user, function).select_related("province")
        return get_object_or_404(plans, pk=kwargs["parent"])

    def kwargs(self, parent: DevelopmentPlan) -> dict[str, Any]:
        """Name the plan by its key."""
        return {"parent": parent.pk}

    def page(self, parent: DevelopmentPlan) -> str:
        """Return the page of the plan."""
        return reverse("registry:plan", args=[parent.pk])

    def crumbs(self, parent: DevelopmentPlan) -> Crumbs:
        """List, plan."""
        return [(_("Development plans"), reverse("registry:plan_list")), (parent.title, self.page(parent))]


ROOT = Parent()
CLUSTER = ClusterParent()
INFRASTRUCTURE = InfrastructureParent()
PLAN = PlanParent()
