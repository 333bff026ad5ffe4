"""Inspections with the violations they found, written together."""

from collections.abc import Sequence

from django.db import transaction

from clusters.models import Inspection, Violation
from clusters.rules.inspections import subject_of
from clusters.services.records import save_record
from law.regimes import Regime
from law.rules import evaluate
from law.rules.base import Finding


def second_in_the_year(inspection: Inspection) -> Finding | None:
    """Return the finding of V41 if the inspection is one too many for its calendar year, None otherwise."""
    checklist = evaluate(subject_of(inspection), regime=Regime.on(inspection.inspected_on), rules=["V41"])
    return next((finding for finding in checklist if finding.ok is False), None)


@transaction.atomic
def save_inspection(
    *, inspection: Inspection, violations: Sequence[Violation], removed: Sequence[Violation], reason: str
) -> Inspection:
    """Save an inspection and its violations in one transaction. Raise ValidationError by field."""

    def hanging() -> None:
        for violation in removed:
            violation.delete()
        for violation in violations:
            violation.inspection = inspection
            violation.full_clean()
            violation.save()

    return save_record(record=inspection, reason=reason, cluster=inspection.cluster, then=hanging)
