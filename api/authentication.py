"""How programs say whose they are: ``Authorization: Bearer <token>``. A token reads and changes nothing."""

import structlog
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.adapters import has_second_factor, must_have_second_factor
from accounts.backends import AuthenticationBackend
from accounts.models import ApiToken, User
from accounts.services.tokens import find_token, note_use

_SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """Read as the person of a token, as far as that person could on the pages."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; None where the request carries none.

        Raises AuthenticationFailed (401) for a token that opens nothing, with the reason, and PermissionDenied (403)
        for anything but reading.
        """
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != _SCHEME.lower():
            return None
        try:
            token = find_token(secret.strip())
        except ValidationError as error:
            raise AuthenticationFailed(error.messages[0]) from error
        user = AuthenticationBackend().get_user(token.user_id)
        if user is None:
            raise AuthenticationFailed(_("The account of this token is closed."))
        if must_have_second_factor(user) and not has_second_factor(user):
            raise AuthenticationFailed(
                _("The account of this token lacks a second factor. Sign in on the portal and set one up.")
            )
        if request.method not in SAFE_METHODS:
            raise PermissionDenied(_("A token only reads. Sign in on the portal to change something."))
        structlog.contextvars.bind_contextvars(user_id=user.pk, api_token=token.pk)
        note_use(token)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """Say what a request without a right to the answer should carry."""
        return _SCHEME


class TokenScheme(OpenApiAuthenticationExtension):
    """The token in the description of the interface."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Describe the header."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Made on the page of one's account. It reads what its person sees, and changes nothing.",
        }
