"""What the lists of the registry hand over where a column of the page shows more, or less, than a stored value."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    Func,
    JSONField,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Greatest, JSONObject, NullIf, Right
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Decision
from core.lists.columns import ExportColumn, in_language


def _commune() -> Any:
    return Coalesce(
        in_language("commune__full_name")(),
        NullIf(F("place_as_recorded"), Value("")),
        output_field=CharField(),
    )


def _newest_decision() -> Any:
    return newest_decision("number")


def newest_decision(value: Any) -> Subquery:
    """Return a value of the newest decision with a number that stands, for a query of clusters."""
    numbered = Decision.objects.standing().filter(cluster=OuterRef("pk")).exclude(number="")
    return Subquery(numbered.order_by("-effective_on", "-pk").values_list(value)[:1])


def _industry() -> Any:
    return Concat(F("industry__code"), Value(" "), in_language("industry__name")(), output_field=CharField())


def _tax_code() -> Any:
    # As ``clusters.services.tax.masked`` writes it on the page.
    hidden = Concat(Value("•••••••••"), Right("tax_code", 3))
    return Case(
        When(tax_code__regex=r"^[0-9]{12}$", then=hidden), default=F("tax_code"), output_field=CharField()
    )


def _plan_state() -> Any:
    today = timezone.localdate()
    return Case(
        When(approved_on__isnull=True, then=Value("draft")),
        When(superseded_on__lte=today, then=Value("superseded")),
        When(approved_on__lte=today, then=Value("in_force")),
        default=Value("approved"),
    )


def _industry_or_none() -> Any:
    return Case(When(industry__isnull=False, then=_industry()), default=Value(None), output_field=CharField())


def _newest_figures() -> Any:
    # GREATEST leaves out what is not known.
    dates = ("leased_as_of", "projects_as_of", "workers_as_of", "cleared_as_of")
    return Greatest(*(f"figures__{name}" for name in dates), output_field=DateField())


_PROVINCE = ExportColumn(in_language("province__name"))
_CLUSTER = {"cluster": "cluster__name", "province": ExportColumn(in_language("cluster__province__name"))}

CLUSTERS: dict[str, Any] = {
    "commune": ExportColumn(_commune),
    "province": _PROVINCE,
    "occupancy": ExportColumn("figures__occupancy_legal", _("Occupancy, legal formula (%)")),
    "investor": "investor__name",
    "as_of": ExportColumn(_newest_figures),
    "decision": ExportColumn(_newest_decision),
}
DIRECTORY: dict[str, Any] = {
    "commune": ExportColumn(_commune),
    "province": _PROVINCE,
    "investor": "investor__name",
}
INVESTORS: dict[str, Any] = {"tax_code": ExportColumn(_tax_code)}
INFRASTRUCTURE: dict[str, Any] = {
    **_CLUSTER,
    "investor": "investor__name",
    "total_investment": ExportColumn("total_investment", _("Total investment (VND)")),
    "paid": ExportColumn("paid_amount", _("Paid so far (VND)")),
}
PLOTS: dict[str, Any] = _CLUSTER
PROJECTS: dict[str, Any] = {
    **_CLUSTER,
    "investor": "investor__name",
    "industry": ExportColumn(_industry_or_none),
    "capital": ExportColumn("capital", _("Registered capital (VND)")),
    "foreign_capital": ExportColumn("foreign_capital", _("Of which foreign (VND)")),
}
OBSERVATIONS: dict[str, Any] = {**_CLUSTER, "recorded_by": "recorded_by__full_name"}
INSPECTIONS: dict[str, Any] = {**_CLUSTER, "project": "project__name"}
OBSTACLES: dict[str, Any] = {
    **_CLUSTER,
    "state": ExportColumn("resolved_on", _("Resolved on")),
}
PLANS: dict[str, Any] = {
    "province": _PROVINCE,
    "state": ExportColumn(
        _plan_state,
        choices=[
            ("draft", _("draft")),
            ("superseded", _("superseded")),
            ("in_force", _("in force")),
            ("approved", _("approved, not yet in force")),
        ],
    ),
    "area": ExportColumn("line_area", _("Area (ha)")),
}

_POINT = Case(
    When(
        longitude__isnull=False,
        latitude__isnull=False,
        then=JSONObject(
            type=Value("Point", output_field=TextField()),
            coordinates=Func("longitude", "latitude", function="jsonb_build_array", output_field=JSONField()),
        ),
    ),
    default=Value(None),
    output_field=JSONField(),
)
#: The boundary of a cluster, else its position; rows without either have no geometry.
CLUSTER_GEOMETRY = Coalesce(F("boundary"), _POINT)
PLOT_GEOMETRY = F("boundary")
