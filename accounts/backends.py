from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.conf import settings


class AuthenticationBackend(AllauthBackend):
    """Sign in by e-mail and password; demo accounts exist only in the demo.

    Django asks this again on every request, so that a session opened in the demo ends with it too.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse inactive people, and demo accounts outside the demo."""
        if user.is_demo and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
