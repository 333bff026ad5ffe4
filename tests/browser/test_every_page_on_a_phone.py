"""Every page there is, on a phone in English; the desk is a file of its own so that both run side by side."""

import pytest

from accounts.roles import Role
from tests.browser.every_page import walk


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_OFFICER], ids=["public", "officer"])
def test_every_page_fits_and_is_quiet_on_a_phone(new_page, role):
    walk(new_page, role, size="phone", language="en")
