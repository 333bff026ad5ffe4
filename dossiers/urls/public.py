"""Addresses everybody reaches."""

from django.urls import URLPattern, path

from dossiers.views.public.need import what_do_i_need
from dossiers.views.public.notices import notice_page, notices
from dossiers.views.public.procedures import procedure_list, procedure_page
from dossiers.views.public.track import track

urlpatterns: list[URLPattern] = [
    path("need/", what_do_i_need, name="need"),
    path("procedures/", procedure_list, name="procedures"),
    path("procedures/<slug:code>/", procedure_page, name="procedure"),
    path("notices/", notices, name="notices"),
    path("notices/<str:code>/", notice_page, name="notice"),
    path("track/", track, name="track"),
]
