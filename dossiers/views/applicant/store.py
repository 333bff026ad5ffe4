"""The organisation's store of papers: each is asked for once."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import requires
from accounts.roles import Function
from core.views.files import serve_private
from dossiers.forms.papers import StorePaperForm, validity_of
from dossiers.models import OrganisationPaper
from dossiers.paging import page_of
from dossiers.procedures import procedures
from dossiers.services.documents import change_stored_paper, remove_stored_paper
from law.regimes import Regime


@requires(Function.FILE_DOSSIER)
@require_safe
def store(request: HttpRequest) -> HttpResponse:
    """List the papers kept, with validity and how often each was used."""
    rows = (
        OrganisationPaper.objects.visible_to(request.user)
        .select_related("file", "organisation")
        .annotate(use_count=Count("uses"))
        .order_by("organisation__name", "kind", "-pk")
    )
    page = page_of(request, rows)
    labels = kind_labels()
    context = {
        "page": page,
        "rows": [(one, labels.get(one.kind, one.kind), *validity_of(one)) for one in page],
    }
    return render(request, "dossiers/applicant/store.html", context)


@requires(Function.FILE_DOSSIER)
def store_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title and validity of a paper in the store."""
    paper = _own(request, pk)
    form = StorePaperForm(request.POST or None, instance=paper)
    if request.method == "POST" and form.is_valid():
        change_stored_paper(paper=paper, user=request.user, **form.cleaned_data)
        messages.success(request, _("Changed."))
        return redirect("dossiers:store")
    return render(request, "dossiers/applicant/store_paper.html", {"form": form, "paper": paper})


@requires(Function.FILE_DOSSIER)
@require_POST
def remove_from_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of the store; applications that used it keep it."""
    paper = _own(request, pk)
    remove_stored_paper(paper=paper, user=request.user)
    messages.success(request, _("“%(name)s” is no longer in the store.") % {"name": paper.title})
    return redirect("dossiers:store")


@requires(Function.FILE_DOSSIER)
@require_safe
def store_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file of a paper in the store."""
    return serve_private(request, _own(request, pk).file, as_attachment="view" not in request.GET)


def kind_labels() -> dict[str, str]:
    """Name the kinds of papers of every procedure, by the law in force."""
    regime = Regime.on(timezone.localdate())
    return {
        kind.code: str(kind.label)
        for one in procedures()
        if regime.code in one.regimes
        for kind in one.document_kinds(regime)
    }


def _own(request: HttpRequest, pk: int) -> OrganisationPaper:
    rows = OrganisationPaper.objects.visible_to(request.user).select_related("file", "organisation")
    return get_object_or_404(rows, pk=pk)
