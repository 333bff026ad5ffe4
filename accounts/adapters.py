"""What the sign-in package asks of this portal."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can
from accounts.roles import Function


class AccountAdapter(DefaultAccountAdapter):
    """Accounts belong to organisations: people come by invitation, and find their language again."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the open sign-up closed."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead portal administrators to the organisations, everybody else where ``LOGIN_REDIRECT_URL`` says."""
        if can(request.user, Function.MANAGE_ORGANISATIONS):
            return reverse("accounts:organisations")
        return str(super().get_login_redirect_url(request))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Go on in the language the person prefers."""
        response = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Officers keep a second factor once it is demanded of them."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "People who act for an authority need a second factor, and this is your only one. "
            "Set up another one first; then this one can be removed."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last second factor of a person who must have one."""
        if not must_have_second_factor(authenticator.user):
            return True
        return second_factors(authenticator.user).exclude(pk=authenticator.pk).exists()


def must_have_second_factor(user: Any) -> bool:
    """Say whether a second factor is demanded: of officers and technical administrators, outside the demo."""
    return not settings.DEMO and user.is_authenticated and (user.is_staff or user.is_officer)


def has_second_factor(user: Any) -> bool:
    """Say whether a person enrolled one; recovery codes alone replace a lost factor and are none.

    No query for the person of a request: it came with the account.
    """
    known = getattr(user, "enrolled_second_factor", None)
    return bool(second_factors(user).exists() if known is None else known)


def second_factors(user: Any) -> QuerySet[Authenticator]:
    """Return the second factors of a person, or of the person of each row for an ``OuterRef``."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
