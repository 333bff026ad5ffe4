"""Addresses of version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from api.views.casework import DossierViewSet, NoticeViewSet, ProcedureViewSet
from api.views.clusters import ClusterViewSet, DecisionViewSet, ObservationViewSet, SecondaryProjectViewSet
from api.views.places import ProvinceViewSet

app_name = "api"
router = SimpleRouter()
router.register("clusters", ClusterViewSet, basename="cluster")
router.register("provinces", ProvinceViewSet, basename="province")
router.register("dossiers", DossierViewSet, basename="dossier")
router.register("notices", NoticeViewSet, basename="notice")
router.register("procedures", ProcedureViewSet, basename="procedure")
OF_ONE = "clusters/<str:cluster_code>"
urlpatterns = [
    *router.urls,
    path(f"{OF_ONE}/decisions/", DecisionViewSet.as_view({"get": "list"}), name="decision-list"),
    path(f"{OF_ONE}/observations/", ObservationViewSet.as_view({"get": "list"}), name="observation-list"),
    path(f"{OF_ONE}/projects/", SecondaryProjectViewSet.as_view({"get": "list"}), name="project-list"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
