"""Messages are everybody's own who is signed in; another person's are not found."""

from dossiers.models import Notification, Topic
from tests.factories.accounts import UserFactory
from tests.meta.samples import Access, Address


def _of_somebody_else() -> dict[str, object]:
    row = Notification.objects.create(
        user=UserFactory(), topic=Topic.COMPLAINT, sentence="complaint", facts={"code": "H1"}, dedupe="once"
    )
    return {"pk": row.pk}


ADDRESSES = {
    "dossiers:notifications": Address(Access.SIGNED_IN),
    "dossiers:notification": Address(Access.SIGNED_IN, _of_somebody_else, ok=frozenset({404})),
    "dossiers:notifications_read": Address(Access.SIGNED_IN, method="post", ok=frozenset({302})),
    "dossiers:notification_settings": Address(Access.SIGNED_IN),
}
