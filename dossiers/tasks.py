"""What casework does in the background; thin, over services."""

from celery import shared_task

from dossiers.services import uploads
from dossiers.services.outbox import send_waiting


@shared_task
def send_messages() -> int:
    """Send the letters that wait; return how many went out."""
    return send_waiting()


@shared_task
def remove_stale_uploads() -> int:
    """Remove uploads nobody finished; return how many."""
    return uploads.remove_stale()
