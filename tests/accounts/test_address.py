"""Changing the address one signs in with: in one's own language, after the password, by a letter to the new address."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import Role
from tests.factories.accounts import PASSWORD, person

pytestmark = pytest.mark.django_db

ADDRESS = reverse("account_email")


@pytest.fixture
def investor(client):
    """A person who confirmed the password a moment ago."""
    user = person(Role.INVESTOR_MEMBER)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": ADDRESS})
    return user


def change_to(client, address):
    return client.post(ADDRESS, {"email": address, "action_add": ""}, follow=True)


def test_the_page_is_reached_from_ones_account_and_speaks_vietnamese(client, investor):
    assert f'href="{ADDRESS}"' in client.get(reverse("accounts:account")).content.decode()
    page = client.get(ADDRESS).content.decode()
    assert "<h1>Địa chỉ thư điện tử</h1>" in page
    assert not re.search("Email Address|Primary|Verified", page)


def test_a_new_address_holds_once_its_letter_was_answered(client, investor):
    before = investor.email
    page = change_to(client, "moi@example.vn").content.decode()
    assert "moi@example.vn" in page and "Giữ nguyên địa chỉ cũ" in page
    [letter] = mail.outbox
    assert letter.to == ["moi@example.vn"]
    assert "Xác nhận địa chỉ thư điện tử" in letter.subject and "Xác nhận tại đây" in letter.body
    investor.refresh_from_db()
    assert investor.email == before

    link = re.search(r"https?://[^/]+(/\S+)", letter.body)
    client.post(link[1])
    investor.refresh_from_db()
    assert investor.email == "moi@example.vn"


def test_an_address_that_no_letter_confirmed_says_so(client, investor):
    investor.emailaddress_set.update(verified=False)
    page = client.get(ADDRESS).content.decode()
    assert "Địa chỉ này chưa được xác nhận bằng thư." in page and "Giữ nguyên địa chỉ cũ" not in page


def test_a_change_can_be_called_off(client, investor):
    change_to(client, "moi@example.vn")
    page = client.post(ADDRESS, {"email": "moi@example.vn", "action_remove": ""}, follow=True)
    assert "Đã bỏ địa chỉ moi@example.vn." in page.content.decode()
    assert not investor.emailaddress_set.filter(email="moi@example.vn").exists()


def test_the_own_address_again_is_refused_in_words(client, investor):
    page = change_to(client, investor.email).content.decode()
    assert "Tài khoản này đã có địa chỉ thư điện tử đó." in page
    assert mail.outbox == []


def test_an_open_session_is_not_enough_to_change_the_address(client):
    client.force_login(person(Role.INVESTOR_MEMBER))
    answer = client.post(ADDRESS, {"email": "la@example.vn", "action_add": ""})
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []
