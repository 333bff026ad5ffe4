from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.members import MemberForm
from accounts.forms.organisations import ReasonForm
from accounts.models import Membership
from accounts.permissions import SignedInRequest
from accounts.services import change_role, deactivate_membership, reactivate_membership, set_administrator


@login_required
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a member may do in the organisation."""
    membership = _find(request, pk)
    form = MemberForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            _change(membership, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(person)s: the change was saved.") % {"person": membership.user})
            return redirect("accounts:organisation_detail", membership.organisation_id)
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "form": form,
        "ending_form": ReasonForm(auto_id="id_ending_%s"),
    }
    return render(request, "accounts/member.html", context)


@require_POST
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End what a member does for the organisation."""
    return _step(request, pk, deactivate_membership, _("%(person)s no longer acts for %(organisation)s."))


@require_POST
@login_required
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a former member act for the organisation again."""
    return _step(request, pk, reactivate_membership, _("%(person)s acts for %(organisation)s again."))


def _step(
    request: SignedInRequest, pk: int, service: Callable[..., Membership], sentence: str
) -> HttpResponse:
    membership = _find(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason: it is kept in the history."))
        return redirect("accounts:member", pk)
    try:
        service(membership=membership, reason=form.cleaned_data["reason"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts:member", pk)
    messages.success(request, sentence % {"person": membership.user, "organisation": membership.organisation})
    if membership.user_id == request.user.pk:
        return redirect("accounts:organisation")
    return redirect("accounts:organisation_detail", membership.organisation_id)


@transaction.atomic
def _change(membership: Membership, form: MemberForm) -> None:
    data = form.cleaned_data
    if data["is_administrator"] != membership.is_administrator:
        set_administrator(
            membership=membership, is_administrator=data["is_administrator"], reason=data["reason"]
        )
    if data["role"] != membership.role:
        change_role(membership=membership, role=data["role"], reason=data["reason"])


def _find(request: SignedInRequest, pk: int) -> Membership:
    manageable = Membership.objects.manageable_by(request.user).select_related("user", "organisation")
    return get_object_or_404(manageable, pk=pk)
