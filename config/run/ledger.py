"""The record of a run in the state folder: who runs, on which port, with which children."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any


class AlreadyRunningError(RuntimeError):
    """Another run holds the state folder; the message is one sentence with its address."""


class Ledger:
    """``run.lock`` is held by the living supervisor and freed by the system when it dies; ``run.json`` says more."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.path = state / "run.json"
        self._lock: IO[str] | None = None

    def acquire(self) -> None:
        """Take the state folder for this process, or raise :class:`AlreadyRunningError`."""
        lock = (self.state / "run.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            held = self.read()
            address = f" at http://localhost:{held['port']}/" if "port" in held else ""
            raise AlreadyRunningError(
                f"The portal already runs from {self.state}{address} (process {held.get('supervisor', 'unknown')}): "
                "end that one first."
            ) from None
        self._lock = lock

    def read(self) -> dict[str, Any]:
        """Return what the last run wrote, or nothing."""
        try:
            return dict(json.loads(self.path.read_text()))
        except (OSError, ValueError):
            return {}

    def leftovers(self) -> list[tuple[int, float]]:
        """Return pid and start time of each child that the last run recorded and did not strike out."""
        return [(pid, started) for pid, started in self.read().get("children", {}).values()]

    def write(self, *, port: int, children: dict[str, tuple[int, float]]) -> None:
        """Record this run."""
        text = json.dumps({"supervisor": os.getpid(), "port": port, "children": children})
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text(text)
        unfinished.replace(self.path)

    def close(self) -> None:
        """Strike out the run and give the state folder free."""
        self.path.unlink(missing_ok=True)
        if self._lock:
            self._lock.close()
            self._lock = None
