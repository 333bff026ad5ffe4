"""Addresses of uploads piece by piece."""

from django.urls import path

from dossiers.views import uploads

urlpatterns = [
    path("uploads/", uploads.start, name="upload_start"),
    path("uploads/<uuid:key>/piece/", uploads.piece, name="upload_piece"),
    path("uploads/<uuid:key>/", uploads.state, name="upload_state"),
    path("uploads/<uuid:key>/finish/", uploads.finish, name="upload_finish"),
]
