"""The filter of clusters: the public directory, its map, the officer's list and REST ask through it."""

import unicodedata
from typing import Any

import django_filters
from django.db.models import Case, CharField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, Stage
from clusters.filters.provinces import ProvinceFilter
from clusters.land import with_free_land
from clusters.models import Cluster, Industry, SecondaryProject
from core.keys import is_among
from core.search import SearchFilter, contains, matches
from core.text import fold
from places.forms import CommuneChoiceField
from places.models import Commune
from places.search import commune_ids_called

_MARKED = "".join(
    char
    for char in map(chr, range(0xC0, 0x1EFA))
    if len(fold(char)) == 1 and not unicodedata.normalize("NFC", char).isascii()
)
_BARE = "".join(fold(char) for char in _MARKED)


def _folded(column: str) -> Lower:
    """Return the column in lower case without marks, for text too seldom searched to be stored twice."""
    # Marks first: LOWER knows ASCII only where the database has no locale.
    bare = Func(F(column), Value(_MARKED), Value(_BARE), function="translate", output_field=CharField())
    return Lower(bare)


def found_by(text: str) -> Q:
    """Return the condition under which a cluster is found by what somebody typed.

    Where the text names a place of any time, clusters in what that place is today are meant, and those with the
    text in their own or their investor's name; otherwise every word must begin a word known of the cluster.
    """
    anywhere = matches(text)
    communes = commune_ids_called(text)
    if not communes:
        return anywhere
    phrase = fold(text)
    touching = Cluster.other_communes.through.objects.filter(commune_id__in=communes)
    # The words narrow by the index what the phrase is then looked for in; of some clusters only words are known.
    called = Cluster.objects.filter(anywhere).filter(
        Q(search__contains=f" {phrase}") | Q(investor__search__contains=phrase) | Q(commune__isnull=True)
    )
    others = touching.order_by().values("cluster_id").union(called.order_by().values("pk"))
    return Q(commune_id__in=communes) | is_among(others)


class ClusterSearchFilter(SearchFilter):
    """The search box for clusters."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Keep the clusters found by the text."""
        return qs.filter(found_by(value)) if value else qs


class CommuneFilter(django_filters.Filter):
    """A commune in force, typed as name, former name or code; clusters that only touch it count."""

    field_class = CommuneChoiceField

    def filter(self, qs: QuerySet, value: Commune | None) -> QuerySet:
        """Keep the clusters that lie in the commune, wholly or in part."""
        if value is None:
            return qs
        touching = Cluster.other_communes.through.objects.filter(commune=value)
        return qs.filter(Q(commune=value) | is_among(touching.values("cluster_id")))


def best_match_first(clusters: QuerySet, text: str) -> QuerySet:
    """Order clusters found by ``text``: those whose name begins so, then those that hold it as a phrase."""
    words = fold(text)
    match = Case(
        When(~Q(search__contains=f" {words}"), then=Value(2)),
        # The search text begins with the code, which folds to three words, and goes on with the name. Asked last: it
        # takes longer, and of the many that only lie in a place few hold the phrase.
        When(search__regex=rf"^\w+ \w+ \w+ {words}", then=Value(0)),
        default=Value(1),
    )
    return clusters.order_by(match, "sort_key")


class ClusterFilter(django_filters.FilterSet):
    """Which clusters to show. Areas in ha, occupancy in per cent by the legal formula."""

    q = ClusterSearchFilter(label=_("Name, place (old or new), investor, decision"))
    province = ProvinceFilter()
    commune = CommuneFilter(label=_("Commune"))
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage.choices, empty_label=_("all stages"))
    type = django_filters.ChoiceFilter(
        label=_("Type"), field_name="cluster_type", choices=ClusterType.choices, empty_label=_("all types")
    )
    line = django_filters.CharFilter(label=_("Line of production"), method="filter_line")
    free_land = django_filters.NumberFilter(
        label=_("Free land, at least (ha)"), method="filter_free_land", min_value=0, max_value=100000
    )
    occupancy_from = django_filters.NumberFilter(
        label=_("Occupancy from (%)"),
        field_name="figures__occupancy_legal",
        lookup_expr="gte",
        min_value=0,
        max_value=1000,
    )
    occupancy_to = django_filters.NumberFilter(
        label=_("Occupancy to (%)"),
        field_name="figures__occupancy_legal",
        lookup_expr="lte",
        min_value=0,
        max_value=1000,
    )
    wastewater = django_filters.ChoiceFilter(
        label=_("Central wastewater treatment"),
        method="filter_wastewater",
        choices=[("yes", _("in use")), ("no", _("not in use")), ("unknown", _("not reported"))],
        empty_label=_("any"),
    )
    investor = django_filters.ChoiceFilter(
        label=_("Infrastructure investor"),
        method="filter_investor",
        choices=[("yes", _("known")), ("no", _("none recorded"))],
        empty_label=_("any"),
    )

    class Meta:
        model = Cluster
        fields: list[str] = []

    def filter_line(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep clusters that admit the line, or in which somebody already works in it; marks do not matter."""
        condition = contains(value, column="folded_lines")
        tenants = SecondaryProject.objects.filter(
            matches(value)
            | Q(
                industry__in=Industry.objects.filter(contains(value), search__contains=fold(value)).values(
                    "pk"
                )
            )
        )
        return queryset.alias(folded_lines=_folded("main_lines")).filter(
            condition | Q(pk__in=tenants.order_by().values("cluster_id"))
        )

    def filter_free_land(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Keep clusters with that much free land; those without a figure are left out."""
        return with_free_land(queryset).filter(free_ha__gte=value, free_ha__gt=0)

    def filter_wastewater(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by what is known of the central plant."""
        return queryset.filter(
            figures__has_wastewater_plant={"yes": True, "no": False, "unknown": None}[value]
        )

    def filter_investor(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by whether an infrastructure investor is recorded."""
        return queryset.filter(investor__isnull=value == "no")
