"""The queue: every scheduled task exists, and health asks a real Redis.

A task that goes through Redis to a real worker stands in ``tests/clusters/importing/test_worker_killed.py``, at the end
of a story that has both running.
"""

from datetime import timedelta

import pytest
from celery import Celery
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config import health
from config.celery import BEAT, app
from config.tasks import clear_expired_sessions


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


@pytest.mark.redis
@pytest.mark.django_db
def test_health_is_well_with_a_redis_that_answers(
    client: Client, settings: Settings, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = redis_url
    # An app of its own: the address of the portal's, once changed, would stay so for every later test.
    monkeypatch.setattr(health, "app", Celery(broker=redis_url, set_as_current=False))
    assert client.get("/health/").json()["queue"] == "ok"
