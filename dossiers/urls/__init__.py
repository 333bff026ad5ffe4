"""Addresses of casework: the applicant's, the office's, the public's, everybody's messages, and uploads."""

from dossiers.urls import applicant, notifications, office, public, uploads

app_name = "dossiers"
urlpatterns = [
    # Before the pages: these have fixed first words, theirs may begin with a code.
    *uploads.urlpatterns,
    *notifications.urlpatterns,
    *applicant.urlpatterns,
    *office.urlpatterns,
    *public.urlpatterns,
]
