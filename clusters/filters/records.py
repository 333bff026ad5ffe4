"""Filters of the registry's records: each shared by the list, REST and export."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.choices import InvestorKind, PlotStatus, ProjectStage, TenantGroup, WorkStatus
from clusters.filters.provinces import ProvinceFilter
from clusters.models import (
    Cluster,
    DevelopmentPlan,
    Industry,
    InfrastructureProject,
    Inspection,
    Investor,
    Obstacle,
    Plot,
    SecondaryProject,
)
from core.search import SearchFilter, contains, matches
from core.text import fold

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class ClusterPartFilter(django_filters.FilterSet):
    """What can be asked of every record that belongs to a cluster."""

    q = django_filters.CharFilter(
        label=_("Cluster, place (old or new)"), method="filter_cluster", widget=SearchInput
    )
    province = ProvinceFilter(field_name="cluster__province")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_province_if_several(self)

    def filter_cluster(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the records of clusters that the words find."""
        return queryset.filter(cluster__in=_clusters(value))


class InvestorFilter(django_filters.FilterSet):
    """Which investors to show."""

    q = SearchFilter(label=_("Name or tax code"), column="search")
    kind = django_filters.ChoiceFilter(
        label=_("Kind of investor"), choices=InvestorKind.choices, empty_label=_("all kinds")
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        method="filter_role",
        choices=[("infrastructure", _("infrastructure investor")), ("secondary", _("secondary investor"))],
        empty_label=_("any"),
    )
    tax_code = django_filters.ChoiceFilter(
        label=_("Tax code"),
        method="filter_tax_code",
        choices=[
            ("yes", _("recorded")),
            ("no", _("missing")),
            ("confirmed", _("confirmed despite check digit")),
        ],
        empty_label=_("any"),
    )
    country = django_filters.CharFilter(label=_("Country"), lookup_expr="icontains")

    class Meta:
        model = Investor
        fields: list[str] = []

    def filter_role(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by what the investor builds or runs."""
        if value == "infrastructure":
            builders = Q(
                pk__in=Cluster.objects.filter(investor__isnull=False).order_by().values("investor_id")
            )
            projects = InfrastructureProject.objects.filter(investor__isnull=False)
            return queryset.filter(builders | Q(pk__in=projects.order_by().values("investor_id")))
        return queryset.filter(pk__in=SecondaryProject.objects.order_by().values("investor_id"))

    def filter_tax_code(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by what is known of the tax code."""
        if value == "confirmed":
            return queryset.filter(tax_code_confirmed=True)
        return queryset.exclude(tax_code="") if value == "yes" else queryset.filter(tax_code="")


class InfrastructureFilter(ClusterPartFilter):
    """Which infrastructure projects to show."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=WorkStatus.choices, empty_label=_("all"))
    schedule = django_filters.ChoiceFilter(
        label=_("Schedule"),
        method="filter_schedule",
        choices=[("late", _("past its scheduled end")), ("none", _("no schedule recorded"))],
        empty_label=_("any"),
    )

    class Meta:
        model = InfrastructureProject
        fields: list[str] = []

    def filter_schedule(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep projects that are late, or that have no scheduled end."""
        if value == "none":
            return queryset.filter(ends_on__isnull=True)
        return queryset.filter(ends_on__lt=timezone.localdate()).exclude(
            status__in=[WorkStatus.FINISHED, WorkStatus.IN_USE]
        )


class PlotFilter(ClusterPartFilter):
    """Which plots to show."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=PlotStatus.choices, empty_label=_("all"))
    area_from = django_filters.NumberFilter(
        label=_("Area from (ha)"), field_name="area_ha", lookup_expr="gte", min_value=0
    )
    area_to = django_filters.NumberFilter(
        label=_("Area to (ha)"), field_name="area_ha", lookup_expr="lte", min_value=0
    )

    class Meta:
        model = Plot
        fields: list[str] = []


class ProjectFilter(ClusterPartFilter):
    """Which secondary projects to show."""

    q = django_filters.CharFilter(
        label=_("Project, investor, product, cluster, place"), method="filter_project", widget=SearchInput
    )
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=ProjectStage.choices, empty_label=_("all stages")
    )
    group = django_filters.ChoiceFilter(
        label=_("Group of tenant"), choices=TenantGroup.choices, empty_label=_("all groups")
    )
    industry = django_filters.CharFilter(label=_("Industry: code or name"), method="filter_industry")
    foreign = django_filters.ChoiceFilter(
        label=_("Foreign-invested"), method="filter_foreign", choices=YES_NO, empty_label=_("any")
    )

    class Meta:
        model = SecondaryProject
        fields: list[str] = []

    def filter_project(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep projects found by their own words or by those of their cluster."""
        return queryset.filter(matches(value) | Q(cluster__in=_clusters(value)))

    def filter_industry(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep projects of industries whose code begins with the text, or whose name holds it; tones do not matter."""
        condition = Q(code__startswith=value.strip().upper())
        if fold(value):
            condition |= contains(value)
        return queryset.filter(industry__in=Industry.objects.filter(condition).order_by().values("pk"))

    def filter_foreign(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep foreign-invested projects, or the others."""
        return queryset.filter(is_foreign=value == "yes")


class InspectionFilter(ClusterPartFilter):
    """Which inspections to show."""

    year = django_filters.NumberFilter(
        label=_("Year"), field_name="inspected_on", lookup_expr="year", min_value=1990
    )
    violations = django_filters.ChoiceFilter(
        label=_("Violations"),
        method="filter_violations",
        choices=[("open", _("not mended")), ("overdue", _("not mended, past the date")), ("none", _("none"))],
        empty_label=_("any"),
    )

    class Meta:
        model = Inspection
        fields: list[str] = []

    def filter_violations(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by whether what was found has been mended."""
        if value == "none":
            return queryset.filter(violations__isnull=True)
        found = queryset.model.violations.rel.related_model.objects.filter(remedied_on__isnull=True)
        if value == "overdue":
            found = found.filter(due_on__lt=timezone.localdate())
        return queryset.filter(pk__in=found.order_by().values("inspection_id"))


class ObstacleFilter(ClusterPartFilter):
    """Which obstacles to show."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("open", _("open")), ("overdue", _("open, past the date")), ("resolved", _("resolved"))],
        empty_label=_("all"),
    )
    who = django_filters.CharFilter(
        label=_("Who must act"), field_name="who_must_act", lookup_expr="icontains"
    )

    class Meta:
        model = Obstacle
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by whether it is resolved, and in time."""
        if value == "resolved":
            return queryset.filter(resolved_on__isnull=False)
        rows = queryset.filter(resolved_on__isnull=True)
        return rows.filter(due_on__lt=timezone.localdate()) if value == "overdue" else rows


class PlanFilter(django_filters.FilterSet):
    """Which development plans to show."""

    q = django_filters.CharFilter(label=_("Title or decision"), method="filter_words", widget=SearchInput)
    province = ProvinceFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("draft", _("draft")), ("in_force", _("in force")), ("superseded", _("superseded"))],
        empty_label=_("all"),
    )

    class Meta:
        model = DevelopmentPlan
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_province_if_several(self)

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep plans whose title, decision or province holds the words."""
        return queryset.filter(
            Q(title__icontains=value)
            | Q(decision_number__icontains=value)
            | Q(province__search__contains=fold(value))
        )

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep drafts, versions in force today, or superseded ones."""
        if value == "draft":
            return queryset.filter(approved_on__isnull=True)
        if value == "superseded":
            return queryset.filter(superseded_on__lte=timezone.localdate())
        return queryset.in_force(timezone.localdate())


def _ask_province_if_several(filterset: django_filters.FilterSet) -> None:
    """Ask for the province only those whose reach has several."""
    scope = scope_of(filterset.request.user, Function.VIEW_REGISTRY) if filterset.request else None
    if scope and not scope.national and len(scope.province_ids) < 2:
        del filterset.filters["province"]


def _clusters(text: str) -> QuerySet:
    return Cluster.objects.filter(matches(text)).order_by().values("pk")
