"""Who changed what, when and why: of a cluster with everything in it, and of one person's work."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.forms.dates import DayField
from clusters.freestanding import ALL_KINDS
from clusters.models import Cluster, Decision, Investor
from clusters.services.investors import PERSONAL_FIELDS
from clusters.services.tax import is_personal
from clusters.timelines import (
    DECISIONS,
    KINDS,
    LONGEST,
    Entry,
    Kind,
    decisions_by,
    decisions_of,
    entries_by,
    entries_of,
    newest_first,
)
from clusters.views.workplace.access import cluster_for

PER_PAGE = 30
#: Days of a person's work shown when no days are asked for.
RECENT = 30


class TimelineFilter(forms.Form):
    """Days, kind of record, person; what cannot be read filters nothing and is said."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    of = forms.ChoiceField(label=_("Kind of record"), required=False)
    who = forms.ChoiceField(label=_("Changed by"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A cluster has records of its own; a person also works on investors and plans.
        self.offered = ALL_KINDS if people is None else {DECISIONS.name: DECISIONS, **KINDS}
        kinds = [(name, capfirst(str(kind.label))) for name, kind in self.offered.items()]
        self.fields["of"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]
        if people is None:
            del self.fields["who"]
        else:
            self.fields["who"].choices = [("", _("everybody")), *people]  # type: ignore[attr-defined]

    @property
    def kinds(self) -> list[Kind]:
        """The kinds asked for."""
        asked = self.cleaned_data.get("of")
        return [self.offered[asked]] if asked else list(self.offered.values())


@requires(Function.VIEW_HISTORY)
def show_cluster_timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Show the decisions and the changes of the cluster and of its records, the newest first."""
    cluster = cluster_for(request.user, code, Function.VIEW_HISTORY)
    entries = newest_first([*decisions_of(cluster), *entries_of(cluster, KINDS.values())])
    people = {str(entry.change.person): entry.change.who for entry in entries if entry.change.person}
    form = TimelineFilter(request.GET, people=sorted(people.items(), key=lambda person: person[1]))
    form.is_valid()
    kinds, who = form.kinds, form.cleaned_data.get("who")
    since, until = _days(form)
    chosen = [
        entry
        for entry in entries
        if entry.kind in kinds
        and (not who or str(entry.change.person) == who)
        and (since is None or entry.change.when >= since)
        and (until is None or entry.change.when < until)
    ]
    return _page(request, form, chosen, cluster=cluster, title=cluster.name)


@requires(Function.VIEW_HISTORY)
def show_officer_timeline(request: HttpRequest, person: int) -> HttpResponse:
    """Show what a person changed in the clusters whose history the reader may see; nobody is named without a change."""
    clusters = Cluster.objects.visible_to(request.user, Function.VIEW_HISTORY)
    form = TimelineFilter(request.GET)
    form.is_valid()
    since, until = _days(form)
    until = until or timezone.now() + dt.timedelta(minutes=1)
    since = since or until - dt.timedelta(days=RECENT)
    entries = [_discreet(entry) for entry in entries_by(person, clusters, since, until, form.kinds)]
    decisions = [] if form.cleaned_data.get("of") else list(decisions_by(person, clusters, since, until))
    name = entries[0].change.who if entries else ""
    return _page(
        request, form, entries, title=name, decisions=decisions, since=since, until=until, is_person=True
    )


def _discreet(entry: Entry) -> Entry:
    """Take the values of personal data out of a change; the versions of the record show them to those who may."""
    if entry.kind.model is not Investor:
        return entry
    fields = tuple(
        replace(field, old="…", new=str(_("personal data, not shown")))
        if field.name in PERSONAL_FIELDS or is_personal(field.old) or is_personal(field.new)
        else field
        for field in entry.change.fields
    )
    return replace(entry, change=replace(entry.change, fields=fields))


def _page(request: HttpRequest, form: TimelineFilter, entries: list[Entry], **context: Any) -> HttpResponse:
    decisions: list[Decision] = context.pop("decisions", [])
    return render(
        request,
        "clusters/boards/timeline.html",
        {
            "form": form,
            "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
            "decisions": decisions,
            "cluster": None,
            "since": None,
            "until": None,
            "is_person": False,
            "longest": LONGEST,
            **context,
        },
    )


def _days(form: TimelineFilter) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the first moment of the first day asked for, and the first after the last."""
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    return _start_of(since), _start_of(until + dt.timedelta(days=1)) if until else None


def _start_of(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None
