"""Who reaches the pages about boundaries."""

from typing import Any

from accounts.roles import Function
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory
from tests.meta.samples import Access, Address

F = Function
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[104.8, 21.8], [104.8075, 21.8], [104.8075, 21.8075], [104.8, 21.8075], [104.8, 21.8]]],
}


def _cluster() -> dict[str, Any]:
    return {"code": ClusterFactory(commune=commune(), facts={"boundary": SQUARE}).code}


def _file() -> dict[str, Any]:
    return {**_cluster(), "kind": "kml"}


# Without a draft in the session the later steps lead back to the recorded boundary.
ADDRESSES = {
    "registry:boundary": Address(F.VIEW_REGISTRY, _cluster),
    "registry:boundary_start": Address(
        F.VIEW_REGISTRY, _cluster, method="post", data={"from": "current"}, ok=frozenset({302})
    ),
    "registry:boundary_draft": Address(F.VIEW_REGISTRY, _cluster, ok=frozenset({302})),
    "registry:boundary_record": Address(F.RECORD_DECISION, _cluster, ok=frozenset({302})),
    "registry:boundary_file": Address(F.VIEW_REGISTRY, _file),
    "boundary_file": Address(Access.PUBLIC, _file),
}
