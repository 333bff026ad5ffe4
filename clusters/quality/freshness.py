"""Figures too old to lean on; ``clusters.staleness`` says when, by province."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import PlotStatus, ProjectStage, Stage
from clusters.models import Cluster, LandClearance, Observation, Plot, SecondaryProject
from clusters.quality.base import GONE, QUALITY, Check, ClusterCheck, Group, Severity
from clusters.staleness import PROGRESS, REPORT, fresh_since_at
from law.citations import cite
from law.models.parameters import DEFAULTS
from law.words import Text, say

_AS_OF = _("as of %(day)s")
_HALF_YEAR = _("%(article)s; out of date after %(months)s months unless the province decides otherwise")
REPORTS = say(_HALF_YEAR, article=cite("TT14", "3"), months=DEFAULTS[REPORT])


@QUALITY.register
class NeverReported(ClusterCheck):
    """An operating cluster of which nobody reported the leased land."""

    code = "F01"
    group = Group.FRESHNESS
    basis = cite("ND32", "19")
    sentence = _("The cluster operates, but its leased land was never reported.")
    remedy = _("Enter the figure")
    function = Function.ADD_OBSERVATION
    form = "observation_create"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep operating clusters without the figure."""
        return Cluster.objects.operating().filter(figures__leased_as_of__isnull=True)


class StaleFigure(ClusterCheck):
    """A figure of the half-yearly reports that is older than a report."""

    group = Group.FRESHNESS
    severity = Severity.OLD
    basis = REPORTS
    remedy = _("Enter the new figure")
    function = Function.ADD_OBSERVATION
    form = "observation_create"
    #: Column of the figures that holds the day.
    column: ClassVar[str]
    order = ("as_of",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters whose figure is older than their province allows."""
        old = {f"figures__{self.column}__lt": fresh_since_at("province_id", on=day)}
        return (
            Cluster.objects.exclude(stage__in=GONE).filter(**old).annotate(as_of=F(f"figures__{self.column}"))
        )

    def numbers(self, row: Any) -> Text:
        """Name the day of the figure."""
        return say(_AS_OF, day=row.as_of)


@QUALITY.register
class StaleLeasedLand(StaleFigure):
    """Leased land that is older than a half-yearly report."""

    code = "F02"
    column = "leased_as_of"
    sentence = _("The figure of leased land is out of date.")


@QUALITY.register
class StaleProjectCount(StaleFigure):
    """A number of projects that is older than a half-yearly report."""

    code = "F03"
    column = "projects_as_of"
    sentence = _("The number of projects is out of date.")


@QUALITY.register
class StaleWorkers(StaleFigure):
    """A number of workers that is older than a half-yearly report."""

    code = "F04"
    column = "workers_as_of"
    sentence = _("The number of workers is out of date.")


@QUALITY.register
class StaleProject(Check):
    """A project that nobody looked at for longer than the reports allow."""

    code = "F05"
    group = Group.FRESHNESS
    severity = Severity.OLD
    basis = REPORTS
    sentence = _("What is recorded of the project is out of date.")
    remedy = _("Update the project")
    path = "cluster"
    order = ("as_of",)

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep projects that have not ended."""
        return SecondaryProject.objects.exclude(stage=ProjectStage.ENDED).filter(
            as_of__lt=fresh_since_at("cluster__province_id", on=day)
        )

    def numbers(self, row: SecondaryProject) -> Text:
        """Name the day of the record."""
        return say(_AS_OF, day=row.as_of)

    def mend(self, row: SecondaryProject) -> str:
        """Return the form of the project."""
        return reverse("registry:project_edit", args=[row.cluster.code, row.pk])


@QUALITY.register
class StaleFreePlot(Check):
    """A plot offered as free on a state of too long ago."""

    code = "F06"
    group = Group.FRESHNESS
    severity = Severity.OLD
    basis = say(_HALF_YEAR, article=cite("ND32", "19"), months=DEFAULTS[REPORT])
    sentence = _("The plot is offered as free, but that was last checked too long ago.")
    remedy = _("Update the plot")
    path = "cluster"
    order = ("as_of",)

    def rows(self, day: dt.date) -> QuerySet[Plot]:
        """Keep free plots."""
        return Plot.objects.filter(
            status=PlotStatus.FREE, as_of__lt=fresh_since_at("cluster__province_id", on=day)
        )

    def numbers(self, row: Plot) -> Text:
        """Name area and day."""
        return say(_("%(area)s ha, as of %(day)s"), area=row.area_ha, day=row.as_of)

    def mend(self, row: Plot) -> str:
        """Return the form of the plot."""
        return reverse("registry:plot_edit", args=[row.cluster.code, row.pk])


@QUALITY.register
class StaleClearance(Check):
    """Land clearance that is not finished and of which there is no news."""

    code = "F07"
    group = Group.FRESHNESS
    severity = Severity.OLD
    basis = say(
        _("rule of this portal: %(days)s days unless the province decides otherwise"), days=DEFAULTS[PROGRESS]
    )
    sentence = _("Land clearance goes on, but the news of it is out of date.")
    remedy = _("Enter the state of clearance")
    path = "cluster"
    order = ("as_of",)

    def rows(self, day: dt.date) -> QuerySet[LandClearance]:
        """Keep the newest state of each cluster in which clearance is unfinished."""
        newer = LandClearance.objects.filter(cluster_id=OuterRef("cluster_id")).filter(
            Q(as_of__gt=OuterRef("as_of")) | Q(as_of=OuterRef("as_of"), pk__gt=OuterRef("pk"))
        )
        unfinished = Q(area_cleared_ha__lt=F("area_total_ha")) | Q(
            households_settled__lt=F("households_total")
        )
        return LandClearance.objects.filter(
            unfinished,
            ~Exists(newer),
            as_of__lt=fresh_since_at("cluster__province_id", PROGRESS, on=day),
            cluster__stage__in=(Stage.ESTABLISHED, Stage.DETAILED_PLAN, Stage.CONSTRUCTION),
        )

    def name(self, row: LandClearance) -> str:
        """Return what the row is."""
        return str(row._meta.verbose_name)

    def numbers(self, row: LandClearance) -> Text:
        """Name the day of the last news."""
        return say(_AS_OF, day=row.as_of)

    def mend(self, row: LandClearance) -> str:
        """Return the form for a new state."""
        return reverse("registry:clearance_create", args=[row.cluster.code])


@QUALITY.register
class VagueDay(Check):
    """A figure whose source names no day: "2024", "quarter II"."""

    code = "F08"
    group = Group.FRESHNESS
    severity = Severity.HINT
    sentence = _("The source of the figure names no day; the day recorded is an assumption.")
    remedy = _("Correct the figure")
    path = "cluster"
    function = Function.ADD_OBSERVATION

    def rows(self, day: dt.date) -> QuerySet[Observation]:
        """Keep figures with the source's own words for the day."""
        return Observation.objects.exclude(as_of_text="")

    def numbers(self, row: Observation) -> Text:
        """Name what the source says and what was assumed."""
        return say(_("source: %(text)s; recorded as %(day)s"), text=row.as_of_text, day=row.as_of)

    def name(self, row: Observation) -> str:
        """Return the figure."""
        return row.get_indicator_display()

    def mend(self, row: Observation) -> str:
        """Return the form of the figure."""
        return reverse("registry:observation_edit", args=[row.pk])
