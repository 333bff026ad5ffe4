"""Boundaries: the recorded one, a draft, recording it, files."""

from django.urls import URLPattern, path

from clusters.views.workplace.boundary import download_boundary, edit_draft, show_boundary, start_draft
from clusters.views.workplace.boundary_record import record_draft

urlpatterns: list[URLPattern] = [
    path("clusters/<slug:code>/boundary/", show_boundary, name="boundary"),
    path("clusters/<slug:code>/boundary/start/", start_draft, name="boundary_start"),
    path("clusters/<slug:code>/boundary/draft/", edit_draft, name="boundary_draft"),
    path("clusters/<slug:code>/boundary/record/", record_draft, name="boundary_record"),
    path("clusters/<slug:code>/boundary/file.<slug:kind>", download_boundary, name="boundary_file"),
]
