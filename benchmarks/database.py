"""One database a scale, on the embedded server; made once and kept until the generator changes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_reference")
from accounts.demo import load_demo_accounts
load_demo_accounts()
from benchmarks.generate import fill
fill({scale})
"""


def prepare(url: str, scale: int) -> str:
    """Return the URL of the database with ``scale`` nations, making it or migrating it as needed."""
    name = f"bench_{scale}x_{_fingerprint()}"
    parts = urlsplit(url)
    own = urlunsplit(parts._replace(path=f"/{name}"))
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            _make(cursor, scale, name, own)
    connection.close()
    run(own, "manage.py", "migrate", "--verbosity=0")
    run(own, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    return own


def _make(cursor: Any, scale: int, name: str, own: str) -> None:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"bench_{scale}x_%"])
    for (old,) in cursor.fetchall():
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        run(own, "-c", PREPARE.format(scale=scale))
    except subprocess.CalledProcessError:
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        raise


def run(url: str, *arguments: str) -> str:
    """Run Python on a database of its own and return what it prints."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


def _fingerprint() -> str:
    """Return a mark that changes with the generator; the schema is migrated instead."""
    return hashlib.sha256((ROOT / "benchmarks" / "generate.py").read_bytes()).hexdigest()[:10]
