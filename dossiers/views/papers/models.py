"""Model documents: the portal's own and those a department uses instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Organisation
from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.scope import scope_of
from core.views.files import serve_private
from dossiers.forms.model_documents import ModelDocumentForm
from dossiers.models import ModelDocument
from dossiers.papers.catalogue import PaperKind, paper_kind, paper_kinds
from dossiers.services.model_documents import replace_model, withdraw_model
from dossiers.views.papers.sending import send_paper

FUNCTION = Function.KEEP_MODEL_DOCUMENTS
#: What the portal's own models call a row, a row inside a row, and so on.
_NAMES = ("row", "part", "line")


@dataclass(frozen=True)
class _Row:
    """A line of the list: the paper, and the department's own model where one is in use."""

    paper: PaperKind
    own: ModelDocument | None


@requires(FUNCTION)
@require_GET
def list_models(request: SignedInRequest) -> HttpResponse:
    """List every paper with the model it is made from."""
    department = _department(request)
    in_use = ModelDocument.objects.visible_to(request.user).in_use(department)
    own = {one.kind: one for one in in_use.select_related("file", "added_by").order_by("pk")}
    rows = [_Row(paper, own.get(paper.kind)) for paper in paper_kinds()]
    return render(request, "dossiers/papers/models.html", {"rows": rows, "department": department})


@requires(FUNCTION)
@require_http_methods(["GET", "HEAD", "POST"])
def show_model(request: SignedInRequest, kind: str) -> HttpResponse:
    """Show the model in use, those before it and every placeholder; take a document in and say all that is wrong."""
    department, paper = _department(request), _paper(kind)
    is_sent = request.method == "POST"
    form = ModelDocumentForm(request.POST, request.FILES) if is_sent else ModelDocumentForm()
    if is_sent and form.is_valid():
        try:
            replace_model(
                organisation=department, kind=kind, upload=form.cleaned_data["file"], user=request.user
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            messages.success(request, _("The document is in use: papers are made from it from now on."))
            return redirect("dossiers:model_document", kind=kind)
    kept = (
        ModelDocument.objects.visible_to(request.user)
        .filter(organisation=department, kind=kind)
        .select_related("file", "added_by")
        .order_by("-pk")
    )
    context = {
        "paper": paper,
        "department": department,
        "form": form,
        "kept": list(kept),
        "own": next((one for one in kept if one.ended_at is None), None),
        "placeholders": _written(paper.placeholders()),
    }
    return render(request, "dossiers/papers/model.html", context, status=422 if form.errors else 200)


@requires(FUNCTION)
@require_GET
def download_portal_model(request: SignedInRequest, kind: str) -> HttpResponse:
    """Send the portal's own model of a paper."""
    paper = _paper(kind)
    with translation.override("vi"):
        name = str(paper.title)
    return send_paper(paper.model(), "docx", f"mẫu {name}")


@requires(FUNCTION)
@require_GET
def download_own_model(request: SignedInRequest, pk: int) -> FileResponse:
    """Send a model of the person's department, in use or kept from before."""
    rows = ModelDocument.objects.visible_to(request.user).filter(organisation=_department(request))
    return serve_private(request, get_object_or_404(rows.select_related("file"), pk=pk).file)


@requires(FUNCTION)
@require_POST
def end_model(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go back to the portal's model."""
    rows = ModelDocument.objects.visible_to(request.user).filter(organisation=_department(request))
    model = get_object_or_404(rows.select_related("organisation"), pk=pk)
    withdraw_model(model=model, user=request.user)
    messages.success(request, _("The portal's model is in use again. The department's own is kept below."))
    return redirect("dossiers:model_document", kind=model.kind)


def _department(request: SignedInRequest) -> Organisation:
    """Return the department whose models the person keeps."""
    keys = scope_of(request.user, FUNCTION).organisation_ids
    return Organisation.objects.filter(pk__in=keys).order_by("pk")[0]


def _paper(kind: str) -> PaperKind:
    try:
        return paper_kind(kind)
    except LookupError:
        raise Http404 from None


def _written(paths: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each placeholder as it is typed in Word: a list is gone through, its rows have names inside it."""
    found = []
    for path, label in paths.items():
        *lists, name = path.removesuffix("[]").split("[].")
        outer = f"{_NAMES[len(lists) - 1]}." if lists else ""
        if not path.endswith("[]"):
            written = f"{{{{ {outer}{name} }}}}"
        elif any(other.startswith(f"{path}.") for other in paths):
            written = f"{{%tr for {_NAMES[len(lists)]} in {outer}{name} %}} … {{%tr endfor %}}"
        else:
            written = f"{{%p for item in {outer}{name} %}} {{{{ item }}}} {{%p endfor %}}"
        found.append({"written": written, "inside": " → ".join(lists), "label": label})
    return found
