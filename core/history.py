"""History by database triggers: bulk writes and raw SQL are recorded too.

``track`` goes on every model whose changes a person may be asked about; :func:`because` names the reason of a
change, which is stored beside who, when, and from which address.
"""

from contextlib import AbstractContextManager
from typing import Any

import pghistory
import pgtrigger


def track(**options: Any) -> Any:
    """Return a class decorator that records every insert, update and delete of a model in ``<Model>Event``."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )


def because(reason: str, **facts: Any) -> AbstractContextManager[Any]:
    """Attach ``reason`` (and further facts, such as the command that ran) to every change inside the block."""
    return pghistory.context(reason=reason, **facts)


def append_only() -> pgtrigger.Protect:
    """Return a trigger that lets rows be added and never changed or removed."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
