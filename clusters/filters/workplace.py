"""The officer's filter of clusters: what everybody can ask, and what only the registry's keepers need to."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.choices import ESTABLISHED_STAGES
from clusters.filters.clusters import ClusterFilter
from clusters.models import Obstacle
from clusters.staleness import fresh_since_at

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class WorkplaceClusterFilter(ClusterFilter):
    """Clusters in an officer's scope."""

    confirmed = django_filters.ChoiceFilter(
        label=_("Confirmed by the department"), method="filter_flag", choices=YES_NO, empty_label=_("any")
    )
    published = django_filters.ChoiceFilter(
        label=_("Published"), method="filter_flag", choices=YES_NO, empty_label=_("any")
    )
    before_2009 = django_filters.ChoiceFilter(
        label=_("Formed before 5 October 2009"), method="filter_flag", choices=YES_NO, empty_label=_("any")
    )
    figures_stale = django_filters.ChoiceFilter(
        label=_("Leased land out of date"), method="filter_stale", choices=YES_NO, empty_label=_("any")
    )
    obstacles = django_filters.ChoiceFilter(
        label=_("Obstacles"),
        method="filter_obstacles",
        choices=[("open", _("open")), ("overdue", _("overdue"))],
        empty_label=_("any"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever works in one province is not asked which.
        scope = scope_of(self.request.user, Function.VIEW_REGISTRY)
        if not scope.national and len(scope.province_ids) < 2:
            del self.filters["province"]

    def filter_flag(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by a column of the cluster that is yes or no."""
        column = {
            "confirmed": "is_confirmed",
            "published": "is_published",
            "before_2009": "formed_before_2009",
        }[name]
        return queryset.filter(**{column: value == "yes"})

    def filter_stale(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by the age of the leased land; an established one without the figure counts as out of date."""
        old = Q(figures__leased_as_of__lt=fresh_since_at("province_id"))
        # Figures are asked of clusters that stand in law, as on the officer's first page.
        stale = Q(stage__in=ESTABLISHED_STAGES) & (old | Q(figures__leased_as_of__isnull=True))
        return queryset.filter(stale if value == "yes" else ~stale)

    def filter_obstacles(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep clusters with an obstacle that is not resolved, or past its date as well."""
        obstacles = Obstacle.objects.filter(resolved_on__isnull=True)
        if value == "overdue":
            obstacles = obstacles.filter(due_on__lt=timezone.localdate())
        return queryset.filter(pk__in=obstacles.order_by().values("cluster_id"))
