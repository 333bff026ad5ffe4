"""The filters of casework lists."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from accounts.scope import scope_of
from core.keys import is_among
from core.search import SearchFilter
from dossiers.choices import Part
from dossiers.models import Dossier
from dossiers.procedures import procedures
from law.deadlines import DUE_SOON
from places.forms import CommuneChoiceField
from places.models import Commune

#: Within how many calendar days "due this week" looks.
WEEK = 7


def state_choices() -> list[tuple[str, str]]:
    """Return the states of all procedures, each code once, in the order of their tables."""
    found: dict[str, str] = {}
    for one in procedures():
        for state in one.states:
            found.setdefault(state.code, capfirst(str(state.label)))
    return list(found.items())


def procedure_choices() -> list[tuple[str, str]]:
    """Return the procedures by code."""
    return [(one.code, str(one.title)) for one in procedures()]


class CommuneFilter(django_filters.Filter):
    """A commune in force, typed as name, former name or code; dossiers that only touch it count."""

    field_class = CommuneChoiceField

    def filter(self, qs: QuerySet, value: Commune | None) -> QuerySet:
        """Keep the dossiers of the commune."""
        if value is None:
            return qs
        touching = Dossier.other_communes.through.objects.filter(commune=value)
        return qs.filter(Q(commune=value) | is_among(touching.values("dossier_id")))


class DossierFilter(django_filters.FilterSet):
    """Dossiers an officer may see."""

    q = SearchFilter(label=_("Code, matter, applicant"))
    due = django_filters.ChoiceFilter(
        label=_("Deadline"),
        method="filter_due",
        empty_label=_("any"),
        choices=[
            ("overdue", _("overdue")),
            ("soon", _("due within 2 days")),
            ("week", _("due within 7 days")),
            ("paused", _("paused")),
        ],
    )
    state = django_filters.ChoiceFilter(label=_("State"), empty_label=_("any"), choices=state_choices)
    waiting_for = django_filters.ChoiceFilter(
        label=_("Waits for"), empty_label=_("any"), choices=[(p.value, p.label) for p in Part]
    )
    procedure = django_filters.ChoiceFilter(
        label=_("Procedure"), field_name="procedure_code", empty_label=_("any"), choices=procedure_choices
    )
    commune = CommuneFilter(label=_("Commune"))
    assigned = django_filters.ChoiceFilter(
        label=_("On a desk"),
        method="filter_assigned",
        empty_label=_("any"),
        choices=[("nobody", _("nobody has it")), ("somebody", _("somebody has it"))],
    )

    class Meta:
        model = Dossier
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever works in one commune is not asked which.
        scope = scope_of(self.request.user, Function.VIEW_DOSSIERS)
        if not scope.national and not scope.province_ids:
            del self.filters["commune"]

    def filter_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep by how the time stands today."""
        today = timezone.localdate()
        if value == "overdue":
            return queryset.overdue(today)
        if value == "paused":
            return queryset.paused()
        return queryset.due_within(today, DUE_SOON if value == "soon" else WEEK)

    def filter_assigned(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what lies on somebody's desk, or on nobody's."""
        return queryset.filter(assignee__isnull=value == "nobody")


class OpinionFilter(django_filters.FilterSet):
    """Requests for an opinion."""

    stand = django_filters.ChoiceFilter(
        label=_("Answer"),
        method="filter_stand",
        empty_label=_("any"),
        choices=[("open", _("to be answered")), ("late", _("past its day")), ("answered", _("answered"))],
    )

    def filter_stand(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is open, late or answered."""
        if value == "answered":
            return queryset.filter(answered_at__isnull=False)
        found = queryset.filter(answered_at__isnull=True)
        today: dt.date = timezone.localdate()
        return found.filter(due_on__lt=today) if value == "late" else found
