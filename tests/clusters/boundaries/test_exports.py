"""What is written is read again within a millimetre."""

from math import cos, pi, sin
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from clusters.boundaries.exports import as_csv, as_geojson, as_kml, as_workbook, coordinate_sheet
from clusters.boundaries.geometry import geometry_of, rings_of
from clusters.boundaries.reading import read_file
from clusters.boundaries.readings import reading_of
from places.vn2000 import from_wgs84, national_meridians, to_wgs84
from tests.clusters.boundaries.addresses import SQUARE
from tests.factories.clusters import ClusterFactory


@st.composite
def boundaries(draw: Any) -> tuple[dict[str, Any], float]:
    """A boundary of one to three star-shaped rings somewhere in the zone of a meridian, one perhaps with a hole."""
    meridian = draw(st.sampled_from(national_meridians()))
    north, east = draw(st.floats(950_000, 2_580_000)), draw(st.floats(380_000, 620_000))
    rings = []
    for number in range(draw(st.integers(1, 3))):
        radii = draw(st.lists(st.floats(150, 600), min_size=4, max_size=30))
        middle = east + number * 1500
        rings.append(
            [
                (
                    north + radius * cos(2 * pi * at / len(radii)),
                    middle + radius * sin(2 * pi * at / len(radii)),
                )
                for at, radius in enumerate(radii)
            ]
        )
    if draw(st.booleans()):
        rings.append([(north + up, east + right) for up, right in ((-20, -20), (-20, 20), (20, 0))])
    return geometry_of([[to_wgs84(*point, meridian) for point in ring] for ring in rings]), meridian


def off_by_m(first: dict[str, Any], second: dict[str, Any], meridian: float) -> float:
    """Return how far the points of two boundaries with the same order lie apart at most."""
    pairs = [
        (from_wgs84(*a, meridian), from_wgs84(*b, meridian))
        for one, other in zip(rings_of(first), rings_of(second), strict=True)
        for a, b in zip(one, other, strict=True)
    ]
    return max(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairs)


@settings(max_examples=25)
@given(boundaries())
def test_what_is_exported_is_imported_within_a_millimetre(made):
    geometry, meridian = made
    named = {"name": "CCN Thử & <kiểm>", "geometry": geometry, "source": "=1+1"}
    sheet = coordinate_sheet(meridian=meridian, **named)
    for name, content in (
        ("a.csv", as_csv(sheet)),
        ("a.xlsx", as_workbook(sheet)),
        ("a.kml", as_kml(code="CCN-15-0001", **named)),
        ("a.geojson", as_geojson(code="CCN-15-0001", **named)),
    ):
        numbers = read_file(name, content)
        read = reading_of(numbers.rings, **({"meridian": meridian} if numbers.in_metres else {})).geometry()
        assert read["type"] == geometry["type"], name
        assert off_by_m(read, geometry, meridian) < 0.001, name


def test_a_table_names_its_meridian_and_neutralises_formulas():
    sheet = coordinate_sheet(name="CCN", geometry=SQUARE, meridian=104.75, source="=cmd()")
    text = as_csv(sheet).decode("utf-8-sig")
    assert "104°45'" in text
    assert "'=cmd()" in text
    assert "X (m);Y (m)" in text
    assert read_file("a.csv", as_csv(sheet)).stated_meridian == 104.75


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["kml", "csv", "xlsx", "geojson"])
def test_everybody_downloads_the_boundary_of_a_published_cluster(client, kind):
    cluster = ClusterFactory(facts={"boundary": SQUARE})
    response = client.get(reverse("boundary_file", args=[cluster.code, kind]))
    assert response.status_code == 200
    content = b"".join(response) if response.streaming else response.content
    if kind == "geojson":
        assert response.json()["features"]
    else:
        assert f'filename="{cluster.code}' in response["Content-Disposition"]
        assert read_file(f"a.{kind}", content).rings
    if kind == "kml":
        assert fromstring(content).tag.endswith("kml")


@pytest.mark.django_db
def test_an_unpublished_boundary_an_unknown_kind_and_a_missing_boundary_are_not_found(client, client_of):
    hidden = ClusterFactory(unpublished=True, facts={"boundary": SQUARE})
    bare = ClusterFactory()
    shown = ClusterFactory(facts={"boundary": SQUARE})
    for cluster, kind in ((hidden, "kml"), (bare, "kml"), (shown, "pdf")):
        assert client.get(reverse("boundary_file", args=[cluster.code, kind])).status_code == 404
    address = reverse("registry:boundary_file", args=[hidden.code, "csv"])
    officer: Client = client_of(Role.DEPARTMENT_OFFICER)
    assert officer.get(address).status_code == 200
    assert "105°45'" in officer.get(f"{address}?meridian=105.75").content.decode()
    for wrong in ("99", "abc", "nan"):
        assert officer.get(f"{address}?meridian={wrong}").status_code == 404
