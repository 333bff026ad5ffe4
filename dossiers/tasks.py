"""What casework does in the background; thin, over services. When each runs stands in ``config/celery.py``."""

from celery import shared_task

from dossiers.services import clocks, outbox, reminders, uploads


@shared_task
def send_messages() -> int:
    """Send the letters that wait; return how many went out."""
    return outbox.send_waiting()


@shared_task
def send_digests() -> int:
    """Send the daily letters whose hour has come; return how many went out."""
    return outbox.send_digests()


@shared_task
def close_due_windows() -> int:
    """End receiving times that are over; return how many."""
    return reminders.close_due_windows()


@shared_task
def remind() -> dict[str, int]:
    """Say the reminders of the morning; return how many of each kind."""
    return {
        "deadlines": reminders.remind_of_deadlines(),
        "supplements": reminders.remind_of_supplements(),
        "opinions": reminders.remind_of_opinions(),
    }


@shared_task
def refresh_due_days() -> int:
    """Compute the due days of all open dossiers anew; return how many differed."""
    return clocks.refresh_all_due()


@shared_task
def refresh_due_days_of_a_new_calendar() -> int:
    """Compute the due days anew if the working-day calendar changed since this last ran; return how many differed."""
    return clocks.refresh_after_calendar_change()


@shared_task
def remove_stale_uploads() -> int:
    """Remove uploads nobody finished; return how many."""
    return uploads.remove_stale()
