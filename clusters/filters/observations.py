"""The filter of observations."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.choices import Indicator
from clusters.forms.dates import DayField
from clusters.models import Cluster, Observation
from core.models import SourceClass
from core.search import matches


class DayFilter(django_filters.Filter):
    """A bound on a day, typed as on paper."""

    field_class = DayField


class ObservationFilter(django_filters.FilterSet):
    """Which moving figures to show."""

    q = django_filters.CharFilter(label=_("Cluster or source document"), method="filter_text")
    indicator = django_filters.ChoiceFilter(
        label=_("Figure"), choices=Indicator.choices, empty_label=_("all figures")
    )
    as_of_from = DayFilter(label=_("As of, from"), field_name="as_of", lookup_expr="gte")
    as_of_to = DayFilter(label=_("As of, to"), field_name="as_of", lookup_expr="lte")
    source_class = django_filters.ChoiceFilter(
        label=_("Kind of source"), choices=SourceClass.choices, empty_label=_("any")
    )

    class Meta:
        model = Observation
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by the cluster, found as in the list of clusters, or by the name or number of the source."""
        condition: Any = Q(cluster__in=Cluster.objects.filter(matches(value)).order_by().values("pk"))
        for word in value.split():
            condition |= Q(source_title__icontains=word) | Q(source_number__icontains=word)
        return queryset.filter(condition)
