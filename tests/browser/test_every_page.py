"""Every page there is, in a real browser: accessible, no wider than its window, and quiet on the console.

The pages are those of the table of addresses (``tests/<room>/addresses.py``): a new page is walked from its first day.
"""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests.browser.walk import faults_of
from tests.factories.accounts import person
from tests.meta.samples import Maker, addresses

FOR_EVERYBODY = {"home", "directory", "cluster"}


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=["public", "officer"])
def test_every_page_is_accessible_fits_and_is_quiet(new_page, role: Role | None):
    user = None if role is None else person(role, is_administrator=True)
    paths = _pages(role, user)
    assert len(paths) > 10
    builds = {templates: path for path, templates in reversed(paths.items())}
    faults = faults_of(paths, new_page, alike=paths.keys() - builds.values(), user=user)
    assert not faults, "\n".join(faults)


def _pages(role: Role | None, user) -> dict[str, frozenset[str]]:
    """Return the addresses that answer the person with a whole page, and the templates it is built of.

    The records the pages show are made here.
    """
    client = Client()
    if user is not None:
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    made: dict[Maker, dict[str, Any]] = {}
    found = {}
    for name, entry in sorted(addresses().items()):
        if entry.method != "get" or not entry.lets_in(role):
            continue
        # A visitor walks what is for everybody; an officer looks only at some of it, with the own header above.
        if role is not None and entry.lets_in(None) and name not in FOR_EVERYBODY:
            continue
        if entry.arguments not in made:
            made[entry.arguments] = entry.arguments()
        path = reverse(name, kwargs=made[entry.arguments]) + (f"?{entry.query}" if entry.query else "")
        answer = client.get(path)
        if answer.status_code == 200 and not answer.streaming and _is_page(answer):
            found[path] = frozenset(template.name for template in answer.templates if template.name)
    return found


def _is_page(answer: HttpResponse) -> bool:
    # Somewhere in the bytes of a PDF stands any three of them.
    return answer["Content-Type"].startswith("text/html") and b"<h1" in answer.content
