"""Saving an import, undoing it, throwing it away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from clusters.forms.imports import ReasonForm
from clusters.importing.running import begin_commit
from clusters.importing.starting import discard_import
from clusters.importing.undo import kept_rows, undo_import
from clusters.models.imports import ImportOutcome, ImportState
from clusters.views.importing.access import FUNCTION, changeable
from clusters.views.importing.preview import preview_page


@requires(FUNCTION)
@require_POST
def save_import(request: HttpRequest, key: str) -> HttpResponse:
    """Write what the preview shows."""
    batch = changeable(request.user, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            batch = begin_commit(batch=batch, reason=form.cleaned_data["reason"], user=request.user)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            if batch.state == ImportState.COMMITTED:
                messages.success(request, _("The import is saved. It can be undone as a whole below."))
            return redirect("registry:import", key=batch.key)
    return preview_page(request, batch, form)


@requires(FUNCTION)
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Say what undoing would remove, restore and leave alone; do it with a reason."""
    batch = changeable(request.user, key)
    if batch.state != ImportState.COMMITTED:
        return redirect("registry:import", key=batch.key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_import(batch=batch, reason=form.cleaned_data["reason"], user=request.user)
            messages.success(request, _("The import is undone."))
            return redirect("registry:import", key=batch.key)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
    kept = kept_rows(batch)
    left = {entry["record"] for entry in kept}
    rows = batch.rows.exclude(record_id__in=left)
    context = {
        "batch": batch,
        "form": form,
        "kept": kept,
        "removed": rows.filter(outcome=ImportOutcome.NEW).count(),
        "restored": rows.filter(outcome=ImportOutcome.CHANGED).count(),
    }
    return render(request, "clusters/importing/undo.html", context, status=422 if form.errors else 200)


@requires(FUNCTION)
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw an import away that was not saved."""
    batch = changeable(request.user, key)
    try:
        discard_import(batch=batch, user=request.user)
        messages.success(request, _("The import was thrown away. Nothing was saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("registry:import_list")
