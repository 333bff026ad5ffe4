"""What the registry does by the calendar."""

import structlog
from celery import shared_task
from django.db import transaction

from clusters.importing.running import resume_all, run_import
from clusters.models import ImportBatch
from clusters.services.boards import count_due
from clusters.services.figures import refresh_figures, stale_figures

logger = structlog.get_logger(__name__)


@shared_task
def verify_figures() -> list[str]:
    """Recompute every cluster's figures and return the codes of those whose stored figures were wrong.

    Services keep the figures fresh; a difference means that a figure was written past them, and is logged as an error.
    """
    with transaction.atomic():
        wrong = list(stale_figures().order_by("code").values_list("code", flat=True))
        refresh_figures()
    if wrong:
        logger.error("figures_were_stale", clusters=wrong)
    return wrong


@shared_task
def count_boards() -> int:
    """Bring the boards of every province up to date; return how many provinces were counted."""
    return len(count_due())


@shared_task
def work_on_import(batch_id: int) -> None:
    """Check or save an import that is too large for a page; delivered twice, it is done once."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is not None:
        run_import(batch)


@shared_task
def resume_imports() -> list[int]:
    """Give imports whose worker died to the queue again, and return their keys."""
    resumed = resume_all()
    if resumed:
        logger.warning("imports_were_resumed", batches=resumed)
    return resumed
