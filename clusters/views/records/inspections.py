"""Inspections with their violations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.forms.records.inspections import InspectionForm
from clusters.models import Inspection
from clusters.services.inspections import save_inspection, second_in_the_year
from clusters.views.records.parents import CLUSTER
from clusters.views.records.screens import RecordScreen, Words
from core.templatetags.portal import day


def save(form: Any, cluster: Any) -> Inspection:
    """Save the inspection with its violations."""
    return save_inspection(
        inspection=form.instance,
        violations=form.kept(),
        removed=form.removed(),
        reason=form.cleaned_data["reason"],
    )


def inspection_extra(inspection: Inspection, request: HttpRequest) -> dict[str, Any]:
    """Return the violations and whether the inspection is one too many for its year."""
    return {
        "violations": list(inspection.violations.order_by("pk")),
        "finding": second_in_the_year(inspection),
    }


INSPECTION = RecordScreen(
    name="inspection",
    path="inspections",
    list_name="inspection_list",
    anchor="inspections",
    model=Inspection,
    form=InspectionForm,
    parent=CLUSTER,
    function=Function.RECORD_INSPECTION,
    words=Words(_("Inspection"), _("Inspections"), _("New inspection")),
    joins=("cluster", "project"),
    form_template="clusters/records/inspection_form.html",
    page_template="clusters/records/inspection.html",
    title=lambda record: f"{record.subject} ({day(record.inspected_on)})",
    around=inspection_extra,
    save=save,
)
