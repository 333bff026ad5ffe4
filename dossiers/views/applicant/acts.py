"""What an applicant does with a filed application besides answering: withdraw it, complain."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.forms.applicant import ComplaintForm, WithdrawForm
from dossiers.services.filing import withdraw_application
from dossiers.services.people import make_complaint
from dossiers.views.applicant.access import own_filed, sentences


@requires(Function.FILE_DOSSIER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back, with the reason."""
    application = own_filed(request, pk)
    dossier: Any = application.dossier
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"seen": dossier.version})
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_application(application=application, user=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused = sentences(error)
            # The page shows the newest state now: sending it again is a decision about that one.
            dossier.refresh_from_db()
            form.data = {**form.data.dict(), "seen": dossier.version}
        else:
            messages.success(request, _("The application is withdrawn."))
            return redirect("dossiers:application", pk=pk)
    context = {"application": application, "dossier": dossier, "form": form, "refused": refused}
    return render(request, "dossiers/applicant/withdraw.html", context, status=422 if refused else 200)


@requires(Function.FILE_DOSSIER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, pk: int) -> HttpResponse:
    """Complain about how the dossier is handled."""
    application = own_filed(request, pk)
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            make_complaint(application=application, user=request.user, **form.cleaned_data)
        except ValidationError as error:
            refused = sentences(error)
        else:
            messages.success(request, _("The complaint is made. The answer will stand on this page."))
            return redirect("dossiers:application", pk=pk)
    context = {"application": application, "dossier": application.dossier, "form": form, "refused": refused}
    return render(request, "dossiers/applicant/complain.html", context, status=422 if refused else 200)
