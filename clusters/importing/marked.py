"""The workbook of an import with every problem of its preview marked in the cells."""

from typing import IO

from clusters.importing.reading import workbook_of
from clusters.models import ImportBatch
from core.workbooks.problems import Problem


def problems_of(batch: ImportBatch) -> list[Problem]:
    """Return every problem of the file and of its rows, in the order of the rows."""
    found = [Problem.from_dict(facts) for facts in batch.notes]
    rows = batch.rows.exclude(problems=[]).order_by("number", "part").values_list("problems", flat=True)
    for listed in rows.iterator():
        found.extend(Problem.from_dict(facts) for facts in listed)
    return found


def write_marked(batch: ImportBatch, file: IO[bytes]) -> None:
    """Write the workbook with its problems marked to ``file``, as .xlsx."""
    # Loaded here: openpyxl is large, and whoever starts the portal would wait for it.
    from core.workbooks.marking import mark_workbook

    workbook = workbook_of(batch)
    with batch.file.file.open("rb") as original:
        mark_workbook(workbook, problems_of(batch), file, original)
