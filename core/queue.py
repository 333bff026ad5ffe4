"""Hand a task to the workers without keeping the person who acted waiting."""

from typing import Any

import structlog
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def hand_over(task: Any, *arguments: Any, **options: Any) -> bool:
    """Ask the workers to run the task; say whether the queue could be reached. For use after a commit.

    It is tried once. What the task works on must be found by the beat too: a queue that is away undoes nothing and
    loses nothing. ``options`` go to Celery's ``apply_async``.
    """
    try:
        task.apply_async(arguments, retry=False, ignore_result=True, **options)
    except (OSError, OperationalError) as error:
        log.warning("queue_unreachable", task=task.name, error=str(error)[:300])
        return False
    return True
