"""The question of somebody who looks for land."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.filters.clusters import ClusterFilter, ClusterSearchFilter

_ABOUT_AREA = ("min_ha", "in_one_plot")


class LandFilter(ClusterFilter):
    """Which clusters have land for a project; over clusters annotated by ``clusters.land.with_free_land``."""

    min_ha = django_filters.NumberFilter(
        label=_("Area needed (ha)"), method="filter_area", min_value=0, max_value=100000
    )
    in_one_plot = django_filters.ChoiceFilter(
        label=_("In one piece?"),
        method="filter_one_plot",
        choices=[("yes", _("in one plot"))],
        empty_label=_("in the cluster as a whole"),
    )
    q = ClusterSearchFilter(label=_("Place (old or new) or cluster"))
    # Questions of the directory that somebody looking for land does not ask.
    commune = stage = free_land = occupancy_from = occupancy_to = investor = None  # type: ignore[assignment]  # how django-filter drops them
    type = None

    def get_form_class(self) -> Any:
        """Ask for area first."""
        form = super().get_form_class()
        form.field_order = ["min_ha", "in_one_plot", "q", "province", "line", "wastewater"]
        return form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Filter, and keep as ``fitting`` the clusters that pass every question but those about area."""
        asked = self.form.cleaned_data
        for name in (name for name in asked if name not in _ABOUT_AREA):
            queryset = self.filters[name].filter(queryset, asked[name])
        self.fitting = queryset
        for name in (name for name in _ABOUT_AREA if name in asked):
            queryset = self.filters[name].filter(queryset, asked[name])
        return queryset

    def filter_area(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Keep clusters with that much free land, or with a free plot that large when one plot is asked for."""
        path = "largest_plot_ha__gte" if self.form.cleaned_data.get("in_one_plot") else "free_ha__gte"
        return queryset.filter(**{path: value})

    def filter_one_plot(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep clusters with a free plot on record."""
        return queryset.filter(largest_plot_ha__isnull=False)
