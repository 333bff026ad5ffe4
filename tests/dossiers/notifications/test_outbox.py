"""Letters go out once each, again after a failure, and a mail server that is away costs them nothing."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from dossiers.models import Delivery, Notification, NotificationSetting, OutboxMessage, Topic
from dossiers.services.notifying import tell
from dossiers.services.outbox import MOST_ATTEMPTS, send_digests, send_waiting
from dossiers.tasks import send_digests as digest_task
from dossiers.tasks import send_messages
from tests.factories.accounts import UserFactory
from tests.factories.dossiers import moment

pytestmark = pytest.mark.django_db


def letter_to(user, occasion="1"):
    tell([user], topic=Topic.COMPLAINT, sentence="complaint", dedupe=occasion, code=f"H15-{occasion}")
    return OutboxMessage.objects.get(notification__user=user, notification__dedupe=f"{occasion}:{user.pk}")


@pytest.fixture
def failing(monkeypatch):
    """Let the mail server answer with errors; ``failing[address] = error`` or ``failing["all"]``."""
    errors = {}
    real = EmailBackend.send_messages

    def send(self, letters):
        for letter in letters:
            if error := errors.get("all") or errors.get(letter.to[0]):
                raise error
        return real(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return errors


def test_a_letter_goes_out_once():
    user = UserFactory()
    letter_to(user)
    assert send_messages() == 1
    assert send_messages() == 0
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert sent.extra_headers["Message-ID"] == f"<notification-{Notification.objects.get().pk}@portal>"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.vn": (550, b"no such user")}),
        smtplib.SMTPDataError(451, b"greylisted"),
        smtplib.SMTPSenderRefused(553, b"no", "no-reply@localhost"),
        ValueError("Header values can't contain newlines"),
    ],
)
def test_a_refused_letter_is_tried_later_and_later_and_does_not_hold_up_the_others(
    error, failing, time_machine
):
    time_machine.move_to(moment("2026-10-05"), tick=False)
    unlucky, lucky = UserFactory(), UserFactory()
    refused, _fine = letter_to(unlucky, "1"), letter_to(lucky, "2")
    failing[unlucky.email] = error
    assert send_waiting() == 1
    refused.refresh_from_db()
    assert refused.attempts == 1
    assert type(error).__name__ in refused.last_error
    waits = []
    while refused.attempts < MOST_ATTEMPTS:
        waits.append(refused.not_before - timezone.now())
        assert send_waiting() == 0
        time_machine.move_to(refused.not_before, tick=False)
        assert send_waiting() == 0
        refused.refresh_from_db()
    assert waits == [dt.timedelta(minutes=2**attempt) for attempt in range(1, MOST_ATTEMPTS)]
    time_machine.shift(dt.timedelta(days=30))
    failing.clear()
    assert send_waiting() == 0, "given up; the message in the portal stays"
    assert Notification.objects.filter(user=unlucky).exists()


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("refused"),
        TimeoutError("timed out"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPConnectError(421, b"busy"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
    ],
)
def test_a_server_that_is_away_ends_the_run_and_counts_against_no_letter(error, failing):
    users = UserFactory.create_batch(3)
    for user in users:
        letter_to(user)
    failing["all"] = error
    for _minute in range(MOST_ATTEMPTS + 2):
        assert send_waiting() == 0
    assert set(OutboxMessage.objects.values_list("attempts", flat=True).order_by()) == {0}
    failing.clear()
    assert send_waiting() == 3
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(user.email for user in users)


def test_a_person_who_left_gets_no_letter():
    user = UserFactory()
    letter_to(user)
    user.is_active = False
    user.save()
    assert send_waiting() == 0


def test_the_daily_letter_is_one_for_each_person_and_says_everything(time_machine):
    time_machine.move_to(moment("2026-10-05", "15:00"), tick=False)
    first, second = UserFactory(language="en"), UserFactory()
    for user in (first, second):
        NotificationSetting.objects.create(user=user, topic=Topic.COMPLAINT, delivery=Delivery.DIGEST)
    for occasion in ("1", "2", "3"):
        letter_to(first, occasion)
    letter_to(second, "4")
    assert (send_waiting(), send_digests()) == (0, 0)
    time_machine.move_to(moment("2026-10-06", "07:00"), tick=False)
    assert digest_task() == 2
    assert digest_task() == 0
    letter = next(one for one in mail.outbox if one.to == [first.email])
    assert letter.subject == "3 messages of the industrial cluster portal"
    assert [f"H15-{n}: a complaint was made." in letter.body for n in (1, 2, 3)] == [True] * 3
    # What comes after seven waits for the next morning.
    time_machine.move_to(moment("2026-10-06", "07:30"), tick=False)
    letter_to(first, "5")
    assert digest_task() == 0
    time_machine.move_to(moment("2026-10-07", "07:10"), tick=False)
    assert digest_task() == 1


def test_a_refused_daily_letter_is_tried_again_as_a_whole(failing, time_machine):
    time_machine.move_to(moment("2026-10-05", "15:00"), tick=False)
    user = UserFactory()
    NotificationSetting.objects.create(user=user, topic=Topic.COMPLAINT, delivery=Delivery.DIGEST)
    for occasion in ("1", "2"):
        letter_to(user, occasion)
    time_machine.move_to(moment("2026-10-06", "07:00"), tick=False)
    failing[user.email] = smtplib.SMTPDataError(451, b"later")
    assert send_digests() == 0
    assert set(OutboxMessage.objects.values_list("attempts", flat=True).order_by()) == {1}
    failing.clear()
    time_machine.shift(dt.timedelta(minutes=10))
    assert send_digests() == 1
    (letter,) = mail.outbox
    assert "H15-1" in letter.body
    assert "H15-2" in letter.body
