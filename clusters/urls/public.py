"""Pages everybody reads."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import URLPattern, URLResolver, path

from clusters.views.public.accessibility import accessibility
from clusters.views.public.boundary_files import boundary_file
from clusters.views.public.cluster import cluster_page
from clusters.views.public.compare import compare
from clusters.views.public.crawling import SITEMAPS, robots
from clusters.views.public.directory import DirectoryView
from clusters.views.public.home import home
from clusters.views.public.land import vacant_land
from clusters.views.public.points import cluster_geojson, clusters_geojson
from clusters.views.public.targets import suggest_targets

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("clusters/", DirectoryView.as_view(), name="directory"),
    path("clusters.geojson", clusters_geojson, name="clusters_geojson"),
    path("clusters/<str:code>/", cluster_page, name="cluster"),
    path("clusters/<str:code>/boundary.geojson", cluster_geojson, name="cluster_geojson"),
    path("clusters/<str:code>/boundary.<slug:kind>", boundary_file, name="boundary_file"),
    path("compare/", compare, name="compare"),
    path("land/", vacant_land, name="vacant_land"),
    path("targets/<slug:kind>/", suggest_targets, name="target_suggest"),
    path("accessibility/", accessibility, name="accessibility"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
