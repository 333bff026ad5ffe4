"""History by database triggers: bulk writes and raw SQL are recorded too.

``track`` goes on every model whose changes a person may be asked about; :func:`because` names the reason of a
change, which is stored beside who, when, and from which address. :mod:`core.changes` reads it back for people.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
import pgtrigger
from pghistory import runtime


def track(*, in_bulk: bool = False, **options: Any) -> Any:
    """Return a class decorator that records every insert, update and delete of a model in ``<Model>Event``.

    ``in_bulk`` is for models of which thousands of rows are written by one statement: the history of all of them is
    written by one statement too, in an order that means nothing among rows of that statement.
    """
    if in_bulk:
        options["level"] = pgtrigger.Statement
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )


@contextmanager
def because(reason: str, **facts: Any) -> Iterator[None]:
    """Attach ``reason`` (and further facts, such as the command that ran) to every change inside the block.

    The block has a context of its own. pghistory would let blocks inside one request share theirs, and the last
    reason would overwrite the earlier ones.
    """
    with pghistory.context():
        outer = runtime._tracker.value
        facts = {**outer.metadata, **facts, "reason": str(reason)}
        runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata=facts)
        try:
            yield
        finally:
            runtime._tracker.value = outer


def append_only() -> pgtrigger.Protect:
    """Return a trigger that lets rows be added and never changed or removed."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
