"""Contradictions: two sources, or a source and a computation, that cannot both be right."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Abs, Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import LEASING_STAGES, Indicator, ProjectStage
from clusters.mapping import AREA_TOLERANCE
from clusters.models import Cluster, Observation, PlannedCluster, SecondaryProject
from clusters.quality.base import GONE, QUALITY, Check, ClusterCheck, Group, Severity
from law.citations import cite
from law.regimes import Regime
from law.words import Text, say

#: A stated occupancy this far (points) off every computed rate contradicts it.
POINTS = 1
#: Stated and computed rate are compared when their days lie within a half-year.
COMPARED_WITHIN = dt.timedelta(days=184)
#: Sums of plots and contracts differ from a report by rounding up to this (ha).
ROUNDING_HA = Decimal("0.05")

# Shoelace over the rings of a polygon or of several, each vertex weighed by the radii of the WGS84 ellipsoid at the
# ring's latitude: for a few square kilometres exact to less than a hundredth of a per cent. Holes are taken away.
_AREA_OF_BOUNDARY = """
    (SELECT sum(CASE WHEN ring.number = 1 THEN size.ha ELSE -size.ha END)
     FROM jsonb_array_elements(
            CASE "clusters_cluster"."boundary"->>'type'
                WHEN 'Polygon' THEN jsonb_build_array("clusters_cluster"."boundary"->'coordinates')
                WHEN 'MultiPolygon' THEN "clusters_cluster"."boundary"->'coordinates'
                ELSE '[]'::jsonb END) AS polygon(rings)
     CROSS JOIN LATERAL jsonb_array_elements(polygon.rings) WITH ORDINALITY AS ring(points, number)
     CROSS JOIN LATERAL (
        SELECT abs(sum((x - x0) * (next_y - y0) - (next_x - x0) * (y - y0))) / 2 / 10000
            * power(radians(1), 2) * cos(radians(avg(y)))
            * 6378137.0 * 6335439.327 / power(1 - 0.00669437999 * power(sin(radians(avg(y))), 2), 2) AS ha
        FROM (
            SELECT (point->>0)::float AS x, (point->>1)::float AS y,
                lead((point->>0)::float) OVER (ORDER BY place) AS next_x,
                lead((point->>1)::float) OVER (ORDER BY place) AS next_y,
                first_value((point->>0)::float) OVER (ORDER BY place) AS x0,
                first_value((point->>1)::float) OVER (ORDER BY place) AS y0
            FROM jsonb_array_elements(ring.points) WITH ORDINALITY AS vertex(point, place)
        ) AS sides
     ) AS size)
"""


def _counted_projects(day: dt.date) -> QuerySet[SecondaryProject, Any]:
    """Return the projects of a cluster that have not ended, as the computed figures count them."""
    return (
        SecondaryProject.objects.filter(cluster_id=OuterRef("pk"))
        .exclude(stage=ProjectStage.ENDED)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .order_by()
        .values("cluster_id")
    )


def with_recorded_projects(clusters: QuerySet[Cluster], day: dt.date) -> Any:
    """Note how many projects of each cluster are entered one by one."""
    counted = _counted_projects(day).annotate(count=Count("pk")).values("count")
    return clusters.annotate(recorded=Coalesce(Subquery(counted), 0, output_field=IntegerField()))


@QUALITY.register
class StatedOccupancy(Check):
    """An occupancy that a source states and no formula gives."""

    code = "C01"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = cite("ND32", "2.7")
    sentence = _("The occupancy a source states is more than 1 point off the computed rates of that time.")
    remedy = _("Check the figure")
    path = "cluster"
    function = Function.ADD_OBSERVATION
    joins = ("cluster__figures",)
    order = ("-off",)

    def rows(self, day: dt.date) -> QuerySet[Observation]:
        """Keep the newest stated rate of each cluster that is off the legal and the report formula."""
        newer = Observation.objects.filter(
            cluster_id=OuterRef("cluster_id"), indicator=Indicator.STATED_OCCUPANCY
        ).filter(Q(as_of__gt=OuterRef("as_of")) | Q(as_of=OuterRef("as_of"), pk__gt=OuterRef("pk")))
        legal, report = F("cluster__figures__occupancy_legal"), F("cluster__figures__occupancy_report")
        return (
            Observation.objects.filter(
                ~Exists(newer),
                indicator=Indicator.STATED_OCCUPANCY,
                as_of__gte=F("cluster__figures__leased_as_of") - COMPARED_WITHIN,
                as_of__lte=F("cluster__figures__leased_as_of") + COMPARED_WITHIN,
            )
            .annotate(off=Abs(F("value") - report), off_legal=Abs(F("value") - legal))
            .filter(off__gt=POINTS, off_legal__gt=POINTS)
        )

    def name(self, row: Observation) -> str:
        """Return the figure."""
        return row.get_indicator_display()

    def numbers(self, row: Any) -> Text:
        """Name the stated rate and both computed ones."""
        figures = row.cluster.figures
        return say(
            _("stated %(stated)s %%, computed %(report)s %% (report formula), %(legal)s %% (legal formula)"),
            stated=row.value,
            report=figures.occupancy_report.quantize(Decimal("0.01")),
            legal=figures.occupancy_legal.quantize(Decimal("0.01")),
        )

    def mend(self, row: Observation) -> str:
        """Return the form of the stated rate."""
        return reverse("registry:observation_edit", args=[row.pk])


@QUALITY.register
class TenantsHoldMore(ClusterCheck):
    """Tenants whose land adds up to more than the leased land that was reported."""

    code = "C02"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = cite("ND32", "2.7")
    sentence = _("The land of the projects adds up to more than the leased land that was reported.")
    remedy = _("Enter the right figure")
    function = Function.ADD_OBSERVATION
    form = "observation_create"
    joins = ("figures",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with a reported figure below the sum."""
        held = (
            _counted_projects(day)
            .filter(stage__in=LEASING_STAGES)
            .annotate(land=Sum("land_ha"))
            .values("land")
        )
        return (
            Cluster.objects.filter(figures__leased_from_projects=False, figures__leased_ha__isnull=False)
            .annotate(held=Subquery(held, output_field=DecimalField()))
            .filter(held__gt=F("figures__leased_ha") + ROUNDING_HA)
        )

    def numbers(self, row: Any) -> Text:
        """Name both areas."""
        return say(
            _("projects %(held)s ha, reported %(leased)s ha as of %(day)s"),
            held=row.held,
            leased=row.figures.leased_ha,
            day=row.figures.leased_as_of,
        )


class ProjectCount(ClusterCheck):
    """The number of projects reported against those entered one by one."""

    group = Group.SOURCES
    basis = cite("TT14", "3")
    joins = ("figures",)

    def numbers(self, row: Any) -> Text:
        """Name both numbers."""
        return say(
            _("reported %(reported)s, entered one by one %(recorded)s"),
            reported=row.figures.projects,
            recorded=row.recorded,
        )


@QUALITY.register
class MoreProjectsRecorded(ProjectCount):
    """More projects entered than were reported."""

    code = "C03"
    severity = Severity.WRONG
    sentence = _("More projects are entered one by one than the report counts.")
    remedy = _("Enter the right figure")
    function = Function.ADD_OBSERVATION
    form = "observation_create"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with more rows than the report counts."""
        rows = with_recorded_projects(Cluster.objects.filter(figures__projects__isnull=False), day)
        return rows.filter(recorded__gt=F("figures__projects"))


@QUALITY.register
class FewerProjectsRecorded(ProjectCount):
    """Fewer projects entered than were reported."""

    code = "C04"
    severity = Severity.HINT
    sentence = _("Not all projects that the report counts are entered one by one.")
    remedy = _("Enter a project")
    form = "project_create"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with fewer rows than the report counts."""
        rows = with_recorded_projects(Cluster.objects.filter(figures__projects__gt=0), day)
        return rows.filter(recorded__lt=F("figures__projects"))


@QUALITY.register
class BoundaryArea(ClusterCheck):
    """A boundary that does not enclose the area on paper."""

    code = "C05"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = say(_("V53; tolerance of %(share)s %% set by this portal"), share=AREA_TOLERANCE * 100)
    sentence = _("The boundary encloses another area than the decision gives.")
    remedy = _("Record the right boundary or area")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = "?kind=adjust"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters whose boundary is off by more than the tolerance."""
        return (
            Cluster.objects.filter(boundary__isnull=False, area_ha__gt=0)
            .annotate(enclosed=RawSQL(f"({_AREA_OF_BOUNDARY})::numeric(12, 2)", [], DecimalField()))  # noqa: S611 - constant
            .annotate(off=Abs(F("enclosed") - F("area_ha")))
            .filter(off__gt=F("area_ha") * AREA_TOLERANCE)
        )

    def numbers(self, row: Any) -> Text:
        """Name both areas."""
        return say(
            _("%(enclosed)s ha enclosed, %(paper)s ha on paper"), enclosed=row.enclosed, paper=row.area_ha
        )


@QUALITY.register
class MoreThanPlanned(Check):
    """A cluster larger than the plan's List and the deviation allow."""

    code = "C06"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = cite("ND32", "8.1(a)", "10.4")
    sentence = _("The area by the decision exceeds the area in the List by more than may be added to it.")
    remedy = _("Check the line of the plan")
    path = "cluster"
    function = Function.EDIT_PLAN
    joins = ("plan",)

    def rows(self, day: dt.date) -> QuerySet[PlannedCluster]:
        """Keep lines of plans in force that give less than the cluster has."""
        deviation = Regime.on(day).thresholds.deviation.value or Decimal(0)
        in_force = Q(plan__superseded_on__isnull=True) | Q(plan__superseded_on__gt=day)
        return PlannedCluster.objects.filter(
            in_force,
            plan__approved_on__lte=day,
            withdrawal__isnull=True,
            cluster__area_ha__gt=F("area_ha") + deviation,
        ).exclude(cluster__stage__in=GONE)

    def name(self, row: PlannedCluster) -> str:
        """Return the plan."""
        return row.plan.title

    def numbers(self, row: PlannedCluster) -> Text:
        """Name both areas."""
        return say(
            _("%(area)s ha by the decision, %(planned)s ha in the List"),
            area=self.cluster_of(row).area_ha,
            planned=row.area_ha,
        )

    def mend(self, row: PlannedCluster) -> str:
        """Return the form of the line."""
        return reverse("registry:planned_cluster_edit", args=[row.plan_id, row.pk])


@QUALITY.register
class MoreIndustrialLandThanArea(ClusterCheck):
    """Industrial land larger than the cluster."""

    code = "C07"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = cite("ND32", "2.6")
    sentence = _("The industrial land is larger than the whole cluster.")
    remedy = _("Record the right areas")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = "?kind=adjust"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with more industrial land than area."""
        return Cluster.objects.filter(industrial_land_ha__gt=F("area_ha"))

    def numbers(self, row: Cluster) -> Text:
        """Name both areas."""
        return say(
            _("%(land)s ha of industrial land, %(area)s ha in all"),
            land=row.industrial_land_ha,
            area=row.area_ha,
        )


@QUALITY.register
class MoreLeasedThanThereIs(ClusterCheck):
    """Leased and approved land larger than the industrial land."""

    code = "C08"
    group = Group.SOURCES
    severity = Severity.WRONG
    basis = say(_("V09; %(article)s"), article=cite("ND32", "2.7"))
    sentence = _("Leased and approved land together exceed the industrial land of the detailed plan.")
    remedy = _("Enter the right figure")
    function = Function.ADD_OBSERVATION
    form = "observation_create"
    joins = ("figures",)
    order = ("-taken",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters in which more is taken than there is."""
        taken = Coalesce(F("figures__leased_ha"), Decimal(0)) + Coalesce(
            F("figures__approved_ha"), Decimal(0)
        )
        return Cluster.objects.annotate(taken=Greatest(taken, Decimal(0))).filter(
            industrial_land_ha__gt=0, taken__gt=F("industrial_land_ha")
        )

    def numbers(self, row: Any) -> Text:
        """Name both areas."""
        return say(
            _("%(taken)s ha leased or approved, %(land)s ha of industrial land"),
            taken=row.taken,
            land=row.industrial_land_ha,
        )
