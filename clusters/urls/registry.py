"""Where officers work; every name is reached as ``registry:...``."""

from clusters.urls import boards, boundaries, importing, records, workplace

app_name = "registry"
urlpatterns = [
    *workplace.urlpatterns,
    *boards.urlpatterns,
    *boundaries.urlpatterns,
    *importing.urlpatterns,
    *records.urlpatterns,
]
