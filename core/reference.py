"""Reference data that ships with the project: loaded in one transaction, and only when its files changed.

A room registers its loader in ``AppConfig.ready``; ``manage.py load_reference`` and the test session run them all.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from core.models import ReferenceLoad

Loader = Callable[[], object]


@dataclass(frozen=True)
class Reference:
    """A named set of files and the function that puts them into the database."""

    name: str
    paths: tuple[Path, ...]
    loader: Loader


_registry: dict[str, Reference] = {}


def register(name: str, *, paths: Iterable[Path], loader: Loader) -> None:
    """Announce a set of reference data; sets load in the order of registration, which is that of the rooms."""
    _registry[name] = Reference(name, tuple(paths), loader)


def registered() -> list[Reference]:
    """Return every set announced, in loading order."""
    return list(_registry.values())


def load_all(*, force: bool = False) -> Iterator[tuple[str, bool]]:
    """Load every registered set that changed and yield its name and whether there was anything to load."""
    for reference in registered():
        yield reference.name, load_once(reference.name, reference.paths, reference.loader, force=force)


def load_once(name: str, paths: Iterable[Path], loader: Loader, *, force: bool = False) -> bool:
    """Run ``loader`` in one transaction unless the same files were loaded already; return whether it ran.

    The digest covers the files and the module of the loader, so a corrected loader loads again.
    """
    digest = digest_of([*paths, Path(inspect.getfile(inspect.unwrap(loader)))])
    with transaction.atomic():
        known = ReferenceLoad.objects.select_for_update().filter(name=name).first()
        if known and known.digest == digest and not force:
            return False
        loader()
        ReferenceLoad.objects.update_or_create(name=name, defaults={"digest": digest})
    return True


def digest_of(paths: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of the files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
