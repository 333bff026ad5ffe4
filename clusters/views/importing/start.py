"""The list of imports with the upload, and the templates to fill in."""

import io

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.permissions import requires
from clusters.forms.imports import WorkbookForm
from clusters.importing.specs import SPECS, specs_for
from clusters.importing.starting import start_import
from clusters.models import ImportBatch
from clusters.views.importing.access import FUNCTION, page_size_of
from core.workbooks.templates import write_template


@requires(FUNCTION)
def list_imports(request: HttpRequest) -> HttpResponse:
    """Show the imports of the person's unit, and take a workbook."""
    form = WorkbookForm(user=request.user)
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES, user=request.user)
        if form.is_valid():
            try:
                batch = start_import(
                    upload=form.cleaned_data["file"], kind=form.cleaned_data["kind"], user=request.user
                )
                return redirect("registry:import_columns", key=batch.key)
            except ValidationError as error:
                form.add_error("file", " ".join(error.messages))
    batches = ImportBatch.objects.visible_to(request.user).select_related(
        "file", "created_by", "organisation"
    )
    page = Paginator(batches.order_by("-created_at", "-pk"), page_size_of(request)).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "kinds": [{"value": spec.kind.value, "label": spec.kind.label} for spec in specs_for(request.user)],
    }
    return render(request, "clusters/importing/list.html", context, status=422 if form.errors else 200)


@requires(FUNCTION)
@require_safe
def download_template(request: HttpRequest, kind: str) -> FileResponse:
    """Send the workbook to fill in for a kind of records."""
    spec = SPECS.get(kind)
    if spec is None or not spec.may_use(request.user):
        raise Http404
    file = io.BytesIO()
    title = capfirst(str(spec.kind.label))
    write_template(file, spec.all_fields(), title=title)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}.xlsx")
