"""Papers of a draft: add, replace, remove, reuse from the organisation's store; every one with size and SHA-256."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import requires
from accounts.roles import Function
from core.views.files import serve_private
from dossiers.choices import Part
from dossiers.forms.papers import KeepForm, PaperForm, validity_of
from dossiers.models import Application, Document, OrganisationPaper
from dossiers.procedures.parts import DocumentKind
from dossiers.services.documents import add_application_paper, keep_in_store, remove_application_paper
from dossiers.views.applicant.access import number_asked, own_applications, own_draft, sentences, table_of


@dataclass
class KindOnPage:
    """A kind of paper with what is there of it, what the store has, and the form to add one."""

    kind: DocumentKind
    documents: list[Document]
    store: list[tuple[OrganisationPaper, str, bool]]
    form: PaperForm
    errors: list[str] = field(default_factory=list)
    #: Where the paper is to be had filled from the answers, empty for what the portal cannot write.
    draft_url: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it must be there and is not."""
        return self.kind.is_required and not self.documents


def paper_kinds(application: Application, faulty: tuple[str, list[str]] | None = None) -> list[KindOnPage]:
    """List the applicant's kinds of papers; three queries, however many papers there are."""
    table, regime = table_of(application)
    documents = current_papers(application)
    stored = list(
        OrganisationPaper.objects.filter(organisation=application.organisation_id)
        .select_related("file")
        .order_by("kind", "-pk")
    )
    found = []
    for kind in table.document_kinds(regime):
        if kind.by is not Part.APPLICANT:
            continue
        mine = [one for one in documents if one.kind == kind.code]
        used = {one.file.sha256 for one in mine}
        offers = [
            (paper, *validity_of(paper))
            for paper in stored
            if paper.kind == kind.code and paper.file.sha256 not in used
        ]
        form = PaperForm(kind, auto_id=f"id_{kind.code}_%s")
        errors = faulty[1] if faulty and faulty[0] == kind.code else []
        draft_url = (
            reverse("dossiers:request_draft", args=[application.pk])
            if kind.code == table.request_kind
            else ""
        )
        found.append(KindOnPage(kind, mine, offers, form, errors, draft_url))
    return found


def current_papers(application: Application) -> list[Document]:
    """List the papers of an application that count, with their files."""
    return list(
        Document.objects.current()
        .filter(application=application)
        .select_related("file", "reused_from")
        .order_by("kind", "pk")
    )


@requires(Function.FILE_DOSSIER)
@require_POST
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a draft, or a paper of the store; ``replaces`` names the version it takes the place of."""
    application = own_draft(request, pk)
    code = request.POST.get("kind", "")
    table, regime = table_of(application)
    kind = next((one for one in table.document_kinds(regime) if one.code == code), None)
    if kind is None:
        raise Http404
    given: dict[str, Any] = {}
    errors: list[str] = []
    if reuse := number_asked(request, "reuse"):
        rows = OrganisationPaper.objects.visible_to(request.user).select_related("file")
        given["reuse"] = get_object_or_404(rows, pk=reuse)
    else:
        form = PaperForm(kind, request.POST, request.FILES)
        if form.is_valid():
            given |= {"upload": form.cleaned_data["file"], "variety": form.cleaned_data.get("variety", "")}
        else:
            errors = [f"{form[name].label}: {one}" for name, found in form.errors.items() for one in found]
    if replaces := number_asked(request, "replaces"):
        given["replaces"] = get_object_or_404(
            Document.objects.current(), pk=replaces, application=application
        )
    if not errors:
        try:
            document = add_application_paper(application=application, kind=code, user=request.user, **given)
        except ValidationError as refused:
            errors = sentences(refused)
        else:
            messages.success(
                request, _("“%(name)s” is kept, with its size and SHA-256.") % {"name": document.file.name}
            )
            return redirect(f"{_page(application)}#paper-{code}")
    return render_papers(request, application, (code, errors))


@requires(Function.FILE_DOSSIER)
@require_POST
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper out of a draft."""
    document = own_paper(request, pk)
    application = document.application
    try:
        remove_application_paper(document=document, user=request.user)
    except ValidationError as refused:
        for one in sentences(refused):
            messages.error(request, one)
        return redirect("dossiers:application", pk=application.pk)
    messages.success(request, _("“%(name)s” is removed from the draft.") % {"name": document.file.name})
    return redirect(f"{_page(application)}#paper-{document.kind}")


@requires(Function.FILE_DOSSIER)
def keep_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a paper in the organisation's store, with its dates of validity."""
    document = own_paper(request, pk)
    form = KeepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_in_store(document=document, user=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, sentences(refused))
        else:
            messages.success(request, _("The paper is kept: you need not upload it again."))
            return redirect("dossiers:store")
    return render(request, "dossiers/applicant/keep_paper.html", {"form": form, "document": document})


@requires(Function.FILE_DOSSIER)
@require_safe
def paper_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a file to somebody of the organisation: of its own applications, or addressed to it by an authority."""
    rows = Document.objects.visible_to(request.user).select_related("file")
    document = get_object_or_404(rows, pk=pk, removed_at__isnull=True)
    return serve_private(request, document.file, as_attachment="view" not in request.GET)


def own_paper(request: HttpRequest, pk: int) -> Any:
    """Return a current paper of an application of the person's organisation."""
    return get_object_or_404(
        Document.objects.current().select_related(
            "file", "application__organisation", "application__dossier"
        ),
        pk=pk,
        application__in=own_applications(request.user).order_by().values("pk"),
    )


def render_papers(
    request: HttpRequest, application: Application, faulty: tuple[str, list[str]]
) -> HttpResponse:
    """Show the page of papers again, with what was refused beside its kind."""
    from dossiers.views.applicant.missing import progress_of

    table, regime = table_of(application)
    sections = table.wizard_sections(regime)
    present = next(one for one in sections if one.takes_papers)
    following = sections[sections.index(present) + 1 :]
    progress = progress_of(application)
    after = next((one for one in progress.sections if following and one.code == following[0].code), None)
    context = {
        "application": application,
        "procedure": table,
        "regime": regime,
        "section": present,
        "form": None,
        "papers": paper_kinds(application, faulty),
        "progress": progress,
        "conflicts": [],
        "next_url": after.url if after else progress.review_url,
    }
    return render(request, "dossiers/applicant/section.html", context, status=422)


def _page(application: Application) -> str:
    table, regime = table_of(application)
    code = next(one.code for one in table.wizard_sections(regime) if one.takes_papers)
    return reverse("dossiers:draft_section", args=[application.pk, code])
