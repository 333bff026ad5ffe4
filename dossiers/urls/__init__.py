"""Addresses of casework: the applicant's, the office's and the public's."""

from dossiers.urls import applicant, office, public

app_name = "dossiers"
urlpatterns = [*applicant.urlpatterns, *office.urlpatterns, *public.urlpatterns]
