"""The supervisor behind ``make run`` and ``make reset``."""

import argparse
import errno
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config import embedded, embedded_root
from config.env import env, is_production, state_dir
from config.run import prepare
from config.run.children import Child, end_leftovers, start_fresh_logs, started_at, stop
from config.run.ledger import AlreadyRunningError, Ledger

HOST = "127.0.0.1"
# What people open: browsers let security keys work at a name, never at a number.
NAME = "localhost"
ANSWER_SECONDS = 60.0
# A child may die now and then and is started again; one that dies so often in so short a time ends the run.
DEATHS = 3
DEATHS_SECONDS = 60.0


class Stop(Exception):
    """Somebody asked the run to end."""


class Supervisor:
    """One run of the portal: its children, its record, and the wish to end."""

    def __init__(self, state: Path, port: int) -> None:
        self.state = state
        self.port = port
        self.address = f"http://{NAME}:{port}/"
        self.ledger = Ledger(state)
        self.asked_to_stop = 0
        self.children: list[Child] = []

    def run(self) -> int:
        """Run until asked to end or until a child cannot be kept alive; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        started = time.monotonic()
        self.ledger.acquire()
        try:
            left = end_leftovers(self.state, self.ledger.leftovers())
            if left:
                say(f"Ended {left} processes that a killed run had left behind.")
            refuse_busy_port(self.port)
            embedded.ensure_database()
            self._prepare()
            web, *others = self._children()
            start_fresh_logs([web, *others])
            # The page first: three processes that load the portal at once would make a person wait for all.
            self._start([web])
            self._wait_for_page(web)
            self._start(others)
            say(banner(self.address, self.state, time.monotonic() - started))
            self._watch()
        except Stop:
            return 0
        finally:
            if self.children:
                say("Ending within a few seconds; Ctrl-C again ends at once.")
            stop(self.children, at_once=lambda: self.asked_to_stop > 1)
            self.ledger.close()
        return 0

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop += 1

    def _pause(self) -> None:
        if self.asked_to_stop:
            raise Stop
        time.sleep(0.1)

    def _record(self) -> None:
        running = {
            child.name: (child.pid, started_at(child.pid)) for child in self.children if child.ended() is None
        }
        self.ledger.write(port=self.port, children=running)

    def _prepare(self) -> None:
        if not prepare.due():
            return
        say("Preparing the portal; the first start takes a little longer.")
        child = Child("prepare", [], self.state)
        start_fresh_logs([child])
        self.children = [child]
        child.start()
        self._record()
        shown = 0
        while True:
            ended = child.ended()
            lines = child.log.read_text(errors="replace").splitlines() if child.log.exists() else []
            for line in lines[shown:]:
                if line.endswith(" s"):
                    say(f"  {line}")
            shown = len(lines)
            if ended is not None:
                break
            self._pause()
        self.children = []
        if ended:
            fail(f"{child.last_words()}\nThe portal could not be prepared; the whole log is {child.log}.")

    def _children(self) -> list[Child]:
        web = f"--bind {HOST}:{self.port} --workers 1 --threads 6 --graceful-timeout 3 --no-control-socket"
        worker = "--concurrency 1 --without-gossip --without-mingle --without-heartbeat --loglevel INFO"
        beat = self.state / "beat"
        beat.mkdir(exist_ok=True)
        celery = ["--app", "config.celery"]
        return [
            Child("web", [*web.split(), "config.wsgi:application"], self.state),
            Child("worker", [*celery, "worker", *worker.split()], self.state),
            Child(
                "beat", [*celery, "beat", "--schedule", str(beat / "schedule"), "--pidfile", ""], self.state
            ),
        ]

    def _start(self, children: list[Child]) -> None:
        for child in children:
            child.start()
            self.children.append(child)
        self._record()

    def _wait_for_page(self, web: Child) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not answers(f"http://{HOST}:{self.port}/"):
            self._tend()
            if time.monotonic() > deadline:
                fail(
                    f"{web.last_words()}\nThe portal does not answer at {self.address}; the log is {web.log}."
                )
            self._pause()

    def _watch(self) -> None:
        while True:
            self._tend()
            self._pause()

    def _tend(self) -> None:
        """Start a child again that died; end the run if it keeps dying."""
        for child in self.children:
            status = child.ended()
            if status is None or self.asked_to_stop:
                continue
            now = time.monotonic()
            child.deaths = [death for death in child.deaths if now - death < DEATHS_SECONDS] + [now]
            if len(child.deaths) >= DEATHS:
                fail(
                    f"{child.last_words()}\nThe {child.name} process ended {DEATHS} times within a minute, last with "
                    f"status {status}; the whole log is {child.log}."
                )
            say(
                f"The {child.name} process ended with status {status} and is started again; its log is {child.log}."
            )
            child.start()
            self._record()


def say(text: str) -> None:
    """Print a line for the person at the terminal, at once; nobody listening any more is no error."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for the rest of the process


def fail(sentence: str) -> NoReturn:
    """End with a sentence on standard error and a non-zero status."""
    raise SystemExit(sentence)


def refuse_busy_port(port: int) -> None:
    """End with one sentence if another program listens on the port, also where browsers look for the name first."""
    if is_busy(socket.AF_INET, HOST, port) or is_busy(socket.AF_INET6, "::1", port):
        other = port + 1 if port < 65535 else port - 1
        fail(f"Port {port} is used by another program: choose another one with make run PORT={other}.")


def is_busy(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Say whether a port is taken; a machine without the family of addresses has nobody there."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno in {errno.EADDRINUSE, errno.EACCES}
    return False


def answers(address: str) -> bool:
    """Say whether a page comes back from the address, whatever it says short of a server error."""
    try:
        with urllib.request.urlopen(address, timeout=20) as page:  # noqa: S310 - our own address
            return int(page.status) < 500
    except urllib.error.HTTPError as error:
        # Closed by hand: an error page is a response too.
        with error:
            return error.code < 500
    except OSError:
        return False


def banner(address: str, state: Path, seconds: float) -> str:
    """Return what the person at the terminal needs: the address, the accounts, how to end."""
    lines = [
        "",
        f"The portal is at {address} (started in {seconds:.1f} s). Ctrl-C ends it; logs: {state / 'logs'}",
    ]
    accounts = prepare.accounts()
    if accounts:
        wide = max(len(email) for email, _password, _title in accounts)
        password = accounts[0][1]
        lines += ["", f"Demo accounts, all with the password {password}", ""]
        lines += [f"  {email:<{wide}}  {title}" for email, _password, title in accounts]
    return "\n".join([*lines, ""])


def reset(state: Path) -> int:
    """Remove the state folder with everything the portal wrote; refuse while a run is live."""
    if not state.exists():
        say(f"There is nothing to remove at {state}.")
        return 0
    if not (state / "run.lock").exists() and not (state / "postgres").exists() and any(state.iterdir()):
        fail(f"{state} does not look like a state folder of the portal: remove it yourself if you mean it.")
    ledger = Ledger(state)
    ledger.acquire()
    try:
        end_leftovers(state, ledger.leftovers())
        if not embedded.stop_if_unused(state):
            fail(f"A command or a test still uses the database in {state}: end it first.")
        embedded_root.remove_data(state / "postgres")
        shutil.rmtree(state)
    finally:
        ledger.close()
    say(f"Removed {state}.")
    return 0


def main() -> int:
    """Run or reset, as asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m config.run", description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--reset", action="store_true", help="remove the state folder")
    options = parser.parse_args()
    if not options.port.isdigit() or not 1 <= int(options.port) <= 65535:
        fail(f"PORT must be a number from 1 to 65535, not {options.port}.")
    port = int(options.port)
    state = state_dir()
    try:
        if options.reset:
            return reset(state)
        if is_production():
            fail(
                "PRODUCTION=1 is set, and make run is for development and demonstration: see docs/operations.md."
            )
        embedded.make_state_folder(state)
        env.ENVIRON["SITE_URL"] = f"http://{NAME}:{port}"
        return Supervisor(state, port).run()
    except (AlreadyRunningError, embedded.EmbeddedError, RuntimeError) as error:
        fail(str(error))


if __name__ == "__main__":
    sys.exit(main())
