"""Child processes: start, watch, stop, and clean up what a killed run left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from config.env import BASE_DIR

STOP_SECONDS = 10.0
LEASH = "config.run.leash"


@dataclass
class Child:
    """One long-running child of the supervisor; its output goes to ``<state>/logs/<name>.log``."""

    name: str
    arguments: list[str]
    state: Path
    deaths: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Return the file that holds what the child wrote."""
        return self.state / "logs" / f"{self.name}.log"

    def start(self) -> None:
        """Start the child in a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", LEASH, str(os.getpid()), str(self.state), self.name, *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own programs
                command,
                cwd=BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Return the pid of the started child."""
        assert self.process is not None
        return self.process.pid

    def ended(self) -> int | None:
        """Return the exit status of a child that ended, ``None`` while it runs."""
        return self.process.poll() if self.process else 0

    def last_words(self, lines: int = 15) -> str:
        """Return the end of the child's log."""
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""


def start_fresh_logs(children: Iterable[Child]) -> None:
    """Begin an empty log for each child and keep the one of the run before beside it."""
    for child in children:
        if child.log.exists():
            child.log.replace(child.log.with_suffix(".log.1"))


def stop(children: Iterable[Child], *, at_once: Callable[[], bool]) -> None:
    """End the children: one TERM to each main process, then KILL to whatever is left of them in time.

    Celery's worker must get a single TERM, at its main process: it ends its pool itself. ``at_once`` says that
    the person asked again and waiting is over.
    """
    running = [child for child in children if child.process and child.ended() is None]
    families = {child.pid: _family(child.pid) for child in running}
    for child in running:
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while any(child.ended() is None for child in running) and time.monotonic() < deadline and not at_once():
        time.sleep(0.05)
    for child in running:
        left = [*families[child.pid], *_family(child.pid)]
        _kill(left)
        assert child.process is not None
        child.process.wait()


def end_leftovers(state: Path, recorded: list[tuple[int, float]]) -> int:
    """End what a killed run of this state folder left behind; return how many processes that were.

    A process is ours if pid and start time are those recorded, or if it stands in the session of a recorded
    child and its command line names the leash and this state folder. Anything else is left alone.
    """
    sessions = {pid for pid, _started in recorded}
    ours = []
    for pid, started in recorded:
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            if abs(process.create_time() - started) < 1:
                ours += [process, *process.children(recursive=True)]
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError, PermissionError):
            if process in ours or process.pid == os.getpid() or os.getsid(process.pid) not in sessions:
                continue
            line = process.cmdline()
            if LEASH in line and str(state) in line:
                ours.append(process)
    mains = [process for process in ours if process.pid in sessions]
    for process in mains:
        with suppress(psutil.Error):
            process.terminate()
    psutil.wait_procs(mains, timeout=STOP_SECONDS / 2)
    _kill(ours)
    return len(ours)


def started_at(pid: int) -> float:
    """Return when a process started, in seconds since the epoch; with its pid it names a process for good."""
    return psutil.Process(pid).create_time()


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        main = psutil.Process(pid)
        return [main, *main.children(recursive=True)]
    return []


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        # psutil compares start times, so that a pid in use again is never hit.
        with suppress(psutil.Error):
            if process.is_running():
                process.kill()
    psutil.wait_procs([process for process in processes if process.is_running()], timeout=STOP_SECONDS / 2)
