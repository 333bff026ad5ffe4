"""The queue: every scheduled task exists, and a real worker takes tasks from a real Redis."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from kombu import Connection
from pytest_django import Settings

from config import health
from config.celery import BEAT, app
from config.env import BASE_DIR
from config.tasks import clear_expired_sessions
from tests.fixtures_queue import url_of_the_test_database


def test_every_task_of_the_beat_table_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT.values()} <= set(app.tasks)


@pytest.mark.django_db
def test_expired_sessions_are_removed_and_others_stay() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    clear_expired_sessions()
    assert [session.pk for session in Session.objects.order_by("pk")] == ["new"]


@pytest.mark.slow
@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_task_goes_through_redis_to_a_real_worker(redis_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--concurrency", "1"]
    surroundings = {
        "PATH": os.environ["PATH"],
        "CCN_STATE_DIR": str(tmp_path),
        "DATABASE_URL": url_of_the_test_database(),
        "CELERY_BROKER_URL": redis_url,
    }
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    log = tmp_path / "worker.log"
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=BASE_DIR, env=surroundings, stdout=output, stderr=output) as worker,
    ):
        try:
            with Connection(redis_url) as broker:
                clear_expired_sessions.apply_async(connection=broker)
            deadline = time.monotonic() + 40
            while Session.objects.filter(pk="old").exists() and time.monotonic() < deadline:
                time.sleep(0.2)
            assert not Session.objects.filter(pk="old").exists(), log.read_text()
        finally:
            worker.terminate()
            worker.wait(timeout=30)


@pytest.mark.redis
@pytest.mark.django_db
def test_health_is_well_with_a_redis_that_answers(
    client: Client, settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = redis_url
    # An app of its own: the address of the portal's, once changed, would stay so for every later test.
    monkeypatch.setattr(health, "app", Celery(broker=redis_url, set_as_current=False))
    assert client.get("/health/").json()["queue"] == "ok"
