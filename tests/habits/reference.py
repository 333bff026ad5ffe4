"""Reference data is loaded once a session and survives tests that really commit.

A transactional test (``live_server`` among them) ends by emptying every table. The tables that hold rows once the
reference data is in are left out of that: they are emptied only of the rows that were added since. Such a test may
therefore add to a reference table, and must not change a row of it.
"""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import AutoField, BigAutoField, Max

from core.reference import load_all

_kept: dict[str, str] = {}


def migrations_fingerprint() -> str:
    """Return a hash of every migration; another one means that a kept test database is out of date."""
    total = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def load() -> None:
    """Load what a real installation has from its first day, and remember which rows that is."""
    for _name, _ran in load_all():
        pass
    _remember()


def _remember() -> None:
    """Note, for every table that now holds rows, the condition that tells rows added since from these."""
    _kept.clear()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            meta = model._meta
            rows = model._base_manager.order_by()
            if not meta.managed or meta.proxy or meta.db_table == "django_session" or not rows.exists():
                continue
            column = connection.ops.quote_name(meta.pk.column)
            if isinstance(meta.pk, AutoField | BigAutoField):
                highest = rows.aggregate(highest=Max("pk"))["highest"]
                condition = cursor.mogrify(f"{column} > %s", [highest])
            else:
                keys = [str(key) for key in rows.values_list("pk", flat=True)]
                condition = cursor.mogrify(f"{column}::text <> ALL(%s)", [keys])
            _kept[meta.db_table] = condition.decode()


def keep_through_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave reference rows where they are when a transactional test empties the database."""
    original = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
        others = [table for table in tables if table not in _kept]
        added = [f"DELETE FROM {self.quote_name(table)} WHERE {rows}" for table, rows in _kept.items()]
        with self.connection.cursor() as cursor:
            if not _may_disable_triggers(cursor):
                return original(self, style, others, **options) + added
            filled = _filled(cursor, [self.quote_name(table) for table in others])
        # TRUNCATE makes every table and index a new file, a thousand of them for the rows of one test.
        return [
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {table}" for table in filled),
            *added,
        ]

    monkeypatch.setattr(DatabaseOperations, "sql_flush", sql_flush)
    # Content types and permissions were kept, so nothing has to be made again after a flush.
    monkeypatch.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)


def _may_disable_triggers(cursor: Any) -> bool:
    cursor.execute("SHOW is_superuser")
    return bool(cursor.fetchone()[0] == "on")


def _filled(cursor: Any, tables: list[str]) -> list[str]:
    """Return those of the quoted tables that hold a row."""
    if not tables:
        return []
    cursor.execute(
        " UNION ALL ".join(f"(SELECT {index} FROM {table} LIMIT 1)" for index, table in enumerate(tables))
    )
    return [tables[index] for (index,) in cursor.fetchall()]
