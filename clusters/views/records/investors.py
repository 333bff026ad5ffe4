"""Investors: the page of one, with its clusters and projects; personal data is gated and its reading logged."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can
from accounts.roles import Function
from accounts.services import log_access
from clusters.forms.records.investors import InvestorForm
from clusters.models import Cluster, InfrastructureProject, Investor, SecondaryProject
from clusters.services.investors import PERSONAL_FIELDS, alike
from clusters.services.tax import is_personal, masked
from clusters.views.records.parents import ROOT
from clusters.views.records.screens import RecordScreen, Words


def investor_extra(investor: Investor, request: HttpRequest) -> dict[str, Any]:
    """Return what hangs on the investor, and whether personal data is shown or hidden."""
    user: Any = request.user
    clusters = Cluster.objects.visible_to(user, Function.VIEW_REGISTRY).filter(investor=investor)
    infrastructure = InfrastructureProject.objects.visible_to(user, Function.VIEW_REGISTRY).filter(
        investor=investor
    )
    projects = SecondaryProject.objects.visible_to(user, Function.VIEW_REGISTRY).filter(investor=investor)
    held = personal_data_of(investor)
    may_see = can(user, Function.VIEW_PERSONAL_DATA)
    return {
        "masked_tax_code": masked(investor.tax_code)
        if is_personal(investor.tax_code) and not may_see
        else "",
        "data_is_hidden": bool(held) and not may_see,
        "data_is_logged": bool(held) and may_see,
        "clusters": list(clusters.with_listing().order_by("sort_key", "pk")),
        "infrastructure": list(infrastructure.select_related("cluster").order_by("cluster__sort_key", "pk")),
        "projects": list(
            projects.select_related("cluster", "industry")
            .defer("search", "search_vector")
            .order_by("sort_key", "pk")
        ),
        "alike": alike(name=investor.name, tax_code=investor.tax_code, besides=investor.pk),
    }


def hidden_of(investor: Investor, user: Any) -> frozenset[str]:
    """Return the columns that this person may not see."""
    if can(user, Function.VIEW_PERSONAL_DATA):
        return frozenset()
    return frozenset({*PERSONAL_FIELDS, *(["tax_code"] if is_personal(investor.tax_code) else [])})


def log_reading(investor: Investor, request: HttpRequest) -> None:
    """Log that a person sees personal data of the investor."""
    held = personal_data_of(investor)
    user: Any = request.user
    if held and can(user, Function.VIEW_PERSONAL_DATA):
        log_access(user=user, obj=investor, fields=held, path=request.path)


def personal_data_of(investor: Investor) -> list[str]:
    """Return the names of the columns that hold a person's data."""
    held = [name for name in PERSONAL_FIELDS if getattr(investor, name)]
    return [*held, "tax_code"] if is_personal(investor.tax_code) else held


INVESTOR = RecordScreen(
    name="investor",
    path="investors",
    list_name="investor_list",
    model=Investor,
    form=InvestorForm,
    parent=ROOT,
    words=Words(_("Investor"), _("Investors"), _("New investor")),
    page_template="clusters/records/investor.html",
    hidden=hidden_of,
    read=log_reading,
    around=investor_extra,
)
