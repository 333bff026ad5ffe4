"""The directory: one filter and one address over the same rows as cards, table and map."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.choices import Stage
from clusters.filters.clusters import ClusterFilter, best_match_first
from clusters.illustration import CountsIllustrations
from clusters.land import with_free_land
from clusters.mapping import MAP_ATTRIBUTION
from clusters.models import Cluster
from clusters.stages import tone_of
from clusters.staleness import is_stale
from clusters.tables import exports
from clusters.tables.public import DirectoryTable
from clusters.views.public.former import former_places
from core.lists import FilteredListView

VIEWS = ("list", "table", "map")
SORTS = ("", "province", "-area", "-free", "occupancy", "-occupancy", "-projects")
#: Parameters that say how to show the rows, not which.
_NOT_FILTERS = ("view", "page", "per_page", "sort")


class DirectoryView(CountsIllustrations, FilteredListView):
    """Every cluster the reader may see, found by one filter."""

    list_name = "directory"
    model = Cluster
    filterset_class = ClusterFilter
    table_class = DirectoryTable
    template_name = "clusters/public/directory.html"
    export_columns = exports.DIRECTORY
    export_geometry = exports.CLUSTER_GEOMETRY
    fragment_name = "clusters/public/directory_results.html"
    default_columns = ("name", "province", "stage", "area", "free", "occupancy", "investor", "as_of")

    def rows(self) -> QuerySet:
        """Join what a line shows, and the free land; of rows found by text the best match comes first."""
        rows = with_free_land(super().rows().with_listing())
        text = self.request.GET.get("q", "")
        return best_match_first(rows, text) if text and not self.request.GET.get("sort") else rows

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Add the chosen view, the other ones over the same rows, and what became of a place typed."""
        chosen = self.request.GET.get("view")
        view = chosen if chosen in VIEWS else "list"
        context = super().get_context_data(shown_as=view, **extra)
        names = {"list": _("List"), "table": _("Table"), "map": _("Map")}
        context["tabs"] = [(names[one], self._address(view=one), one == view) for one in VIEWS]
        context["sorts"] = [(key, self._sort_label(key)) for key in SORTS]
        context["lines"] = [] if view == "table" else self._lines()
        context["points_url"] = f"{reverse('clusters_geojson')}?{self._filters().urlencode()}"
        context["reset_url"] = f"{self.request.path}?view={view}"
        context["map_attribution"] = MAP_ATTRIBUTION
        context["places"] = former_places(self.request)
        return context

    def _lines(self) -> list[dict[str, Any]]:
        return [
            {
                "cluster": row.record,
                "tone": tone_of(Stage(row.record.stage)),
                "stale": row.record.free_ha is not None
                and is_stale(row.record.free_as_of, row.record.province_id),
            }
            for row in self.table.paginated_rows
        ]

    def _filters(self) -> Any:
        query = self.request.GET.copy()
        for key in list(query):
            if key in _NOT_FILTERS or not query[key]:
                del query[key]
        return query

    def _address(self, **changes: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        for key in [key for key in query if not query[key]]:
            del query[key]
        for key, value in changes.items():
            query[key] = value
        return f"{self.request.path}?{query.urlencode()}"

    def _sort_label(self, key: str) -> str:
        return {
            "": _("best match") if self.request.GET.get("q") else _("name"),
            "province": _("province"),
            "-area": _("largest area first"),
            "-free": _("most free land first"),
            "occupancy": _("lowest occupancy first"),
            "-occupancy": _("highest occupancy first"),
            "-projects": _("most projects first"),
        }[key]
