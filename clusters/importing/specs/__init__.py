"""The kinds of workbooks that can be imported."""

from typing import Any

from clusters.importing.specs.base import Run, Spec
from clusters.importing.specs.clusters import ClusterSpec
from clusters.importing.specs.decisions import DecisionSpec
from clusters.importing.specs.inspections import InspectionSpec
from clusters.importing.specs.observations import ObservationSpec
from clusters.importing.specs.parties import InfrastructureSpec, InvestorSpec
from clusters.importing.specs.planned import PlannedSpec
from clusters.importing.specs.plots import PlotSpec
from clusters.importing.specs.projects import ProjectSpec

SPECS: dict[str, type[Spec]] = {
    spec.kind.value: spec
    for spec in (
        ClusterSpec,
        DecisionSpec,
        PlannedSpec,
        InvestorSpec,
        InfrastructureSpec,
        PlotSpec,
        ProjectSpec,
        ObservationSpec,
        InspectionSpec,
    )
}

__all__ = ["SPECS", "Run", "Spec", "specs_for"]


def specs_for(user: Any) -> list[type[Spec]]:
    """Return the kinds that a person may import."""
    return [spec for spec in SPECS.values() if spec.may_use(user)]
