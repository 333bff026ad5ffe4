"""A boundary pasted in the wrong zone: told, corrected, moved on the map and by keyboard, recorded."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import Role
from clusters.models import Cluster
from places.models import Commune
from places.vn2000 import from_wgs84
from tests.browser.conftest import overflow
from tests.factories.accounts import person
from tests.factories.clusters import ClusterFactory

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = json.loads(
    (Path(settings.BASE_DIR) / "tests" / "data" / "messy_laocai_wrong_meridian.json").read_text("utf-8")
)["Hợp Minh"]
TABLE = "\n".join(
    f"{at}\t{north:.3f}\t{east:.3f}".replace(".", ",")
    for at, (north, east) in enumerate(
        (from_wgs84(longitude, latitude, 105.0) for latitude, longitude in SAMPLE["latlng"]), start=1
    )
)


@pytest.fixture
def cluster():
    return ClusterFactory(
        name="Hợp Minh", commune=Commune.objects.in_force().get(code="04543"), area_ha=Decimal("39.2")
    )


def test_a_boundary_in_the_wrong_zone_is_told_corrected_and_recorded(new_page, axe, cluster):
    page = new_page(size="phone", language="en", user=person(Role.DEPARTMENT_OFFICER))
    page.goto(reverse("registry:boundary", args=[cluster.code]))
    axe(page)
    page.locator("#id_text").fill(TABLE)
    page.locator("#id_meridian").select_option("105")
    page.locator("form[enctype] button[type=submit]").click()

    page.locator(".boundary-vertex").first.wait_for()
    told = page.locator(".boundary-findings .notice-warning").first.inner_text()
    assert "104°45'" in told
    assert "105°00'" in told
    assert "Phu Tho" in told
    assert overflow(page) <= 0
    axe(page)

    page.locator('button[value="use 104.75:0:"]').click()
    page.locator(".boundary-findings .notice-warning").first.wait_for(state="detached")
    assert page.locator("tr[data-vertex]").count() == 9

    point = page.locator(".boundary-vertex").first
    field = f"#x-{point.get_attribute('data-key')}"
    before = page.locator(field).input_value()
    point.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "([field, before]) => document.querySelector(field).value !== before", arg=[field, before]
    )
    assert page.evaluate("document.activeElement.className").count("boundary-vertex") == 1
    page.locator(field).fill(before)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(field).press("Tab")

    page.locator(f'a[href="{reverse("registry:boundary_record", args=[cluster.code])}"]').click()
    page.locator("#id_number").fill("901/QĐ-UBND")
    page.locator("#id_issued_on").fill("02/11/2026")
    page.locator("#id_boundary_source").fill("Phụ lục 2 Quyết định 901/QĐ-UBND")
    page.locator("#id_reason").fill("Ranh giới theo quyết định mới")
    axe(page)
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url(f"**{reverse('registry:boundary', args=[cluster.code])}")
    page.locator(".boundary-current").wait_for()
    axe(page)
    assert Cluster.objects.get(pk=cluster.pk).boundary["type"] == "Polygon"


def at_the_edge(page, handle):
    """Drag the map until the handle stands at its right edge."""
    frame = page.locator("#boundary-map").bounding_box()
    box = handle.bounding_box()
    # In from the corner, where no point is.
    start = (frame["x"] + 60, frame["y"] + frame["height"] - 60)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + frame["x"] + frame["width"] - box["x"] - box["width"], start[1], steps=3)
    # Rest before letting go: a map thrown goes on moving.
    page.wait_for_timeout(300)
    page.mouse.up()


def test_a_point_is_dragged_added_and_deleted_on_the_map(new_page, cluster):
    page = new_page(user=person(Role.DEPARTMENT_OFFICER))
    # The ground under the map may take long, or never come: the points do not wait for it.
    held = []
    page.route(re.compile(r"/geo/provinces[^/]*\.json"), lambda route: held.append(route))
    page.goto(reverse("registry:boundary", args=[cluster.code]))
    page.locator('button[name="from"][value="square"]').click()
    page.locator(".boundary-vertex").first.wait_for()
    rows = page.locator("tr[data-vertex]")
    assert rows.count() == 4

    before = page.locator("#x-0-0").input_value()
    box = page.locator(".boundary-vertex").first.bounding_box()
    page.mouse.move(box["x"] + 11, box["y"] + 11)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50, steps=4)
    page.mouse.up()
    page.wait_for_function("before => document.querySelector('#x-0-0').value !== before", arg=before)

    # At the very edge of the map, and pressed as long as a hand presses: the map stays where it is meanwhile.
    middle = page.locator(".boundary-middle").first
    at_the_edge(page, middle)
    box = middle.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.up()
    page.locator('tr[data-vertex="0-4"]').wait_for()
    page.locator(".boundary-vertex").nth(2).focus()
    page.keyboard.press("Delete")
    page.locator('tr[data-vertex="0-4"]').wait_for(state="detached")
    assert rows.count() == 4

    assert held
    for route in held:
        route.continue_()
    page.locator("path.map-province").first.wait_for(state="attached")


def test_a_point_moved_while_an_answer_is_on_its_way_stays_where_it_was_put(new_page, cluster):
    page = new_page(user=person(Role.DEPARTMENT_OFFICER))
    page.goto(reverse("registry:boundary", args=[cluster.code]))
    page.locator('button[name="from"][value="square"]').click()
    page.locator(".boundary-vertex").first.wait_for()
    held = []
    page.route(re.compile(r"/boundary/draft/"), lambda route: held.append(route))

    moved_to = []
    for handle in (page.locator(".boundary-vertex").nth(0), page.locator(".boundary-vertex").nth(2)):
        box = handle.bounding_box()
        page.mouse.move(box["x"] + 11, box["y"] + 11)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] + 31, steps=4)
        page.mouse.up()
        moved_to.append((box["x"] + 29, box["y"] + 20))
    ring = json.loads(page.locator("[name=geometry]").input_value())["coordinates"][0]

    # The answer about the first knows nothing of the second.
    for number, corner in enumerate((0, 2)):
        for _turn in range(100):
            if len(held) > number:
                break
            page.wait_for_timeout(50)
        held[number].continue_()
        page.wait_for_function(
            "([corner, at]) => Math.abs(JSON.parse(document.querySelector('#boundary-drawing').textContent)"
            ".draft.coordinates[0][corner][0] - at) < 1e-6",
            arg=[corner, ring[corner][0]],
        )
        page.wait_for_timeout(100)
        box = page.locator(".boundary-vertex").nth(2).bounding_box()
        assert (box["x"], box["y"]) == pytest.approx(moved_to[1], abs=2)
