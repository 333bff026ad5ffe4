"""Recording a decision: the form, its live preview, the file, and correcting an earlier record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import requires
from accounts.roles import Function
from clusters.checklists import CheckRow, check_rows
from clusters.choices import DecisionKind
from clusters.facts import FactChange, fact_changes, facts_of_decision, label_of, text_of
from clusters.forms.decisions import DecisionForm, initial_of_correction
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.occupancy import Rate, occupancy_rates
from clusters.services.decisions import (
    NEVER_BLOCKED,
    ChangedMeanwhile,
    Preview,
    RulesBroken,
    check_paper,
    preview_decision,
    record_decision,
)
from clusters.services.figures import figures_on
from clusters.templatetags.registry import in_sentence
from clusters.views.workplace.access import cluster_for
from core.files import store_upload
from core.forms import draw_with
from core.views.files import serve_private
from law.regimes import NoRegimeError, Regime


@dataclass(frozen=True)
class PreviewPage:
    """What recording would do, ready to be shown."""

    preview: Preview
    changes: list[FactChange]
    rates: list[tuple[Rate, Rate]]
    rows: list[CheckRow]
    regime_reason: str
    diff: list[FactChange]

    @property
    def changes_nothing(self) -> bool:
        """Whether no legal fact would change."""
        return not any(change.changed for change in self.changes)

    @property
    def blocking(self) -> list[CheckRow]:
        """The rules that stand in the way."""
        return [row for row in self.rows if row.blocks]

    @property
    def warnings(self) -> list[CheckRow]:
        """The rules that ask for a reason."""
        return [row for row in self.rows if row.warns]


@requires(Function.RECORD_DECISION)
def create_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form for a decision of the kind asked for, and record what it says."""
    cluster = cluster_for(request.user, code, Function.RECORD_DECISION)
    if request.method == "POST":
        form = DecisionForm(request.POST, request.FILES, cluster=cluster, user=request.user)
        return record_from(request, form) or _page(request, form)
    asked = request.GET.get("kind", "")
    initial = {
        "kind": asked if asked in DecisionKind.values else DecisionKind.ADJUST,
        "issuer": _("People's Committee of %(province)s")
        % {"province": in_sentence(cluster.province.full_name)},
        "seen": newest_of(cluster),
    }
    return _page(request, DecisionForm(initial=initial, cluster=cluster, user=request.user))


@requires(Function.RECORD_DECISION)
def correct_decision(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show an earlier record as a form, and record what takes its place; the earlier one stays, struck out."""
    cluster = cluster_for(request.user, code, Function.RECORD_DECISION)
    earlier = get_object_or_404(Decision.objects.filter(cluster=cluster).select_related("cluster"), pk=pk)
    if request.method == "POST":
        form = DecisionForm(request.POST, request.FILES, cluster=cluster, user=request.user, corrects=earlier)
        return record_from(request, form) or _page(request, form)
    initial = initial_of_correction(earlier) | {"seen": newest_of(cluster)}
    return _page(request, DecisionForm(initial=initial, cluster=cluster, user=request.user, corrects=earlier))


@requires(Function.RECORD_DECISION)
@require_POST
def show_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the form, while it is filled in, with what recording would do; nothing is written."""
    cluster = cluster_for(request.user, code, Function.RECORD_DECISION)
    earlier = None
    if request.GET.get("corrects"):
        earlier = get_object_or_404(Decision, cluster=cluster, pk=request.GET["corrects"])
    form = DecisionForm(request.POST, cluster=cluster, user=request.user, corrects=earlier)
    form.is_valid()
    return render(
        request, "clusters/registry/decision_preview.html", {"form": form, "page": preview_page(form)}
    )


@requires(Function.RECORD_DECISION)
@require_POST
def upload_file(request: HttpRequest) -> HttpResponse:
    """Keep a file as soon as it is chosen, and answer with its size and SHA-256."""
    context: dict[str, Any] = {"stored": None, "problems": []}
    upload = request.FILES.get("file")
    if upload is None:
        context["problems"] = [_("Choose a file.")]
    else:
        try:
            context["stored"] = store_upload(upload, user=request.user)
        except ValidationError as error:
            context["problems"] = error.messages
    return render(request, "clusters/registry/decision_file.html", context)


@requires(Function.VIEW_REGISTRY)
@require_GET
def download_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send the file of a decision to whoever may see the registry where the cluster lies."""
    cluster = cluster_for(request.user, code)
    decision = get_object_or_404(
        Decision.objects.filter(cluster=cluster).select_related("source_file"), pk=pk
    )
    if decision.source_file is None:
        raise Http404
    return serve_private(request, decision.source_file, as_attachment="inline" not in request.GET)


def newest_of(cluster: Cluster) -> int:
    """Return the key of the newest record of a cluster, 0 if there is none."""
    newest = Decision.objects.filter(cluster=cluster).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def record_from(
    request: HttpRequest, form: DecisionForm, record: Callable[..., Decision] = record_decision
) -> HttpResponse | None:
    """Record what the form says and lead to the cluster; return None with the mistakes on the form otherwise."""
    keep_upload(form)
    if not form.is_valid() or not _nothing_in_the_way(form):
        return None
    try:
        decision = record(
            cluster=form.cluster,
            kind=DecisionKind(form.cleaned_data["kind"]),
            sets=form.sets,
            clears=form.cleaned_data["clears"],
            effective_on=form.cleaned_data["effective_on"],
            user=form.user,
            reason=form.full_reason,
            file=form.stored_file,
            seen=form.cleaned_data["seen"],
            **form.paper,
        )
    except ChangedMeanwhile as error:
        form.see_newer(max(decision.pk for decision in error.newer))
        form.newer = error.newer
        form.take_errors(error)
        return None
    except RulesBroken as error:
        _tell_blocks(form, check_rows(error.checklist))
        return None
    except ValidationError as error:
        form.take_errors(error)
        return None
    messages.success(
        request,
        _("Recorded: %(kind)s %(number)s. The registry shows it from %(day)s.")
        % {
            "kind": decision.get_kind_display(),
            "number": decision.number,
            "day": decision.effective_on.strftime("%d/%m/%Y"),
        },
    )
    return redirect("registry:cluster", code=form.cluster.code)


def keep_upload(form: DecisionForm) -> None:
    """Store a file that came with the form itself (without scripts), so that mistakes elsewhere do not lose it."""
    upload = form.files.get("file")
    if upload is None:
        return
    try:
        stored = store_upload(upload, user=form.user)
    except ValidationError as error:
        form.is_valid()
        form.add_error("file", error)
        return
    draw_with(form, file_key=str(stored.key))
    form.files.pop("file")


def _nothing_in_the_way(form: DecisionForm) -> bool:
    """Put all gaps of the paper, rules that forbid and warnings without a reason on the form at once."""
    decision = form.unsaved_decision()
    preview = preview_decision(cluster=form.cluster, decision=decision)
    rows = check_rows(preview.checklist)
    if decision.kind not in NEVER_BLOCKED:
        _tell_blocks(form, rows)
    if not form.cleaned_data["warning_reason"] and any(row.warns for row in rows):
        codes = ", ".join(row.code for row in rows if row.warns)
        form.add_error(
            "warning_reason",
            _("Rule %(codes)s warns. Say why the decision is recorded all the same.") % {"codes": codes},
        )
    try:
        check_paper(cluster=form.cluster, decision=decision)
    except ValidationError as error:
        form.take_errors(error)
    return not form.errors


def _tell_blocks(form: DecisionForm, rows: list[CheckRow]) -> None:
    for row in rows:
        if row.blocks:
            sentence = _("%(code)s stands in the way: %(sentence)s")
            form.add_error(None, sentence % {"code": row.code, "sentence": row.in_full})


def preview_page(form: DecisionForm) -> PreviewPage | None:
    """Return what recording would do, or None while the kind or the day of effect is missing."""
    cleaned = getattr(form, "cleaned_data", {})
    if not cleaned.get("kind") or not cleaned.get("effective_on"):
        return None
    decision = form.unsaved_decision()
    preview = preview_decision(cluster=form.cluster, decision=decision)
    before, after = (
        occupancy_rates(figures_on(form.cluster, decision.effective_on, land), land)
        for land in (preview.before.industrial_land_ha, preview.after.industrial_land_ha)
    )
    return PreviewPage(
        preview=preview,
        changes=fact_changes(preview.before, preview.after),
        rates=list(zip(before, after, strict=True)),
        rows=check_rows(preview.checklist),
        regime_reason=_reason_of_regime(decision),
        diff=_against_corrected(form, decision),
    )


def _reason_of_regime(decision: Decision) -> str:
    if not decision.received_on:
        return ""
    try:
        return str(Regime.for_case(decision.received_on).reason)
    except NoRegimeError:
        return ""


def _against_corrected(form: DecisionForm, decision: Decision) -> list[FactChange]:
    """Return what the new record says otherwise than the one it takes the place of."""
    if form.corrects is None:
        return []
    old = {row.key: row.text for row in facts_of_decision(form.corrects)}
    new = {row.key: row.text for row in facts_of_decision(decision)}
    changes = [FactChange(fact, label_of(fact), old.get(fact, ""), new.get(fact, "")) for fact in LEGAL_FACTS]
    for name in ("number", "issued_on", "effective_on", "issuer", "signer", "received_on"):
        label = str(Decision._meta.get_field(name).verbose_name)
        before, after = (text_of(name, getattr(row, name)) for row in (form.corrects, decision))
        changes.append(FactChange(name, label, before, after))
    return [change for change in changes if change.changed]


def _page(request: HttpRequest, form: DecisionForm) -> HttpResponse:
    has_errors = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "cluster": form.cluster,
        "earlier": form.corrects,
        "newer": form.newer,
        "page": preview_page(form) if form.is_bound else None,
        "stored": form.stored_file,
    }
    return render(request, "clusters/registry/decision_form.html", context, status=422 if has_errors else 200)
