"""Entering, correcting and removing moving figures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from accounts.roles import Function
from clusters.choices import Indicator
from clusters.forms.observations import (
    ObservationCorrectionForm,
    ObservationForm,
    ObservationGridForm,
    ReasonForm,
    remember_source,
    remembered_source,
)
from clusters.models import Cluster, Observation
from clusters.services.observations import add_observation, correct_observation, remove_observation
from clusters.views.workplace.access import cluster_for
from clusters.views.workplace.cluster import page_context


@requires(Function.ADD_OBSERVATION)
def create_observation(request: HttpRequest, code: str) -> HttpResponse:
    """Add one figure; the keyboard stays in the form, which remembers the source for the next one."""
    cluster = cluster_for(request.user, code, Function.ADD_OBSERVATION)
    form = ObservationForm.for_person(request, cluster)
    saved = None
    if request.method == "POST":
        form = ObservationForm(request.POST)
        saved = _add(request, cluster, form)
        if saved is not None:
            if not request.htmx:
                return redirect("registry:observation_create", code=cluster.code)
            form = ObservationForm.for_person(request, cluster)
            # Figures were computed anew by the service.
            cluster = cluster_for(request.user, code, Function.ADD_OBSERVATION)
    context = page_context(request, cluster) | {"observation_form": form, "saved": saved}
    if request.htmx and request.htmx.target == "quick-entry":
        # A refused figure is part of the conversation, so the answer is swapped in like any other.
        return render(request, "clusters/registry/observation_entry.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clusters/registry/observation_form.html", context, status=status)


@requires(Function.ADD_OBSERVATION)
def create_observations(request: HttpRequest, code: str) -> HttpResponse:
    """Add all figures that one paper states, all or none."""
    cluster = cluster_for(request.user, code, Function.ADD_OBSERVATION)
    form = ObservationGridForm(initial=remembered_source(request))
    if request.method == "POST":
        form = ObservationGridForm(request.POST)
        if form.is_valid() and _add_all(request, cluster, form):
            count = len(form.figures)
            messages.success(
                request,
                ngettext("%(count)s figure added.", "%(count)s figures added.", count) % {"count": count},
            )
            return redirect("registry:cluster", code=cluster.code)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "clusters/registry/observation_grid.html", {"form": form, "cluster": cluster}, status=status
    )


@requires(Function.ADD_OBSERVATION)
def edit_observation(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure that was entered wrongly, with a reason."""
    observation = _observation(request, pk)
    form = ObservationCorrectionForm(initial=ObservationCorrectionForm.initial_of(observation))
    if request.method == "POST":
        with transaction.atomic():
            # The lock decides which of two people at once is the second.
            Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
            observation = _observation(request, pk)
            form = ObservationCorrectionForm(request.POST)
            if form.was_overtaken(observation):
                form.meet(observation)
                form.add_error(
                    None,
                    _("Somebody changed this figure meanwhile. Compare the fields below, then save again."),
                )
            elif form.is_valid() and _correct(request, observation, form):
                messages.success(request, _("The figure was corrected; the history keeps what stood there."))
                return redirect("registry:cluster", code=observation.cluster.code)
    context = {
        "form": form,
        "observation": observation,
        "cluster": observation.cluster,
        "removal": ReasonForm(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clusters/registry/observation_edit.html", context, status=status)


@requires(Function.ADD_OBSERVATION)
@require_POST
def delete_observation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure out that should not have been entered, with a reason."""
    observation = _observation(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        correction = ObservationCorrectionForm(initial=ObservationCorrectionForm.initial_of(observation))
        context = {
            "form": correction,
            "observation": observation,
            "cluster": observation.cluster,
            "removal": form,
        }
        return render(request, "clusters/registry/observation_edit.html", context, status=422)
    cluster = observation.cluster
    remove_observation(observation=observation, reason=form.cleaned_data["reason"])
    messages.success(request, _("The figure was removed; the history keeps it."))
    return redirect("registry:cluster", code=cluster.code)


def _observation(request: HttpRequest, pk: int) -> Observation:
    rows = Observation.objects.visible_to(request.user, Function.ADD_OBSERVATION)
    return get_object_or_404(rows.select_related("cluster__province", "recorded_by"), pk=pk)


def _add(request: HttpRequest, cluster: Cluster, form: ObservationForm) -> Observation | None:
    if not form.is_valid():
        return None
    cleaned = form.cleaned_data
    try:
        observation = add_observation(
            cluster=cluster,
            indicator=Indicator(cleaned["indicator"]),
            value=cleaned["value"],
            as_of=cleaned["as_of"],
            user=request.user,
            note=cleaned["note"],
            **form.source,
        )
    except ValidationError as error:
        take_errors(form, error)
        return None
    remember_source(request, form)
    return observation


def _add_all(request: HttpRequest, cluster: Cluster, form: ObservationGridForm) -> bool:
    with transaction.atomic():
        for indicator, value in form.figures.items():
            try:
                add_observation(
                    cluster=cluster,
                    indicator=indicator,
                    value=value,
                    as_of=form.cleaned_data["as_of"],
                    user=request.user,
                    **form.source,
                )
            except ValidationError as error:
                take_errors(form, error, value_field=indicator.value)
        if form.errors:
            transaction.set_rollback(True)
            return False
    remember_source(request, form)
    return True


def _correct(request: HttpRequest, observation: Observation, form: ObservationCorrectionForm) -> bool:
    try:
        correct_observation(
            observation=observation, user=request.user, reason=form.cleaned_data["reason"], **form.changes
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


def take_errors(form: Any, error: ValidationError, value_field: str = "value") -> None:
    """Show what the service refused, each message at its field where the form has one."""
    if not hasattr(error, "error_dict"):
        form.add_error(value_field, error)
        return
    for name, errors in error.error_dict.items():
        field = value_field if name == "value" else name
        form.add_error(field if field in form.fields else None, errors)
