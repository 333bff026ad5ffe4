"""Security keys without a browser: the last one stays, names stay short. In a browser: ``tests/browser/``."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.forms.keys import NAME_LENGTH, RenameKeyForm
from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_second_factor_is_demanded(settings):
    settings.DEMO = False


@pytest.fixture
def confirmed(client_of):
    """Return a maker of clients whose person has confirmed the password just now."""

    def make(role: Role) -> Client:
        client = client_of(role)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return make


def key_of(user: User, name: str = "Khóa chính") -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}}
    )


def test_the_last_key_of_an_officer_stays_however_its_removal_is_asked(confirmed):
    client = confirmed(Role.COMMUNE_OFFICER)
    key = key_of(client.user)
    remove = reverse("mfa_remove_webauthn", args=[key.pk])
    for page in (client.get(remove), client.post(remove)):
        html = page.content.decode()
        assert "duy nhất của bạn" in html and "btn-danger" not in html
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_key_goes_where_another_factor_stays(confirmed):
    client = confirmed(Role.COMMUNE_OFFICER)
    key = key_of(client.user)
    Authenticator.objects.create(user=client.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert answer.url == reverse("mfa_list_webauthn")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_an_investor_is_told_what_removing_the_last_key_means(confirmed):
    client = confirmed(Role.INVESTOR_MEMBER)
    key = key_of(client.user)
    remove = reverse("mfa_remove_webauthn", args=[key.pk])
    assert "chỉ cần mật khẩu là mở được tài khoản" in client.get(remove).content.decode()
    assert client.post(remove).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_key_of_somebody_else_is_not_found(confirmed):
    theirs = key_of(confirmed(Role.INVESTOR_MEMBER).user)
    client = confirmed(Role.COMMUNE_OFFICER)
    key_of(client.user)
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404


def test_removing_asks_for_a_confirmation_and_an_account_first(client_of, client):
    officer = client_of(Role.COMMUNE_OFFICER)
    remove = reverse("mfa_remove_webauthn", args=[key_of(officer.user).pk])
    assert officer.post(remove).url.startswith(reverse("account_reauthenticate"))
    assert client.post(remove).url.startswith(reverse(settings.LOGIN_URL))


def test_keys_are_listed_in_the_order_in_which_they_came(client_of):
    client = client_of(Role.COMMUNE_OFFICER)
    for name in "ABCDEF":
        key_of(client.user, f"Khóa {name}")
    html = client.get(reverse("mfa_list_webauthn")).content.decode()
    positions = [html.index(f'<th scope="row">Khóa {name}') for name in "ABCDEF"]
    assert positions == sorted(positions)


def test_a_long_name_is_cut(client_of):
    key = key_of(client_of(Role.COMMUNE_OFFICER).user)
    form = RenameKeyForm(data={"name": "W" * 500}, instance=key)
    assert form.is_valid()
    assert form.cleaned_data["name"] == "W" * NAME_LENGTH
