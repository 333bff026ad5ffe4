"""Let an import be checked and saved: small ones at once, large ones by the queue."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from clusters.importing.commit import ask_to_commit, commit_import
from clusters.importing.preview import INLINE_ROWS, check_import
from clusters.models.imports import OPEN_STATES, ImportBatch, ImportState
from core.history import because

#: A worker tells of its progress more often than this; one that does not has stopped.
SILENCE = dt.timedelta(seconds=45)


def begin_check(*, batch: ImportBatch) -> ImportBatch:
    """Compute the preview, here or by the queue; returns the import, checked or being checked."""
    with transaction.atomic(), because("import checked"):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state not in OPEN_STATES:
            return batch
        batch.state, batch.progress, batch.fault = ImportState.CHECKING, 0, ""
        batch.save()
    return _run(batch, check_import)


def begin_commit(*, batch: ImportBatch, reason: str, user: Any) -> ImportBatch:
    """Save what the preview shows, here or by the queue. Raise ValidationError where it may not be saved."""
    batch = ask_to_commit(batch=batch, reason=reason, user=user)
    return _run(batch, commit_import)


def resume(batch: ImportBatch) -> None:
    """Give a busy import to the queue again if no worker has been heard of for a while."""
    if batch.is_busy and timezone.now() - batch.updated_at > SILENCE:
        ImportBatch.objects.filter(pk=batch.pk).update(updated_at=timezone.now())
        _queue(batch)


def run_import(batch: ImportBatch, language: str) -> ImportBatch:
    """Do what the state of an import asks for; an import that is not busy is left alone."""
    if batch.state == ImportState.CHECKING:
        return check_import(batch=batch, language=language)
    if batch.state == ImportState.COMMITTING:
        return commit_import(batch=batch, language=language)
    return batch


def _run(batch: ImportBatch, work: Any) -> ImportBatch:
    if batch.total <= INLINE_ROWS:
        done: ImportBatch = work(batch=batch, language=translation.get_language() or "vi")
        return done
    _queue(batch)
    return batch


def _queue(batch: ImportBatch) -> None:
    from clusters.tasks import work_on_import

    language = translation.get_language() or "vi"
    transaction.on_commit(lambda: work_on_import.delay(batch.pk, language))
