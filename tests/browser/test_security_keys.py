"""Security keys as officers use them, in a browser with a key that Chromium plays: added, used, refused, removed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from accounts.roles import Role
from tests.browser.conftest import SIZES, overflow, sign_in
from tests.browser.walk import faults_as_it_stands
from tests.factories.accounts import PASSWORD, person

NAME = "Khóa ở ngăn bàn"
ASKED_FOR = "/account/?tu=thu-dien-tu"
BUTTON = "#webauthn-add, #webauthn-authenticate"
SAID = "[data-says]:visible"


class Key:
    """A key in the USB port: somebody touches it at once, and its PIN is right, unless told otherwise."""

    def __init__(self, page: Page, **options: Any) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        self.plug(**options)

    def plug(self, **options: Any) -> None:
        """Put another key into the port."""
        usual = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
        usual |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": usual | options})
        self._id = made["authenticatorId"]

    def unplug(self) -> None:
        """Take the key out."""
        self._session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self._id})

    def knows_the_pin(self, known: bool) -> None:
        """Have the person at the key prove that it is theirs, or give up."""
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": known})


@pytest.fixture(autouse=True)
def _a_second_factor_is_demanded(transactional_db):
    with override_settings(DEMO=False):
        yield


@pytest.fixture
def officer() -> User:
    return person(Role.DEPARTMENT_OFFICER)


Look = Callable[..., None]


@pytest.fixture
def look() -> Look:
    """Look at a page as it stands on a phone and on a desk: accessible, and no wider than either."""
    seen: list[str] = []

    def look(page: Page, language: str = "vi") -> None:
        assert faults_as_it_stands(page, language, seen) == []

    return look


@pytest.fixture
def elsewhere(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open pages in a browser that is not like the others: ``elsewhere(java_script_enabled=False)``."""
    contexts = []

    def open_page(base_url: str = live_server.url, **options: Any) -> Page:
        context = browser.new_context(base_url=base_url, viewport=SIZES["phone"], locale="vi-VN", **options)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_an_officer_adds_a_key_and_signs_in_with_it_at_the_second_try(new_page, look: Look, officer: User):
    page = new_page()
    key = Key(page)
    page.goto(ASKED_FOR)
    _give_the_password(page, officer)
    page.wait_for_url(f"**{reverse('mfa_index')}")
    page.click("a:text-is('Thêm khóa')")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{reverse('mfa_add_webauthn')}")
    look(page)
    page.fill("[name=name]", NAME)
    page.press("[name=name]", "Enter")
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    expect(page.locator("#messages")).to_contain_text("Đã thêm khóa bảo mật.")

    page.goto(reverse("mfa_index"))
    look(page)
    page.click("a:text-is('Quản lý khóa')")
    row = page.locator("tbody tr")
    expect(row).to_contain_text(NAME)
    expect(row).to_contain_text(date_format(timezone.localdate(), "d/m/Y"))
    look(page)

    page.goto(reverse("account_logout"))
    page.click("main button[type=submit]")
    _leave(page, reverse("account_logout"))
    page.goto(ASKED_FOR)
    _give_the_password(page, officer)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    expect(page.locator("main")).to_contain_text("Nếu không có khóa, hãy nhập một mã khôi phục.")
    key.knows_the_pin(False)
    page.click(BUTTON)
    expect(page.locator(SAID)).to_contain_text("không phản hồi hoặc yêu cầu đã bị hủy")
    look(page)
    key.knows_the_pin(True)
    page.click(BUTTON)
    page.wait_for_url(f"**{ASKED_FOR}")
    page.goto(reverse("mfa_list_webauthn"))
    expect(row.locator("[data-label='Lần dùng cuối']")).to_have_text(
        date_format(timezone.localdate(), "d/m/Y")
    )


def test_a_key_is_renamed_and_removed_after_confirming_by_it(new_page, look: Look, officer: User):
    page = new_page(size="phone", language="en", user=officer)
    key = Key(page)
    _add(page, officer, NAME)
    sign_in(page, officer)

    page.goto(reverse("mfa_list_webauthn"))
    page.click(f"[aria-label='Rename {NAME}']")
    page.click("text=Use a security key")
    page.wait_for_selector(BUTTON)
    # Somebody opens the same page in another window: the question that this one was given is no longer the last.
    page.request.get(page.url)
    page.click(BUTTON)
    expect(page.locator("#messages")).to_contain_text("could not be accepted")
    look(page, "en")
    page.click(BUTTON)
    page.wait_for_url("**/edit/")
    look(page, "en")
    page.fill("[name=name]", "W" * 200)
    page.press("[name=name]", "Enter")
    page.wait_for_url(f"**{reverse('mfa_list_webauthn')}")
    expect(page.locator("tbody th")).to_have_text("W" * 60)
    look(page, "en")

    page.click("[aria-label^='Remove WWW']")
    page.wait_for_url("**/remove/")
    expect(page.locator(".notice-warning")).to_contain_text("this is your only one")
    expect(page.locator("main .btn-danger")).to_have_count(0)
    look(page, "en")

    key.unplug()
    key.plug()
    _add(page, officer, "Spare")
    page.goto(reverse("mfa_list_webauthn"))
    page.click("[aria-label^='Remove WWW']")
    page.wait_for_url("**/remove/")
    look(page, "en")
    page.click("main .btn-danger")
    page.wait_for_url(f"**{reverse('mfa_list_webauthn')}")
    expect(page.locator("tbody th")).to_have_text("Spare")


def test_a_key_that_refuses_is_told_in_the_page_and_nothing_is_lost(new_page, look: Look, officer: User):
    page = new_page(user=officer)
    key = Key(page, isUserVerified=False)
    _confirmed(page, officer)
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("[name=name]", NAME)
    page.click(BUTTON)
    expect(page.locator(SAID)).to_contain_text("không phản hồi hoặc yêu cầu đã bị hủy")
    look(page)
    assert page.input_value("[name=name]") == NAME
    key.knows_the_pin(True)
    page.click(BUTTON)
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")

    page.goto(reverse("mfa_add_webauthn"))
    page.click(BUTTON)
    expect(page.locator(SAID)).to_contain_text("Khóa này đã có trong tài khoản")

    key.unplug()
    page.click(BUTTON)
    expect(page.locator(SAID)).to_contain_text("chạm vào khóa")
    # Pressed in impatience: a second question would end the first, which the next key answers.
    page.click(BUTTON)
    page.wait_for_timeout(100)
    expect(page.locator(SAID)).to_contain_text("chạm vào khóa")
    key.plug()
    page.wait_for_url(f"**{reverse('mfa_index')}")
    expect(page.locator("main")).to_contain_text("2 khóa")


def test_a_browser_without_keys_gets_a_sentence_and_no_dead_button(new_page, look: Look, officer: User):
    page = new_page(user=officer)
    page.add_init_script("Object.defineProperty(navigator, 'credentials', { value: undefined })")
    _confirmed(page, officer)
    page.goto(reverse("mfa_add_webauthn"))
    expect(page.locator(SAID)).to_contain_text("Trình duyệt này không dùng được khóa bảo mật")
    expect(page.locator(BUTTON)).to_be_hidden()
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.press("[name=name]", "Enter")
    look(page)
    assert "POST" not in sent


def test_a_browser_without_javascript_gets_a_sentence_and_no_dead_button(elsewhere, officer: User):
    page = elsewhere(java_script_enabled=False)
    _confirmed(page, officer)
    page.goto(reverse("mfa_add_webauthn"))
    expect(page.locator("main noscript, main .notice")).to_contain_text(["cần JavaScript"])
    expect(page.locator(BUTTON)).to_be_hidden()
    assert overflow(page) <= 0
    page.press("[name=name]", "Enter")
    expect(page.locator(".error-summary")).to_contain_text("Chưa có khóa bảo mật nào phản hồi")


def test_an_address_that_is_a_number_says_why_keys_do_not_work_there(elsewhere, live_server, officer: User):
    page = elsewhere(live_server.url.replace("localhost", "127.0.0.1"))
    _confirmed(page, officer, host="127.0.0.1")
    page.goto(reverse("mfa_add_webauthn"))
    expect(page.locator(SAID)).to_contain_text("http://localhost")
    expect(page.locator(BUTTON)).to_be_hidden()
    assert overflow(page) <= 0


def _give_the_password(page: Page, user: User) -> None:
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def _confirmed(page: Page, user: User, host: str = "localhost") -> None:
    """Give the page's browser a session in which the password was confirmed just now, without walking the pages."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": host, "path": "/"}
    page.context.add_cookies([cookie])


def _add(page: Page, user: User, name: str) -> None:
    """Add the key that is plugged in."""
    _confirmed(page, user)
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("[name=name]", name)
    page.click(BUTTON)
    _leave(page, reverse("mfa_add_webauthn"))


def _leave(page: Page, path: str) -> None:
    page.wait_for_url(lambda address: not address.endswith(path))
