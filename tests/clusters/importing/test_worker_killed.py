"""A worker is killed in the middle of a large import: nothing is half-written, nothing is done twice, nothing is lost.

A real worker takes messages from a real queue, Redis or the folder, and is ended with SIGKILL together with its
children while it waits for a table that the test holds. Redis would deliver the message again an hour later, the folder
never; the beat's task finds the import by its own row within a minute. That minute is not waited for: the row is made
older by hand.

Each queue sees one half. What is resumed, and that it is done once, is decided in the database, by the row of the
import and the lock on it, and that is the same for both queues; they differ in what becomes of the message of a dead
worker, and each half loses one. The saving, where a message lost or doubled would do harm, goes through Redis, which
is the queue of production.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from accounts.roles import Role
from clusters.importing import running
from clusters.importing.preview import is_held
from clusters.models import ImportBatch, ImportRow, Investor, SecondaryProject
from config.broker import FILE_QUEUE, transport_options
from config.env import BASE_DIR
from config.tasks import clear_expired_sessions
from core.changes import event_model_of
from tests.clusters.importing.made import checked, sheet
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory
from tests.fixtures_queue import url_of_the_test_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROWS = 1_200
NOTHING = {"projects": 0, "investors": 0, "history": 0}
HEADER = ["Cụm công nghiệp", "Tên dự án", "Chủ đầu tư", "Số lao động"]


class Queue:
    """A queue of the test's own, and the worker on it."""

    def __init__(self, folder: Path, broker: str) -> None:
        self.folder = folder
        self.surroundings = {
            "PATH": os.environ["PATH"],
            "CCN_STATE_DIR": str(folder),
            "DATABASE_URL": url_of_the_test_database(),
            "CELERY_BROKER_URL": broker,
        }
        # An app of its own: the portal's, once it knew this address, would keep it for every later test.
        self.sender = Celery(broker=broker, set_as_current=False)
        self.sender.conf.broker_transport_options = transport_options(broker, folder / "queue")
        for name in ("messages", "control"):
            (folder / "queue" / name).mkdir(parents=True, exist_ok=True)
        self.log = (folder / "worker.log").open("w")
        self.worker: subprocess.Popen[bytes] | None = None

    def call(self, task: str, *arguments: object) -> None:
        """Send a message as the portal does."""
        self.sender.send_task(task, args=arguments)

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "--app", "config.celery", "worker", "--concurrency", "1"]
        self.worker = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=self.surroundings,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End the worker and its children as a power cut would."""
        if self.worker is not None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(timeout=10)
            self.worker = None

    def said(self) -> str:
        return (self.folder / "worker.log").read_text()


@pytest.fixture
def queue(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Queue]:
    """The queue that the test names, with the messages of imports on their way to it."""
    # The worker reads the workbook from where the portal put it.
    location = {"location": str(tmp_path / "private")}
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    broker = request.getfixturevalue("redis_url") if request.param == "redis" else FILE_QUEUE
    queue = Queue(tmp_path, broker)
    monkeypatch.setattr(
        running, "_queue", lambda batch, expires=None: queue.call("clusters.tasks.work_on_import", batch.pk)
    )
    yield queue
    queue.kill()
    queue.sender.close()
    queue.log.close()


def large_import() -> ImportBatch:
    """Begin an import that is too large for a page, and let it be checked."""
    ClusterFactory(name="Bình Minh")
    rows = [["Bình Minh", f"Nhà máy số {n}", f"Công ty {n % 7}", n] for n in range(ROWS)]
    return checked(sheet(HEADER, *rows), "projects", person(Role.DEPARTMENT_OFFICER))


@contextmanager
def table_held(name: str) -> Iterator[None]:
    """Keep everybody else from writing to a table, through a connection of its own."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {name} IN SHARE MODE")
    try:
        yield
    finally:
        other.close()


def wait_until(queue: Queue, what: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, queue.said()
        time.sleep(0.1)


def is_waiting(statement: str) -> bool:
    """Say whether somebody waits for a table with this statement in what it sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s",
            [f"%{statement}%"],
        )
        return bool(cursor.fetchone()[0])


def taken_up_again(queue: Queue, batch: ImportBatch) -> ImportBatch:
    """Start a worker, let the minute of the beat pass, and wait until the import is no longer busy."""
    ImportBatch.objects.filter(pk=batch.pk).update(updated_at=timezone.now() - dt.timedelta(minutes=1))
    queue.start()
    queue.call("clusters.tasks.resume_imports")
    wait_until(queue, lambda: not ImportBatch.objects.get(pk=batch.pk).is_busy)
    batch = ImportBatch.objects.get(pk=batch.pk)
    # By the beat's task, not by a message that had stayed in the queue.
    assert batch.interruptions == 1
    return batch


def written() -> dict[str, int]:
    events: Any = event_model_of(SecondaryProject)
    return {
        "projects": SecondaryProject.objects.count(),
        "investors": Investor.objects.count(),
        "history": events.objects.count(),
    }


def late_and_doubled_messages_are_done(queue: Queue, batch: ImportBatch) -> None:
    """Send what comes late or twice, and see the worker come to the end of it: the last message removes a session."""
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - dt.timedelta(days=1)
    )
    for _time in range(2):
        queue.call("clusters.tasks.work_on_import", batch.pk)
    queue.call("clusters.tasks.resume_imports")
    # As the portal sends it: by the task, not by its name.
    with queue.sender.connection_for_write() as broker:
        clear_expired_sessions.apply_async(connection=broker)
    wait_until(queue, lambda: not Session.objects.filter(pk="old").exists())


@pytest.mark.parametrize("queue", ["folder"], indirect=True)
def test_an_import_survives_its_worker_being_killed_in_the_preview(queue: Queue) -> None:
    batch = large_import()
    assert batch.state == "checking"
    # All rows are judged, none is written down.
    with table_held("clusters_importrow"):
        queue.start()
        wait_until(queue, lambda: is_waiting("DELETE FROM") or is_waiting("COPY clusters_importrow"))
        queue.kill()
    half_way = ImportBatch.objects.get(pk=batch.pk)
    assert (half_way.state, half_way.progress, half_way.total) == ("checking", 1_000, ROWS)
    assert not ImportRow.objects.exists()
    batch = taken_up_again(queue, batch)
    assert (batch.state, batch.counts["new"], batch.rows.count()) == ("checked", ROWS, ROWS)

    late_and_doubled_messages_are_done(queue, batch)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (batch.state, batch.counts["new"], batch.rows.count()) == ("checked", ROWS, ROWS)
    assert written() == NOTHING


@pytest.mark.parametrize("queue", [pytest.param("redis", marks=pytest.mark.redis)], indirect=True)
def test_an_import_survives_its_worker_being_killed_in_the_saving(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Checked here, without a message: the one that asks for the saving is the only one that the queue can lose.
    with monkeypatch.context() as here:
        here.setattr(running, "INLINE_ROWS", ROWS)
        batch = large_import()
    assert batch.state == "checked"
    # Investors are added and projects wait for their table, in one transaction.
    running.begin_commit(batch=batch, reason="Nhập báo cáo năm", user=batch.created_by)
    with table_held("clusters_secondaryproject"):
        queue.start()
        wait_until(queue, lambda: is_waiting("INSERT INTO clusters_secondaryproject"))
        queue.kill()
    wait_until(queue, lambda: not is_held(batch))
    assert ImportBatch.objects.get(pk=batch.pk).state == "committing"
    assert written() == NOTHING
    batch = taken_up_again(queue, batch)
    assert batch.state == "committed", batch.why_it_stopped
    everything = {"projects": ROWS, "investors": 7, "history": ROWS}
    assert written() == everything

    late_and_doubled_messages_are_done(queue, batch)
    assert written() == everything
    assert ImportBatch.objects.get(pk=batch.pk).state == "committed"
