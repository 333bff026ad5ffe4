"""Addresses of casework: the applicant's, the office's, the public's, messages, uploads, papers to download."""

from dossiers.urls import applicant, notifications, office, papers, public, uploads

app_name = "dossiers"
urlpatterns = [
    # Before the pages: these have fixed first words, theirs may begin with a code.
    *uploads.urlpatterns,
    *notifications.urlpatterns,
    *papers.urlpatterns,
    *applicant.urlpatterns,
    *office.urlpatterns,
    *public.urlpatterns,
]
