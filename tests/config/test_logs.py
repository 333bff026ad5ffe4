"""Log lines: for a person in the demo, for a machine in production."""

import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog

from config.logs import logging_config


@pytest.fixture
def logs_as(caplog: pytest.LogCaptureFixture) -> Iterator[object]:
    """Format one event of a bound request the way a log handler would."""

    def line(*, as_json: bool) -> str:
        formatter = logging.config.DictConfigurator(logging_config(as_json=as_json)).configure_formatter(
            dict(logging_config(as_json=as_json)["formatters"]["structured"])
        )
        return str(formatter.format(record))

    with structlog.contextvars.bound_contextvars(request_id="request-1"):
        record = logging.LogRecord("law", logging.WARNING, __file__, 1, "Hạn %s", ("08/12/2026",), None)
        yield line


def test_production_writes_one_json_object_a_line(logs_as) -> None:
    text = logs_as(as_json=True)
    assert "\n" not in text
    told = json.loads(text)
    assert told["event"] == "Hạn 08/12/2026"
    assert told["request_id"] == "request-1"
    assert told["level"] == "warning"
    assert told["logger"] == "law"
    assert told["timestamp"].endswith("Z")


def test_the_demo_writes_lines_for_a_person(logs_as) -> None:
    text = logs_as(as_json=False)
    assert "Hạn 08/12/2026" in text
    assert "request_id=request-1" in text
