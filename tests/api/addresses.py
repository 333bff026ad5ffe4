"""Who reaches the addresses of this room: what is published, everybody; the rest follows the caller's scope."""

from typing import Any

from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory
from tests.meta.samples import Access, Address


def _code() -> str:
    return ClusterFactory(commune=commune()).code


def _of_one() -> dict[str, Any]:
    return {"cluster_code": _code()}


ADDRESSES = {
    "api:cluster-list": Address(Access.PUBLIC),
    "api:cluster-detail": Address(Access.PUBLIC, lambda: {"code": _code()}),
    "api:decision-list": Address(Access.PUBLIC, _of_one),
    "api:observation-list": Address(Access.PUBLIC, _of_one),
    "api:project-list": Address(Access.PUBLIC, _of_one),
    "api:province-list": Address(Access.PUBLIC),
    "api:province-detail": Address(Access.PUBLIC, lambda: {"code": "15"}),
    "api:schema": Address(Access.PUBLIC),
}
