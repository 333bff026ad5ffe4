"""Send what waits in the outbox: each letter once, again after a failure, never inside the change it tells of."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dossiers.models import Notification, OutboxMessage
from dossiers.services.wording import sentence_of

#: After this many failures a letter is given up; the notification stays in the portal.
MOST_ATTEMPTS = 8


def send_waiting(*, limit: int = 200) -> int:
    """Send the letters whose time has come and return how many left.

    Each letter is locked while it goes out, so that two workers never send the same one; a failed one is tried again
    later and later.
    """
    sent = 0
    while sent < limit and (outcome := _send_one()) is not None:
        sent += outcome
    return sent


def _send_one() -> int | None:
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(
                sent_at__isnull=True,
                not_before__lte=timezone.now(),
                attempts__lt=MOST_ATTEMPTS,
                in_digest=False,
            )
            .select_related("notification__user")
            .order_by("not_before", "pk")
            .first()
        )
        if message is None:
            return None
        notification = message.notification
        try:
            _letter(notification).send()
        except OSError as error:
            message.attempts += 1
            message.last_error = str(error)[:300]
            message.not_before = timezone.now() + dt.timedelta(minutes=2**message.attempts)
            message.save()
            return 0
        message.sent_at = timezone.now()
        message.save()
        return 1


def _letter(notification: Notification) -> EmailMessage:
    user = notification.user
    with translation.override(user.language or settings.LANGUAGE_CODE):
        sentence = sentence_of(notification)
        body = _("%(sentence)s\n\nOpen it in the portal: %(address)s\n") % {
            "sentence": sentence,
            "address": settings.SITE_URL,
        }
        return EmailMessage(
            subject=sentence[:150],
            body=body,
            to=[user.email],
            # The same letter sent twice by a worker killed in between is one letter to the mail program.
            headers={"Message-ID": f"<notification-{notification.pk}@portal>"},
        )
