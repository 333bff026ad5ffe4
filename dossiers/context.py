"""What the layouts show of casework."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dossiers.services.inbox import unread_count


def notifications(request: HttpRequest) -> dict[str, Any]:
    """Offer ``unread_notifications`` for the bell: one query, only where a layout shows it."""
    user = getattr(request, "user", None)
    return {"unread_notifications": SimpleLazyObject(lambda: unread_count(user))}
