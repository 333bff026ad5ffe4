"""The day of these tests, and browsers of the people of a walk."""

import pytest
from django.test import Client

from tests.factories.dossiers import moment


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


@pytest.fixture
def as_user(db):
    """Return a maker of signed-in browsers: ``as_user(walk.officer)``."""

    def make(user):
        client = Client()
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")
        return client

    return make
