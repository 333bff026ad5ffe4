"""A list in the browser: filters and sorting change the list alone, and the address says what is shown."""

import re

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from tests.browser.conftest import SIZES, overflow, sign_in
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clusters(live_server):
    names = ["Đắk Rông", *(f"Phú Nghĩa {number}" for number in range(1, 12))]
    return [ClusterFactory(facts={"name": name}) for name in names]


def test_filtering_sorting_and_paging_swap_the_list_alone(page, clusters):
    page.goto("/clusters/?view=table&per_page=10")
    page.evaluate("window.sameDocument = true")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(10)

    page.locator("#filters input[name=q]").fill("dak ro")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=dak"))
    assert "per_page=10" in page.url, "the page size is lost when a filter changes"

    page.locator("#filters input[name=q]").fill("")
    expect(rows).to_have_count(10)
    page.locator("#list .pager a[rel=next]").click()
    expect(rows).to_have_count(2)
    page.locator("#list th a.sort-link").first.click()
    expect(page.locator("#list th[aria-sort]")).to_have_count(1)
    expect(rows).to_have_count(10)
    assert page.evaluate("window.sameDocument"), "the whole page was loaded again"


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("view", ["list", "table"])
def test_a_word_longer_than_the_window_is_broken_where_the_filter_repeats_it(new_page, clusters, size, view):
    page = new_page(size=size)
    page.goto(f"/clusters/?view={view}&q={'a' * 500}")
    expect(page.locator(".conditions a")).to_contain_text("aaa")
    assert overflow(page) <= 0


@pytest.fixture
def without_scripts(browser, live_server):
    """Open pages in a browser that runs no scripts: ``without_scripts("phone")``."""
    contexts = []

    def open_page(size="desktop"):
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=False, viewport=SIZES[size], locale="vi-VN"
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_the_list_works_without_javascript(without_scripts, clusters):
    page = without_scripts()
    page.goto("/clusters/?view=table&per_page=10")
    expect(page.locator("#list tbody tr")).to_have_count(10)
    page.locator("#filters input[name=q]").fill("dak ro")
    page.locator("#filters button[type=submit]").click()
    expect(page.locator("#list tbody tr")).to_have_count(1)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_without_javascript_no_button_is_shown_that_does_nothing_and_every_filter_is(
    page, without_scripts, clusters, size
):
    officer = person(Role.DEPARTMENT_OFFICER)
    bare = without_scripts(size)
    sign_in(bare, officer)
    for path in (
        "/clusters/",
        "/land/",
        clusters[0].get_absolute_url(),
        "/registry/clusters/",
        "/registry/projects/",
    ):
        bare.goto(path)
        assert bare.locator("button[type=button]:visible").all_inner_texts() == [], path
        filters = bare.locator("#filters .filter-grid").first.locator(".form-field")
        assert all(field.is_visible() for field in filters.all()), path
        if bare.locator("#filters").count():
            expect(bare.locator("#filters button[type=submit]")).to_be_visible()
        assert overflow(bare) <= 0, path

    page.goto(clusters[0].get_absolute_url())
    expect(page.locator("[data-print]")).to_be_visible()
