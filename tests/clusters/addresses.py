"""Who reaches the addresses of this room: each kind of screen lists its own."""

from importlib import import_module
from importlib.util import find_spec

from tests.meta.samples import Address

ADDRESSES: dict[str, Address] = {}
for _screens in ("public", "workplace", "records", "boundaries", "boards", "importing"):
    _name = f"tests.clusters.{_screens}.addresses"
    if find_spec(f"tests.clusters.{_screens}") and find_spec(_name):
        ADDRESSES.update(import_module(_name).ADDRESSES)
