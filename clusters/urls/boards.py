"""Boards of the registry: data quality, the watch list, the history and what can be restored from it."""

from django.urls import URLPattern, path

from clusters.views.workplace.quality import show_check, show_quality
from clusters.views.workplace.restore import restore_record, show_versions
from clusters.views.workplace.timeline import show_officer_timeline
from clusters.views.workplace.watch import show_watch, show_watched

urlpatterns: list[URLPattern] = [
    path("quality/", show_quality, name="quality"),
    path("quality/<slug:check>/", show_check, name="quality_check"),
    path("watch/", show_watch, name="watch"),
    path("watch/<slug:check>/", show_watched, name="watch_check"),
    path("people/<int:person>/changes/", show_officer_timeline, name="officer_timeline"),
    path("versions/<slug:kind>/<int:pk>/", show_versions, name="versions"),
    path("versions/<slug:kind>/<int:pk>/<int:version>/restore/", restore_record, name="restore"),
]
