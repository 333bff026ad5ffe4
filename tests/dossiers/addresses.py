"""Who reaches the addresses of this room: each kind of screen lists its own."""

from importlib import import_module
from importlib.util import find_spec

from tests.meta.samples import Address

ADDRESSES: dict[str, Address] = {}
for _screens in ("public", "applicant", "office", "notifications", "uploads", "papers"):
    _name = f"tests.dossiers.{_screens}.addresses"
    if find_spec(f"tests.dossiers.{_screens}") and find_spec(_name):
        ADDRESSES.update(import_module(_name).ADDRESSES)
