"""Every page there is, on a desk in Vietnamese; the phone is a file of its own so that both run side by side."""

import pytest

from accounts.roles import Role
from tests.browser.every_page import walk


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=["public", "officer"])
def test_every_page_is_accessible_and_quiet_on_a_desk(new_page, role):
    walk(new_page, role, size="desktop", language="vi")
