"""Whether the portal can work: database and queue, for the proxy and the people on duty."""

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.celery import app, prepare_queue

log = structlog.get_logger(__name__)
QUEUE_SECONDS = 2


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and queue are reachable, else 503; names of parts only, never an address."""
    parts = {"database": database_answers(), "queue": queue_answers()}
    status = 200 if all(parts.values()) else 503
    shown = {name: "ok" if fine else "unreachable" for name, fine in parts.items()}
    return JsonResponse({"status": "ok" if status == 200 else "unavailable", **shown}, status=status)


def database_answers() -> bool:
    """Say whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("health_database_unreachable", error=type(error).__name__)
        return False
    return True


def queue_answers() -> bool:
    """Say whether a task could be put into the queue."""
    try:
        if settings.CELERY_BROKER_URL == settings.FILE_QUEUE:
            prepare_queue()
            return True
        with app.connection_for_write(connect_timeout=QUEUE_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=QUEUE_SECONDS)
    except (OperationalError, OSError) as error:
        log.warning("health_queue_unreachable", error=type(error).__name__)
        return False
    return True
