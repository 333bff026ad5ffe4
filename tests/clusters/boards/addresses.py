"""Who reaches the boards."""

from accounts.roles import Function
from tests.meta.samples import Address

F = Function

ADDRESSES = {
    "registry:quality": Address(F.VIEW_REGISTRY),
    "registry:quality_check": Address(F.VIEW_REGISTRY, lambda: {"check": "P01"}),
    "registry:watch": Address(F.VIEW_REGISTRY),
    "registry:watch_check": Address(F.VIEW_REGISTRY, lambda: {"check": "W01"}),
}
