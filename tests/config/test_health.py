"""The health address says whether database and queue are there, and nothing else."""

from pathlib import Path

import pytest
from celery import Celery
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from config import health


@pytest.fixture
def queue(settings: Settings, tmp_path: Path) -> Path:
    """A file queue of the test's own."""
    settings.CELERY_BROKER_URL = settings.FILE_QUEUE
    settings.QUEUE_FOLDER = tmp_path
    folder = tmp_path / "messages"
    folder.mkdir()
    return folder


@pytest.mark.django_db
def test_health_is_well_when_database_and_queue_are_there(client: Client, queue: Path) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_health_names_the_queue_when_it_cannot_be_written(client: Client, queue: Path) -> None:
    queue.rmdir()
    queue.touch()
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "ok", "queue": "unreachable"}


@pytest.mark.django_db
def test_an_unreachable_broker_is_noticed_and_its_address_not_told(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "redis://:secret-password@127.0.0.1:1/0"
    monkeypatch.setattr(health, "app", Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False))
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["queue"] == "unreachable"
    assert "secret-password" not in answer.text
    assert "127.0.0.1" not in answer.text


def test_an_unreachable_database_is_noticed_and_its_error_not_told(
    client: Client, queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def cursor(self) -> None:
            raise DatabaseError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr(health, "connection", Broken())
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert "10.0.0.7" not in answer.text


def test_health_is_only_read(client: Client) -> None:
    assert client.post("/health/").status_code == 405
