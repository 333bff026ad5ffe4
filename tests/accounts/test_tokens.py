"""Tokens are made, shown once, listed with their use and revoked on the pages of an account."""

import datetime as dt
import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, ApiTokenUse
from accounts.roles import Role
from accounts.services import tokens as services
from accounts.services.tokens import MAX_ACTIVE, PREFIX, create_token, find_token, note_use, revoke_token
from tests.assertions import assert_num_queries
from tests.factories.accounts import PASSWORD, ApiTokenFactory, UserFactory

pytestmark = pytest.mark.django_db
OWN, NEW, ALL = (reverse(f"accounts:{name}") for name in ("tokens", "token_create", "all_tokens"))


@pytest.fixture
def confirmed(client_of):
    """A signed-in browser whose person has just given the password."""

    def make(role: str = Role.MINISTRY_ANALYST):
        client = client_of(role)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": NEW})
        return client

    return make


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(confirmed):
    client = confirmed()
    answer = client.post(NEW, {"name": "Bảng quý", "days": 90})
    secret = re.search(rf'<code id="token"[^>]*>({PREFIX}\S+)</code>', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    token = ApiToken.objects.get()
    assert token.user == client.user and token.ending == secret[-4:]
    assert secret not in str(ApiToken.objects.values())
    assert find_token(secret) == token
    page = client.get(OWN).content.decode()
    assert "Bảng quý" in page and f"…{token.ending}" in page and secret not in page
    assert dt.timedelta(days=89) < token.expires_at - timezone.now() <= dt.timedelta(days=90)


def test_the_days_are_written_in_the_language_of_the_reader(confirmed):
    client = confirmed()
    client.cookies["django_language"] = "en"
    assert "90 days" in client.get(NEW).content.decode()


def test_who_signed_in_a_while_ago_gives_the_password_first(client_of):
    client = client_of(Role.MINISTRY_ANALYST)
    for answer in (client.get(NEW), client.post(NEW, {"name": "Bảng quý", "days": 90})):
        assert answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "days": 90}, "name"),
        ({"name": "x" * 101, "days": 90}, "name"),
        ({"name": "Bảng quý", "days": 3650}, "days"),
        ({"name": "Bảng quý", "days": "x"}, "days"),
        ({"name": "Bảng quý"}, "days"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(confirmed, typed, field):
    answer = confirmed().post(NEW, typed)
    assert list(answer.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_nobody_has_more_than_some_that_are_good(confirmed):
    client = confirmed()
    ApiTokenFactory(user=client.user, expired=True)
    ApiTokenFactory.create_batch(MAX_ACTIVE - 1, user=client.user)
    last = create_token(user=client.user, name="Mười", days=30)[0]
    answer = client.post(NEW, {"name": "Mười một", "days": 30})
    assert str(MAX_ACTIVE) in answer.context["form"].non_field_errors()[0]
    revoke_token(token=last, actor=client.user)
    assert (
        client.post(NEW, {"name": "Mười một", "days": 30}).templates[0].name == "accounts/token_created.html"
    )


def test_the_person_gets_a_letter_without_the_secret(django_capture_on_commit_callbacks):
    user = UserFactory(language="en")
    with django_capture_on_commit_callbacks(execute=True):
        token, secret = create_token(user=user, name="Quarter", days=30)
    (letter,) = mail.outbox
    assert letter.to == [user.email] and "Quarter" in letter.body and token.ending in letter.body
    assert letter.subject == "A token for programs was made in your account"
    assert secret not in letter.body and "http" in letter.body


def test_a_mail_server_that_is_down_does_not_hide_the_secret(monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr(services, "send_mail", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        token, _secret = create_token(user=UserFactory(), name="Quarter", days=30)
    assert token.is_active


def test_a_revoked_token_stays_revoked_and_its_history_says_by_whom(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER)
    token = ApiTokenFactory(user=client.user)
    answer = client.post(reverse("accounts:token_revoke", args=[token.pk]))
    assert answer.url == OWN
    token.refresh_from_db()
    when = token.revoked_at
    assert when is not None and not token.is_active
    client.post(reverse("accounts:token_revoke", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at == when
    event = token.events.order_by("-pgh_id").first()
    assert str(client.user) in event.pgh_context.metadata["reason"]


def test_nobody_revokes_or_sees_the_token_of_another(client_of):
    token = ApiTokenFactory(name="Của người khác")
    client = client_of(Role.DEPARTMENT_LEADER)
    assert client.post(reverse("accounts:token_revoke", args=[token.pk])).status_code == 404
    assert "Của người khác" not in client.get(OWN).content.decode()
    token.refresh_from_db()
    assert token.is_active


def test_portal_administrators_see_and_revoke_all_of_them(client_of):
    token = ApiTokenFactory(name="Của người khác")
    for _number in range(3):
        note_use(token)
    client = client_of(Role.PORTAL_ADMINISTRATOR)
    page = " ".join(client.get(ALL).content.decode().split())
    assert "Của người khác" in page and token.user.email in page and ">3</td>" in page
    assert client.post(reverse("accounts:token_revoke", args=[token.pk])).url == ALL
    token.refresh_from_db()
    assert not token.is_active


def test_use_is_counted_by_day_and_shown_for_a_month(client_of, time_machine):
    client = client_of(Role.MINISTRY_ANALYST)
    token = ApiTokenFactory(user=client.user, expires_at=timezone.now() + dt.timedelta(days=90))
    for moment, requests in (
        ("2026-09-01T03:00+00:00", 5),
        ("2026-10-20T16:59+00:00", 2),
        ("2026-10-20T17:01+00:00", 1),
    ):
        time_machine.move_to(moment, tick=False)
        for _number in range(requests):
            note_use(token)
    days = dict(ApiTokenUse.objects.values_list("day", "requests"))
    assert days == {dt.date(2026, 9, 1): 5, dt.date(2026, 10, 20): 2, dt.date(2026, 10, 21): 1}
    row = ApiToken.objects.with_use(days=30).get()
    assert (row.last_used_on, row.requests_lately) == (dt.date(2026, 10, 21), 3)


@pytest.mark.parametrize("address", [OWN, ALL])
def test_a_list_costs_the_same_whatever_it_holds(client_of, address):
    client = client_of(Role.PORTAL_ADMINISTRATOR)

    note_use(ApiTokenFactory(user=client.user))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for token in ApiTokenFactory.create_batch(5, user=client.user):
        note_use(token)
    with assert_num_queries(len(asked)):
        client.get(address)
