"""Two pages of the sign-in package about security keys that let a person down as they come."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.adapters import second_factors


class RemoveKeyView(RemoveWebAuthnView):
    """Remove a key; the package asks whether it may only when an app is removed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the key must stay, or that nothing is left when it goes."""
        others = second_factors(self.object.user).exclude(pk=self.object.pk)
        return super().get_context_data(**kwargs, refusal=self._refusal(), is_last=not others.exists())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say once more why a key must stay instead of removing it."""
        self.object = self.get_object()
        return self.get(request) if self._refusal() else super().post(request, *args, **kwargs)

    def _refusal(self) -> str:
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.object):
            return ""
        return str(adapter.error_messages["cannot_delete_authenticator"])


class ConfirmByKeyView(ReauthenticateWebAuthnView):
    """Confirm by a key who it is; the package leads a refused key away from the step that was asked for."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Come back with the reason, and still know what comes after."""
        for reason in form.non_field_errors():
            messages.error(self.request, reason)
        return redirect(self.passthrough_next_url(self.request.path))


remove = RemoveKeyView.as_view()
confirm = ConfirmByKeyView.as_view()
