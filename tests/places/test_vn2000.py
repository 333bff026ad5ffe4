import csv

import pytest

from places import vn2000

POINTS = list(
    csv.DictReader((vn2000.FOLDER / "vn2000_test_points.csv").read_text(encoding="utf-8").splitlines())
)


def test_there_is_a_point_for_every_province():
    assert len({point["province_code"] for point in POINTS}) == 34


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point["province"])
def test_a_point_converts_within_a_millimetre_and_back_within_a_centimetre(point):
    longitude, latitude = float(point["wgs84_lon"]), float(point["wgs84_lat"])
    meridian = float(point["central_meridian"])
    northing, easting = vn2000.from_wgs84(longitude, latitude, meridian)
    assert northing == pytest.approx(float(point["vn2000_X_northing"]), abs=0.001)
    assert easting == pytest.approx(float(point["vn2000_Y_easting"]), abs=0.001)
    back = vn2000.to_wgs84(northing, easting, meridian)
    assert back == pytest.approx((longitude, latitude), abs=1e-7)


def test_the_official_meridian_comes_first_and_former_ones_follow():
    meridians = vn2000.meridians_for("79")
    assert [(item.degrees, item.default) for item in meridians] == [(105.75, True), (107.75, False)]
    assert meridians[1].former_provinces == ("Bà Rịa - Vũng Tàu",)


def test_eighteen_provinces_must_be_asked_for_the_meridian():
    codes = {point["province_code"] for point in POINTS}
    assert sum(len(vn2000.meridians_for(code)) > 1 for code in codes) == 18
