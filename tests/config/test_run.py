"""``make run`` from the outside: it starts, works, ends, and survives being killed."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil
import pytest

from config.env import BASE_DIR
from config.run.__main__ import main, refuse_busy_port
from tests.config.terminal import environment, reset

pytestmark = pytest.mark.slow

FIRST_START_SECONDS = 180
CHILDREN = {"web", "worker", "beat"}

# The real clusters and the demo are there, once. A signed-out visitor's session expires; the task that removes it goes
# through the queue to the running worker.
STORY = """
import time
from datetime import timedelta
import structlog
from django.contrib.sessions.models import Session
from django.utils import timezone
from config.tasks import clear_expired_sessions
from tests.clusters.loaded import expect_the_demo
expect_the_demo()
Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
structlog.contextvars.bind_contextvars(request_id="story-request-id")
clear_expired_sessions.delay()
deadline = time.monotonic() + 30
while Session.objects.filter(session_key="old").exists() and time.monotonic() < deadline:
    time.sleep(0.2)
print("left:", Session.objects.filter(session_key="old").count())
"""


class Run:
    """One supervisor process and what it printed."""

    def __init__(self, state: Path, port: int, output: IO[str]) -> None:
        self.state = state
        self.port = port
        self._output = output
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.run", "--port", str(port)],
            cwd=BASE_DIR,
            env=environment(state),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    def said(self) -> str:
        """Return everything printed so far."""
        return Path(self._output.name).read_text()

    def wait_until_up(self, seconds: float) -> "Run":
        """Wait for the line with the address."""
        wait_for(
            lambda: "The portal is at" in self.said() or self.process.poll() is not None, seconds, self.said
        )
        assert self.process.poll() is None, self.said()
        return self

    def seconds(self) -> float:
        """Return how long the start took, as the portal tells it."""
        match = re.search(r"started in ([0-9.]+) s", self.said())
        assert match, self.said()
        return float(match.group(1))

    def children(self) -> dict[str, int]:
        """Return the pid of each child, by name."""
        recorded = json.loads((self.state / "run.json").read_text())["children"]
        return {name: pid for name, (pid, _started) in recorded.items()}

    def page(self, path: str) -> str:
        """Return a page of the running portal."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def end(self, number: int) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=40)


@contextmanager
def running(state: Path, port: int, tmp_path: Path) -> Iterator[Run]:
    with (tmp_path / f"output-{time.monotonic_ns()}").open("w") as output:
        run = Run(state, port, output)
        try:
            yield run
        finally:
            if run.process.poll() is None:
                run.end(signal.SIGTERM)


def wait_for(is_true: Callable[[], bool], seconds: float, explain: Callable[[], object] = str) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, explain()
        time.sleep(0.05)


def processes_of(state: Path) -> list[str]:
    """Return the command line of every living process that names the state folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        line = " ".join(process.info["cmdline"] or [])
        if str(state) in line and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(line)
    return found


def test_a_first_run_works_ends_with_ctrl_c_and_a_killed_one_blocks_nothing(
    state: Path, free_port: int, tmp_path: Path
) -> None:
    with running(state, free_port, tmp_path) as run:
        first = run.wait_until_up(FIRST_START_SECONDS).seconds()
        assert "Demo accounts" in run.said()
        assert f"The portal is at http://localhost:{free_port}/" in run.said(), "a name, for security keys"
        assert "@demo.example" in run.said()
        _expect_it_works(run)
        refused = reset(state)
        assert refused.returncode == 1
        assert refused.stderr.startswith("The portal already runs from")
        assert run.end(signal.SIGINT) == 0
        assert processes_of(state) == []
        assert not (state / "run.json").exists()

    with running(state, free_port, tmp_path) as run:
        run.wait_until_up(60)
        # Somebody who edits the project while the tests run makes a preparation due again.
        if "Preparing" not in run.said():
            # `python -m benchmarks.starts` tells in seconds what a test on a busy machine cannot.
            assert run.seconds() < first / 3
        run.end(signal.SIGKILL)

    with running(state, free_port, tmp_path) as run:
        # The port may be held for the moment that the old web process takes to notice.
        run.wait_until_up(60)
        assert json.loads(run.page("/health/"))["status"] == "ok"
        worker = run.children()["worker"]
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: "worker process ended" in run.said(), 20, run.said)
        wait_for(lambda: run.children()["worker"] != worker, 20)
        assert run.end(signal.SIGTERM) == 0
        assert processes_of(state) == []


def _expect_it_works(run: Run) -> None:
    assert set(run.children()) == CHILDREN
    assert json.loads(run.page("/health/"))["status"] == "ok"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", STORY],
        cwd=BASE_DIR,
        env=environment(run.state),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.stdout.strip() == "left: 0", told.stderr
    assert "story-request-id" in (run.state / "logs" / "worker.log").read_text()


def test_a_busy_port_is_named_with_the_way_out(state: Path, tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with running(state, port, tmp_path) as run:
            assert run.process.wait(timeout=30) == 1
            other = port + 1 if port < 65535 else port - 1
            assert run.said() == (
                f"Port {port} is used by another program: choose another one with make run PORT={other}.\n"
            )


def test_a_port_is_also_busy_where_browsers_look_for_the_name_first(free_port: int) -> None:
    try:
        holder = socket.create_server(("::1", free_port), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no addresses of the newer kind")
    with holder, pytest.raises(SystemExit, match=f"Port {free_port} is used by another program"):
        refuse_busy_port(free_port)
    refuse_busy_port(free_port)


def test_a_port_that_is_none_is_refused_in_one_sentence(state: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.run", "--port=http"],
        cwd=BASE_DIR,
        env=environment(state),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert done.stderr == "PORT must be a number from 1 to 65535, not http.\n"


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_number_that_is_no_port_is_refused_in_one_sentence(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody is asked to start: a text as the exit status is what Python prints to standard error, and ends with 1.
    monkeypatch.setattr(sys, "argv", ["config.run", f"--port={port}"])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == f"PORT must be a number from 1 to 65535, not {port}."


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "file").touch()
    with running(tmp_path / "file" / "state", free_port, tmp_path) as run:
        assert run.process.wait(timeout=30) == 1
        assert run.said().count("\n") == 1
        assert "cannot be written" in run.said()
        assert "CCN_STATE_DIR" in run.said()


def test_reset_leaves_a_folder_alone_that_is_not_the_portals(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    done = reset(tmp_path)
    assert done.returncode == 1
    assert "does not look like a state folder" in done.stderr
    assert (tmp_path / "thesis.txt").exists()
