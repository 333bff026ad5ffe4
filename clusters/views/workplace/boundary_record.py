"""Recording a prepared boundary: with a new decision, or as a correction of an earlier record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.boundaries.checks import BoundaryCheck
from clusters.boundaries.drafts import drop_draft, load_draft
from clusters.choices import DecisionKind
from clusters.forms.boundary import BoundaryCorrectionForm, BoundaryDecisionForm, correctable
from clusters.models import Cluster, Decision
from clusters.services.boundaries import record_boundary
from clusters.services.decisions import ChangedMeanwhile
from clusters.services.replay import facts_on
from clusters.templatetags.registry import in_sentence
from clusters.views.workplace.access import cluster_for
from clusters.views.workplace.boundary import checked_draft
from clusters.views.workplace.decisions import newest_of, record_from
from core.forms import draw_with


@requires(Function.RECORD_DECISION)
def record_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the decision, or the correction, that carries the draft into the registry, and record it."""
    cluster = cluster_for(request.user, code, Function.RECORD_DECISION)
    if load_draft(request.session, cluster) is None:
        return redirect("registry:boundary", code=cluster.code)
    check = checked_draft(request, cluster)
    if not check.is_sound:
        messages.error(request, _("Mend what is marked as an error first; such a boundary is not recorded."))
        return redirect("registry:boundary_draft", code=cluster.code)
    correcting = request.GET.get("as") == "correction"
    answer = _correction if correcting else _decision
    return answer(request, cluster, check)


def _decision(request: HttpRequest, cluster: Cluster, check: BoundaryCheck) -> HttpResponse:
    if request.method == "POST":
        form = BoundaryDecisionForm(
            request.POST, request.FILES, cluster=cluster, user=request.user, check=check
        )

        def record(**said: Any) -> Decision:
            return record_boundary(boundary_source=form.cleaned_data["boundary_source"], **said)

        if record_from(request, form, record) is not None:
            drop_draft(request.session, cluster)
            return redirect("registry:boundary", code=cluster.code)
    else:
        initial = {
            "kind": DecisionKind.ADJUST,
            "issuer": _("People's Committee of %(province)s")
            % {"province": in_sentence(cluster.province.full_name)},
            "seen": newest_of(cluster),
        }
        form = BoundaryDecisionForm(initial=initial, cluster=cluster, user=request.user, check=check)
    return _page(request, cluster, form, check, stored=form.stored_file)


def _correction(request: HttpRequest, cluster: Cluster, check: BoundaryCheck) -> HttpResponse:
    if request.method == "POST":
        form = BoundaryCorrectionForm(request.POST, cluster=cluster, check=check)
        if form.is_valid() and _corrected(request, cluster, form):
            drop_draft(request.session, cluster)
            return redirect("registry:boundary", code=cluster.code)
    else:
        source = facts_on(cluster).source_of("boundary") or correctable(cluster).first()
        initial = {
            "record": source,
            "boundary_source": cluster.boundary_source,
            "seen": newest_of(cluster),
        }
        form = BoundaryCorrectionForm(initial=initial, cluster=cluster, check=check)
    return _page(request, cluster, form, check, stored=None)


def _corrected(request: HttpRequest, cluster: Cluster, form: BoundaryCorrectionForm) -> bool:
    earlier = form.cleaned_data["record"]
    try:
        record_boundary(
            cluster=cluster,
            kind=DecisionKind.CORRECT,
            sets=form.sets,
            clears=[fact for fact in earlier.clears if fact != "boundary"],
            effective_on=earlier.effective_on,
            boundary_source=form.cleaned_data["boundary_source"],
            user=request.user,
            reason=form.full_reason,
            file=earlier.source_file,
            seen=form.cleaned_data["seen"],
            **form.paper,
        )
    except ChangedMeanwhile as error:
        draw_with(form, seen=str(max(decision.pk for decision in error.newer)))
        form.add_error(None, error)
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(
        request, _("The drawing was corrected. The earlier record stays in the timeline, struck out.")
    )
    return True


def _page(
    request: HttpRequest,
    cluster: Cluster,
    form: BoundaryDecisionForm | BoundaryCorrectionForm,
    check: BoundaryCheck,
    **extra: Any,
) -> HttpResponse:
    context = {
        "cluster": cluster,
        "form": form,
        "check": check,
        "correcting": isinstance(form, BoundaryCorrectionForm),
        "problems": [],
        **extra,
    }
    has_errors = form.is_bound and bool(form.errors)
    return render(request, "clusters/boundaries/record.html", context, status=422 if has_errors else 200)
