from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.members import InvitationForm
from accounts.forms.people import NewAccountForm
from accounts.models import Invitation, Organisation, User
from accounts.permissions import SignedInRequest
from accounts.services import accept_invitation, create_account, invite_member, withdraw_invitation
from accounts.services.invitations import find_invitation

INVITED = "invited by an administrator"
ACCEPTED = "invitation accepted"
WITHDRAWN = "invitation withdrawn"


@login_required
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send an invitation to a colleague."""
    organisation = get_object_or_404(Organisation.objects.manageable_by(request.user).active(), pk=pk)
    form = InvitationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(
                organisation=organisation, invited_by=request.user, reason=INVITED, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("An invitation was sent to %(email)s.") % {"email": form.cleaned_data["email"]}
            )
            return redirect("accounts:organisation_detail", pk)
    return render(request, "accounts/invite.html", {"form": form, "organisation": organisation})


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an invitation useless."""
    invitation = get_object_or_404(Invitation.objects.manageable_by(request.user).open(), pk=pk)
    withdraw_invitation(invitation=invitation, reason=WITHDRAWN)
    messages.success(request, _("The invitation to %(email)s was withdrawn.") % {"email": invitation.email})
    return redirect("accounts:organisation_detail", invitation.organisation_id)


def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the invited person join: with the account they have, or with one they make here."""
    try:
        invitation = find_invitation(secret)
    except ValidationError as error:
        return render(request, "accounts/invitation_closed.html", {"sentence": error.message}, status=410)
    if request.user.is_authenticated:
        return _join(cast(SignedInRequest, request), invitation, secret)
    if User.objects.filter(email=invitation.email).exists():
        messages.info(
            request, _("Sign in with %(email)s to accept the invitation.") % {"email": invitation.email}
        )
        return redirect_to_login(request.get_full_path())
    return _make_account(request, invitation, secret)


def _join(request: SignedInRequest, invitation: Invitation, secret: str) -> HttpResponse:
    context: dict[str, Any] = {"invitation": invitation, "form": None, "errors": []}
    if request.user.email != invitation.email:
        context["errors"] = [
            _("This invitation was sent to %(email)s. Sign out and sign in with that address to accept it.")
            % {"email": invitation.email}
        ]
        return render(request, "accounts/accept_invitation.html", context, status=403)
    if request.method != "POST":
        return render(request, "accounts/accept_invitation.html", context)
    try:
        membership = accept_invitation(secret=secret, user=request.user, reason=ACCEPTED)
    except ValidationError as error:
        context["errors"] = error.messages
        return render(request, "accounts/accept_invitation.html", context, status=409)
    messages.success(
        request, _("You now act for %(organisation)s.") % {"organisation": membership.organisation}
    )
    return redirect("accounts:organisation_detail", membership.organisation_id)


def _make_account(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user = create_account(
                    email=invitation.email,
                    full_name=form.cleaned_data["full_name"],
                    password=form.cleaned_data["password1"],
                    language=get_language() or "",
                )
                accept_invitation(secret=secret, user=user, reason=ACCEPTED)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account is ready. Sign in to go on."))
            return redirect("account_login")
    context = {"invitation": invitation, "form": form, "errors": []}
    return render(request, "accounts/accept_invitation.html", context)
