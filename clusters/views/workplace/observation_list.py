"""The list of moving figures in an officer's scope."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from clusters.filters.observations import ObservationFilter
from clusters.models import Observation
from clusters.tables import exports
from clusters.tables.observations import ObservationTable
from clusters.views.provinces import NOTHING_YET, NamesProvinces
from core.lists import FilteredListView


class ObservationListView(NamesProvinces, RequiresFunction, FilteredListView):
    """Figures, the newest as-of date first."""

    function = Function.VIEW_REGISTRY
    list_name = "registry-observations"
    model = Observation
    filterset_class = ObservationFilter
    table_class = ObservationTable
    export_columns = exports.OBSERVATIONS
    empty_text = NOTHING_YET
    template_name = "clusters/registry/observation_list.html"
    fixed_columns = ("cluster", "indicator", "value", "as_of")
    default_columns = (*fixed_columns, "source", "note", "recorded_by", "created_at")

    def rows(self) -> QuerySet:
        """Return the figures where the person may see the registry, each with the key of its newest successor."""
        newest = Observation.objects.filter(
            cluster=OuterRef("cluster"), indicator=OuterRef("indicator")
        ).order_by("-as_of", "-pk")
        rows: Any = Observation.objects.visible_to(self.request.user, Function.VIEW_REGISTRY)
        rows = rows.annotate(newest=Subquery(newest.values("pk")[:1]))
        return rows.select_related("cluster__province", "recorded_by").only(
            "cluster__code",
            "cluster__name",
            "cluster__sort_key",
            "cluster__province_id",
            "cluster__province__name_vi",
            "cluster__province__name_en",
            "recorded_by__full_name",
            "recorded_by__email",
            "indicator",
            "value",
            "as_of",
            "as_of_text",
            "source_title",
            "source_number",
            "note",
            "created_at",
        )
