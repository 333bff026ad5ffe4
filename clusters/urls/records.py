"""Plans, investors, infrastructure, plots, projects, progress, inspections.

Records of a cluster lie below ``clusters/<code>/``; ``RecordScreen.urls`` gives create, edit, delete, history and
the page of each kind.
"""

from django.urls import URLPattern, path

from clusters.views.records import infrastructure, lists, plans, plots, progress, projects
from clusters.views.records.inspections import INSPECTION
from clusters.views.records.investors import INVESTOR

urlpatterns: list[URLPattern] = [
    path("investors/", lists.InvestorListView.as_view(), name="investor_list"),
    path("infrastructure/", lists.InfrastructureListView.as_view(), name="infrastructure_list"),
    path("plots/", lists.PlotListView.as_view(), name="plot_list"),
    path("projects/", lists.ProjectListView.as_view(), name="project_list"),
    path("obstacles/", lists.ObstacleListView.as_view(), name="obstacle_list"),
    path("inspections/", lists.InspectionListView.as_view(), name="inspection_list"),
    path("plans/", lists.PlanListView.as_view(), name="plan_list"),
    path("industries/suggest/", projects.suggest_industries, name="industry_suggest"),
    path("clusters/<str:code>/plots/", plots.cluster_plots, name="cluster_plots"),
    *INVESTOR.urls(),
    *infrastructure.urls(),
    *plots.PLOT.urls(),
    *projects.PROJECT.urls(),
    *progress.urls(),
    *INSPECTION.urls(),
    *plans.urls(),
]
