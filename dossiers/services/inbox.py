"""A person's own notifications: how many are unread, marking them read, and how they want to be told."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Function
from dossiers.models import Delivery, Notification, NotificationSetting, OutboxMessage, Topic

#: The bell counts up to here; more is "99+".
MOST_COUNTED = 100
#: How long a count is kept: another process may have told something meanwhile.
KEPT_SECONDS = 60
_OF_APPLICANTS = (Topic.MY_DOSSIER, Topic.SUPPLEMENT, Topic.COMPLAINT)


def unread_count(user: Any) -> int:
    """Return how many notifications a person has not read, at most ``MOST_COUNTED``; none for a visitor.

    The number is kept for up to a minute, so that a page does not cost a query for the bell; telling the person
    something and their reading it drop what is kept.
    """
    if not getattr(user, "is_authenticated", False):
        return 0
    return int(cache.get_or_set(_bell_of(user), lambda: _count(user), KEPT_SECONDS) or 0)


def forget_count(people: Iterable[Any]) -> None:
    """Have the bells of people counted anew: by this transaction at once, by everybody else once it is committed."""
    keys = [_bell_of(person) for person in people]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


def _bell_of(user: Any) -> str:
    return f"bell:{user.pk}:{hashlib.sha256(user.email.encode()).hexdigest()[:16]}"


def _count(user: Any) -> int:
    return Notification.objects.visible_to(user).unread().order_by()[:MOST_COUNTED].count()


def mark_read(*, user: Any, keys: list[int] | None = None) -> int:
    """Mark a person's own notifications read, all of them or those with the keys; return how many were unread."""
    unread = Notification.objects.visible_to(user).unread()
    if keys is not None:
        unread = unread.filter(pk__in=keys)
    count = unread.update(read_at=timezone.now())
    forget_count([user])
    return count


def topics_for(user: Any) -> list[Topic]:
    """List the topics a person can be told of, by what they do."""
    if user.is_officer:
        return [topic for topic in Topic if topic is not Topic.MY_DOSSIER or user.can(Function.FILE_DOSSIER)]
    return list(_OF_APPLICANTS)


def deliveries_of(user: Any) -> dict[Topic, Delivery]:
    """Return how a person wants to hear of each topic; what they never chose comes by e-mail at once."""
    chosen = dict(
        NotificationSetting.objects.filter(user=user).order_by("topic").values_list("topic", "delivery")
    )
    return {topic: Delivery(chosen.get(topic, Delivery.AT_ONCE)) for topic in topics_for(user)}


@transaction.atomic
def choose_deliveries(*, user: Any, chosen: Mapping[str, str]) -> None:
    """Keep how a person wants to hear of topics; letters that still wait follow the new choice.

    Raises ValidationError by topic for a choice that does not exist; topics that are not the person's are ignored.
    """
    errors = {
        topic: _("Choose one of the three ways.")
        for topic, delivery in chosen.items()
        if delivery not in Delivery.values
    }
    if errors:
        raise ValidationError(errors)
    for topic in topics_for(user):
        if topic.value not in chosen:
            continue
        delivery = chosen[topic.value]
        NotificationSetting.objects.update_or_create(user=user, topic=topic, defaults={"delivery": delivery})
        if delivery == Delivery.NONE:
            waiting = OutboxMessage.objects.filter(notification__user=user, notification__topic=topic)
            waiting.filter(sent_at__isnull=True).delete()
