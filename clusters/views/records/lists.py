"""Lists of the registry's records in an officer's scope."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import (
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from accounts.permissions import RequiresFunction, can
from accounts.roles import Function
from clusters.filters import records as filters
from clusters.models import (
    Cluster,
    DevelopmentPlan,
    InfrastructureProject,
    Inspection,
    Investor,
    Obstacle,
    PaidCapital,
    Plot,
    SecondaryProject,
)
from clusters.tables import exports
from clusters.tables import records as tables
from clusters.views.provinces import NOTHING_YET, NamesProvinces, area_of
from clusters.views.records.infrastructure import INFRASTRUCTURE_PROJECT
from clusters.views.records.inspections import INSPECTION
from clusters.views.records.investors import INVESTOR
from clusters.views.records.plans import PLAN_SCREEN
from clusters.views.records.plots import PLOT
from clusters.views.records.progress import OBSTACLE
from clusters.views.records.projects import PROJECT
from clusters.views.records.screens import RecordScreen
from clusters.views.workplace.bulk import BulkEditable
from core.lists import FilteredListView


class RecordListView(RequiresFunction, FilteredListView):
    """The list of a screen; rows lie where the person may see the registry."""

    function = Function.VIEW_REGISTRY
    template_name = "clusters/records/list.html"
    empty_text = NOTHING_YET
    screen: ClassVar[RecordScreen]
    joins: ClassVar[tuple[str, ...]] = ()

    def rows(self) -> QuerySet:
        """Return the records in reach with what a line shows."""
        rows = self.model.objects.visible_to(self.request.user, Function.VIEW_REGISTRY)
        return rows.select_related(*self.joins) if self.joins else rows

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Add the screen, and whether records can be entered from here: those of a cluster start at the cluster."""
        standing_alone = not self.screen.parent.name
        return super().get_context_data(
            screen=self.screen,
            may_create=standing_alone and can(self.request.user, self.screen.function),
            may_write=can(self.request.user, self.screen.function),
            create_name=f"registry:{self.screen.name}_create",
            **{"hint": "", **extra},
        )


class ClusterPartListView(NamesProvinces, RecordListView):
    """A list of records that belong to clusters."""

    joins: ClassVar[tuple[str, ...]] = ("cluster__province",)


class InvestorListView(RecordListView):
    """Investors with the number of clusters they build and projects they run, within the person's reach."""

    list_name = "registry-investors"
    model = Investor
    filterset_class = filters.InvestorFilter
    table_class = tables.InvestorTable
    export_columns = exports.INVESTORS
    screen = INVESTOR
    default_columns = ("name", "kind", "tax_code", "country", "clusters", "projects")

    def rows(self) -> QuerySet:
        """Count in subqueries: two joins would multiply each other."""
        clusters = Cluster.objects.visible_to(self.request.user, Function.VIEW_REGISTRY)
        projects = SecondaryProject.objects.visible_to(self.request.user, Function.VIEW_REGISTRY)
        return (
            super()
            .rows()
            .annotate(
                cluster_count=_count(clusters.filter(investor=OuterRef("pk")), "investor"),
                project_count=_count(projects.filter(investor=OuterRef("pk")), "investor"),
            )
        )

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Say where the clusters and projects lie that are counted: a zero is not the same as idle."""
        where = area_of(self.request.user)
        hint = where and _(
            "Clusters and projects are counted in %(where)s alone: an investor with 0 may be at work elsewhere."
        ) % {"where": where}
        return super().get_context_data(hint=hint, **extra)


class InfrastructureListView(ClusterPartListView):
    """Infrastructure projects with the newest capital paid."""

    list_name = "registry-infrastructure"
    model = InfrastructureProject
    filterset_class = filters.InfrastructureFilter
    table_class = tables.InfrastructureTable
    export_columns = exports.INFRASTRUCTURE
    screen = INFRASTRUCTURE_PROJECT
    joins = ("cluster__province", "investor")
    default_columns = ("name", "cluster", "investor", "status", "total_investment", "paid", "paid_as_of")

    def rows(self) -> QuerySet:
        """Add the newest statement of capital paid."""
        newest = PaidCapital.objects.filter(project=OuterRef("pk")).order_by("-as_of", "-pk")
        return (
            super()
            .rows()
            .annotate(
                paid_amount=Subquery(newest.values("amount")[:1]),
                paid_as_of=Subquery(newest.values("as_of")[:1]),
            )
            .annotate(
                paid_share=ExpressionWrapper(
                    F("paid_amount") * Value(Decimal(100)) / NullIf(F("total_investment"), Value(Decimal(0))),
                    output_field=DecimalField(max_digits=12, decimal_places=4),
                )
            )
        )


class PlotListView(BulkEditable, ClusterPartListView):
    """Plots."""

    list_name = "registry-plots"
    bulk_kind = "plots"
    model = Plot
    filterset_class = filters.PlotFilter
    table_class = tables.PlotTable
    export_columns = exports.PLOTS
    export_geometry = exports.PLOT_GEOMETRY
    screen = PLOT
    fixed_columns = ("code",)
    default_columns = ("code", "cluster", "area_ha", "status", "price_per_m2", "available_from", "as_of")


class ProjectListView(BulkEditable, ClusterPartListView):
    """Secondary projects."""

    list_name = "registry-projects"
    bulk_kind = "projects"
    model = SecondaryProject
    filterset_class = filters.ProjectFilter
    table_class = tables.ProjectTable
    export_columns = exports.PROJECTS
    screen = PROJECT
    joins = ("cluster__province", "investor", "industry")
    default_columns = ("name", "cluster", "investor", "stage", "capital", "land_ha", "as_of")

    def rows(self) -> QuerySet:
        """Leave the search columns in the database."""
        return super().rows().defer("search", "search_vector")


class InspectionListView(ClusterPartListView):
    """Inspections with the number of violations and of those not mended."""

    list_name = "registry-inspections"
    model = Inspection
    filterset_class = filters.InspectionFilter
    table_class = tables.InspectionTable
    export_columns = exports.INSPECTIONS
    screen = INSPECTION
    joins = ("cluster__province", "project")
    fixed_columns = ("subject",)
    default_columns = (
        "subject",
        "cluster",
        "inspected_on",
        "authority",
        "violations",
        "open_violations",
        "next_due",
    )

    def rows(self) -> QuerySet:
        """Count what was found and what is still open."""
        still_open = Q(violations__remedied_on__isnull=True)
        return (
            super()
            .rows()
            .annotate(
                violation_count=Count("violations"),
                open_count=Count("violations", filter=still_open),
                next_due=Min("violations__due_on", filter=still_open),
            )
        )


class ObstacleListView(ClusterPartListView):
    """Obstacles."""

    list_name = "registry-obstacles"
    model = Obstacle
    filterset_class = filters.ObstacleFilter
    table_class = tables.ObstacleTable
    export_columns = exports.OBSTACLES
    screen = OBSTACLE
    fixed_columns = ("what",)
    default_columns = ("what", "cluster", "who_must_act", "what_is_asked", "due_on", "state")


class PlanListView(RecordListView):
    """Versions of development plans with number and area of their lines; withdrawn lines are not counted."""

    list_name = "registry-plans"
    model = DevelopmentPlan
    filterset_class = filters.PlanFilter
    table_class = tables.PlanTable
    export_columns = exports.PLANS
    screen = PLAN_SCREEN
    default_columns = (
        "title", "province", "version", "period_to", "decision_number", "approved_on", "state", "lines", "area",
    )  # fmt: skip
    fixed_columns = ("title",)
    joins = ("province",)

    def rows(self) -> QuerySet:
        """Count the lines that stand."""
        standing = Q(planned_clusters__withdrawal__isnull=True)
        return (
            super()
            .rows()
            .annotate(
                line_count=Count("planned_clusters", filter=standing, distinct=True),
                line_area=Subquery(
                    DevelopmentPlan.objects.filter(pk=OuterRef("pk"))
                    .order_by()
                    .annotate(area=Sum("planned_clusters__area_ha", filter=standing))
                    .values("area")
                ),
            )
        )


def _count(rows: QuerySet, name: str) -> Coalesce:
    counted = rows.order_by().values(name).annotate(rows=Count("pk", distinct=True)).values("rows")
    return Coalesce(Subquery(counted), Value(0))
