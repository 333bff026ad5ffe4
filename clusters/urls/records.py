"""Plans, investors, infrastructure, plots, projects, progress, inspections."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
