"""Scenes that take long to build: built once for all tests of a module, and given to each as if built for it alone.

A scene is written inside a transaction around the tests of its module. Each test has its savepoint in that: what it
changes is taken back, and it gets a copy of the objects of its own. After the last test the scene is taken back too.

    @pytest.fixture(scope="module")
    def scene(build_scene):
        return build_scene(two_rivals, at=moment("2026-11-26"))

    @pytest.fixture
    def walk(scene, db):
        return scene()

A module that has also tests without the scene makes that fixture ``autouse``, so that they find its rows whatever comes
first. A module with a scene has no test that really commits (``transaction=True``, ``live_server``).
"""

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.habits import random_order


@contextmanager
def kept_for_the_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what is written inside for the tests until the end, and take it back then."""
    around = transaction.atomic()
    # Marked as those of the tests themselves, so that code may still insist on a transaction of its own.
    around._from_testcase = True
    with blocker.unblock():
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def build_scene(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[..., Callable[[], Any]]]:
    """Return a builder: ``build_scene(make, at=moment)`` calls ``make`` at the moment and returns a maker of copies."""

    def build(make: Callable[[], Any], *, at: dt.datetime) -> Callable[[], Any]:
        with (
            django_db_blocker.unblock(),
            pytest.MonkeyPatch.context() as patch,
            translation.override("vi"),
            time_machine.travel(at, tick=False),
        ):
            random_order.shuffle_unordered_querysets(patch)
            return partial(copy.deepcopy, make())

    with kept_for_the_module(django_db_blocker):
        yield build
