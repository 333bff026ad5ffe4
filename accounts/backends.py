from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from accounts.adapters import second_factors
from accounts.models import User


class AuthenticationBackend(AllauthBackend):
    """Sign in by e-mail and password; demo accounts exist only in the demo."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Find the person; a demo account outside the demo is answered like a wrong password."""
        return _if_allowed(super().authenticate(request, **credentials))

    def get_user(self, user_id: int) -> User | None:
        """Find the person of a session: one that was opened in the demo ends with it.

        Whether a second factor is enrolled comes along where every request asks it of officers.
        """
        if settings.DEMO:
            return _if_allowed(super().get_user(user_id))
        enrolled = Exists(second_factors(OuterRef("pk")))
        user = User.objects.annotate(enrolled_second_factor=enrolled).filter(pk=user_id).first()
        return _if_allowed(user) if user and self.user_can_authenticate(user) else None


def _if_allowed(user: Any) -> User | None:
    return None if user is None or (user.is_demo and not settings.DEMO) else user
