"""From a pasted table to a recorded boundary, and who may do it."""

import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Function, Role
from clusters.choices import DecisionKind
from clusters.models import Cluster, Decision
from clusters.services.replay import facts_on
from places.vn2000 import from_wgs84, to_wgs84
from tests.clusters.boundaries.addresses import SQUARE
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, DecisionFactory
from tests.pages import PageContract

pytestmark = pytest.mark.django_db
OFFICER = Role.DEPARTMENT_OFFICER


class TestBoundaryPage(PageContract):
    url_name = "registry:boundary"
    function = Function.VIEW_REGISTRY
    is_record = True
    max_queries = 20

    def url_kwargs(self) -> dict[str, Any]:
        self.cluster = ClusterFactory(facts={"boundary": SQUARE})
        return {"code": self.cluster.code}

    def grow(self) -> None:
        # Not as neighbours: whose link is looked up once, for all of them.
        DecisionFactory(cluster=self.cluster)
        ClusterFactory(
            facts={
                "boundary": {
                    "type": "Polygon",
                    "coordinates": [[[105, 21], [105.1, 21], [105, 21.1], [105, 21]]],
                }
            }
        )


def ring_at_home(side: float = 774.6) -> list[tuple[float, float]]:
    """A square of 60 ha in the ward Âu Lâu, in metres of 104°45'."""
    place = commune()
    north, east = from_wgs84(place.longitude, place.latitude, 104.75)
    return [(north, east), (north, east + side), (north + side, east + side), (north + side, east)]


def pasted(ring: list[tuple[float, float]]) -> str:
    return "\n".join(f"{at}\t{x:.3f}\t{y:.3f}".replace(".", ",") for at, (x, y) in enumerate(ring, 1))


def address(name: str, cluster: Cluster) -> str:
    return reverse(f"registry:{name}", args=[cluster.code])


def bring(client: Client, cluster: Cluster, text: str, meridian: str = "") -> Any:
    return client.post(address("boundary", cluster), {"text": text, "meridian": meridian}, follow=True)


def table_of(page: Any) -> dict[str, str]:
    """The fields of the table of points as the page shows them."""
    return {
        f"{axis}-{row.key}": getattr(row, axis)
        for ring in page.context["rings"]
        for row in ring
        for axis in "xy"
    }


@pytest.fixture
def cluster() -> Cluster:
    return ClusterFactory(commune=commune())


def decided(**other: Any) -> dict[str, Any]:
    return {
        "kind": DecisionKind.ADJUST,
        "number": "901/QĐ-UBND",
        "issued_on": "02/11/2026",
        "issuer": "UBND tỉnh Lào Cai",
        "boundary_source": "Phụ lục 2 Quyết định 901/QĐ-UBND",
        "reason": "Ranh giới theo quyết định mới",
        **other,
    }


def test_a_table_in_the_wrong_zone_is_told_corrected_and_recorded(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    wrong = bring(client, cluster, pasted(ring_at_home()), "105")
    assert "104°45&#x27;" in wrong.content.decode()
    right = client.post(address("boundary_draft", cluster), {"op": "use 104.75:0:"}, follow=True)
    assert [one.level for one in right.context["check"].findings] == ["ok"] * 4
    assert Cluster.objects.get(pk=cluster.pk).boundary is None

    response = client.post(address("boundary_record", cluster), decided())

    assert response["Location"] == address("boundary", cluster)
    after = Cluster.objects.get(pk=cluster.pk)
    decision = Decision.objects.get(cluster=cluster, number="901/QĐ-UBND")
    assert after.boundary["type"] == "Polygon"
    assert after.boundary_source == "Phụ lục 2 Quyết định 901/QĐ-UBND"
    assert facts_on(after).source_of("boundary") == decision
    assert decision.sets_area_ha is None
    assert next(row for row in decision.checklist if row["code"] == "V53")["outcome"] == "met"
    corner = to_wgs84(*ring_at_home()[0], 104.75)
    assert min(abs(x - corner[0]) + abs(y - corner[1]) for x, y in after.boundary["coordinates"][0]) < 1e-8
    assert client.get(address("boundary_draft", cluster)).status_code == 302


def test_a_warning_asks_for_a_reason_before_it_is_recorded(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    bring(client, cluster, pasted(ring_at_home(side=900)))
    refused = client.post(address("boundary_record", cluster), decided())
    assert refused.status_code == 422
    assert "warning_reason" in refused.context["form"].errors
    assert Cluster.objects.get(pk=cluster.pk).boundary is None
    answer = client.post(
        address("boundary_record", cluster),
        decided(warning_reason="Diện tích ghi theo bản đồ cũ", area_ha=""),
    )
    assert answer.status_code == 302
    assert "bản đồ cũ" in Decision.objects.get(number="901/QĐ-UBND").reason


def test_the_area_can_be_laid_down_with_the_boundary(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    bring(client, cluster, pasted(ring_at_home(side=800)))
    data = decided(area_ha="64", warning_reason="Diện tích mới theo chính quyết định này")
    assert client.post(address("boundary_record", cluster), data).status_code == 302
    assert Cluster.objects.get(pk=cluster.pk).area_ha == Decimal(64)


def test_a_boundary_that_crosses_itself_is_recorded_only_after_mending(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    a, b, c, d = ring_at_home()
    page = bring(client, cluster, pasted([a, c, b, d]))
    assert not page.context["check"].is_sound
    assert client.get(address("boundary_record", cluster))["Location"] == address("boundary_draft", cluster)
    mended = client.post(address("boundary_draft", cluster), {"op": "mend"}, follow=True)
    assert mended.context["check"].is_sound
    assert client.get(address("boundary_record", cluster)).status_code == 200


def test_a_drawing_mistake_is_corrected_in_the_record_that_laid_the_boundary_down(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    earlier = DecisionFactory(
        cluster=cluster, sets={"boundary": SQUARE, "main_lines": "Cơ khí"}, issued_on=dt.date(2026, 5, 4)
    )
    bring(client, cluster, pasted(ring_at_home()))
    url = f"{address('boundary_record', cluster)}?as=correction"
    page = client.get(url)
    assert page.context["form"].initial["record"] == earlier
    answer = client.post(
        url,
        {
            "record": earlier.pk,
            "boundary_source": "Bảng tọa độ",
            "reason": "Vẽ sai ranh giới",
            "seen": page.context["form"].initial["seen"],
        },
    )
    assert answer.status_code == 302
    mended = Decision.objects.get(corrects=earlier)
    assert mended.kind == DecisionKind.CORRECT
    assert mended.sets_main_lines == "Cơ khí"
    assert mended.number == earlier.number
    after = Cluster.objects.get(pk=cluster.pk)
    assert facts_on(after).source_of("boundary") == mended
    assert after.main_lines == "Cơ khí"


def test_somebody_else_s_record_in_the_meantime_is_shown_first(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    bring(client, cluster, pasted(ring_at_home()))
    url = f"{address('boundary_record', cluster)}?as=correction"
    initial = client.get(url).context["form"].initial
    DecisionFactory(cluster=cluster)
    data = {"record": initial["record"].pk, "boundary_source": "x", "reason": "y", "seen": initial["seen"]}
    refused = client.post(url, data)
    assert refused.status_code == 422
    data["seen"] = refused.context["form"]["seen"].value()
    assert client.post(url, data).status_code == 302


def test_points_are_moved_added_and_deleted_in_the_table(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    draft = address("boundary_draft", cluster)
    fields = table_of(bring(client, cluster, pasted(ring_at_home())))
    moved = client.post(draft, {**fields, "x-0-1": "2.397.000,5"}, follow=True)
    assert table_of(moved)["x-0-1"] == "2397000,500"
    added = client.post(draft, {**table_of(moved), "op": "insert 0-0"}, follow=True)
    assert len(table_of(added)) == 10
    deleted = client.post(draft, {**table_of(added), "op": "delete 0-1"}, follow=True)
    assert table_of(deleted) == table_of(moved)


def test_a_cell_that_cannot_be_read_changes_nothing_and_is_named(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    fields = table_of(bring(client, cluster, pasted(ring_at_home())))
    page = client.post(address("boundary_draft", cluster), {**fields, "y-0-2": "51x", "x-0-3": ""})
    assert page.status_code == 422
    assert len(page.context["problems"]) == 2
    assert "51x" in page.context["problems"][0]
    assert table_of(page) == fields


def test_the_last_three_points_of_the_only_ring_stay(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    fields = table_of(bring(client, cluster, pasted(ring_at_home()[:3])))
    page = client.post(address("boundary_draft", cluster), {**fields, "op": "delete 0-0"})
    assert page.context["problems"]


def test_a_polygon_from_the_map_becomes_the_draft_and_answers_with_the_panel(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    bring(client, cluster, pasted(ring_at_home()))
    answer = client.post(
        address("boundary_draft", cluster),
        {"op": "map", "geometry": json.dumps(SQUARE)},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert b"<html" not in answer.content
    assert len(answer.context["rings"][0]) == 4
    for broken in (
        "",
        "{",
        '{"type": "Point", "coordinates": [1, 2]}',
        json.dumps({"type": "Polygon", "coordinates": [[[1, 2], [1, 2]]]}),
    ):
        page = client.post(address("boundary_draft", cluster), {"op": "map", "geometry": broken})
        assert page.context["problems"], broken


def test_the_same_numbers_are_read_with_another_meridian(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    page = bring(client, cluster, pasted(ring_at_home()))
    again = client.post(
        address("boundary_draft", cluster), {"op": "meridian", "meridian": "105"}, follow=True
    )
    assert table_of(again) == table_of(page)
    assert again.context["check"].warnings
    for wrong in ("", "99"):
        refused = client.post(address("boundary_draft", cluster), {"op": "meridian", "meridian": wrong})
        assert refused.context["problems"]


def test_a_draft_starts_from_the_recorded_boundary_or_from_a_square_of_the_right_size(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    square = client.post(address("boundary_start", cluster), {"from": "square"}, follow=True)
    assert square.context["check"].area_ha == pytest.approx(Decimal(60), abs=Decimal("0.1"))
    DecisionFactory(cluster=cluster, sets={"boundary": SQUARE})
    current = client.post(address("boundary_start", cluster), {"from": "current"}, follow=True)
    assert len(table_of(current)) == 8
    thrown = client.post(address("boundary_draft", cluster), {"op": "discard"})
    assert thrown["Location"] == address("boundary", cluster)
    swapped = client.post(address("boundary_draft", cluster), {"op": "map"}, headers={"HX-Request": "true"})
    assert swapped["HX-Redirect"] == address("boundary", cluster)


def test_where_papers_use_several_meridians_the_person_is_asked(client_of: Callable[..., Client]) -> None:
    from tests.factories.accounts import GIA_LAI, TAY_SON, province

    place = commune(TAY_SON)
    cluster = ClusterFactory(province=province(GIA_LAI), commune=place)
    client = client_of(OFFICER, province_code=GIA_LAI)
    north, east = from_wgs84(place.longitude, place.latitude, 108.25)
    text = pasted([(north, east), (north, east + 700), (north + 700, east)])
    asked = bring(client, cluster, text)
    assert asked.status_code == 422
    assert "108°15" in asked.context["form"].errors["meridian"][0]
    assert "108°30" in asked.context["form"].errors["meridian"][0]
    stated = bring(client, cluster, f"Kinh tuyến trục: 108°15'\n{text}")
    assert stated.redirect_chain
    assert bring(client, cluster, text, "108.25").context["check"].findings


def test_nothing_a_wrong_kind_and_a_file_are_taken_as_they_should(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(OFFICER)
    assert client.post(address("boundary", cluster), {}).status_code == 422
    wrong = io.BytesIO(b"%PDF-1.7")
    wrong.name = "ban-do.pdf"
    assert "file" in client.post(address("boundary", cluster), {"file": wrong}).context["form"].errors
    right = io.BytesIO(json.dumps(SQUARE).encode())
    right.name = "ranh-gioi.geojson"
    page = client.post(address("boundary", cluster), {"file": right}, follow=True)
    assert page.context["draft"].origin == "ranh-gioi.geojson"


def test_who_may_only_read_checks_a_boundary_and_does_not_record_it(
    client_of: Callable[..., Client], cluster: Cluster
) -> None:
    client = client_of(Role.CONSULTED_OFFICER)
    page = bring(client, cluster, pasted(ring_at_home()))
    assert page.context["check"].is_sound
    assert address("boundary_record", cluster) not in page.content.decode()
    assert client.get(address("boundary_record", cluster)).status_code == 403


def test_a_draft_belongs_to_one_person(client_of: Callable[..., Client], cluster: Cluster) -> None:
    bring(client_of(OFFICER), cluster, pasted(ring_at_home()))
    other = client_of(OFFICER)
    assert other.get(address("boundary_draft", cluster)).status_code == 302
    assert client_of(OFFICER, province_code="52").get(address("boundary_draft", cluster)).status_code == 404
