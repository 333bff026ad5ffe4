"""Handing a task over: the person who acted does not wait for a queue that is away."""

from pathlib import Path

import pytest
from celery import Celery, Task

from config.broker import transport_options
from core.queue import hand_over


def work_of_this_test(number: int) -> None:
    """Do nothing: only its message counts."""


def _task(url: str) -> Task:
    app = Celery("tests", broker=url, set_as_current=False)
    app.conf.broker_transport_options = transport_options(url, Path("unused"))
    return app.task(work_of_this_test, name="work_of_this_test")


def test_an_unreachable_queue_is_tried_once_and_never_waited_for(
    free_port: int, monkeypatch: pytest.MonkeyPatch
):
    task = _task(f"redis://127.0.0.1:{free_port}/0")

    def wait(seconds: float) -> None:
        pytest.fail(f"waited {seconds} s before it tried again")

    monkeypatch.setattr("kombu.utils.functional.sleep", wait)
    assert hand_over(task, 7) is False


@pytest.mark.redis
def test_a_task_that_was_handed_over_waits_with_its_arguments(redis_url: str):
    task = _task(redis_url)
    assert hand_over(task, 7) is True
    with task.app.connection_for_read() as broker, broker.SimpleQueue("celery") as waiting:
        message = waiting.get(timeout=5)
        assert message.headers["task"] == "work_of_this_test"
        assert message.payload[0] == [7]
        message.ack()
