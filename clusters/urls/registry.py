"""Where officers work; every name is reached as ``registry:...``."""

from clusters.urls import records, workplace

app_name = "registry"
urlpatterns = [*workplace.urlpatterns, *records.urlpatterns]
