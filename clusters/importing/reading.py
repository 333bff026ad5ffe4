"""The workbook of an import: read again where it is needed, with the table and the header that were chosen."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from clusters.importing.fields import SHORT, fingerprint_words
from clusters.importing.specs import Spec
from clusters.models.imports import ImportBatch, ImportMapping
from core.sentences import sentence as _
from core.workbooks.headers import Table, find_tables, table_at
from core.workbooks.mapping import Field, Guess, rank_specs, vocabulary
from core.workbooks.problems import is_problem_sheet
from core.workbooks.reading import Workbook, read_workbook
from core.workbooks.templates import is_advice_sheet

#: Optional columns guessed with less confidence are left for a person to choose.
LIKELY = 0.7


def workbook_of(batch: ImportBatch) -> Workbook:
    """Return the workbook of an import as it was uploaded."""
    with batch.file.file.open("rb") as stored:
        return read_workbook(stored, batch.file.name)


def tables_in(workbook: Workbook, fields: Sequence[Field]) -> list[Table]:
    """Return the tables of all sheets but the list of problems and the pages of a template."""
    words = vocabulary(fields)
    return [
        table
        for sheet in workbook.sheets
        if not (is_problem_sheet(sheet.name) or (is_advice_sheet(sheet.name) and len(workbook.sheets) > 1))
        for table in find_tables(sheet, words)
    ]


def table_of(batch: ImportBatch, workbook: Workbook, fields: Sequence[Field]) -> Table:
    """Return the table an import reads. Raise ValidationError when the workbook does not have it."""
    rows = tuple(batch.header_rows)
    try:
        sheet = workbook.sheet(batch.sheet)
    except KeyError:
        raise ValidationError(
            _("The workbook has no sheet “%(sheet)s”. Choose another one.") % {"sheet": batch.sheet}
        ) from None
    for table in find_tables(sheet, vocabulary(fields)):
        if table.header_rows == rows:
            return table
    try:
        return table_at(sheet, rows)
    except ValueError:
        raise ValidationError(
            _("The sheet “%(sheet)s” has no such header rows. Choose others.") % {"sheet": batch.sheet}
        ) from None


def best_guess(
    workbook: Workbook, specs: Sequence[type[Spec]]
) -> tuple[type[Spec], Table, dict[str, int]] | None:
    """Return the kind, the table and the mapping that fit best; None if no row looks like a header."""
    lists = {spec.kind.value: spec.all_fields() for spec in specs}
    everything = [field for fields in lists.values() for field in fields]
    tables = tables_in(workbook, everything)
    ranked = rank_specs(lists, [table for table in tables if table.rows] or tables, SHORT)
    if not ranked:
        return None
    kind, table, guess = ranked[0]
    chosen = next(spec for spec in specs if spec.kind.value == kind)
    return chosen, table, likely(chosen, guess)


def likely(spec: type[Spec], guess: Guess) -> dict[str, int]:
    """Return the mapping without guesses that are wrong as often as right; required fields keep theirs."""
    required = {field.key for field in spec.all_fields() if field.required}
    return {
        key: match.position
        for key, match in guess.matches.items()
        if match.confidence >= LIKELY or key in required
    }


def fingerprint(table: Table) -> str:
    """Return the digest by which a header is known again."""
    words = fingerprint_words(column.title for column in table.header)
    return hashlib.sha256(words.encode()).hexdigest()


def remembered(batch: ImportBatch, table: Table) -> ImportMapping | None:
    """Return how the person's unit read this header last time."""
    return ImportMapping.objects.filter(
        organisation=batch.organisation_id, kind=batch.kind, fingerprint=fingerprint(table)
    ).first()


def remember(batch: ImportBatch, table: Table) -> None:
    """Keep the mapping for the next workbook with this header."""
    if batch.organisation_id is not None:
        ImportMapping.objects.update_or_create(
            organisation_id=batch.organisation_id,
            kind=batch.kind,
            fingerprint=fingerprint(table),
            defaults={"mapping": batch.mapping},
        )


def missing_fields(spec: type[Spec], mapping: dict[str, Any], table: Table) -> list[Field]:
    """Return the required fields that neither a column nor the headings of groups fill."""
    sections = any(row.section for row in table.rows)
    return [
        field
        for field in spec.all_fields()
        if field.required and field.key not in mapping and not (field.key == spec.section_key and sections)
    ]
