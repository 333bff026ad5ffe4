"""How the queue is reached: a folder in development, a Redis server in production."""

from pathlib import Path
from typing import Any

FILE_QUEUE = "filesystem://"


def transport_options(url: str, folder: Path) -> dict[str, Any]:
    """Return what Celery needs to reach the broker at the address; ``folder`` is that of the file queue."""
    if url == FILE_QUEUE:
        return {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            # Seconds between looks into the folder; a worker told to end waits several of them.
            "polling_interval": 0.2,
        }
    return {
        "visibility_timeout": 3600,
        # Whoever hands a task over has a person waiting: a server that is away is told at once, not tried for
        # seconds. The beat finds what was left behind. Workers reconnect by settings of their own.
        "max_retries": 0,
        "socket_connect_timeout": 2,
    }
