"""Signed-in browsers of the test suite."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.accounts import sign_in


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """Return a maker of clients: ``client_of(Role.COMMUNE_OFFICER)``; the person is ``client.user``."""

    def make(role: str, **place: object) -> Client:
        client = Client()
        client.user = sign_in(client, role, **place)
        return client

    return make
