"""The list of clusters in an officer's scope."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from accounts.scope import scope_of
from clusters.filters.workplace import WorkplaceClusterFilter
from clusters.illustration import CountsIllustrations
from clusters.models import Cluster
from clusters.tables import exports
from clusters.tables.clusters import ClusterTable
from clusters.views.provinces import NOTHING_YET, NamesProvinces
from clusters.views.workplace.bulk import BulkEditable
from core.lists import FilteredListView


class ClusterListView(NamesProvinces, CountsIllustrations, BulkEditable, RequiresFunction, FilteredListView):
    """Clusters, filtered and sorted; the joined figures make a page cost the same whatever it holds."""

    function = Function.VIEW_REGISTRY
    list_name = "registry-clusters"
    bulk_kind = "clusters"
    model = Cluster
    filterset_class = WorkplaceClusterFilter
    table_class = ClusterTable
    empty_text = NOTHING_YET
    template_name = "clusters/registry/cluster_list.html"
    export_columns = exports.CLUSTERS
    export_geometry = exports.CLUSTER_GEOMETRY
    # What fits beside the menu on a desk; the others are a tick away.
    default_columns = ("name", "code", "commune", "stage", "area_ha", "occupancy", "as_of")

    def rows(self) -> QuerySet:
        """Return the clusters where the person may see the registry, with what a line shows."""
        rows = Cluster.objects.visible_to(self.request.user, Function.VIEW_REGISTRY).with_listing()
        if "decision" not in self.shown_columns():
            return rows
        paper = JSONObject(number="number", issued_on="issued_on")
        return rows.annotate(newest_decision=exports.newest_decision(paper))

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Add where a new cluster can be opened."""
        scope = scope_of(self.request.user, Function.RECORD_DECISION)
        return super().get_context_data(
            may_open=scope.national or bool(scope.province_ids), request=self.request, **extra
        )
