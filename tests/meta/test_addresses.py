"""Every address, asked by everybody: nobody reaches what is not theirs, and nothing breaks.

The askers, and the records that several addresses show, are made once, inside a transaction around the tests; what an
asker changes is taken back before the next asks.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts.roles import Role
from tests.factories.accounts import sign_in
from tests.fixtures_scenes import kept_for_the_module
from tests.meta.samples import OF_PACKAGES, Access, Address, Maker, addresses, url_names, whole_addresses

NAMES = sorted(set(url_names()))
OURS = [name for name in NAMES if not name.startswith(OF_PACKAGES)]


# Addresses with arguments are made by the package's own pages; its tests walk them.
PACKAGES = whole_addresses(OF_PACKAGES)
ENTRIES = addresses()
ASKERS = [None, *Role]

pytestmark = pytest.mark.django_db


def test_every_address_has_an_entry_and_every_entry_an_address():
    assert sorted(set(OURS) - ENTRIES.keys()) == [], "add them to tests/<room>/addresses.py"
    assert sorted(ENTRIES.keys() - set(OURS)) == [], "no URL has these names any more"


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[Role | None, Client]]:
    """Sign one person in for each role; ``None`` has no account."""
    with kept_for_the_module(django_db_blocker), django_db_blocker.unblock(), translation.override("vi"):
        clients = {role: Client(raise_request_exception=True) for role in ASKERS}
        for role in Role:
            sign_in(clients[role], role)
        yield clients


@pytest.fixture(scope="module")
def shared(clients: dict[Role | None, Client]) -> dict[Maker, dict[str, Any]]:
    """Make what several addresses show once for all of them."""
    uses = Counter(entry.arguments for entry in ENTRIES.values())
    return {maker: maker() for maker, number in uses.items() if number > 1}


@pytest.mark.parametrize("name", sorted(ENTRIES.keys() & set(OURS)))
def test_an_address_answers_those_it_is_for_and_refuses_the_others(
    name: str, clients: dict[Role | None, Client], shared: dict[Maker, dict[str, Any]]
):
    entry = ENTRIES[name]
    kwargs = shared[entry.arguments] if entry.arguments in shared else entry.arguments()
    url = reverse(name, kwargs=kwargs) + (f"?{entry.query}" if entry.query else "")
    faults = [
        f"{url} {fault} {role or 'a visitor without an account'}"
        for role, client in clients.items()
        if (fault := _fault(entry, role, _asked_and_taken_back(client, entry, url)))
    ]
    assert faults == []


def _asked_and_taken_back(client: Client, entry: Address, url: str) -> HttpResponse:
    """Ask, and take back what that changed, so that every role finds the same."""
    with transaction.atomic():
        response = getattr(client, entry.method)(url, entry.data)
        transaction.set_rollback(True)
    return response


def _fault(entry: Address, role: Role | None, response: HttpResponse) -> str:
    """Say what is wrong with an answer; nothing if it is as the entry says."""
    status = response.status_code
    if entry.lets_in(role):
        if status not in entry.ok:
            return f"answers {status} to"
        return "leads to the sign-in page" if _leads_to_sign_in(response) else ""
    if role is not None:
        return "" if status in {403, 404} else f"answers {status} to"
    if entry.anonymous:
        return "" if status == entry.anonymous else f"answers {status} to"
    return "" if _leads_to_sign_in(response) else f"answers {status} to"


@pytest.mark.parametrize("name", PACKAGES)
def test_an_address_of_a_package_does_not_break(name: str, clients: dict[Role | None, Client]):
    entry = Address(Access.PUBLIC)
    for role in (None, Role.DEPARTMENT_OFFICER):
        assert _asked_and_taken_back(clients[role], entry, reverse(name)).status_code < 500


def test_the_entries_are_of_the_right_kind():
    assert all(isinstance(entry, Address) for entry in ENTRIES.values())


def _leads_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL))
