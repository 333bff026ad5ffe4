"""The database of the tests is copied from a template that is made once and kept until what it is made from changes.

Migrations and reference data take a quarter of a minute, the copy a second. A run with ``--create-db`` makes a
template of its own.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from core.reference import digest_of, registered
from tests.habits import reference

_PREFIX = "ccn_test_template_"


def template(*, run: str = "") -> str:
    """Return the name of the template, made first unless it is there already; workers that come along wait.

    ``run`` names a run that wants a template of its own; all its workers give the same name.
    """
    name = _PREFIX + hashlib.sha256(f"{_fingerprint()} {run}".encode()).hexdigest()[:16]
    with (Path(settings.STATE_DIR) / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = _templates()
        if name not in known:
            _make(name, outdated=known)
    return name


def end_other_sessions() -> None:
    """End what is still connected to the test database, which otherwise cannot be removed.

    A thread of the test server whose browser has just gone may not have closed its connection yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _fingerprint() -> str:
    """Return what changes with the migrations, the packages (which bring migrations) and the reference data."""
    packages = Path(settings.BASE_DIR) / "constraints.txt"
    data = [path for one in registered() for path in one.paths]
    return hashlib.sha256(
        f"{reference.migrations_fingerprint()} {digest_of([packages, *data])}".encode()
    ).hexdigest()


def _make(name: str, *, outdated: list[str]) -> None:
    unfinished = f"{_PREFIX}unfinished"
    with _test_database_called(unfinished):
        old_name = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            reference.load()
        finally:
            connection.close()
            connection.creation.destroy_test_db(old_name, verbosity=0, keepdb=True)
    with connection._nodb_cursor() as cursor:
        for old in outdated:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(old)}")
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
        # Nobody connects to a template, the housekeeping of the server included: a copy needs it for itself.
        cursor.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")


def _templates() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"])
        return [name for (name,) in cursor.fetchall() if name != f"{_PREFIX}unfinished"]


@contextmanager
def _test_database_called(name: str) -> Iterator[None]:
    """Let the next test database bear the name."""
    options = connection.settings_dict["TEST"]
    usual = options["NAME"]
    options["NAME"] = name
    try:
        yield
    finally:
        options["NAME"] = usual
