"""Who reaches the addresses of this room: what is published, everybody; the rest follows the caller's scope."""

from typing import Any

from accounts.roles import FUNCTIONS_OF, Function, Role
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory
from tests.factories.dossiers import Walk
from tests.meta.samples import Access, Address


def _code() -> str:
    return ClusterFactory(commune=commune()).code


def _of_one() -> dict[str, Any]:
    return {"cluster_code": _code()}


def _dossier() -> dict[str, Any]:
    return {"code": Walk().to("received").code}


#: The roles that see dossiers of their place.
WATCHING = frozenset(role for role, functions in FUNCTIONS_OF.items() if Function.VIEW_DOSSIERS in functions)

ADDRESSES = {
    "api:dossier-list": Address(Access.SIGNED_IN, anonymous=401),
    "api:dossier-detail": Address(WATCHING, _dossier, anonymous=401),
    "api:dossier-events": Address(WATCHING, _dossier, anonymous=401),
    "api:dossier-actions": Address(WATCHING, _dossier, anonymous=401),
    "api:dossier-act": Address(
        frozenset({Role.COMMUNE_OFFICER}),
        lambda: _dossier() | {"action": "publish_notice"},
        method="post",
        ok=frozenset({400}),
        anonymous=401,
    ),
    "api:notice-list": Address(Access.PUBLIC),
    "api:procedure-list": Address(Access.PUBLIC),
    "api:procedure-detail": Address(Access.PUBLIC, lambda: {"code": "establish_cluster"}),
    "api:cluster-list": Address(Access.PUBLIC),
    "api:cluster-detail": Address(Access.PUBLIC, lambda: {"code": _code()}),
    "api:decision-list": Address(Access.PUBLIC, _of_one),
    "api:observation-list": Address(Access.PUBLIC, _of_one),
    "api:project-list": Address(Access.PUBLIC, _of_one),
    "api:province-list": Address(Access.PUBLIC),
    "api:province-detail": Address(Access.PUBLIC, lambda: {"code": "15"}),
    "api:schema": Address(Access.PUBLIC),
}
