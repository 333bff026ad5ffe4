"""Send what waits in the outbox: each letter once, again after a failure, never inside the change it tells of.

A letter is locked while it goes out, so that two workers never send the same one. A letter that is refused is tried
again later and later; where the mail server itself does not answer, the run ends and the next one goes on.
"""

import datetime as dt
import smtplib
from collections.abc import Callable
from enum import Enum

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dossiers.models import OutboxMessage
from dossiers.services.wording import address_of, list_address, sentence_of

#: After this many failures a letter is given up; the notification stays in the portal.
MOST_ATTEMPTS = 8
#: So many letters in one run, so that a run ends.
MOST_IN_A_RUN = 200
#: So many notifications in one digest; the letter says how many more there are.
MOST_IN_A_DIGEST = 100

#: What is wrong with one letter alone; whatever else a mail server raises (OSError) concerns all of them.
_ABOUT_ONE_LETTER = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    # An address or a heading that cannot be written into a letter.
    ValueError,
)

log = structlog.get_logger(__name__)


class _Sent(Enum):
    YES = "sent"
    LATER = "refused, to be tried again"
    SERVER_DOWN = "the mail server takes nothing now"


def send_waiting(*, limit: int = MOST_IN_A_RUN) -> int:
    """Send the letters whose time has come, one a notification, and return how many left."""
    return _run(_next_letter, limit)


def send_digests(*, limit: int = MOST_IN_A_RUN) -> int:
    """Send each person one letter with everything that waits for their digest; return how many letters left."""
    return _run(_next_digest, limit)


def _run(take: Callable[[], list[OutboxMessage]], limit: int) -> int:
    sent = 0
    while sent < limit:
        with transaction.atomic():
            messages = take()
            if not messages:
                break
            outcome = _deliver(messages)
        if outcome is _Sent.SERVER_DOWN:
            break
        sent += outcome is _Sent.YES
    return sent


def _waiting() -> QuerySet[OutboxMessage]:
    return (
        OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(
            sent_at__isnull=True,
            not_before__lte=timezone.now(),
            attempts__lt=MOST_ATTEMPTS,
            notification__user__is_active=True,
        )
        .select_related("notification__user", "notification__dossier", "notification__application")
        .order_by("not_before", "pk")
    )


def _next_letter() -> list[OutboxMessage]:
    return list(_waiting().filter(in_digest=False)[:1])


def _next_digest() -> list[OutboxMessage]:
    first = _waiting().filter(in_digest=True).first()
    if first is None:
        return []
    # Locked with the first one: a second worker finds the person's whole digest taken.
    return list(_waiting().filter(in_digest=True, notification__user=first.notification.user_id))


def _deliver(messages: list[OutboxMessage]) -> _Sent:
    """Send locked messages as one letter and keep what became of it."""
    now = timezone.now()
    try:
        letter_of(messages).send()
    except _ABOUT_ONE_LETTER as error:
        for message in messages:
            message.attempts += 1
            message.not_before = now + dt.timedelta(minutes=2**message.attempts)
        _keep(messages, error)
        return _Sent.LATER
    except OSError as error:
        # Not the letters' fault: it does not count against them, however long the server is away.
        _keep(messages, error)
        return _Sent.SERVER_DOWN
    for message in messages:
        message.sent_at = now
        message.save(update_fields=["sent_at"])
    return _Sent.YES


def _keep(messages: list[OutboxMessage], error: Exception) -> None:
    for message in messages:
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        message.save(update_fields=["attempts", "not_before", "last_error"])
    log.warning("letter_not_sent", error=messages[0].last_error, letters=len(messages))


def letter_of(messages: list[OutboxMessage]) -> EmailMessage:
    """Return the letter that tells of messages to one person, in their language, with the address of each matter."""
    notifications = [message.notification for message in messages]
    user = notifications[0].user
    with translation.override(user.language or settings.LANGUAGE_CODE):
        if messages[0].in_digest:
            subject = ngettext(
                "%(count)s message of the industrial cluster portal",
                "%(count)s messages of the industrial cluster portal",
                len(messages),
            ) % {"count": len(messages)}
            lines = [f"- {sentence_of(one)}\n  {address_of(one)}" for one in notifications[:MOST_IN_A_DIGEST]]
            if len(notifications) > MOST_IN_A_DIGEST:
                lines.append(_("… and more, in the portal."))
            body = "\n\n".join(lines)
        else:
            subject = sentence_of(notifications[0])
            body = _("%(sentence)s\n\nOpen it in the portal: %(address)s") % {
                "sentence": subject,
                "address": address_of(notifications[0]),
            }
        footer = _("All your messages, and how you want to be told: %(address)s") % {
            "address": list_address()
        }
        return EmailMessage(
            subject=" ".join(subject.split())[:150],
            body=f"{body}\n\n--\n{footer}\n",
            to=[user.email],
            # The same letter sent twice by a worker that is killed in between is one letter to the mail program.
            headers={"Message-ID": f"<notification-{notifications[0].pk}@portal>"},
        )
