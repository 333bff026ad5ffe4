"""What every page knows besides its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give the layouts the person's unit and role (one query, only on pages that show them), and the page's address.

    The address is made of our own name, not of the one that the request claims.
    """
    return {
        "membership": SimpleLazyObject(lambda: _membership(request)),
        "page_address": settings.SITE_URL + request.get_full_path(),
    }


def _membership(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return next(iter(user.active_memberships), None)
