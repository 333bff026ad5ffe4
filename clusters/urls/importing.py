"""Importing workbooks: the list, the columns, the preview, saving and undoing."""

from django.urls import URLPattern, path

from clusters.views.importing.columns import edit_columns
from clusters.views.importing.finish import discard, save_import, undo
from clusters.views.importing.preview import (
    correct_rows,
    download_marked,
    replace_workbook,
    show_import,
    tell_progress,
)
from clusters.views.importing.start import download_template, list_imports

urlpatterns: list[URLPattern] = [
    path("imports/", list_imports, name="import_list"),
    path("imports/template/<slug:kind>.xlsx", download_template, name="import_template"),
    path("imports/<uuid:key>/", show_import, name="import"),
    path("imports/<uuid:key>/columns/", edit_columns, name="import_columns"),
    path("imports/<uuid:key>/correct/", correct_rows, name="import_correct"),
    path("imports/<uuid:key>/replace/", replace_workbook, name="import_replace"),
    path("imports/<uuid:key>/marked.xlsx", download_marked, name="import_marked"),
    path("imports/<uuid:key>/progress/", tell_progress, name="import_progress"),
    path("imports/<uuid:key>/save/", save_import, name="import_save"),
    path("imports/<uuid:key>/undo/", undo, name="import_undo"),
    path("imports/<uuid:key>/discard/", discard, name="import_discard"),
]
