"""Look through everything, commit, file; then the receipt that says what was taken in, with size and hash."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.forms.applicant import FilingForm
from dossiers.models import Application
from dossiers.services.filing import choose_return_method, file_application
from dossiers.standing import running_of, standing_of
from dossiers.views.applicant.access import (
    filed_meanwhile,
    own_draft,
    own_filed,
    sentences,
    table_of,
)
from dossiers.views.applicant.missing import progress_of
from dossiers.views.applicant.papers import current_papers, paper_kinds


@requires(Function.FILE_DOSSIER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole application; a POST files it, or says everything that stands in the way."""
    if elsewhere := filed_meanwhile(request, pk):
        return elsewhere
    application = own_draft(request, pk)
    form = FilingForm(
        request.POST if request.method == "POST" else None,
        initial={"return_method": application.return_method},
    )
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            choose_return_method(
                application=application, method=form.cleaned_data["return_method"], user=request.user
            )
            file_application(application=application, user=request.user)
        except ValidationError as error:
            refused = sentences(error)
        else:
            messages.success(request, _("The application is filed. Keep the code and the secret."))
            return redirect("dossiers:receipt", pk=pk)
    table, regime = table_of(application)
    context = {
        "application": application,
        "procedure": table,
        "regime": regime,
        "sections": answered_sections(application),
        "papers": paper_kinds(application),
        "progress": progress_of(application),
        "form": form,
        "refused": refused,
    }
    return render(request, "dossiers/applicant/review.html", context)


@requires(Function.FILE_DOSSIER)
@never_cache
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was taken in: code and secret, papers with size and hash, the law, the day, what happens next."""
    application = own_filed(request, pk)
    dossier: Any = application.dossier
    table, regime = table_of(application)
    labels = {kind.code: kind.label for kind in table.document_kinds(regime)}
    context = {
        "application": application,
        "dossier": dossier,
        "procedure": table,
        "regime": regime,
        "standing": standing_of(dossier, name_unit=True),
        "running": running_of(dossier),
        "papers": [(one, labels.get(one.kind, one.kind)) for one in current_papers(application)],
    }
    return render(request, "dossiers/applicant/receipt.html", context)


def answered_sections(application: Application) -> list[tuple[Any, list[Any]]]:
    """Return the pages of the wizard with their answers in words; pages that take papers are left out."""
    table, regime = table_of(application)
    return [
        (section, table.section_form(section.code, application).lines)
        for section in table.wizard_sections(regime)
        if not section.takes_papers
    ]
