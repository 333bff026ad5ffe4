"""A Redis server of a test's own, and how a process beside the test reaches its database."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from kombu import Connection


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def redis_url(free_port: int, tmp_path: Path) -> Iterator[str]:
    """A Redis server of the test's own."""
    program = shutil.which("redis-server")
    assert program
    command = [program, "--port", str(free_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with (
        (tmp_path / "redis.log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as server,
    ):
        url = f"redis://127.0.0.1:{free_port}/0"
        with Connection(url) as broker:
            broker.ensure_connection(max_retries=50, interval_start=0.1, interval_step=0)
        yield url
        server.terminate()


def url_of_the_test_database() -> str:
    parts = connection.settings_dict
    host = parts["HOST"] or parts["OPTIONS"].get("host", "")
    return f"postgres://{parts['USER']}@/{parts['NAME']}?{urlencode({'host': host})}"
