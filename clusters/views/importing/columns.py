"""Which sheet, which header, which column means what."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.permissions import requires
from clusters.forms.imports import ColumnsForm
from clusters.importing.fields import SHORT
from clusters.importing.reading import likely, remembered, table_of, tables_in, workbook_of
from clusters.importing.running import begin_check
from clusters.importing.specs import SPECS
from clusters.importing.starting import set_columns
from clusters.models import ImportBatch
from clusters.views.importing.access import FUNCTION, changeable
from core.workbooks.headers import Table
from core.workbooks.mapping import guess_columns
from core.workbooks.reading import Workbook

_SHOWN_ROWS = 4


@requires(FUNCTION)
def edit_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Show what was guessed and let it be corrected; ``table`` reads another table, or another header."""
    batch = changeable(request.user, key)
    if not batch.is_open:
        return redirect("registry:import", key=batch.key)
    workbook = workbook_of(batch)
    if request.method == "POST" and (request.POST.get("op") == "table" or "table" in request.POST):
        return _another_table(request, batch, workbook)
    form = ColumnsForm(batch=batch, workbook=workbook, user=request.user)
    if request.method == "POST":
        form = ColumnsForm(request.POST, batch=batch, workbook=workbook, user=request.user)
        if form.is_valid():
            try:
                batch = set_columns(
                    batch=batch,
                    sheet=form.cleaned_data["sheet"],
                    header_rows=form.cleaned_data["header"],
                    mapping=form.mapping,
                    defaults=form.defaults,
                    user=request.user,
                )
                begin_check(batch=batch)
                return redirect("registry:import", key=batch.key)
            except ValidationError as error:
                form.add_error(None, error)
    fields = SPECS[batch.kind].all_fields()
    context = {
        "batch": batch,
        "form": form,
        "table": form.table,
        "sample": form.table.rows[:_SHOWN_ROWS] if form.table else [],
        "tables": tables_in(workbook, fields),
        "is_remembered": form.table is not None and remembered(batch, form.table) is not None,
        "problems": [],
    }
    return render(request, "clusters/importing/columns.html", context, status=422 if form.errors else 200)


def _another_table(request: HttpRequest, batch: ImportBatch, workbook: Workbook) -> HttpResponse:
    """Read another table of the file and guess its columns; a header that is none leaves everything as it was."""
    form = ColumnsForm(request.POST, batch=batch, workbook=workbook, user=request.user)
    form.is_valid()
    rows = form.cleaned_data.get("header")
    chosen = request.POST.get("table", "")
    spec = SPECS[batch.kind]
    tables = tables_in(workbook, spec.all_fields())
    if chosen.isdigit() and int(chosen) < len(tables):
        _take(batch, workbook, tables[int(chosen)])
    elif rows and form.cleaned_data.get("sheet"):
        batch.sheet, batch.header_rows = form.cleaned_data["sheet"], rows
        try:
            _take(batch, workbook, table_of(batch, workbook, spec.all_fields()))
        except ValidationError as error:
            batch.refresh_from_db()
            form = ColumnsForm(batch=batch, workbook=workbook, user=request.user)
            context = {
                "batch": batch, "form": form, "table": form.table, "sample": [], "tables": tables,
                "is_remembered": False, "problems": error.messages,
            }  # fmt: skip
            return render(request, "clusters/importing/columns.html", context, status=422)
    return redirect("registry:import_columns", key=batch.key)


def _take(batch: ImportBatch, workbook: Workbook, table: Table) -> None:
    spec = SPECS[batch.kind]
    batch.sheet, batch.header_rows = table.sheet, list(table.header_rows)
    known = remembered(batch, table)
    guess = guess_columns(spec.all_fields(), table, SHORT)
    batch.mapping = known.mapping if known else likely(spec, guess)
    batch.corrections, batch.choices = {}, {}
    batch.save()
