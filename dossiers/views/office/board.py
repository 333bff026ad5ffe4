"""The leader's board, and the page of deputies."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import requires
from accounts.roles import Function
from accounts.scope import scope_of
from core.forms import DayField
from dossiers import load
from dossiers.choices import Part
from dossiers.forms.office.people import DelegationForm
from dossiers.models import Delegation
from dossiers.services.people import end_delegation
from law.vocabulary import Step

SHOWN = 20


class PeriodForm(forms.Form):
    """The days whose ended steps are counted."""

    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(label=gettext_lazy("To"), required=False)


@requires(Function.SUPERVISE_DOSSIERS)
@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """Show load and lateness by unit and step, what is late by person, and complaints that wait."""
    user, today = request.user, timezone.localdate()
    form = PeriodForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    since = given.get("since") or dt.date(today.year, 1, 1)
    until = given.get("until") or today
    complaints = list(load.waiting_complaints(user)[: SHOWN + 1])
    context = {
        "form": form if form.is_bound else PeriodForm(initial={"since": since, "until": until}),
        "since": since,
        "until": until,
        "load": [
            (line, _unit(line.part, line.commune), _step(line.step)) for line in load.load_of(user, today)
        ],
        "punctuality": [
            (line, _unit(line.part), _step(line.step)) for line in load.punctuality_of(user, since, until)
        ],
        "people": load.overdue_by_person(user, today),
        "complaints": complaints[:SHOWN],
        "more_complaints": len(complaints) > SHOWN,
    }
    return render(request, "dossiers/office/board.html", context)


def _unit(part: str, commune: str = "") -> str:
    label = capfirst(str(Part(part).label)) if part in Part.values else part
    return f"{label}: {commune}" if commune else label


def _step(step: str) -> str:
    return capfirst(str(Step(step).label)) if step in Step.values else _("without a step of the law")


@requires(Function.VIEW_DOSSIERS)
def edit_delegations(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom, and enter a deputy for oneself or, as a leader, for the unit."""
    user: Any = request.user
    led = scope_of(user, Function.SUPERVISE_DOSSIERS).organisation_ids
    form = DelegationForm(request.POST or None, user=user, led=led)
    if request.method == "POST" and form.is_valid() and form.apply():
        messages.success(request, _("The deputy is entered."))
        return HttpResponseRedirect(request.path)
    today = timezone.localdate()
    rows = Delegation.objects.visible_to(user).select_related("absent", "deputy")
    delegations = [
        {
            "row": one,
            "runs": one.ended_at is None and one.starts_on <= today <= one.ends_on,
            "is_over": one.ended_at is not None or one.ends_on < today,
            "may_end": one.ended_at is None and one.ends_on >= today and (one.absent == user or bool(led)),
        }
        for one in rows.order_by("-starts_on", "-pk")[:100]
    ]
    context = {"form": form, "delegations": delegations}
    return render(request, "dossiers/office/delegations.html", context, status=422 if form.errors else 200)


@requires(Function.VIEW_DOSSIERS)
@require_POST
def close_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation early."""
    delegation = get_object_or_404(Delegation.objects.visible_to(request.user), pk=pk)
    try:
        end_delegation(delegation=delegation, actor=request.user)
    except PermissionDenied as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The deputy's time is ended."))
    return redirect("dossiers:delegations")
