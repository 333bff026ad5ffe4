"""Infrastructure projects, capital paid, shared works, the wastewater plant."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.forms.observations import remembered_source
from clusters.forms.records.infrastructure import (
    InfrastructureForm,
    PaidCapitalForm,
    SharedWorksForm,
    WastewaterPlantForm,
)
from clusters.models import InfrastructureProject, PaidCapital, SharedWork, WastewaterPlant
from clusters.services.records import delete_record, save_record
from clusters.views.records import pages
from clusters.views.records.parents import CLUSTER, INFRASTRUCTURE
from clusters.views.records.screens import RecordScreen, Words
from core.templatetags.portal import day


def infrastructure_extra(project: InfrastructureProject, request: HttpRequest) -> dict[str, Any]:
    """Return the money of the project: lines with their share, the differences, capital paid."""
    total = project.total_investment
    costs = list(project.cost_lines.order_by("pk"))
    sources = list(project.capital_sources.order_by("pk"))
    return {
        "money": [
            _lines(
                gettext("Cost structure"), [(line.get_item_display(), line.amount) for line in costs], total
            ),
            _lines(
                gettext("Sources of capital"),
                [(line.get_kind_display(), line.amount) for line in sources],
                total,
            ),
        ],
        "paid": list(project.paid_capital.select_related("source_file").order_by("-as_of", "-pk")),
    }


def _lines(title: str, lines: list[tuple[str, Decimal]], total: Decimal | None) -> dict[str, Any]:
    added = sum((amount for _label, amount in lines), Decimal(0))
    return {
        "title": title,
        "lines": lines,
        "sum": added,
        "total": total,
        "difference": None if total is None or not lines else added - total,
    }


INFRASTRUCTURE_PROJECT = RecordScreen(
    name="infrastructure",
    path="infrastructure",
    list_name="infrastructure_list",
    anchor="infrastructure",
    model=InfrastructureProject,
    form=InfrastructureForm,
    parent=CLUSTER,
    words=Words(_("Infrastructure project"), _("Infrastructure projects"), _("New infrastructure project")),
    joins=("cluster", "investor"),
    form_template="clusters/records/infrastructure_form.html",
    page_template="clusters/records/infrastructure.html",
    around=infrastructure_extra,
)

PAID_CAPITAL = RecordScreen(
    name="paid_capital",
    path="paid",
    anchor="paid",
    has_page=False,
    model=PaidCapital,
    form=PaidCapitalForm,
    parent=INFRASTRUCTURE,
    title=lambda record: _("Capital paid by %(day)s") % {"day": day(record.as_of)},
    words=Words(_("Capital paid"), _("Capital paid"), _("New statement of capital paid")),
    joins=("project__cluster",),
)

WASTEWATER = RecordScreen(
    name="wastewater",
    path="wastewater",
    anchor="infrastructure",
    has_page=False,
    model=WastewaterPlant,
    form=WastewaterPlantForm,
    parent=CLUSTER,
    words=Words(
        _("Central wastewater treatment plant"),
        _("Central wastewater treatment plants"),
        _("Central wastewater treatment plant"),
    ),
    joins=("cluster",),
)


@requires(Function.EDIT_REGISTRY)
def edit_wastewater(request: HttpRequest, code: str) -> HttpResponse:
    """Open the one plant of a cluster: to be entered where there is none, to be changed where there is."""
    cluster = CLUSTER.find(request.user, Function.EDIT_REGISTRY, {"code": code})
    plant = WastewaterPlant.objects.filter(cluster=cluster).first()
    if plant is None:
        return pages.CreateView.as_view(screen=WASTEWATER)(request, code=code)
    return pages.EditView.as_view(screen=WASTEWATER)(request, code=code, pk=plant.pk)


@requires(Function.EDIT_REGISTRY)
def edit_works(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the state of every shared work of a cluster in one form; only what differs is written."""
    cluster = CLUSTER.find(request.user, Function.EDIT_REGISTRY, {"code": code})
    up = f"{CLUSTER.page(cluster)}#infrastructure"
    with transaction.atomic():
        rows = SharedWork.objects.filter(cluster=cluster).select_for_update().order_by("kind", "pk")
        works = {work.kind: work for work in rows}
        form = SharedWorksForm(request.POST or None, works=works, initial=remembered_source(request))
        if request.method == "POST" and form.is_valid():
            changed, removed = form.changed_rows(), form.removed_rows()
            reason = form.cleaned_data["reason"]
            try:
                with transaction.atomic():
                    for work in changed:
                        work.cluster = cluster
                        save_record(record=work, reason=reason, cluster=cluster)
                    for work in removed:
                        delete_record(record=work, reason=reason, cluster=cluster)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(
                    request,
                    gettext("Shared works: %(changed)s written, %(removed)s removed.")
                    % {"changed": len(changed), "removed": len(removed)},
                )
                return HttpResponseRedirect(up)
        if form.is_bound:
            # Whoever was overtaken has now seen what is stored.
            data = request.POST.copy()
            data["seen"] = form.state
            form.data = data
        context = {
            "form": form,
            "cluster": cluster,
            "up": up,
            "breadcrumbs": [*CLUSTER.crumbs(cluster), (gettext("Shared works"), "")],
        }
        return render(request, "clusters/records/works_form.html", context)


def urls() -> list[URLPattern]:
    """Return the addresses of this group."""
    return [
        *INFRASTRUCTURE_PROJECT.urls(),
        *PAID_CAPITAL.urls(),
        path("clusters/<str:code>/works/", edit_works, name="works_edit"),
        path("clusters/<str:code>/wastewater/", edit_wastewater, name="wastewater_edit"),
        path(
            "clusters/<str:code>/wastewater/<int:pk>/delete/",
            pages.DeleteView.as_view(screen=WASTEWATER),
            name="wastewater_delete",
        ),
        path(
            "clusters/<str:code>/wastewater/<int:pk>/history/",
            pages.HistoryView.as_view(screen=WASTEWATER),
            name="wastewater_history",
        ),
    ]
