"""The preview of an import: every row with everything that is wrong; cells corrected and matches chosen in the page."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import requires
from clusters.forms.imports import ReasonForm, ReplaceForm
from clusters.importing.correcting import correct_import
from clusters.importing.marked import write_marked
from clusters.importing.reading import table_of, workbook_of
from clusters.importing.running import begin_check, resume
from clusters.importing.shown import shared_questions, shown_rows
from clusters.importing.specs import SPECS
from clusters.importing.starting import replace_file
from clusters.models import ImportBatch
from clusters.models.imports import ImportOutcome, ImportState
from clusters.views.importing.access import FUNCTION, batch_for, changeable, may_change, page_size_of
from core.workbooks.problems import Problem

#: Filters of the preview beside the outcomes.
DOUBTFUL = "doubtful"


@requires(FUNCTION)
@require_safe
def show_import(request: HttpRequest, key: str) -> HttpResponse:
    """Show an import as far as it is: being worked on, previewed, saved, undone."""
    batch = batch_for(request.user, key)
    if batch.state == ImportState.MAPPING and may_change(request.user, batch):
        return redirect("registry:import_columns", key=batch.key)
    return preview_page(request, batch, ReasonForm())


def preview_page(
    request: HttpRequest, batch: ImportBatch, form: ReasonForm, replace: ReplaceForm | None = None
) -> HttpResponse:
    """Answer with the page of an import."""
    wanted = request.GET.get("show", "")
    rows = batch.rows.order_by("number", "part")
    if wanted == DOUBTFUL:
        rows = rows.filter(problems__contains=[{"severity": "doubt"}])
    elif wanted in ImportOutcome.values:
        rows = rows.filter(outcome=wanted)
    else:
        wanted = ""
    page = Paginator(rows, page_size_of(request)).get_page(request.GET.get("page"))
    errors = bool(form.errors) or bool(replace and replace.errors)
    rows_shown = shown_rows(batch, page.object_list)
    shared = shared_questions(batch) if batch.is_open else []
    context = {
        "batch": batch,
        "form": form,
        "replace": replace or ReplaceForm(),
        "page": page,
        "rows": rows_shown,
        "tabs": _tabs(batch, wanted),
        "show": wanted,
        "may_change": may_change(request.user, batch),
        "notes": [Problem.from_dict(facts) for facts in batch.notes],
        "skipped": _skipped(batch)
        if batch.state == ImportState.CHECKED and not wanted and page.number == 1
        else [],
        "shared": shared,
        "can_correct": bool(shared) or any(row.asks for row in rows_shown),
        "stopping": batch.counts.get("wrong", 0) + batch.counts.get("asked", 0),
        "writing": batch.counts.get("new", 0) + batch.counts.get("changed", 0),
    }
    return render(request, "clusters/importing/batch.html", context, status=422 if errors else 200)


@requires(FUNCTION)
@require_POST
def correct_rows(request: HttpRequest, key: str) -> HttpResponse:
    """Take corrected cells and chosen matches, and check everything again."""
    batch = changeable(request.user, key)
    cells = {
        name.removeprefix("cell_"): value for name, value in request.POST.items() if name.startswith("cell_")
    }
    seen = {
        name.removeprefix("was_"): value for name, value in request.POST.items() if name.startswith("was_")
    }
    choices = {
        name.removeprefix("choice_"): str(value)
        for name, value in request.POST.items()
        if name.startswith("choice_")
    }
    try:
        batch = correct_import(
            batch=batch,
            cells={address: text for address, text in cells.items() if text != seen.get(address, "")},
            choices=choices,
            skip_stopping=request.POST.get("op") == "skip",
        )
        begin_check(batch=batch)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    query = request.POST.get("query", "")
    response = redirect("registry:import", key=batch.key)
    if query.startswith("show=") and "\n" not in query:
        response["Location"] += f"?{query}"
    return response


@requires(FUNCTION)
@require_POST
def replace_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Take the corrected workbook in the place of the first one, and check it."""
    batch = changeable(request.user, key)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            batch = replace_file(batch=batch, upload=form.cleaned_data["file"], user=request.user)
            begin_check(batch=batch)
            return redirect("registry:import", key=batch.key)
        except ValidationError as error:
            form.add_error("file", " ".join(error.messages))
    return preview_page(request, batch, ReasonForm(), form)


@requires(FUNCTION)
@require_safe
def download_marked(request: HttpRequest, key: str) -> FileResponse:
    """Send the workbook with its problems marked in the cells."""
    batch = batch_for(request.user, key)
    file = io.BytesIO()
    write_marked(batch, file)
    file.seek(0)
    stem = batch.file.name.rsplit(".", 1)[0]
    return FileResponse(file, as_attachment=True, filename=f"{stem} - {_('problems')}.xlsx")


@requires(FUNCTION)
@require_safe
def tell_progress(request: HttpRequest, key: str) -> JsonResponse:
    """Say how far the queue is; what was interrupted is taken up again."""
    batch = batch_for(request.user, key)
    resume(batch)
    return JsonResponse(
        {
            "busy": batch.is_busy,
            "done": batch.progress,
            "total": batch.total,
            "text": _("%(done)s of %(total)s rows") % {"done": batch.progress, "total": batch.total},
        }
    )


def _tabs(batch: ImportBatch, wanted: str) -> list[tuple[str, str, int, bool]]:
    """Return value, label, count and whether it is shown, for each way to look at the rows."""
    counts = batch.counts
    tabs = [
        ("", str(_("all rows")), sum(counts.get(value, 0) for value in ImportOutcome.values), wanted == "")
    ]
    tabs += [
        (value, str(label), counts.get(value, 0), wanted == value)
        for value, label in ImportOutcome.choices
        if counts.get(value)
    ]
    if counts.get("doubt"):
        count = batch.rows.filter(problems__contains=[{"severity": "doubt"}]).count()
        tabs.append((DOUBTFUL, str(_("with doubts")), count, wanted == DOUBTFUL))
    return tabs


def _skipped(batch: ImportBatch) -> list[Any]:
    """Return the rows of the sheet that were taken for no data, with the reason."""
    if batch.total > 2_000:
        return []
    try:
        table = table_of(batch, workbook_of(batch), SPECS[batch.kind].all_fields())
    except ValidationError:
        return []
    return table.skipped
