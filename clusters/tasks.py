"""What the registry does by the calendar."""

import structlog
from celery import shared_task
from django.db import transaction

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
