"""Provinces."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets

from api.serializers import ProvinceSerializer
from places.models import Province


@extend_schema_view(
    list=extend_schema(summary="Provinces in force"), retrieve=extend_schema(summary="One province")
)
class ProvinceViewSet(viewsets.ReadOnlyModelViewSet):
    """The provinces in force today."""

    queryset = Province.objects.none()
    serializer_class = ProvinceSerializer
    lookup_field = "code"
    lookup_value_regex = r"\d{2}"

    def get_queryset(self) -> QuerySet[Province]:
        """Ask by today's date."""
        return Province.objects.in_force().order_by("sort_key", "pk")
