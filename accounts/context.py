"""What templates know about the person who looks."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.demo import demo_accounts
from accounts.permissions import can
from accounts.roles import Function

_FUNCTIONS = {function.value: function for function in Function}


class May:
    """Answers ``{% if may.edit_registry %}``: decides what is offered, never what is allowed (views do)."""

    def __init__(self, user: Any) -> None:
        self._user = user

    def __getitem__(self, name: str) -> bool:
        """Say whether the person has a function by its value; an unknown name is an error in the template."""
        return can(self._user, _FUNCTIONS[name])


def accounts(request: HttpRequest) -> dict[str, Any]:
    """Offer ``may``, ``membership`` (the first, for the heading), ``is_demo`` and, to sign in, ``demo_accounts``."""
    user: Any = getattr(request, "user", AnonymousUser())
    match = request.resolver_match
    on_sign_in = match is not None and match.url_name == "account_login"
    return {
        "may": May(user),
        "membership": next(iter(user.active_memberships), None) if user.is_authenticated else None,
        "is_demo": settings.DEMO,
        "demo_accounts": demo_accounts() if on_sign_in else [],
    }
