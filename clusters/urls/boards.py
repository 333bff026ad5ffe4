"""Boards of the registry: data quality, the watch list."""

from django.urls import URLPattern, path

from clusters.views.workplace.quality import show_check, show_quality
from clusters.views.workplace.watch import show_watch, show_watched

urlpatterns: list[URLPattern] = [
    path("quality/", show_quality, name="quality"),
    path("quality/<slug:check>/", show_check, name="quality_check"),
    path("watch/", show_watch, name="watch"),
    path("watch/<slug:check>/", show_watched, name="watch_check"),
]
