"""Who reaches the officers' pages of the registry."""

from typing import Any

from accounts.roles import Function
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, DecisionFactory, ObservationFactory
from tests.meta.samples import Access, Address

F = Function


def _cluster() -> dict[str, Any]:
    return {"code": ClusterFactory(commune=commune()).code}


def _decision() -> dict[str, Any]:
    decision = DecisionFactory(cluster=ClusterFactory(commune=commune()))
    return {"code": decision.cluster.code, "pk": decision.pk}


def _observation() -> dict[str, Any]:
    return {"pk": ObservationFactory(cluster=ClusterFactory(commune=commune())).pk}


ADDRESSES = {
    # People without the registry are led on to the public pages.
    "registry:home": Address(Access.SIGNED_IN, ok=frozenset({200, 302})),
    "registry:cluster_list": Address(F.VIEW_REGISTRY),
    "registry:cluster_create": Address(F.RECORD_DECISION),
    "registry:cluster_create_preview": Address(F.RECORD_DECISION, method="post"),
    "registry:cluster": Address(F.VIEW_REGISTRY, _cluster),
    "registry:cluster_edit": Address(F.EDIT_REGISTRY, _cluster),
    "registry:cluster_history": Address(F.VIEW_HISTORY, _cluster),
    "registry:cluster_on_day": Address(F.VIEW_REGISTRY, _cluster, query="day=01/01/2026"),
    "registry:decision_create": Address(F.RECORD_DECISION, _cluster),
    "registry:decision_preview": Address(F.RECORD_DECISION, _cluster, method="post"),
    "registry:decision_correct": Address(F.RECORD_DECISION, _decision),
    # The decision of the factory has no file.
    "registry:decision_file": Address(F.VIEW_REGISTRY, _decision, ok=frozenset({404})),
    "registry:decision_upload": Address(F.RECORD_DECISION, method="post"),
    "registry:observation_create": Address(F.ADD_OBSERVATION, _cluster),
    "registry:observation_grid": Address(F.ADD_OBSERVATION, _cluster),
    "registry:observation_list": Address(F.VIEW_REGISTRY, query="q=lao+cai&as_of_from=01/01/2026"),
    "registry:observation_edit": Address(F.ADD_OBSERVATION, _observation),
    "registry:observation_remove": Address(
        F.ADD_OBSERVATION, _observation, method="post", data={"reason": "Nhập nhầm"}, ok=frozenset({302})
    ),
    "registry:bulk": Address(F.EDIT_REGISTRY, lambda: {"kind": "clusters"}, ok=frozenset({302})),
    "registry:investor_suggest": Address(F.VIEW_REGISTRY, query="field=investor&investor=cong+ty"),
}
