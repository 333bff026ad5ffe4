"""A new cluster: opened and its first decision recorded in one form, from a line of the plan or from nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from accounts.roles import Function
from accounts.scope import scope_of
from clusters.choices import DecisionKind
from clusters.forms.decisions import NewClusterForm
from clusters.models import Cluster, PlannedCluster
from clusters.services.decisions import open_cluster
from clusters.services.records import save_record
from clusters.templatetags.registry import in_sentence
from clusters.views.workplace.decisions import preview_page, record_from
from places.models import Province


@requires(Function.RECORD_DECISION)
def create_cluster(request: HttpRequest) -> HttpResponse:
    """Show the form for a new cluster, and open the cluster with what its first decision says."""
    province, planned = _place(request)
    if request.method == "POST":
        form = _form(request, province, request.POST, request.FILES)
        response = _record(request, form, planned)
        if response is not None:
            return response
    else:
        form = _form(request, province, initial=_initial(province, planned))
    context = {
        "form": form,
        "province": province,
        "planned": planned,
        "page": _preview(form, planned) if form.is_bound else None,
        "stored": form.stored_file,
    }
    has_errors = form.is_bound and bool(form.errors)
    return render(request, "clusters/registry/cluster_new.html", context, status=422 if has_errors else 200)


@requires(Function.RECORD_DECISION)
@require_POST
def preview_cluster(request: HttpRequest) -> HttpResponse:
    """Answer the form, while it is filled in, with the facts and the rule check; nothing is kept."""
    province, planned = _place(request)
    form = _form(request, province, request.POST)
    form.is_valid()
    return render(
        request, "clusters/registry/decision_preview.html", {"form": form, "page": _preview(form, planned)}
    )


def _place(request: HttpRequest) -> tuple[Province, PlannedCluster | None]:
    """Return the province to open the cluster in, and the line of the plan it comes from."""
    if request.GET.get("planned", "").isdecimal():
        lines = PlannedCluster.objects.visible_to(request.user, Function.RECORD_DECISION)
        planned = get_object_or_404(
            lines.select_related("plan__province", "commune"), pk=request.GET["planned"], cluster__isnull=True
        )
        return planned.plan.province, planned
    scope = scope_of(request.user, Function.RECORD_DECISION)
    provinces = Province.objects.in_force()
    if not scope.national:
        provinces = provinces.filter(pk__in=scope.province_ids)
    if request.GET.get("province"):
        return get_object_or_404(provinces, code=request.GET["province"]), None
    province = provinces.order_by("sort_key", "pk").first()
    if province is None:
        raise PermissionDenied(_("A cluster is opened by the authorities of a province."))
    return province, None


def _form(request: HttpRequest, province: Province, *args: Any, **kwargs: Any) -> NewClusterForm:
    return NewClusterForm(*args, cluster=Cluster(province=province), user=request.user, **kwargs)


def _initial(province: Province, planned: PlannedCluster | None) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "kind": DecisionKind.ESTABLISH,
        "issuer": _("People's Committee of %(province)s") % {"province": in_sentence(province.full_name)},
        "seen": 0,
    }
    if planned is not None:
        initial |= {
            "name": planned.name,
            "commune": planned.commune,
            "area_ha": planned.area_ha,
            "main_lines": planned.main_lines,
            "place_as_issued": planned.place_text,
        }
    return initial


def _record(
    request: HttpRequest, form: NewClusterForm, planned: PlannedCluster | None
) -> HttpResponse | None:
    """Open the cluster and record its decision, both or neither."""
    blank = form.cluster
    with transaction.atomic():
        if form.is_valid():
            _open(form, planned)
        response = record_from(request, form)
        if response is None:
            transaction.set_rollback(True)
            form.cluster = blank
    return response


def _preview(form: NewClusterForm, planned: PlannedCluster | None) -> Any:
    """Compute the preview on a cluster that exists for that moment only."""
    if not form.cleaned_data.get("name") or not form.cleaned_data.get("effective_on"):
        return None
    blank = form.cluster
    with transaction.atomic():
        _open(form, planned)
        page = preview_page(form)
        transaction.set_rollback(True)
    form.cluster = blank
    return page


def _open(form: NewClusterForm, planned: PlannedCluster | None) -> None:
    cleaned = form.cleaned_data
    form.cluster = open_cluster(
        province=form.cluster.province,
        name=cleaned["name"],
        code=cleaned.get("code", ""),
        address=cleaned.get("address", ""),
        place_as_recorded=cleaned.get("place_as_issued", ""),
        user=form.user,
        reason=form.full_reason or _("new cluster"),
    )
    if planned is not None:
        planned.cluster = form.cluster
        save_record(record=planned, reason=_("the cluster of this line of the plan was established"))
