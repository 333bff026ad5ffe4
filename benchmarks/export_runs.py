"""One run of :mod:`benchmarks.export`: ``fill N``, ``copy N``, or an export of the list; prints JSON."""

import io
import json
import resource
import sys
import time
from collections.abc import Iterable
from typing import Any

import django

django.setup()

from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import translation

from accounts.models import User
from clusters.models import SecondaryProject
from clusters.views.records.lists import ProjectListView
from core.lists.export import FORMATS, Export
from core.lists.reading import plain_statement

ANALYST = "ministry@demo.example"


def fill(rows: int) -> None:
    """Bring the number of secondary projects to exactly ``rows``, by repeating those there are."""
    there = SecondaryProject.objects.count()
    names = [
        column.column
        for column in SecondaryProject._meta.concrete_fields
        if column.name not in ("id", "search_vector")
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        # The history of a million invented rows would only cost time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        if there > rows:
            cursor.execute(
                "DELETE FROM clusters_secondaryproject WHERE id IN "
                "(SELECT id FROM clusters_secondaryproject ORDER BY id DESC LIMIT %s)",
                [there - rows],
            )
        elif there < rows:
            columns = ", ".join(f'"{name}"' for name in names)
            cursor.execute(
                f"INSERT INTO clusters_secondaryproject ({columns}) "
                f"SELECT {columns} FROM clusters_secondaryproject, generate_series(1, %s) LIMIT %s",
                [rows // there + 1, rows - there],
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE clusters_secondaryproject")


def export() -> Export:
    """Return the export of the list of projects as the Ministry's analyst asks for it."""
    request = RequestFactory().get(
        "/registry/projects/", {"export": "csv", "export_columns": "all"}, HTTP_HOST="localhost"
    )
    request.user = User.objects.get(email=ANALYST)
    view: Any = ProjectListView()
    view.setup(request)
    return Export(view)


def copied() -> Iterable[bytes]:
    """Send the same statement through COPY; what arrives is counted and thrown away."""
    made = export()
    sql, parameters = plain_statement(made.rows, made.columns)
    sink = _Sink()
    with connection.cursor() as cursor:
        whole = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", parameters).decode()
        cursor.copy_expert(whole, sink)
    yield b""


class _Sink(io.RawIOBase):
    length = 0

    def write(self, data: Any) -> int:
        self.length += len(data)
        return len(data)


def measure(parts: Iterable[str | bytes], before: float) -> dict[str, Any]:
    """Take every part as a web server would, and say how long and how much memory it took."""
    length, first, start = 0, 0.0, time.perf_counter()
    for part in parts:
        first = first or time.perf_counter() - start
        length += len(part.encode() if isinstance(part, str) else part)
    seconds = time.perf_counter() - start
    peak = _peak()
    return {
        "seconds": round(seconds, 3),
        "first_ms": round(first * 1000, 1),
        "megabytes": round(length / 1e6, 1),
        "peak_mb": round(peak, 1),
        "grown_mb": round(peak - before, 1),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    with translation.override("vi"):
        if what == "fill":
            fill(number)
        else:
            made = export()
            start_memory = _peak()
            rows = copied() if what == "copy" else FORMATS[what].write(made)
            print(json.dumps(measure(rows, start_memory)))
