"""Every address, asked by everybody: nobody reaches what is not theirs, and nothing breaks."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.roles import Role
from tests.factories.accounts import sign_in
from tests.meta.samples import OF_PACKAGES, Address, addresses, url_names

NAMES = sorted(set(url_names()))
OURS = [name for name in NAMES if not name.startswith(OF_PACKAGES)]


def _has_arguments(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return True
    return False


# Addresses with arguments are made by the package's own pages; its tests walk them.
PACKAGES = [name for name in NAMES if name.startswith(OF_PACKAGES) and not _has_arguments(name)]
ENTRIES = addresses()
ASKERS = [None, *Role]

pytestmark = pytest.mark.django_db


def test_every_address_has_an_entry_and_every_entry_an_address():
    assert sorted(set(OURS) - ENTRIES.keys()) == [], "add them to tests/<room>/addresses.py"
    assert sorted(ENTRIES.keys() - set(OURS)) == [], "no URL has these names any more"


@pytest.mark.parametrize("role", ASKERS, ids=lambda role: role or "anonymous")
@pytest.mark.parametrize("name", sorted(ENTRIES.keys() & set(OURS)))
def test_an_address_answers_those_it_is_for_and_refuses_the_others(name: str, role: Role | None):
    entry = ENTRIES[name]
    client = Client(raise_request_exception=True)
    url = reverse(name, kwargs=entry.arguments()) + (f"?{entry.query}" if entry.query else "")
    if role is not None:
        sign_in(client, role)
    response = getattr(client, entry.method)(url, entry.data)
    if entry.lets_in(role):
        assert response.status_code in entry.ok, f"{url} answered {response.status_code}"
        assert not _leads_to_sign_in(response), f"{url} sends {role} to sign in"
    elif role is None and entry.anonymous:
        assert response.status_code == entry.anonymous
    elif role is None:
        assert _leads_to_sign_in(response), f"{url} answered {response.status_code} to an anonymous visitor"
    else:
        assert response.status_code in {403, 404}, f"{url} answered {response.status_code} to {role}"


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=lambda role: role or "anonymous")
@pytest.mark.parametrize("name", PACKAGES)
def test_an_address_of_a_package_does_not_break(name: str, role: Role | None):
    client = Client()
    if role is not None:
        sign_in(client, role)
    assert client.get(reverse(name)).status_code < 500


def test_the_entries_are_of_the_right_kind():
    assert all(isinstance(entry, Address) for entry in ENTRIES.values())


def _leads_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL))
