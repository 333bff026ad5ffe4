"""What every page knows besides its own content."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give the layouts the person's unit and role (one query, only on pages that show them)."""
    return {"membership": SimpleLazyObject(lambda: _membership(request))}


def _membership(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return next(iter(user.active_memberships), None)
