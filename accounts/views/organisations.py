from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.members import InvitationForm
from accounts.forms.organisations import (
    OrganisationFilterForm,
    OrganisationForm,
    OrganisationNamesForm,
    ReasonForm,
)
from accounts.models import Invitation, Membership, Organisation
from accounts.permissions import SignedInRequest, can, requires
from accounts.roles import Function
from accounts.services import change_organisation, create_organisation, set_organisation_active
from accounts.views.paging import page_of


@login_required
def own(request: SignedInRequest) -> HttpResponse:
    """Lead to the organisation a person acts for, or list them when there are several."""
    memberships = request.user.active_memberships
    if len({membership.organisation_id for membership in memberships}) == 1:
        return redirect("accounts:organisation_detail", memberships[0].organisation_id)
    return render(request, "accounts/own_organisations.html", {"memberships": memberships})


@requires(Function.MANAGE_ORGANISATIONS)
def organisations(request: SignedInRequest) -> HttpResponse:
    """List every organisation with how many people and administrators it has."""
    form = OrganisationFilterForm(request.GET or None)
    active = Q(memberships__is_active=True)
    found = Organisation.objects.visible_to(request.user).select_related("province", "commune")
    if form.is_valid():
        if form.cleaned_data["kind"]:
            found = found.filter(kind=form.cleaned_data["kind"])
        if text := form.cleaned_data["q"]:
            found = found.filter(
                Q(name__icontains=text) | Q(short_name__icontains=text) | Q(tax_code__startswith=text)
            )
    counted = found.annotate(
        people=Count("memberships", filter=active),
        administrators=Count("memberships", filter=active & Q(memberships__is_administrator=True)),
    ).order_by("name", "pk")
    page = page_of(request, counted)
    return render(request, "accounts/organisations.html", {"form": form, "page": page})


@requires(Function.MANAGE_ORGANISATIONS)
def create(request: SignedInRequest) -> HttpResponse:
    """Create an organisation and go on to inviting its first administrators."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = create_organisation(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The organisation was created. Invite two administrators now."))
            return redirect("accounts:organisation_detail", organisation.pk)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": None})


@login_required
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an organisation, its people and the invitations under way."""
    organisation = _find(request, pk)
    manages = Organisation.objects.manageable_by(request.user).filter(pk=pk).exists()
    context = {
        "organisation": organisation,
        "memberships": Membership.objects.filter(organisation=organisation)
        .select_related("user")
        .order_by("-is_active", "user__full_name", "pk"),
        "administrators": Membership.objects.administrators_of(organisation).count(),
        "manages": manages,
        "may_close": can(request.user, Function.MANAGE_ORGANISATIONS),
        "invitations": [],
        "invitation_form": None,
        "reason_form": None,
    }
    if manages:
        context["invitations"] = Invitation.objects.filter(organisation=organisation).open()
        context["invitation_form"] = InvitationForm(organisation=organisation)
        context["reason_form"] = ReasonForm(auto_id="id_closing_%s")
    return render(request, "accounts/organisation_detail.html", context)


@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the names of an organisation."""
    organisation = get_object_or_404(Organisation.objects.manageable_by(request.user), pk=pk)
    form = OrganisationNamesForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        change_organisation(organisation=organisation, **form.cleaned_data)
        messages.success(request, _("The organisation was saved."))
        return redirect("accounts:organisation_detail", pk)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": organisation})


@require_POST
@requires(Function.MANAGE_ORGANISATIONS)
def set_active(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an organisation to its people, or open it again."""
    organisation = _find(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason: it is kept in the history."))
        return redirect("accounts:organisation_detail", pk)
    is_active = request.POST.get("is_active") == "1"
    try:
        set_organisation_active(
            organisation=organisation,
            is_active=is_active,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        opened, closed = _("The organisation is open again."), _("The organisation is closed to its people.")
        messages.success(request, opened if is_active else closed)
    return redirect("accounts:organisation_detail", pk)


def _find(request: SignedInRequest, pk: int) -> Organisation:
    visible = Organisation.objects.visible_to(request.user).select_related("province", "commune")
    return get_object_or_404(visible, pk=pk)
