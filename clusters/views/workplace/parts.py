"""What stands on the page of a cluster, part by part: rows read once, totals computed, nothing typed."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clusters.choices import AREA_INDICATORS, Indicator, PlotStatus, ProjectStage
from clusters.facts import FactRow, fact_rows, facts_of_decision
from clusters.models import (
    CapitalSource,
    Cluster,
    CostLine,
    Decision,
    Figures,
    InfrastructureProject,
    Inspection,
    Observation,
    PaidCapital,
    Plot,
    SecondaryProject,
    Violation,
)
from clusters.occupancy import Rate, occupancy_rates
from clusters.services.replay import ClusterFacts, replay
from clusters.staleness import PROGRESS, REPORT, is_stale
from core.templatetags.portal import dong, ha, number, percent
from law.models import Parameter

RECENT = 12


@dataclass(frozen=True)
class MovingFigure:
    """One moving figure: its value in words, its day, the observation it was read from or what it was summed from."""

    label: Any
    text: str
    as_of: dt.date | None
    observation: Observation | None = None
    computed_from: Any = ""
    province_id: int | None = None
    kind: Parameter = REPORT

    @property
    def is_known(self) -> bool:
        """Whether there is a figure at all."""
        return self.observation is not None or self.as_of is not None

    @property
    def is_stale(self) -> bool:
        """Whether the figure is out of date."""
        return self.is_known and is_stale(self.as_of, self.province_id, self.kind)


@dataclass(frozen=True)
class Recorded:
    """A decision in the timeline with what it lays down."""

    decision: Decision
    facts: list[FactRow]
    corrected_by: Decision | None
    corrects: Decision | None


class ClusterParts:
    """The parts of the page, each read when the template first asks for it."""

    def __init__(self, cluster: Cluster, figures: Figures) -> None:
        self.cluster = cluster
        self.figures = figures

    @cached_property
    def decisions(self) -> list[Recorded]:
        """Every recorded decision, the newest first; corrected ones know by which they were replaced."""
        rows = list(
            Decision.objects.filter(cluster=self.cluster)
            .in_replay_order()
            .select_related("sets_commune", "sets_investor", "source_file", "recorded_by")
        )
        known = {row.pk: row for row in rows}
        replaced = {row.corrects_id: row for row in rows if row.corrects_id}
        return [
            Recorded(row, facts_of_decision(row), replaced.get(row.pk), known.get(row.corrects_id or 0))
            for row in reversed(rows)
        ]

    @cached_property
    def facts(self) -> ClusterFacts:
        """The legal facts by all decisions that stand."""
        return replay(item.decision for item in reversed(self.decisions) if item.corrected_by is None)

    @cached_property
    def fact_rows(self) -> list[FactRow]:
        """The legal facts in words, each with its decision."""
        return fact_rows(self.facts)

    @cached_property
    def newest_decision_id(self) -> int:
        """The newest record, so that a form can tell whether another came in between."""
        return max((item.decision.pk for item in self.decisions), default=0)

    @cached_property
    def rates(self) -> list[Rate]:
        """The four occupancy rates."""
        return occupancy_rates(self.figures, self.cluster.industrial_land_ha)

    @cached_property
    def _newest(self) -> dict[str, Observation]:
        rows = (
            Observation.objects.filter(cluster=self.cluster)
            .order_by("indicator", "-as_of", "-pk")
            .distinct("indicator")
            .select_related("source_file")
        )
        return {row.indicator: row for row in rows}

    @cached_property
    def moving_figures(self) -> list[MovingFigure]:
        """Every moving figure, observed or summed, in the order of the reports."""
        figures = self.figures
        summed = _("summed from the secondary projects")
        place = self.cluster.province_id
        rows = [
            self._figure(Indicator.LEASED, figures.leased_ha, figures.leased_as_of, summed),
            self._figure(Indicator.APPROVED, figures.approved_ha, figures.approved_as_of, summed),
            self._figure(Indicator.SERVICED, figures.serviced_ha, figures.serviced_as_of, ""),
            MovingFigure(
                _("industrial land not leased (ha)"),
                ha(figures.unleased_ha),
                figures.leased_as_of if figures.unleased_ha is not None else None,
                computed_from=_("industrial land less leased land"),
                province_id=place,
            ),
            MovingFigure(
                _("land cleared (ha)"),
                ha(figures.cleared_ha),
                figures.cleared_as_of,
                computed_from=_("newest record of land clearance"),
                province_id=place,
                kind=PROGRESS,
            ),
            self._figure(Indicator.PROJECTS, figures.projects, figures.projects_as_of, summed),
            self._figure(
                Indicator.FOREIGN_PROJECTS, figures.foreign_projects, figures.projects_as_of, summed
            ),
            self._figure(
                Indicator.OPERATING_PROJECTS, figures.operating_projects, figures.projects_as_of, summed
            ),
            self._figure(Indicator.WORKERS, figures.workers, figures.workers_as_of, summed),
            MovingFigure(
                _("capital paid into the infrastructure"),
                dong(figures.capital_paid),
                figures.capital_as_of,
                computed_from=_("summed over the infrastructure projects"),
                province_id=place,
            ),
        ]
        stated = self._newest.get(Indicator.STATED_OCCUPANCY)
        if stated:
            rows.append(
                MovingFigure(
                    Indicator.STATED_OCCUPANCY.label,
                    percent(stated.value),
                    stated.as_of,
                    stated,
                    province_id=place,
                )
            )
        return rows

    def _figure(self, indicator: Indicator, value: Any, as_of: dt.date | None, summed: Any) -> MovingFigure:
        observation = self._newest.get(indicator)
        text = ha(value) if indicator in AREA_INDICATORS else number(value)
        if observation is not None:
            as_of, summed = observation.as_of, ""
        elif value is None:
            as_of = None
        return MovingFigure(
            indicator.label, text, as_of, observation, summed, province_id=self.cluster.province_id
        )

    @cached_property
    def recent_observations(self) -> list[Observation]:
        """The observations entered last."""
        rows = Observation.objects.filter(cluster=self.cluster).select_related("recorded_by")
        return list(rows.order_by("-created_at", "-pk")[:RECENT])

    @cached_property
    def clearances(self) -> list[Any]:
        """Records of land clearance, the newest first."""
        return list(self.cluster.clearances.select_related("source_file").order_by("-as_of", "-pk"))

    @property
    def newest_clearance(self) -> Any:
        """The newest record of land clearance, None if there is none."""
        return self.clearances[0] if self.clearances else None

    @cached_property
    def milestones(self) -> list[Any]:
        """Milestones in the order of their dates."""
        return sorted(
            self.cluster.milestones.select_related("source_file").order_by("pk"),
            key=lambda row: (row.done_on or row.planned_on or dt.date.max, row.pk),
        )

    @cached_property
    def obstacles(self) -> list[Any]:
        """Obstacles: open ones first, by the day on which somebody must have acted."""
        rows = self.cluster.obstacles.select_related("source_file").order_by("due_on", "pk")
        return sorted(rows, key=lambda row: row.resolved_on is not None)

    @cached_property
    def infrastructure(self) -> list["Infrastructure"]:
        """Infrastructure projects with cost structure, sources of capital and capital paid."""
        rows = (
            InfrastructureProject.objects.filter(cluster=self.cluster)
            .select_related("investor", "source_file")
            .prefetch_related(
                Prefetch("cost_lines", queryset=CostLine.objects.order_by("pk")),
                Prefetch("capital_sources", queryset=CapitalSource.objects.order_by("pk")),
                Prefetch("paid_capital", queryset=PaidCapital.objects.order_by("-as_of", "-pk")),
            )
            .order_by("pk")
        )
        return [
            Infrastructure(
                row, list(row.cost_lines.all()), list(row.capital_sources.all()), list(row.paid_capital.all())
            )
            for row in rows
        ]

    @cached_property
    def works(self) -> list[Any]:
        """Shared works."""
        return list(self.cluster.works.select_related("source_file").order_by("kind", "pk"))

    @cached_property
    def wastewater_plant(self) -> Any:
        """The central wastewater plant, if one is recorded."""
        return getattr(self.cluster, "wastewater_plant", None)

    @cached_property
    def plots(self) -> "Plots":
        """Plots and their areas by status."""
        return Plots(list(Plot.objects.filter(cluster=self.cluster).order_by("code", "pk")))

    @cached_property
    def projects(self) -> "Projects":
        """Secondary projects and their totals."""
        rows = SecondaryProject.objects.filter(cluster=self.cluster).select_related("investor", "industry")
        return Projects(list(rows.defer("search", "search_vector").order_by("sort_key", "pk")))

    @cached_property
    def inspections(self) -> list[Inspection]:
        """Inspections with their violations, the newest first."""
        return list(
            Inspection.objects.filter(cluster=self.cluster)
            .select_related("project", "source_file")
            .prefetch_related(Prefetch("violations", queryset=Violation.objects.order_by("pk")))
            .order_by("-inspected_on", "-pk")
        )

    @cached_property
    def planned_as(self) -> list[Any]:
        """The lines of development plans that this cluster stands in, the newest version first."""
        return list(
            self.cluster.planned_as.select_related("plan", "commune", "withdrawal").order_by(
                "-plan__version", "pk"
            )
        )


@dataclass(frozen=True)
class Infrastructure:
    """An infrastructure project with its money. All amounts in VND."""

    project: InfrastructureProject
    cost_lines: list[CostLine]
    sources: list[CapitalSource]
    paid: list[PaidCapital]

    @property
    def cost_total(self) -> Decimal:
        """The sum of the cost lines."""
        return sum((line.amount for line in self.cost_lines), Decimal(0))

    @property
    def source_total(self) -> Decimal:
        """The sum of the sources of capital."""
        return sum((line.amount for line in self.sources), Decimal(0))

    @property
    def newest_paid(self) -> PaidCapital | None:
        """The newest statement of the capital paid so far."""
        return self.paid[0] if self.paid else None


@dataclass(frozen=True)
class Plots:
    """The plots of a cluster."""

    rows: list[Plot]

    @property
    def by_status(self) -> list[tuple[PlotStatus, int, Decimal]]:
        """Count and area (ha) of each status that occurs."""
        found = []
        for status in PlotStatus:
            areas = [row.area_ha for row in self.rows if row.status == status]
            if areas:
                found.append((status, len(areas), sum(areas, Decimal(0))))
        return found


@dataclass(frozen=True)
class Projects:
    """The secondary projects of a cluster and what they add up to."""

    rows: list[SecondaryProject]
    running: list[SecondaryProject] = field(init=False)

    def __post_init__(self) -> None:
        running = [row for row in self.rows if row.stage != ProjectStage.ENDED]
        object.__setattr__(self, "running", running)

    @property
    def land_ha(self) -> Decimal:
        """Land of the projects that have not ended."""
        return sum((row.land_ha or Decimal(0) for row in self.running), Decimal(0))

    @property
    def capital(self) -> Decimal:
        """Registered capital of the projects that have not ended, in VND."""
        return sum((row.capital or Decimal(0) for row in self.running), Decimal(0))

    @property
    def workers(self) -> int:
        """Workers of the projects that have not ended."""
        return sum(row.workers or 0 for row in self.running)

    @property
    def foreign(self) -> int:
        """Foreign-invested projects that have not ended."""
        return sum(row.is_foreign for row in self.running)
