"""Let an import be checked and saved: small ones at once, large ones by the queue."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters.importing.commit import ask_to_commit, commit_import
from clusters.importing.preview import INLINE_ROWS, check_import, is_held
from clusters.models.imports import BUSY_STATES, OPEN_STATES, ImportBatch, ImportState
from core.history import because
from core.queue import hand_over
from core.sentences import Sentence, as_json
from core.sentences import sentence as _

#: How long a busy import that no worker holds waits for one before it is queued again.
SILENCE = dt.timedelta(seconds=45)
#: A repeated message that no worker took by then is dropped; the next one was sent long before.
_REPEATED_FOR = 600
#: An import whose worker died as often is not taken up again: the import itself may be what ends it.
MOST_INTERRUPTIONS = 5
_BEFORE = {
    ImportState.CHECKING.value: ImportState.MAPPING.value,
    ImportState.COMMITTING.value: ImportState.CHECKED.value,
}


def begin_check(*, batch: ImportBatch) -> ImportBatch:
    """Compute the preview, here or by the queue; returns the import, checked or being checked."""
    with transaction.atomic(), because("import checked"):
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state not in OPEN_STATES:
            return batch
        batch.state, batch.progress, batch.fault = ImportState.CHECKING, 0, None
        batch.interruptions = 0
        batch.save()
    return _run(batch, check_import)


def begin_commit(*, batch: ImportBatch, reason: str, user: Any) -> ImportBatch:
    """Save what the preview shows, here or by the queue. Raise ValidationError where it may not be saved."""
    batch = ask_to_commit(batch=batch, reason=reason, user=user)
    return _run(batch, commit_import)


def resume(batch: ImportBatch) -> bool:
    """Give a busy import to the queue again if its worker is gone; return whether it was given.

    The row of the import says what is to be done, so a message that was lost with its worker is not missed. A worker
    that lives holds the import, however long it is silent; one that died let go of it.
    """
    silent = timezone.now() - batch.updated_at > SILENCE
    if not (batch.is_busy and silent) or is_held(batch):
        return False
    # Of two that look at the same moment one gives it to the queue.
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, updated_at=batch.updated_at)
    if batch.interruptions >= MOST_INTERRUPTIONS:
        with because("import interrupted too often"):
            waiting.update(
                state=_BEFORE[batch.state], fault=as_json(_interrupted(batch)), updated_at=timezone.now()
            )
        return False
    if not waiting.update(interruptions=batch.interruptions + 1, updated_at=timezone.now()):
        return False
    _queue(batch, expires=_REPEATED_FOR)
    return True


def _interrupted(batch: ImportBatch) -> Sentence:
    return _(
        "The work stopped %(count)s times and was not taken up again; nothing was saved. Try again, or split the "
        "workbook."
    ) % {"count": batch.interruptions}


def resume_all() -> list[int]:
    """Give every busy import without a living worker to the queue again; return their keys."""
    busy = ImportBatch.objects.filter(state__in=BUSY_STATES, updated_at__lt=timezone.now() - SILENCE)
    return [batch.pk for batch in busy.order_by("updated_at", "pk") if resume(batch)]


def run_import(batch: ImportBatch) -> ImportBatch:
    """Do what the state of an import asks for; an import that is not busy is left alone."""
    if batch.state == ImportState.CHECKING:
        return check_import(batch=batch)
    if batch.state == ImportState.COMMITTING:
        return commit_import(batch=batch)
    return batch


def _run(batch: ImportBatch, work: Any) -> ImportBatch:
    if batch.total <= INLINE_ROWS:
        done: ImportBatch = work(batch=batch)
        return done
    _queue(batch)
    return batch


def _queue(batch: ImportBatch, expires: int | None = None) -> None:
    from clusters.tasks import work_on_import

    transaction.on_commit(lambda: hand_over(work_on_import, batch.pk, expires=expires))
