"""The task queue and the beat table: what the portal does by the calendar.

Statutory schedules stand here, in code, so that a change of one is reviewed like a change of a rule. Times are
Vietnam's (``Asia/Ho_Chi_Minh``). A task module is ``<room>/tasks.py``; its tasks are thin and call services.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Celery would run Django's checks and look at none of their results: a second and more of every start, most of it for
# pages that no worker shows. `make check` runs them; what production must not start with is refused below.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("ccn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)

BEAT: dict[str, dict[str, Any]] = {
    "sessions: remove the expired": {
        "task": "config.tasks.clear_expired_sessions",
        "schedule": crontab(hour=2, minute=15),
    },
    "clusters: recompute figures and report differences": {
        "task": "clusters.tasks.verify_figures",
        "schedule": crontab(hour=2, minute=30),
    },
    # Just after midnight every province is counted anew: what is late or old hangs on the day.
    "clusters: count the boards where something changed": {
        "task": "clusters.tasks.count_boards",
        "schedule": crontab(minute="1-56/5"),
    },
    "dossiers: send letters": {
        "task": "dossiers.tasks.send_messages",
        "schedule": crontab(),
        # One that waited a minute in the queue is done by the next.
        "options": {"expires": 60},
    },
    "dossiers: end receiving times that are over": {
        "task": "dossiers.tasks.close_due_windows",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    # Before the digests, which take along what it says.
    "dossiers: remind of deadlines, supplements and opinions": {
        "task": "dossiers.tasks.remind",
        "schedule": crontab(hour=6, minute=30),
    },
    # The hour stands in dossiers/services/notifying.py; what the mail server refused is tried again in between.
    "dossiers: send the daily letters": {
        "task": "dossiers.tasks.send_digests",
        "schedule": crontab(minute="*/10"),
    },
    "dossiers: compute due days anew": {
        "task": "dossiers.tasks.refresh_due_days",
        "schedule": crontab(hour=0, minute=20),
    },
    "dossiers: compute due days anew after a change of the calendar": {
        "task": "dossiers.tasks.refresh_due_days_of_a_new_calendar",
        "schedule": crontab(minute="*/5"),
    },
    "dossiers: remove uploads nobody finished": {
        "task": "dossiers.tasks.remove_stale_uploads",
        "schedule": crontab(hour=3, minute=10),
    },
    "clusters: take up imports whose worker died": {
        "task": "clusters.tasks.resume_imports",
        "schedule": crontab(),
    },
}
app.conf.beat_schedule = BEAT


@app.on_after_configure.connect
def prepare_queue(**_: Any) -> None:
    """Create the folders of the file queue, where that is the broker; raise OSError where they cannot be."""
    from django.conf import settings

    if settings.CELERY_BROKER_URL == settings.FILE_QUEUE and not settings.PRODUCTION:
        for folder in ("messages", "control"):
            Path(settings.QUEUE_FOLDER, folder).mkdir(parents=True, exist_ok=True)


@setup_logging.connect
def keep_our_logs(**_: Any) -> None:
    """Leave logging as settings have it; being connected is what stops Celery from replacing it."""


@celeryd_init.connect
@beat_init.connect
def refuse_unsafe_production(**_: Any) -> None:
    """End a worker or beat whose production settings are unsafe."""
    from config.checks import unsafe_production

    errors = unsafe_production()
    if errors:
        raise SystemExit("\n".join(f"{error.id}: {error.msg}" for error in errors))
