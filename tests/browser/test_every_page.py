"""Every page there is, in a real browser: accessible, no wider than its window, and quiet on the console.

The pages are those of the table of addresses (``tests/<room>/addresses.py``): a new page is walked from its first day.
"""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from accounts.roles import Role
from tests.browser.conftest import AXE, PRELOAD, WCAG, overflow
from tests.factories.accounts import person
from tests.meta.samples import addresses

# What a narrow window can break; the rest is the same at every width and asked once, on the desk.
OF_WIDTH = ["target-size", "scrollable-region-focusable", "link-name", "button-name"]


WALKS = [("desktop", "vi"), ("phone", "en")]


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=["public", "officer"])
def test_every_page_is_accessible_fits_and_is_quiet(new_page, role: Role | None):
    user = None if role is None else person(role, is_administrator=True)
    paths = _pages(role, user)
    assert len(paths) > 10
    faults = []
    for size, language in WALKS:
        page = new_page(size=size, language=language, user=user)
        page.add_init_script(path=AXE)
        for path in paths:
            # How wide a page is depends on its fonts; they are not waited for where only names and colours count.
            page.goto(path, wait_until="load" if size == "phone" else "domcontentloaded")
            faults += [f"{path} ({size}, {language}) {fault}" for fault in _faults(page, size, language)]
    assert not faults, "\n".join(faults)


def _pages(role: Role | None, user) -> list[str]:
    """Return the addresses that answer the person with a whole page; the records they show are made here."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    found = []
    for name, entry in sorted(addresses().items()):
        if entry.method != "get" or not entry.lets_in(role):
            continue
        path = reverse(name, kwargs=entry.arguments()) + (f"?{entry.query}" if entry.query else "")
        answer = client.get(path)
        if answer.status_code == 200 and not answer.streaming and b"<h1" in answer.content:
            found.append(path)
    return found


def _faults(page: Page, size: str, language: str) -> list[str]:
    faults = []
    if page.locator("html").get_attribute("lang") != language:
        faults.append(f"is not in {language}")
    if (headings := page.locator("h1").count()) != 1:
        faults.append(f"has {headings} main headings")
    if size == "phone":
        faults += _findings(page, {"type": "rule", "values": OF_WIDTH})
        if (pixels := overflow(page)) > 0:
            faults.append(f"is {pixels} px wider than a phone")
    else:
        faults += _findings(page, {"type": "tag", "values": WCAG})
    return faults


def _findings(page: Page, what: dict) -> list[str]:
    options = {"runOnly": what, "resultTypes": ["violations"], "preload": PRELOAD}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]
