"""A token is made, copied, used by a program, seen by the portal's administrator and revoked."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from accounts.models import ApiToken
from accounts.roles import Role
from accounts.services.tokens import note_use
from tests.browser.conftest import overflow
from tests.browser.walk import faults_of
from tests.factories.accounts import PASSWORD, ApiTokenFactory, person

pytestmark = pytest.mark.django_db
LONG = "Bảng tổng hợp tình hình hoạt động của các cụm công nghiệp theo quý, đọc vào Excel của Vụ Công nghiệp"
WORD = "<b>" + "M" * 97


def test_a_token_is_made_shown_once_used_and_revoked(new_page, axe, live_server):
    page = new_page(user=person(Role.MINISTRY_ANALYST))
    page.goto("/account/")
    page.get_by_role("link", name="Mã truy cập giao diện REST").click()
    expect(page.locator(".empty-state")).to_be_visible()
    page.get_by_role("link", name="Tạo mã mới").click()
    # Whoever sits down at an open session makes no token.
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#id_name").fill(WORD)
    axe(page)
    page.get_by_role("button", name="Tạo mã").click()
    secret = page.locator("#token").inner_text()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert _status(live_server, secret) == 200
    page.get_by_role("link", name="Tôi đã sao chép").click()
    row = page.locator("tbody tr")
    expect(row).to_contain_text(f"…{secret[-4:]}")
    assert secret not in page.content()
    row.get_by_role("button", name="Thu hồi").click()
    page.locator("#confirm-dialog button[value=yes]").click()
    expect(page.locator(".notice-success")).to_be_visible()
    expect(row).to_contain_text("đã thu hồi")
    assert _status(live_server, secret) == 401


def _status(live_server, secret: str) -> int:
    """Ask as a program does, without a browser."""
    asked = Request(f"{live_server.url}/api/v1/dossiers/", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urlopen(asked) as answer:
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


def test_the_lists_of_tokens_are_accessible_and_fit(new_page):
    administrator = person(Role.PORTAL_ADMINISTRATOR)
    for token in (
        ApiTokenFactory(user=administrator, name=LONG),
        ApiTokenFactory(user=administrator, expired=True),
        ApiTokenFactory(
            name=WORD, user__email="mot.dia.chi.thu.dien.tu.rat.dai.cua.can.bo@socongthuong.laocai.example"
        ),
    ):
        note_use(token)
    ApiToken.objects.filter(user=administrator, name=LONG).update(ending="_-A9")
    assert faults_of(("/account/tokens/", "/tokens/"), new_page, user=administrator) == []
    page = new_page(user=administrator)
    page.goto("/tokens/")
    frame = page.locator(".table-frame")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0
