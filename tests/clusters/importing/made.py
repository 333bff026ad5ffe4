"""Workbooks and imports for the tests of importing."""

import io
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.importing.running import begin_check, begin_commit
from clusters.importing.starting import start_import
from clusters.models import ImportBatch, ImportRow
from core.workbooks.problems import Problem
from core.workbooks.writing import write_xlsx

MESSY = Path(__file__).resolve().parents[2] / "data" / "messy"


def upload_of(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def sheet(header: list[str], *rows: list[Any], name: str = "du-lieu.xlsx") -> SimpleUploadedFile:
    """Return a workbook with one table."""
    file = io.BytesIO()
    write_xlsx(file, header, rows)
    return SimpleUploadedFile(name, file.getvalue())


def started(upload: SimpleUploadedFile, kind: str, user: Any, **defaults: Any) -> ImportBatch:
    batch = start_import(upload=upload, kind=kind, user=user)
    if defaults:
        batch.defaults = {**batch.defaults, **defaults}
        batch.save()
    return batch


def checked(upload: SimpleUploadedFile, kind: str, user: Any, **defaults: Any) -> ImportBatch:
    return begin_check(batch=started(upload, kind, user, **defaults))


def saved(upload: SimpleUploadedFile, kind: str, user: Any, **defaults: Any) -> ImportBatch:
    batch = checked(upload, kind, user, **defaults)
    return begin_commit(batch=batch, reason="Nhập số liệu cũ", user=user)


def outcomes(batch: ImportBatch) -> list[tuple[int, str]]:
    rows = ImportRow.objects.filter(batch=batch).order_by("number", "part")
    return list(rows.values_list("number", "outcome"))


def problems(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """Return cell, severity and sentence of every problem, in the order of the rows."""
    rows = ImportRow.objects.filter(batch=batch).order_by("number", "part")
    found = [Problem.from_dict(one) for row in rows for one in row.problems]
    return [(one.cell, one.severity.value, str(one.message)) for one in found]
