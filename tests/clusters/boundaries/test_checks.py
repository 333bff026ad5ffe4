"""What is found about a boundary: numbers, names, and what to do."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from clusters.boundaries.checks import BoundaryCheck, BoundaryFinding, check_boundary
from clusters.boundaries.geometry import crossings, geometry_of, mended, rings_of, tidy
from clusters.boundaries.readings import reading_of, with_key
from clusters.templatetags.registry import in_sentence
from places.models import Commune
from places.vn2000 import from_wgs84
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db

SAMPLE = json.loads(
    (Path(settings.BASE_DIR) / "tests" / "data" / "messy_laocai_wrong_meridian.json").read_text("utf-8")
)
BAO_AI, AU_LAU = "04750", "04543"


def in_force(code: str) -> Commune:
    return Commune.objects.in_force().get(code=code)


def degrees(name: str) -> list[tuple[float, float]]:
    return [(longitude, latitude) for latitude, longitude in SAMPLE[name]["latlng"]][:-1]


def metres(name: str) -> list[tuple[float, float]]:
    """The table as it stood in the decision: the published degrees were computed from it with 105°00'."""
    return [from_wgs84(longitude, latitude, 105.0) for longitude, latitude in degrees(name)]


def finding(check: BoundaryCheck, code: str) -> BoundaryFinding:
    return next(one for one in check.findings if one.code == code)


def square(north: float, east: float, side: float) -> list[tuple[float, float]]:
    """A square of the ground in metres of 104°45'."""
    return [(north, east), (north, east + side), (north + side, east + side), (north + side, east)]


@pytest.mark.parametrize(("name", "commune"), [("Mông Sơn", BAO_AI), ("Hợp Minh", AU_LAU)])
def test_a_table_read_with_the_wrong_meridian_names_the_right_one(name, commune):
    cluster = ClusterFactory(commune=in_force(commune))
    found = finding(check_boundary(cluster, reading_of([metres(name)], meridian=105.0)), "place")
    assert found.level == "warning"
    assert [fit.reading.meridian for fit in found.fits] == [104.75]
    assert not found.fits[0].reading.swapped
    assert "104°45'" in found.sentence
    assert "105°00'" in found.sentence
    assert in_sentence(cluster.commune.full_name) in found.sentence
    right = check_boundary(cluster, found.fits[0].reading)
    assert finding(right, "place").level == "ok"


def test_the_sentence_says_where_either_meridian_leads():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    reading = reading_of([metres("Hợp Minh")], meridian=105.0)
    with translation.override("en"):
        found = finding(check_boundary(cluster, reading), "place")
    assert "With 104°45' the polygon lies in Au Lau Ward" in found.sentence
    assert "with 105°00' it lies in Phu Tho Province" in found.sentence


@pytest.mark.parametrize("name", ["Mông Sơn", "Hợp Minh"])
def test_degrees_that_were_converted_with_the_wrong_meridian_can_be_converted_again(name):
    cluster = ClusterFactory(commune=in_force(BAO_AI if name == "Mông Sơn" else AU_LAU))
    found = finding(check_boundary(cluster, reading_of([degrees(name)])), "place")
    assert [(fit.reading.converted_with, fit.reading.meridian) for fit in found.fits] == [(105.0, 104.75)]


def test_exchanged_axes_of_a_table_are_recognised():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    ring = [(easting, northing) for northing, easting in metres("Hợp Minh")]
    found = finding(check_boundary(cluster, reading_of([ring], meridian=104.75)), "place")
    assert [(fit.reading.meridian, fit.reading.swapped) for fit in found.fits] == [(104.75, True)]


def test_exchanged_axes_and_a_wrong_meridian_are_recognised_together():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    ring = [(easting, northing) for northing, easting in metres("Hợp Minh")]
    found = finding(check_boundary(cluster, reading_of([ring], meridian=105.0)), "place")
    assert (104.75, True) in [(fit.reading.meridian, fit.reading.swapped) for fit in found.fits]


def test_latitude_before_longitude_in_geojson_is_recognised():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    home = cluster.commune
    ring = [
        (home.latitude + up, home.longitude + right) for up, right in ((0, 0), (0, 0.005), (0.005, 0.005))
    ]
    check = check_boundary(cluster, reading_of([ring]))
    assert not check.is_sound
    found = finding(check, "place")
    assert next((fit.reading.swapped, fit.reading.meridian) for fit in found.fits) == (True, None)


def test_a_key_that_names_no_meaning_of_these_numbers_is_not_followed():
    table, drawing = reading_of([metres("Hợp Minh")], meridian=105.0), reading_of([degrees("Hợp Minh")])
    for key in ("", "x", "104.75", "104.75:0:105", "99:0:", ":0:", "::"):
        assert with_key(table, key) is None
    assert with_key(drawing, "104.75:0:") is None
    assert with_key(table, "104.75:1:").swapped


def test_without_a_commune_the_province_tells_a_wrong_meridian():
    cluster = ClusterFactory()
    found = finding(check_boundary(cluster, reading_of([metres("Hợp Minh")], meridian=105.0)), "place")
    assert 104.75 in [fit.reading.meridian for fit in found.fits]


def test_a_line_that_crosses_itself_is_shown_with_its_sides_and_can_be_mended():
    cluster = ClusterFactory(commune=in_force(BAO_AI))
    check = check_boundary(cluster, reading_of([metres("Mông Sơn")], meridian=104.75))
    found = finding(check, "crossing")
    assert not check.is_sound
    assert check.can_be_mended
    assert "4–5" in found.sentence
    assert "9–1" in found.sentence
    assert len(found.points) == 2
    fixed = mended(check.geometry)
    after = check_boundary(cluster, reading_of(rings_of(fixed)), paper_ha=Decimal(50))
    assert after.is_sound
    assert not after.can_be_mended
    assert after.area_ha == pytest.approx(Decimal("49.06"), abs=Decimal("0.02"))


def test_the_area_on_paper_is_held_against_the_area_on_the_ground():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    ring = square(2_397_000, 512_000, 800)
    reading = reading_of([ring], meridian=104.75)
    close = finding(check_boundary(cluster, reading, paper_ha=Decimal("64.5")), "area")
    far = finding(check_boundary(cluster, reading, paper_ha=Decimal(60)), "area")
    unknown = finding(check_boundary(cluster, reading), "area")
    assert (close.level, far.level, unknown.level) == ("ok", "warning", "ok")
    assert "64,01" in far.sentence
    assert "6,7" in far.sentence
    assert "60" in far.sentence


def test_the_middle_of_a_zone_is_measured_a_little_larger_on_the_ground_than_in_the_plane():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    check = check_boundary(cluster, reading_of([square(2_397_000, 500_000, 1000)], meridian=104.75))
    assert check.area_ha == Decimal("100.02")


def test_a_hole_is_taken_off_and_a_tiny_one_is_told():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    outline, hole = square(2_397_000, 512_000, 800), square(2_397_300, 512_300, 8)
    check = check_boundary(cluster, reading_of([hole, outline], meridian=104.75))
    assert len(check.geometry["coordinates"]) == 2
    found = finding(check, "sliver")
    assert found.level == "warning"
    assert "64" in found.sentence


def test_two_pieces_and_an_island_in_a_hole_keep_their_ranks():
    rings = [square(0, 0, 100), square(20, 20, 60), square(40, 40, 20), square(0, 500, 100)]
    made = geometry_of([[(x / 1e6, y / 1e6) for x, y in ring] for ring in rings])
    assert made["type"] == "MultiPolygon"
    assert sorted(len(polygon) for polygon in made["coordinates"]) == [1, 1, 2]


def test_an_overlap_and_a_neighbour_are_named_with_code_and_area():
    def drawn(east: float) -> dict[str, Any]:
        return check_boundary(
            ClusterFactory(), reading_of([square(2_397_000, east, 800)], meridian=104.75)
        ).geometry

    over = ClusterFactory(name="CCN Chồng lấn", facts={"boundary": drawn(512_700)})
    beside = ClusterFactory(name="CCN Kề bên", facts={"boundary": drawn(511_200)})
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    check = check_boundary(cluster, reading_of([square(2_397_000, 512_000, 800)], meridian=104.75))
    found = finding(check, "overlap")
    assert "V53" in found.sentence
    assert over.name in found.sentence
    assert over.code in found.sentence
    assert "8 ha" in found.sentence.replace("\u00a0", " ")
    touching = finding(check, "adjacent")
    assert "V54" in touching.sentence
    assert beside.name in touching.sentence


def test_a_polygon_partly_outside_its_commune_is_told_with_the_area_outside():
    cluster = ClusterFactory(commune=in_force(AU_LAU))
    west = cluster.commune.min_longitude
    latitude = (cluster.commune.min_latitude + cluster.commune.max_latitude) / 2
    ring = [(west - 0.006, latitude), (west + 0.02, latitude), (west + 0.02, latitude + 0.005)]
    found = finding(check_boundary(cluster, reading_of([ring])), "place")
    assert found.level == "warning"
    assert not found.fits
    assert "ha" in found.sentence


def test_crossings_of_a_bow_tie_are_one_place_in_the_middle():
    tie = [(104.8, 21.8), (104.81, 21.81), (104.81, 21.8), (104.8, 21.81)]
    places = crossings([tie])
    assert [(round(one.longitude, 6), round(one.latitude, 6)) for one in places] == [(104.805, 21.805)]
    assert set(places[0].sides) == {(1, 2), (3, 4)}


def test_a_boundary_is_recorded_anticlockwise():
    ring = [(104.8, 21.8), (104.8, 21.81), (104.81, 21.81), (104.81, 21.8)]
    kept = tidy(geometry_of([ring]))["coordinates"][0]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(kept))
    assert area > 0
