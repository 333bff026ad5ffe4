import datetime as dt

import pytest

from clusters.models import Inspection
from clusters.rules.inspections import InspectionSubject, OnceAYear, subject_of
from law.regimes import Regime
from law.rules import Severity
from tests.factories.clusters import ClusterFactory, InspectionFactory

R5 = Regime.by_code("R5")


def test_v41_a_second_inspection_in_a_year_needs_signs_of_violation():
    bare, suspected = Inspection(), Inspection(signs_of_violation="phản ánh của người dân")

    assert OnceAYear(R5).check(InspectionSubject(bare, 1)).ok is True
    assert OnceAYear(R5).check(InspectionSubject(bare, 2)).ok is False
    assert OnceAYear(R5).check(InspectionSubject(suspected, 2)).ok is True
    assert OnceAYear.severity is Severity.WARN


@pytest.mark.django_db
def test_v41_counts_the_same_occupant_in_the_same_calendar_year():
    cluster = ClusterFactory()
    InspectionFactory(cluster=cluster, inspected_on=dt.date(2026, 1, 5))
    InspectionFactory(cluster=cluster, inspected_on=dt.date(2025, 12, 30))
    new = Inspection(cluster=cluster, inspected_on=dt.date(2026, 12, 30))

    assert subject_of(new).in_that_year == 2
