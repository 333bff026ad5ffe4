"""Who reaches the boards and the history."""

from typing import Any

from accounts.roles import Function
from clusters.timelines import KINDS
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, PlotFactory
from tests.meta.samples import Address

F = Function


def _plot() -> dict[str, Any]:
    return {"kind": "plot", "pk": PlotFactory(cluster=ClusterFactory(commune=commune())).pk}


def _version() -> dict[str, Any]:
    plot = PlotFactory(cluster=ClusterFactory(commune=commune()))
    first = KINDS["plot"].events.get(pgh_obj_id=plot.pk)
    plot.utilities = "Điện, nước"
    plot.save()
    return {"kind": "plot", "pk": plot.pk, "version": first.pk}


ADDRESSES = {
    "registry:quality": Address(F.VIEW_REGISTRY),
    "registry:quality_check": Address(F.VIEW_REGISTRY, lambda: {"check": "P01"}),
    "registry:watch": Address(F.VIEW_REGISTRY),
    "registry:watch_check": Address(F.VIEW_REGISTRY, lambda: {"check": "W01"}),
    "registry:officer_timeline": Address(F.VIEW_HISTORY, lambda: {"person": 1}),
    "registry:versions": Address(F.VIEW_HISTORY, _plot),
    "registry:restore": Address(F.EDIT_REGISTRY, _version),
}
