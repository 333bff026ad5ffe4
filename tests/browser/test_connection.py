"""A connection that fails: the page says so where it is seen, loses nothing typed, and goes on when it is back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from clusters.models import Cluster
from tests.browser.conftest import SIZES, Windows, sign_in
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db
ON_TOP = """notice => {
  const {x, y, width, height} = notice.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === notice;
}"""


@pytest.fixture
def open_window(windows: Windows, live_server) -> Iterator[Callable[[str], Page]]:
    """Open pages that nobody watches, since their requests are meant to fail; they go back with their connection."""
    opened = []

    def open_page(size: str) -> Page:
        opened.append(windows.take(size, "vi"))
        return opened[-1].new_page()

    yield open_page
    for context in opened:
        context.set_offline(False)
    windows.give_back()


@pytest.mark.parametrize("size", SIZES)
def test_a_form_stays_as_typed_without_connection_and_is_sent_when_it_is_back(open_window, size, axe):
    cluster, page = ClusterFactory(), open_window(size)
    sign_in(page, person(Role.DEPARTMENT_OFFICER))
    page.goto(f"/registry/clusters/{cluster.code}/edit/")
    trouble = page.get_by_role("alert").filter(has_text="Mất kết nối")
    page.fill("[name=address]", "Thôn 3, xã Âu Lâu")
    page.fill("[name=reason]", "Sở xác nhận")

    page.context.set_offline(True)
    page.locator("main form button[type=submit]").click()
    expect(trouble).to_be_in_viewport(ratio=1)
    assert trouble.evaluate(ON_TOP), "something lies over the notice"
    axe(page)
    expect(page.locator("[name=address]")).to_have_value("Thôn 3, xã Âu Lâu")
    assert not Cluster.objects.filter(address="Thôn 3, xã Âu Lâu").exists()

    page.context.set_offline(False)
    expect(trouble).to_have_count(0)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/registry/clusters/{cluster.code}/")
    assert Cluster.objects.get(pk=cluster.pk).address == "Thôn 3, xã Âu Lâu"


@pytest.mark.parametrize("size", SIZES)
def test_a_filter_without_answer_says_so_until_the_next_one_comes(open_window, size):
    for name in ("Đắk Rông", "Phú Nghĩa"):
        ClusterFactory(facts={"name": name})
    page = open_window(size)
    page.goto("/clusters/?view=table")
    rows, trouble = page.locator("#list tbody tr"), page.locator("#trouble")
    search = page.locator("#filters input[name=q]")
    if size == "phone":
        page.locator("[data-fold-on-phone] summary").first.click()
    page.route("**/clusters/?**", lambda route: route.abort("connectionreset"))
    search.fill("dak")
    expect(trouble).to_have_text("Máy chủ không phản hồi. Hãy thử lại sau ít phút.")
    expect(trouble).to_be_in_viewport(ratio=1)
    expect(rows).to_have_count(2)
    expect(search).to_have_value("dak")

    page.unroute("**/clusters/?**")
    search.fill("dak ro")
    expect(rows).to_have_count(1)
    expect(trouble).to_be_empty()
