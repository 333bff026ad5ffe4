"""What is checked on every request of a signed-in person."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.adapters import has_second_factor, must_have_second_factor
from accounts.services import remember_language

GetResponse = Callable[[HttpRequest], HttpResponse]

# Without a second factor an officer reaches only what enrolling needs.
_ALWAYS_REACHABLE = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "set_language",
}
_ENROLMENT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_signup_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}


class SecondFactorMiddleware:
    """Send officers without a second factor to enrol one, outside the demo."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect when a second factor is demanded and missing."""
        match = request.resolver_match
        if match is None or match.url_name in _ALWAYS_REACHABLE | _ENROLMENT:
            return None
        if not must_have_second_factor(request.user) or has_second_factor(request.user):
            return None
        messages.warning(
            request,
            _(
                "People who act for an authority need a second factor. Set one up to go on: it takes two minutes."
            ),
        )
        return redirect("mfa_index")


class SessionIdleMiddleware:
    """End a session that nobody used for ``SESSION_IDLE_SECONDS``, and any after ``SESSION_COOKIE_AGE``."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out and send to sign in when the pause was too long, else note the time at most once a minute."""
        limit = settings.SESSION_IDLE_SECONDS
        if not limit or not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        began, seen = request.session.get("began_at", now), request.session.get("seen_at", 0)
        if (seen and now - seen > limit) or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(
                request,
                _("You were signed out because the portal was not used for a while, or after a day's work."),
            )
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if now - seen >= 60:
            # Noting the time prolongs the cookie, so the beginning is kept to end the session all the same.
            request.session["began_at"], request.session["seen_at"] = began, now
        return self.get_response(request)


class LanguageMemoryMiddleware:
    """Remember the language a signed-in person switches to."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Store the choice after the language switch has accepted it."""
        response = self.get_response(request)
        match, cookie = request.resolver_match, response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        if match and match.url_name == "set_language" and cookie and request.user.is_authenticated:
            remember_language(user=request.user, language=cookie.value)
        return response
