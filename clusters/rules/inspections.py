"""V41: an occupant is inspected at most once a calendar year."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.models import Inspection
from law.citations import cite
from law.rules import Finding, Rule, Severity, register


@dataclass(frozen=True)
class InspectionSubject:
    """An inspection and how many of the same occupant the calendar year has with it."""

    inspection: Inspection
    in_that_year: int


@register
class OnceAYear(Rule[InspectionSubject]):
    """At most one inspection of an occupant in a calendar year unless there are signs of violation (V41)."""

    code = "V41"
    about = InspectionSubject
    severity = Severity.WARN
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "24.2")
    sentence = _(
        "An occupant is inspected at most once in a calendar year, unless there are signs of violation."
    )

    def check(self, subject: InspectionSubject) -> Finding:
        """Count the inspections of the year."""
        if subject.inspection.signs_of_violation:
            return self.met(explanation=subject.inspection.signs_of_violation)
        return self.against(
            self.regime.thresholds.inspections,
            Decimal(subject.in_that_year),
            _("Name the signs of violation that led to this inspection, or take it out of the plan."),
        )


def subject_of(inspection: Inspection) -> InspectionSubject:
    """Count the inspections of the same occupant in the calendar year, this one included."""
    others = Inspection.objects.filter(
        cluster_id=inspection.cluster_id,
        project_id=inspection.project_id,
        inspected_on__year=inspection.inspected_on.year,
    ).exclude(pk=inspection.pk)
    return InspectionSubject(inspection, others.count() + 1)
