"""The registry of clusters: home, list, the page of one cluster, decisions, observations, history."""

from django.urls import URLPattern, path

from clusters.views.workplace.bulk import BulkView
from clusters.views.workplace.cluster import show_cluster
from clusters.views.workplace.decisions import (
    correct_decision,
    create_decision,
    download_file,
    show_preview,
    upload_file,
)
from clusters.views.workplace.details import edit_cluster
from clusters.views.workplace.home import show_home
from clusters.views.workplace.listing import ClusterListView
from clusters.views.workplace.new_cluster import create_cluster, preview_cluster
from clusters.views.workplace.observation_list import ObservationListView
from clusters.views.workplace.observations import (
    create_observation,
    create_observations,
    delete_observation,
    edit_observation,
)
from clusters.views.workplace.past import show_day
from clusters.views.workplace.suggestions import suggest_investors
from clusters.views.workplace.timeline import show_cluster_timeline

urlpatterns: list[URLPattern] = [
    path("", show_home, name="home"),
    path("bulk/<slug:kind>/", BulkView.as_view(), name="bulk"),
    path("clusters/", ClusterListView.as_view(), name="cluster_list"),
    path("clusters/new/", create_cluster, name="cluster_create"),
    path("clusters/new/preview/", preview_cluster, name="cluster_create_preview"),
    path("clusters/<slug:code>/", show_cluster, name="cluster"),
    path("clusters/<slug:code>/edit/", edit_cluster, name="cluster_edit"),
    path("clusters/<slug:code>/history/", show_cluster_timeline, name="cluster_history"),
    path("clusters/<slug:code>/on/", show_day, name="cluster_on_day"),
    path("clusters/<slug:code>/decisions/new/", create_decision, name="decision_create"),
    path("clusters/<slug:code>/decisions/preview/", show_preview, name="decision_preview"),
    path("clusters/<slug:code>/decisions/<int:pk>/correct/", correct_decision, name="decision_correct"),
    path("clusters/<slug:code>/decisions/<int:pk>/file/", download_file, name="decision_file"),
    path("clusters/<slug:code>/observations/new/", create_observation, name="observation_create"),
    path("clusters/<slug:code>/observations/several/", create_observations, name="observation_grid"),
    path("decisions/file/", upload_file, name="decision_upload"),
    path("observations/", ObservationListView.as_view(), name="observation_list"),
    path("observations/<int:pk>/edit/", edit_observation, name="observation_edit"),
    path("observations/<int:pk>/remove/", delete_observation, name="observation_remove"),
    path("investors/suggest/", suggest_investors, name="investor_suggest"),
]
