"""Begin an import: take the file, guess what it holds, and say no with a sentence where it may not come in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.scope import scope_of
from clusters.importing.fields import title_of
from clusters.importing.reading import best_guess, missing_fields, remember, remembered, table_of, workbook_of
from clusters.importing.specs import SPECS, Spec, specs_for
from clusters.models.imports import OPEN_STATES, ImportBatch, ImportState
from core.files import clean_name, keep_file
from core.history import because
from core.workbooks.reading import Workbook, read_workbook
from places.models import Commune, Province

#: How long a file that lies open with one officer keeps a second one from importing it.
OPEN_FOR = dt.timedelta(hours=2)
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}


def start_import(*, upload: UploadedFile, kind: str, user: Any) -> ImportBatch:
    """Store a workbook and return its import with everything guessed; ``kind`` blank means: find out.

    Raise ValidationError (``core.workbooks.guards.Refused`` among them) with one sentence; nothing is kept then.
    """
    specs = [spec for spec in specs_for(user) if kind in ("", spec.kind.value)]
    if not specs:
        raise PermissionDenied
    name = clean_name(upload.name or "")
    upload.seek(0)
    workbook = read_workbook(upload, name)
    found = best_guess(workbook, specs)
    if found is None:
        raise ValidationError(
            _(
                "“%(name)s” has no row that looks like a header. Put titles above the columns, or use the template."
            )
            % {"name": name}
        )
    spec, table, mapping = found
    organisation, province = _place_of(user, spec)
    with transaction.atomic(), because(_("workbook uploaded for import")):
        stored = keep_file(upload, name=name, content_type=_MEDIA[workbook.type], user=user)
        _refuse_second(stored.sha256, spec.kind.value, user)
        batch = ImportBatch(
            kind=spec.kind.value,
            file=stored,
            province=province,
            organisation=organisation,
            created_by=user,
            sheet=table.sheet,
            header_rows=list(table.header_rows),
            mapping=mapping,
            defaults=_defaults(spec, name),
            notes=[note.as_dict() for note in workbook.notes],
            total=len(table.rows),
        )
        known = remembered(batch, table)
        if known is not None:
            batch.mapping = known.mapping
        batch.save()
    return batch


def replace_file(*, batch: ImportBatch, upload: UploadedFile, user: Any) -> ImportBatch:
    """Take a corrected workbook in the place of the first one; columns and choices stay. Raise ValidationError."""
    name = clean_name(upload.name or "")
    upload.seek(0)
    workbook = read_workbook(upload, name)
    spec = SPECS[batch.kind]
    before = batch.file
    with transaction.atomic(), because(_("workbook replaced by a corrected one")):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        _demand_open(batch)
        batch.file = keep_file(upload, name=name, content_type=_MEDIA[workbook.type], user=user)
        batch.corrections, batch.choices = {}, {}
        batch.notes = [note.as_dict() for note in workbook.notes]
        if not _reads_alike(batch, workbook, before.name):
            found = best_guess(workbook, [spec])
            if found is None:
                raise ValidationError(_("“%(name)s” has no row that looks like a header.") % {"name": name})
            _spec, table, mapping = found
            batch.sheet, batch.header_rows, batch.mapping = table.sheet, list(table.header_rows), mapping
        batch.state = ImportState.MAPPING
        batch.save()
    return batch


def set_columns(
    *,
    batch: ImportBatch,
    sheet: str,
    header_rows: list[int],
    mapping: Mapping[str, int],
    defaults: Mapping[str, Any],
    user: Any,
) -> ImportBatch:
    """Keep the sheet, the header, the columns and what holds for the whole file. Raise ValidationError.

    The mapping is remembered for the next workbook of the unit with the same header.
    """
    spec = SPECS[batch.kind]
    with transaction.atomic(), because(_("columns of an import named")):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        _demand_open(batch)
        batch.sheet, batch.header_rows = sheet, header_rows
        batch.mapping, batch.defaults = dict(mapping), dict(defaults)
        table = table_of(batch, workbook_of(batch), spec.all_fields())
        missing = missing_fields(spec, batch.mapping, table)
        if missing:
            names = ", ".join(f"“{title_of(field)}”" for field in missing)
            raise ValidationError(
                _("No column is chosen for %(names)s, and nothing can be imported without. Choose one.")
                % {"names": names}
            )
        doubled = [position for position in mapping.values() if list(mapping.values()).count(position) > 1]
        if doubled:
            raise ValidationError(
                _("The column “%(title)s” is chosen twice. Choose it for one field.")
                % {"title": table.header[doubled[0]].title}
            )
        if not table.rows:
            raise ValidationError(_("There is no row of data below this header. Choose another one."))
        batch.state, batch.total = ImportState.MAPPING, len(table.rows)
        batch.save()
        remember(batch, table)
    return batch


def discard_import(*, batch: ImportBatch, user: Any) -> None:
    """Throw an import away that was not saved; the list keeps that it was there."""
    with transaction.atomic(), because(_("import thrown away")):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        _demand_open(batch)
        batch.state = ImportState.DISCARDED
        batch.save()
        batch.rows.all().delete()


def _demand_open(batch: ImportBatch) -> None:
    if batch.state not in OPEN_STATES:
        raise ValidationError(
            _("This import is %(state)s; nothing can be changed in it.")
            % {"state": batch.get_state_display()}
        )


def _refuse_second(sha256: str, kind: str, user: Any) -> None:
    """Tell the second of two officers who import the same file at once."""
    with connection.cursor() as cursor:
        # Uploads of one file wait for one another, so that the later one sees the earlier one's import.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import {kind} {sha256}"])
    open_ = ImportBatch.objects.filter(
        file__sha256=sha256,
        kind=kind,
        updated_at__gte=timezone.now() - OPEN_FOR,
        state__in=[*OPEN_STATES, ImportState.CHECKING, ImportState.COMMITTING],
    )
    other = open_.exclude(created_by=user).select_related("created_by", "organisation").first()
    if other is not None:
        raise ValidationError(
            _(
                "%(person)s (%(unit)s) is importing this very file since %(time)s. "
                "Wait until it is saved or thrown away, or ask them."
            )
            % {
                "person": other.created_by,
                "unit": other.organisation or "–",
                "time": timezone.localtime(other.created_at).strftime("%H:%M, %d/%m/%Y"),
            },
            code="same_file",
        )


def _place_of(user: Any, spec: type[Spec]) -> tuple[Any, Province]:
    """Return the person's unit and the province whose rows they import."""
    for membership in user.active_memberships:
        organisation = membership.organisation
        if not all(function in membership.functions for function in spec.functions):
            continue
        if organisation.province_id:
            return organisation, Province.objects.get(pk=organisation.province_id)
        if organisation.commune_id:
            commune = Commune.objects.select_related("province").get(pk=organisation.commune_id)
            return organisation, commune.province
    scope = scope_of(user, spec.function)
    raise ValidationError(
        _("Your unit has no province, so its rows cannot be told from those of others.")
        if not scope.is_empty
        else _("Your account cannot import this kind of records.")
    )


def _defaults(spec: type[Spec], name: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "as_of" in spec.defaults:
        values["as_of"] = timezone.localdate().isoformat()
    if "source_title" in spec.defaults:
        values["source_title"] = _("Workbook “%(name)s”") % {"name": name}
    return values


def _reads_alike(batch: ImportBatch, workbook: Workbook, name: str) -> bool:
    """Say whether the corrected workbook has the same header in the same place as the first one."""
    sheets = {sheet.name for sheet in workbook.sheets}
    if batch.sheet not in sheets:
        return False
    spec = SPECS[batch.kind]
    try:
        table = table_of(batch, workbook, spec.all_fields())
    except ValidationError:
        return False
    return not missing_fields(spec, batch.mapping, table)
