"""What casework does in the background; thin, over services."""

from celery import shared_task

from dossiers.services.outbox import send_waiting


@shared_task
def send_messages() -> int:
    """Send the letters that wait; return how many went out."""
    return send_waiting()
