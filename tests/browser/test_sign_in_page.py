"""The first page everybody meets works on a desk and on a phone, in both languages."""

import pytest

from tests.browser.conftest import overflow


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_sign_in_page_is_accessible_and_fits(new_page, axe, size, language):
    page = new_page(size=size, language=language)
    page.goto("/accounts/login/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.get_by_role("heading", level=1).count() == 1
    assert overflow(page) <= 0
    axe(page)
