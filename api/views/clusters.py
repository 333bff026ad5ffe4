"""Clusters, and what belongs to one of them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from api.serializers import (
    ClusterSerializer,
    DecisionSerializer,
    ObservationSerializer,
    SecondaryProjectSerializer,
)
from clusters.filters.clusters import ClusterFilter
from clusters.models import Cluster, Decision, Observation, SecondaryProject

CODE = OpenApiParameter(
    "cluster_code", str, OpenApiParameter.PATH, description="The cluster's code, CCN-15-0058."
)


@extend_schema_view(
    list=extend_schema(summary="Clusters"),
    retrieve=extend_schema(summary="One cluster"),
)
class ClusterViewSet(viewsets.ReadOnlyModelViewSet):
    """Clusters the caller may see: what is published, and what lies in their scope.

    The filter is that of the directory page: the address of a page's list works here too.
    """

    queryset = Cluster.objects.none()
    serializer_class = ClusterSerializer
    filterset_class = ClusterFilter
    lookup_field = "code"
    lookup_value_regex = r"[A-Za-z0-9-]+"

    def get_queryset(self) -> QuerySet[Cluster]:
        """Start from what the caller may see."""
        return Cluster.objects.visible_to(self.request.user).counted().with_listing()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the cluster with the time of its last change."""
        cluster = self.get_object()
        response = Response(self.get_serializer(cluster).data)
        response["Last-Modified"] = http_date(cluster.updated_at.timestamp())
        return response


class OfOneCluster(mixins.ListModelMixin, viewsets.GenericViewSet):
    """Rows of a cluster the caller may see; another cluster is a 404."""

    filterset_class = None

    def get_queryset(self) -> QuerySet:
        """Find the cluster first, then its rows."""
        model = self.serializer_class.Meta.model
        if getattr(self, "swagger_fake_view", False):
            return model.objects.none()
        cluster = get_object_or_404(
            Cluster.objects.visible_to(self.request.user).counted(), code=self.kwargs["cluster_code"]
        )
        return model.objects.filter(cluster=cluster)


@extend_schema_view(list=extend_schema(summary="Decisions of a cluster", parameters=[CODE]))
class DecisionViewSet(OfOneCluster):
    """The recorded decisions of a cluster in the order in which they take effect."""

    queryset = Decision.objects.none()
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Decision]:
        """Join what a row names."""
        return super().get_queryset().in_replay_order().select_related("sets_commune", "sets_investor")


@extend_schema_view(list=extend_schema(summary="Observations of a cluster", parameters=[CODE]))
class ObservationViewSet(OfOneCluster):
    """The observed figures of a cluster, newest first."""

    queryset = Observation.objects.none()
    serializer_class = ObservationSerializer

    def get_queryset(self) -> QuerySet[Observation]:
        """Order by day."""
        return super().get_queryset().order_by("-as_of", "-pk")


@extend_schema_view(list=extend_schema(summary="Secondary projects of a cluster", parameters=[CODE]))
class SecondaryProjectViewSet(OfOneCluster):
    """The secondary projects of a cluster by name."""

    queryset = SecondaryProject.objects.none()
    serializer_class = SecondaryProjectSerializer

    def get_queryset(self) -> QuerySet[SecondaryProject]:
        """Join what a row names."""
        return super().get_queryset().order_by("sort_key", "pk").select_related("investor", "industry")
