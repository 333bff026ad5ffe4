"""Lockout after failed sign-ins: whose failures are counted, and the page that says what to do."""

from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the address that signs in, however it is typed; the sign-in form and the admin name it differently."""
    given = credentials or {}
    name = given.get("email") or given.get("username")
    if not name and request is not None:
        name = request.POST.get("login") or request.POST.get("username")
    return (name or "").strip().lower()


def show_lockout(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer 429 with how many attempts there were, how long to wait, and who can unlock the account."""
    context = {
        "failure_limit": settings.AXES_FAILURE_LIMIT,
        "minutes": int(get_cool_off(request).total_seconds() // 60),
    }
    return render(request, "errors/lockout.html", context, status=429)
