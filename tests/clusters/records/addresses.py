"""Who reaches the pages of the registry's records."""

from collections.abc import Callable
from typing import Any

from accounts.roles import Function
from tests.factories import clusters as made
from tests.factories.accounts import commune
from tests.meta.samples import Address

F = Function


def _cluster() -> Any:
    return made.ClusterFactory(commune=commune())


def _code() -> dict[str, Any]:
    return {"code": _cluster().code}


def _part(factory: Any) -> Callable[[], dict[str, Any]]:
    def arguments() -> dict[str, Any]:
        record = factory(cluster=_cluster())
        return {"code": record.cluster.code, "pk": record.pk}

    return arguments


def _project() -> dict[str, Any]:
    project = made.InfrastructureProjectFactory(cluster=_cluster())
    return {"code": project.cluster.code, "parent": project.pk}


def _paid() -> dict[str, Any]:
    place = _project()
    return {**place, "pk": made.PaidCapitalFactory(project_id=place["parent"]).pk}


def _investor() -> dict[str, Any]:
    return {"pk": made.InvestorFactory().pk}


def _plan() -> dict[str, Any]:
    return {"pk": made.DevelopmentPlanFactory().pk}


def _line() -> dict[str, Any]:
    line = made.PlannedClusterFactory()
    return {"parent": line.plan_id, "pk": line.pk}


def _versions() -> dict[str, Any]:
    old, new = made.DevelopmentPlanFactory(), made.DevelopmentPlanFactory()
    return {"old": old.pk, "new": new.pk}


def _screen(
    name: str, arguments: Any, create: Any, *, has_page: bool = True, writes: Function = F.EDIT_REGISTRY
) -> dict[str, Address]:
    found = {
        f"registry:{name}_create": Address(writes, create),
        f"registry:{name}_edit": Address(writes, arguments),
        f"registry:{name}_delete": Address(writes, arguments),
        f"registry:{name}_history": Address(F.VIEW_HISTORY, arguments),
    }
    if has_page:
        found[f"registry:{name}"] = Address(F.VIEW_REGISTRY, arguments)
    return found


PLANT = _part(made.WastewaterPlantFactory)

ADDRESSES = {
    **{
        f"registry:{name}_list": Address(F.VIEW_REGISTRY)
        for name in ("investor", "infrastructure", "plot", "project", "obstacle", "inspection", "plan")
    },
    **_screen("investor", _investor, dict),
    **_screen("infrastructure", _part(made.InfrastructureProjectFactory), _code),
    **_screen("paid_capital", _paid, _project, has_page=False),
    **_screen("plot", _part(made.PlotFactory), _code),
    **_screen("project", _part(made.SecondaryProjectFactory), _code),
    **_screen("clearance", _part(made.LandClearanceFactory), _code, has_page=False),
    **_screen("milestone", _part(made.MilestoneFactory), _code, has_page=False),
    **_screen("obstacle", _part(made.ObstacleFactory), _code),
    **_screen("inspection", _part(made.InspectionFactory), _code, writes=F.RECORD_INSPECTION),
    **_screen("plan", _plan, dict, writes=F.EDIT_PLAN),
    **_screen(
        "planned_cluster",
        _line,
        lambda: {"parent": made.DevelopmentPlanFactory().pk},
        has_page=False,
        writes=F.EDIT_PLAN,
    ),
    "registry:cluster_plots": Address(F.VIEW_REGISTRY, _code),
    "registry:works_edit": Address(F.EDIT_REGISTRY, _code),
    "registry:wastewater_edit": Address(F.EDIT_REGISTRY, _code),
    "registry:wastewater_delete": Address(F.EDIT_REGISTRY, PLANT),
    "registry:wastewater_history": Address(F.VIEW_HISTORY, PLANT),
    "registry:obstacle_resolve": Address(F.EDIT_REGISTRY, _part(made.ObstacleFactory)),
    "registry:plan_copy": Address(F.EDIT_PLAN, _plan),
    "registry:plan_compare": Address(F.VIEW_REGISTRY, _versions),
    "registry:planned_cluster_withdraw": Address(F.EDIT_PLAN, _line),
    "registry:industry_suggest": Address(F.VIEW_REGISTRY, query="q=go"),
}
