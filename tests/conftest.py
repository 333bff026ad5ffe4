"""What every test starts from: the habits of the suite, and a database with reference data in it."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.assertions", "tests.pages")

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as properties  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from core import translations as catalogues  # noqa: E402
from tests.habits import database, network, random_order, reference, templates  # noqa: E402

# A property holds or does not; how long an example takes says something of the machine.
properties.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("portal")

pytest_plugins = ["tests.fixtures_accounts", "tests.fixtures_queue", "tests.fixtures_scenes"]

# Tests in one file that take a minute together, however short each of them is.
MANY = 500
# The first that is there is taken; Chromium without windows is the lightest.
PROGRAMS = {
    "browser": ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"),
    "redis": ("redis-server",),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--reversed``: the order that pytest-randomly chose, backwards."""
    parser.addoption("--reversed", action="store_true", help="run the tests in reversed order")


def pytest_configure(config: pytest.Config) -> None:
    """Bring the compiled translations up to date; the workers of a parallel run find them ready."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_all()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Reverse the order if asked to; in a parallel run begin with the files that take long.

    A worker takes files whole: one of a minute that came last would leave the others idle for a minute.
    """
    if config.getoption("--reversed"):
        items.reverse()
    if hasattr(config, "workerinput"):
        sizes = Counter(item.path for item in items)
        slow = {item.path for item in items if any(map(item.get_closest_marker, ("browser", "slow")))}
        items.sort(key=lambda item: item.path not in slow and sizes[item.path] < MANY)


def pytest_collection_finish() -> None:
    """Leave what the collection made out of every later search for garbage: it lives as long as the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a program that is not installed, or fail where nothing may be skipped (CCN_REQUIRE_ALL=1)."""
    for marker, names in PROGRAMS.items():
        if item.get_closest_marker(marker) and not any(shutil.which(name) for name in names):
            sentence = f"This test needs one of {', '.join(names)} on the PATH."
            if os.environ.get("CCN_REQUIRE_ALL") == "1":
                pytest.fail(sentence, pytrace=False)
            pytest.skip(sentence)


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest) -> bool:
    """Make the test database anew when asked to, or when the migrations are not those it was made from."""
    mark = _migrations_mark()
    stale = not mark.exists() or mark.read_text() != reference.migrations_fingerprint()
    return bool(request.config.getvalue("create_db")) or stale


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Copy the test database from the template; see ``tests/habits/database.py``."""
    with django_db_blocker.unblock():
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        wanted = database.template(run=run if request.config.getvalue("create_db") else "")
        connection.settings_dict["TEST"]["TEMPLATE"] = wanted


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load places, industries, calendar once; see ``tests/habits/reference.py`` for what keeps them."""
    _migrations_mark().write_text(reference.migrations_fingerprint())
    with django_db_blocker.unblock():
        reference.load()
    yield
    with django_db_blocker.unblock():
        database.end_other_sessions()


def _migrations_mark() -> Path:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Path(settings.STATE_DIR) / f"test-database-{worker}.sha256"


@pytest.fixture(scope="session", autouse=True)
def _session_habits() -> Iterator[None]:
    """Keep reference rows and the network guard for as long as the session lasts, servers in threads included."""
    with pytest.MonkeyPatch.context() as patch:
        reference.keep_through_flush(patch)
        network.refuse_the_network(patch)
        yield


@pytest.fixture(autouse=True)
def _habits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Shuffle unordered querysets, fail on undefined template variables, remember nothing, and speak Vietnamese."""
    cache.clear()
    random_order.shuffle_unordered_querysets(monkeypatch)
    templates.fail_on_undefined_variables(monkeypatch)
    with translation.override("vi"):
        yield
