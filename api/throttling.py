"""How often a program may ask."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken

if TYPE_CHECKING:  # the framework reads this module while it makes the class
    from rest_framework.views import APIView


class TokenThrottle(SimpleRateThrottle):
    """So many requests for each token; one that runs wild slows nobody else down."""

    scope = "token"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """Return the key to count under; None, which is never refused, where the request carries no token."""
        token = request.auth
        return f"throttle_token_{token.pk}" if isinstance(token, ApiToken) else None
