import datetime as dt

from clusters.choices import Stage
from clusters.rules.neighbours import neighbours_of
from clusters.rules.places import LinkedNeighbours, NoResidents, PlaceKeptAsIssued
from law.regimes import Regime
from law.rules import Outcome, Severity
from places.models import Commune

R5 = Regime.by_code("R5")
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[104, 22], [104.01, 22], [104.01, 22.01], [104, 22.01], [104, 22]]],
}


def test_v54_neighbours_without_a_recorded_link_are_named(state):
    finding = LinkedNeighbours(R5).check(
        state(boundary=SQUARE, neighbours=(("Phú Thịnh 1", False), ("Phú Thịnh 2", True)))
    )

    assert finding.ok is False
    assert finding.severity is Severity.WARN
    assert "Phú Thịnh 1" in str(finding.measured)
    assert "Phú Thịnh 2" not in str(finding.measured)


def test_v54_linked_neighbours_are_welcome(state):
    assert LinkedNeighbours(R5).check(state(boundary=SQUARE, neighbours=(("Phú Thịnh 2", True),))).ok is True


def test_v54_a_broken_boundary_has_no_neighbours(db):
    from clusters.models import Cluster

    for broken in (
        None,
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Nonsense"},
    ):
        assert neighbours_of(Cluster(province_id=1), broken) == ()


def test_v55_nobody_lives_in_an_established_cluster(state):
    assert NoResidents(R5).check(state(households_left=0)).ok is True
    assert NoResidents(R5).check(state(households_left=3)).ok is False
    assert NoResidents(R5).check(state()).outcome is Outcome.NOT_COMPUTABLE
    assert NoResidents(R5).check(state(stage=Stage.PLANNED)).outcome is Outcome.NOT_APPLICABLE


def test_v56_the_commune_of_today_must_exist_and_the_old_name_is_kept(state):
    gone = Commune(name_vi="Bắc Lệnh", valid_to=dt.date(2025, 6, 30))
    today = Commune(name_vi="Cam Đường", valid_from=dt.date(2025, 7, 1))

    assert PlaceKeptAsIssued(R5).check(state(commune=gone)).ok is False
    kept = PlaceKeptAsIssued(R5).check(state(commune=today, cluster={"place_as_recorded": "phường Bắc Lệnh"}))
    assert kept.ok is True
    assert "phường Bắc Lệnh" in str(kept.measured)
