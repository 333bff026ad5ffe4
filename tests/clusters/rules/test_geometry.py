from decimal import Decimal

import pytest
from django.utils import translation

from clusters.choices import DecisionKind
from clusters.mapping import boundary_area_ha
from clusters.rules.decisions import cluster_checklist
from clusters.rules.geometry import SoundBoundary
from clusters.rules.neighbours import neighbours_around
from law.regimes import Regime
from law.rules import Outcome, Severity
from tests.factories.clusters import ClusterFactory

R5 = Regime.by_code("R5")


def square(west: float, south: float, side: float = 0.0075) -> dict:
    """A square of about 64 ha."""
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


SQUARE = square(104.8, 21.8)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[104.8, 21.8], [104.81, 21.81], [104.81, 21.8], [104.8, 21.81], [104.8, 21.8]]],
}


def test_v53_a_sound_boundary_with_the_area_on_paper_is_met(state):
    finding = SoundBoundary(R5).check(state(boundary=SQUARE, area_ha=boundary_area_ha(SQUARE)))
    assert finding.ok is True
    assert finding.severity is Severity.WARN


def test_v53_a_line_that_crosses_itself_is_named(state):
    finding = SoundBoundary(R5).check(state(boundary=BOW_TIE, area_ha=Decimal(60)))
    assert finding.ok is False
    assert "1" in str(finding.measured)


def test_v53_an_overlap_is_named_with_its_area_in_the_reader_s_language(state):
    finding = SoundBoundary(R5).check(
        state(boundary=SQUARE, area_ha=Decimal(64), overlaps=(("Phú Thịnh 1", Decimal("3.25")),))
    )
    assert finding.ok is False
    assert "Phú Thịnh 1 (3,25 ha)" in str(finding.measured)
    with translation.override("en"):
        assert "Phú Thịnh 1 (3.25 ha)" in str(finding.measured)


def test_v53_an_area_off_by_more_than_the_tolerance_is_told_with_both_numbers(state):
    finding = SoundBoundary(R5).check(state(boundary=SQUARE, area_ha=Decimal(50)))
    assert finding.ok is False
    assert "50" in str(finding.required)
    assert "2" in str(finding.required)


@pytest.mark.parametrize(("boundary", "area"), [(None, Decimal(60)), (SQUARE, None)])
def test_v53_without_boundary_or_area_it_is_not_computable(state, boundary, area):
    facts = {"boundary": boundary, "area_ha": area}
    finding = SoundBoundary(R5).check(state(**{key: value for key, value in facts.items() if value}))
    assert finding.outcome is Outcome.NOT_COMPUTABLE


def test_v53_is_held_against_a_decision_only_if_that_lays_down_a_boundary(decision):
    left_alone = decision(DecisionKind.EXPAND, before={"boundary": BOW_TIE}, area_ha=Decimal(70))
    laid_down = decision(DecisionKind.ADJUST, boundary=BOW_TIE)
    assert SoundBoundary(R5).check(left_alone).outcome is Outcome.NOT_APPLICABLE
    assert SoundBoundary(R5).check(laid_down).ok is False


@pytest.mark.django_db
def test_neighbours_are_found_with_the_ground_both_claim():
    own = ClusterFactory(facts={"boundary": SQUARE})
    ClusterFactory(name="CCN Chồng lấn", facts={"boundary": square(104.807, 21.8)})
    ClusterFactory(name="CCN Kề bên", facts={"boundary": square(104.7925, 21.8)})
    ClusterFactory(name="CCN Xa", facts={"boundary": square(104.9, 21.8)})

    found = {one.name: one for one in neighbours_around(own, own.boundary)}

    assert set(found) == {"CCN Chồng lấn", "CCN Kề bên"}
    assert found["CCN Chồng lấn"].overlap_ha == pytest.approx(Decimal("4.29"), abs=Decimal("0.1"))
    assert not found["CCN Kề bên"].overlaps
    checklist = cluster_checklist(own)
    assert "CCN Chồng lấn" in str(checklist["V53"].measured)
    assert "CCN Kề bên" in str(checklist["V54"].measured)
