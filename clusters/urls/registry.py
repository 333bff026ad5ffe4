"""Where officers work; every name is reached as ``registry:...``."""

from clusters.urls import boards, boundaries, records, workplace

app_name = "registry"
urlpatterns = [*workplace.urlpatterns, *boards.urlpatterns, *boundaries.urlpatterns, *records.urlpatterns]
