"""The registry: clusters, the papers that made them, and everything that happens in them."""

from clusters.models.boards import BoardChange, BoardCount, BoardState
from clusters.models.cases import ClusterCase
from clusters.models.clusters import LEGAL_FACTS, Cluster
from clusters.models.decisions import Decision
from clusters.models.figures import Figures, Observation
from clusters.models.imports import ImportBatch, ImportMapping, ImportRow
from clusters.models.industries import Industry
from clusters.models.infrastructure import (
    CapitalKind,
    CapitalSource,
    CostItem,
    CostLine,
    InfrastructureProject,
    PaidCapital,
    SharedWork,
    WastewaterPlant,
)
from clusters.models.inspections import Inspection, Violation
from clusters.models.investors import Investor
from clusters.models.plans import ConversionPlan, DevelopmentPlan, PlannedCluster
from clusters.models.progress import LandClearance, Milestone, Obstacle
from clusters.models.projects import Plot, SecondaryProject

__all__ = [
    "LEGAL_FACTS",
    "BoardChange",
    "BoardCount",
    "BoardState",
    "CapitalKind",
    "CapitalSource",
    "Cluster",
    "ClusterCase",
    "ConversionPlan",
    "CostItem",
    "CostLine",
    "Decision",
    "DevelopmentPlan",
    "Figures",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Industry",
    "InfrastructureProject",
    "Inspection",
    "Investor",
    "LandClearance",
    "Milestone",
    "Observation",
    "Obstacle",
    "PaidCapital",
    "PlannedCluster",
    "Plot",
    "SecondaryProject",
    "SharedWork",
    "Violation",
    "WastewaterPlant",
]
