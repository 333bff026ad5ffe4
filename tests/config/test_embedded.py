"""The embedded PostgreSQL: joined, left, and never at the cost of somebody's private folder."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import embedded, embedded_root
from config.env import BASE_DIR
from tests.config.terminal import environment, remove, reset

AS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not AS_ROOT, reason="Only root starts the server as another account.")

QUESTION = "SELECT 41 + 1"
# What every command does first, without what it would load after that.
START = f"""
import psycopg2
from config.embedded import ensure_database
with psycopg2.connect(ensure_database()) as connection, connection.cursor() as cursor:
    cursor.execute("{QUESTION}")
    print(cursor.fetchone()[0])
"""
COMMAND = f"""
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("{QUESTION}")
    print(cursor.fetchone()[0])
"""


def ask_the_database(state: Path, *, by_command: bool = False) -> str:
    """Return the answer of a query that a process of its own makes, a management command if asked."""
    command = ["manage.py", "shell", "--no-imports", "-c", COMMAND] if by_command else ["-c", START]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=environment(state),
        capture_output=True,
        text=True,
        timeout=90,
    )
    return done.stdout.strip() or done.stderr


def modes(paths: list[Path]) -> dict[Path, tuple[int, int, int]]:
    """Return permissions and owner of each path."""
    found = {}
    for path in paths:
        status = path.lstat()
        found[path] = (stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid)
    return found


@pytest.fixture
def private_state() -> Iterator[Path]:
    """A state folder below a folder that its owner keeps private."""
    private = Path(tempfile.mkdtemp(prefix="ccn-private-", dir="/tmp")).resolve()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    (private / "state").mkdir()
    yield private / "state"
    remove(private / "state")
    shutil.rmtree(private, ignore_errors=True)


@pytest.mark.slow
def test_below_a_private_folder_nothing_is_opened_and_a_creation_that_was_cut_off_is_begun_again(
    private_state: Path,
) -> None:
    wheel = embedded._programs()
    watched = [private_state, *private_state.parents, *wheel.parents, wheel, *wheel.rglob("*")]
    before = modes(watched)

    assert ask_the_database(private_state) == "42"

    assert modes(watched) == before
    link = private_state / "postgres"
    data = link.resolve()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    if AS_ROOT:
        # The server's account could not reach it here.
        assert link.is_symlink()
        assert private_state.parent not in data.parents
        assert data.stat().st_uid == embedded_root.account().uid

    shutil.rmtree(data / "global")
    (private_state / "postgres.unfinished").touch()

    assert ask_the_database(private_state) == "42"
    assert not (private_state / "postgres.unfinished").exists()
    assert link.resolve() == data
    assert modes(watched) == before

    assert reset(private_state).returncode == 0
    assert not data.exists()
    assert not private_state.exists()


@pytest.mark.slow
def test_below_folders_that_all_may_pass_the_data_lies_in_the_state_folder_whatever_its_name(
    state: Path,
) -> None:
    folder = state.parent / "trạng thái" / "my state"
    assert ask_the_database(folder, by_command=True) == "42"
    assert not (folder / "postgres").is_symlink()
    # The server ended with the last command.
    assert (folder / "postgres" / "PG_VERSION").exists()
    assert not (folder / "postgres" / "postmaster.pid").exists()
    assert reset(folder).returncode == 0


@as_root
def test_programs_in_a_private_folder_are_copied_to_where_the_account_can_run_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Path(tempfile.mkdtemp(prefix="ccn-", dir="/tmp")).resolve()
    elsewhere.chmod(0o755)
    monkeypatch.setattr(embedded_root, "ELSEWHERE", [elsewhere])
    account = embedded_root.account()
    wheel = embedded._programs()
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    shutil.copytree(wheel, private / "package" / wheel.name, symlinks=True)
    libraries = wheel.parent.with_name(f"{wheel.parent.name}.libs")
    if libraries.is_dir():
        # The programs look for this name whatever the package is called.
        shutil.copytree(libraries, private / libraries.name)
        (private / "package").rename(private / wheel.parent.name)
    original = private / wheel.parent.name / wheel.name
    try:
        assert not embedded_root.can_enter(original, account)
        copy = embedded_root.reachable_programs(original, account)
        said = subprocess.run(
            [copy / "bin" / "initdb", "--version"],
            cwd="/",
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            capture_output=True,
            text=True,
        )
        assert said.stdout.startswith("initdb (PostgreSQL) 18"), said.stderr
        assert embedded_root.reachable_programs(original, account) == copy
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(elsewhere)


def test_a_url_given_to_a_child_is_known_as_the_embedded_one() -> None:
    assert embedded.is_embedded_url("")
    assert embedded.is_embedded_url("postgres://postgres@/ccn?host=/x&application_name=ccn-embedded")
    assert not embedded.is_embedded_url("postgres://portal:secret@db/portal")
