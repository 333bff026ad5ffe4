"""Who reaches the addresses of this room: each kind of screen lists its own."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.meta.samples import Address

ADDRESSES: dict[str, Address] = {}
for _folder in sorted(path.name for path in Path(__file__).parent.iterdir() if path.is_dir()):
    if find_spec(f"tests.dossiers.{_folder}.addresses"):
        ADDRESSES.update(import_module(f"tests.dossiers.{_folder}.addresses").ADDRESSES)
