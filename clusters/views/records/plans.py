"""Development plans: page, lines, comparison of two versions, the next version, withdrawal of a line."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from clusters.choices import ESTABLISHED_STAGES, DecisionKind
from clusters.forms.records.plans import CopyForm, PlanForm, PlannedClusterForm, WithdrawalForm
from clusters.models import ConversionPlan, DevelopmentPlan, PlannedCluster
from clusters.services import plans
from clusters.tables.records import plan_state
from clusters.views.records.pages import write
from clusters.views.records.parents import PLAN, ROOT
from clusters.views.records.screens import RecordScreen, Words
from core.templatetags.portal import NO_FIGURE, number


def plan_extra(plan: DevelopmentPlan, request: HttpRequest) -> dict[str, Any]:
    """Return the List with the completeness of each line, totals, overlaps and the other versions."""
    lines = plans.lines_of(plan)
    return {
        "lines": [
            {"line": line, "check": plans.completeness(line), "withdrawn": plans.is_withdrawn(line)}
            for line in lines
        ],
        "totals": plans.totals(lines),
        "complete_lines": sum(not plans.completeness(line).missing for line in plans.standing(lines)),
        "overlaps": plans.overlaps(lines),
        "state": plan_state(plan),
        "versions": list(
            DevelopmentPlan.objects.visible_to(request.user, Function.VIEW_REGISTRY)
            .filter(province=plan.province_id)
            .exclude(pk=plan.pk)
            .order_by("-version", "pk")
        ),
    }


PLAN_SCREEN = RecordScreen(
    name="plan",
    path="plans",
    list_name="plan_list",
    model=DevelopmentPlan,
    form=PlanForm,
    parent=ROOT,
    function=Function.EDIT_PLAN,
    words=Words(_("Development plan"), _("Development plans"), _("New development plan")),
    joins=("province",),
    page_template="clusters/records/plan.html",
    around=plan_extra,
    save=lambda form, cluster: plans.save_plan(plan=form.instance, reason=form.cleaned_data["reason"]),
)

PLANNED_CLUSTER = RecordScreen(
    name="planned_cluster",
    path="clusters",
    anchor="lines",
    has_page=False,
    model=PlannedCluster,
    form=PlannedClusterForm,
    parent=PLAN,
    function=Function.EDIT_PLAN,
    words=Words(_("Planned cluster"), _("Planned clusters"), _("New planned cluster")),
    joins=("plan__province", "commune", "cluster"),
)

WITHDRAWAL = RecordScreen(
    name="withdrawal",
    path="withdrawals",
    has_page=False,
    model=ConversionPlan,
    form=WithdrawalForm,
    parent=PLAN,
    function=Function.EDIT_PLAN,
    words=Words(_("Conversion plan"), _("Conversion plans"), _("Withdraw a planned cluster")),
    save=lambda form, cluster: plans.withdraw_planned_cluster(
        withdrawal=form.instance, reason=form.cleaned_data["reason"]
    ),
)


@requires(Function.EDIT_PLAN)
def withdraw(request: SignedInRequest, parent: int, pk: int) -> HttpResponse:
    """Withdraw a line with its conversion plan, or change the conversion plan of one that was withdrawn."""
    plan = PLAN.find(request.user, Function.EDIT_PLAN, {"parent": parent})
    line = get_object_or_404(plan.planned_clusters.select_related("cluster"), pk=pk)
    withdrawal = ConversionPlan.objects.filter(planned_cluster=line).first()
    form = WithdrawalForm(
        request.POST or None, request.FILES or None, user=request.user, parent=line, instance=withdrawal
    )
    if request.method == "POST":
        if form.was_overtaken():
            form.meet(ConversionPlan.objects.get(planned_cluster=line))
        elif form.is_valid() and write(WITHDRAWAL, form, plan):
            if _stands(line):
                messages.warning(
                    request,
                    gettext(
                        "“%(line)s” is withdrawn from the plan. The cluster itself still stands: record the decision "
                        "that withdraws it."
                    )
                    % {"line": line.name},
                )
                decide = reverse("registry:decision_create", args=[line.cluster.code])
                return HttpResponseRedirect(f"{decide}?kind={DecisionKind.WITHDRAW}")
            messages.success(request, gettext("“%(line)s” is withdrawn from the plan.") % {"line": line.name})
            return HttpResponseRedirect(f"{PLAN.page(plan)}#lines")
    title = gettext("Withdraw “%(line)s” from the plan") % {"line": line.name}
    context = {
        "screen": WITHDRAWAL,
        "form": form,
        "title": title,
        "line": line,
        "cluster_stands": _stands(line),
        "up": PLAN.page(plan),
        "breadcrumbs": [*PLAN.crumbs(plan), (title, "")],
    }
    return render(request, "clusters/records/withdraw.html", context, status=409 if form.conflicts else 200)


@requires(Function.EDIT_PLAN)
def copy_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a plan from this one."""
    rows = DevelopmentPlan.objects.visible_to(request.user, Function.EDIT_PLAN).select_related("province")
    plan = get_object_or_404(rows, pk=pk)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        copy = plans.copy_plan(plan=plan, reason=form.cleaned_data["reason"])
        messages.success(
            request, gettext("Version %(version)s begins as a draft.") % {"version": copy.version}
        )
        return HttpResponseRedirect(PLAN.page(copy))
    context = {
        "form": form,
        "plan": plan,
        "totals": plans.totals(plans.lines_of(plan)),
        "up": PLAN.page(plan),
        "breadcrumbs": [*PLAN.crumbs(plan), (gettext("New version"), "")],
    }
    return render(request, "clusters/records/plan_copy.html", context)


@requires(Function.VIEW_REGISTRY)
def compare_plans(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Show what the newer of two versions of a province's plan adds, removes and changes."""
    rows = DevelopmentPlan.objects.visible_to(request.user, Function.VIEW_REGISTRY).select_related("province")
    found = {plan.pk: plan for plan in rows.filter(pk__in=[old, new]).order_by("pk")}
    if old not in found or new not in found or found[old].province_id != found[new].province_id:
        raise Http404
    old_lines, new_lines = plans.lines_of(found[old]), plans.lines_of(found[new])
    comparison = plans.compare(old_lines, new_lines)
    context = {
        "old": found[old],
        "new": found[new],
        "comparison": comparison,
        "changes": [
            {
                "line": change.new,
                "fields": [
                    (field.label, _written(field.old), _written(field.new)) for field in change.fields
                ],
            }
            for change in comparison.changed
        ],
        "old_totals": plans.totals(old_lines),
        "new_totals": plans.totals(new_lines),
        "swap": reverse("registry:plan_compare", args=[new, old]),
        "breadcrumbs": [*PLAN.crumbs(found[new]), (gettext("Comparison"), "")],
    }
    return render(request, "clusters/records/plan_compare.html", context)


def urls() -> list[URLPattern]:
    """Return the addresses of this group."""
    return [
        *PLAN_SCREEN.urls(),
        path("plans/<int:pk>/copy/", copy_plan, name="plan_copy"),
        path("plans/compare/<int:old>/<int:new>/", compare_plans, name="plan_compare"),
        *PLANNED_CLUSTER.urls(),
        path("plans/<int:parent>/clusters/<int:pk>/withdraw/", withdraw, name="planned_cluster_withdraw"),
    ]


def _stands(line: PlannedCluster) -> bool:
    """Say whether an established cluster hangs on the line."""
    return line.cluster is not None and line.cluster.stage in ESTABLISHED_STAGES


def _written(value: Any) -> str:
    if value is None or value == "":
        return NO_FIGURE
    return number(value) if hasattr(value, "as_tuple") else str(value)
