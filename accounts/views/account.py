from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.adapters import has_second_factor, must_have_second_factor
from accounts.forms.people import OwnAccountForm
from accounts.permissions import SignedInRequest
from accounts.services import change_own_account


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    """Show and change what a person says of themselves, with the doors to password and second factor."""
    user = request.user
    initial = {"full_name": user.full_name, "phone": user.phone, "language": user.language or get_language()}
    form = OwnAccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_own_account(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your account was saved."))
        response = redirect("accounts:account")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
        return response
    context = {
        "form": form,
        "memberships": user.active_memberships,
        "has_second_factor": has_second_factor(user),
        "second_factor_demanded": must_have_second_factor(user),
    }
    return render(request, "accounts/account.html", context)
