"""What must be done before the first page: migrations, translations, static files, data, accounts.

Each step is skipped while the files it depends on are the same as when it was last done, so that a second start
is quick. The record stands in the state folder and is bound to the database it was made for.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.env import BASE_DIR, database_url, state_dir

CODE = ["accounts", "clusters", "config", "core", "dossiers", "law", "places"]


@dataclass(frozen=True)
class Step:
    """One command and the files whose content decides whether it must run again."""

    command: str
    sentence: str
    files: tuple[str, ...]
    options: tuple[str, ...] = ()
    is_missing: Callable[[], bool] = lambda: False


def _is_translation_missing() -> bool:
    return any(not path.with_suffix(".mo").exists() for path in BASE_DIR.glob("locale/*/*/LC_MESSAGES/*.po"))


def _is_static_missing() -> bool:
    return not (state_dir() / "static" / "staticfiles.json").exists()


MIGRATIONS = ("*/migrations/*.py", "constraints.txt", "pyproject.toml")
DATA = (*MIGRATIONS, "data/**/*", *[f"{room}/**/*.py" for room in CODE if room != "config"])
STEPS = [
    Step(
        "translations", "Compiling translations", ("locale/**/*.po",), ("--compile",), _is_translation_missing
    ),
    Step("migrate", "Bringing the database up to date", MIGRATIONS, ("--noinput",)),
    Step(
        "collectstatic",
        "Collecting static files",
        ("static/**/*", "constraints.txt", "pyproject.toml"),
        ("--noinput", "--clear"),
        _is_static_missing,
    ),
    Step("load_reference", "Loading places, industries and the calendar", DATA),
    Step("load_demo", "Loading the clusters and the demo accounts", DATA),
]


def due() -> list[Step]:
    """Return the steps that must be done before the portal can start."""
    done = _record()["done"]
    # Steps that depend on the same files share what was read.
    digests = {files: digest(files) for files in {step.files for step in STEPS}}
    return [step for step in STEPS if step.is_missing() or done.get(step.command) != digests[step.files]]


def accounts() -> list[tuple[str, str, str]]:
    """Return e-mail, password and role of each demo account, as the last preparation found them."""
    return [(email, password, title) for email, password, title in _record()["accounts"]]


def digest(patterns: tuple[str, ...]) -> str:
    """Return a digest over the names and contents of the files that match."""
    sums = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in BASE_DIR.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts:
            sums.update(str(path.relative_to(BASE_DIR)).encode())
            sums.update(hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def main() -> None:
    """Do every step that is due and record it; run as a process of its own that alone needs Django."""
    import os

    import django
    from django.core.management import call_command, get_commands

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    commands = get_commands()
    record = _record()
    for step in due():
        if step.command not in commands:
            continue
        before = digest(step.files)
        started = time.monotonic()
        print(f"{step.sentence} ...", flush=True)
        call_command(step.command, *step.options, verbosity=0)
        print(f"{step.sentence}: {time.monotonic() - started:.1f} s", flush=True)
        record["done"][step.command] = before
        _write(record)
    record["accounts"] = _demo_accounts()
    _write(record)


def _demo_accounts() -> list[tuple[str, str, str]]:
    from django.utils import translation

    from accounts.demo import demo_accounts

    with translation.override("en"):
        return [(account.email, account.password, account.title) for account in demo_accounts()]


def _path() -> Path:
    return state_dir() / "prepared.json"


def _record() -> dict[str, Any]:
    empty: dict[str, Any] = {"database": _database_identity(), "done": {}, "accounts": []}
    try:
        record = json.loads(_path().read_text())
    except (OSError, ValueError):
        return empty
    return record if record.get("database") == empty["database"] else empty


def _write(record: dict[str, Any]) -> None:
    unfinished = _path().with_suffix(".new")
    unfinished.write_text(json.dumps(record, ensure_ascii=False))
    unfinished.replace(_path())


def _database_identity() -> str:
    """Name the database, so that the record of a removed one is not believed."""
    mark = state_dir() / "postgres" / "PG_VERSION"
    made = f"{mark.stat().st_ino}-{mark.stat().st_mtime_ns}" if mark.exists() else ""
    return hashlib.sha256(f"{database_url()} {made}".encode()).hexdigest()
