"""The pages about signing in, of allauth in our look: accessible, and no wider than a phone."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests.browser.walk import faults_of
from tests.factories.accounts import person
from tests.meta.samples import whole_addresses

PACKAGES = ("account_", "mfa_", "usersessions_")


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=["visitor", "officer"])
def test_the_pages_of_signing_in_are_accessible_and_fit(new_page, role: Role | None):
    user = None if role is None else person(role)
    paths = _pages(user)
    assert len(paths) >= 4
    assert faults_of(paths, new_page, user=user) == []


def _pages(user) -> list[str]:
    client = Client()
    if user is not None:
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    paths = [reverse(name) for name in whole_addresses(PACKAGES)]
    return [path for path in paths if client.get(path).status_code == 200]
