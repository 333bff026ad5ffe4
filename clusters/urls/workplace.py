"""The registry of clusters: list, the page of one cluster, decisions, observations, history."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
