import json
import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

pytestmark = pytest.mark.django_db


def suggestions(client, **query):
    response = client.get(reverse("places:suggest"), query)
    assert response.status_code == 200
    return response.json()


def test_suggestions_offer_places_in_force_with_their_province(client):
    answer = suggestions(client, q="mau a", levels="commune")
    assert answer["results"][0]["text"] == "Xã Mậu A, Tỉnh Lào Cai"
    assert answer["message"]


def test_a_former_place_brings_what_it_became_with_a_hint(client):
    answer = suggestions(client, q="tỉnh Yên Bái", levels="province")
    assert answer["results"][0]["text"] == "Tỉnh Lào Cai"
    assert "Tỉnh Yên Bái" in answer["results"][0]["hint"]


def test_suggestions_stay_inside_the_province_asked_for(client):
    answer = suggestions(client, q="nghia lo", levels="commune", province="51")
    assert answer["results"][0]["text"] == "Phường Nghĩa Lộ, Tỉnh Quảng Ngãi"
    assert all("Quảng Ngãi" in result["text"] for result in answer["results"])


def test_nothing_typed_suggests_nothing(client):
    assert suggestions(client)["results"] == []


def test_the_lookup_page_lists_the_34_provinces(client):
    html = client.get(reverse("places:lookup")).content.decode()
    assert html.count('href="/places/') >= 34


def test_the_lookup_page_shows_what_a_vanished_district_became(client):
    html = client.get(reverse("places:lookup"), {"q": "huyện Văn Yên"}).content.decode()
    assert "Xã Mậu A" in html
    assert reverse("places:province", args=["lao-cai"]) in html


def test_every_place_found_leads_to_the_clusters_there(client):
    html = client.get(reverse("places:lookup"), {"q": "huyện Trấn Yên"}).content.decode()
    led = re.findall(r'href="(/clusters/[?]q=[^"]+)"', html)
    assert unquote(led[0]).endswith("?q=Huyện Trấn Yên, Tỉnh Yên Bái")
    [place] = client.get(led[0]).context["places"]
    assert place.place.full_name_vi == "Huyện Trấn Yên"


def test_a_province_leads_to_its_clusters(client):
    address = reverse("directory") + "?province=15"
    for page in (
        client.get(reverse("places:lookup"), {"q": "tỉnh Lào Cai"}),
        client.get(reverse("places:province", args=["lao-cai"])),
    ):
        assert f'href="{address}"' in page.content.decode()


def test_the_lookup_page_says_so_when_nothing_is_found(client):
    response = client.get(reverse("places:lookup"), {"q": "Atlantis"})
    assert response.context["matches"] == []


def test_the_page_of_a_province_shows_what_it_was_formed_from(client):
    html = client.get(reverse("places:province", args=["lao-cai"])).content.decode()
    assert "Tỉnh Yên Bái" in html
    assert "Xã Mậu A" in html
    assert "Huyện Văn Yên" in html


def test_a_page_of_a_province_costs_the_same_queries_whatever_its_size(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(reverse("places:province", args=["thanh-hoa"]))


def test_an_unknown_province_has_no_page(client):
    assert client.get(reverse("places:province", args=["atlantis"])).status_code == 404


def test_the_pages_speak_english_too(client):
    with translation.override("en"):
        html = client.get(
            reverse("places:province", args=["lao-cai"]), headers={"accept-language": "en"}
        ).content
    assert b"Lao Cai Province" in html


def test_the_map_base_is_light_and_names_the_archipelagos():
    file = settings.BASE_DIR / "static" / "geo" / "provinces.json"
    assert file.stat().st_size < 120_000
    data = json.loads(file.read_text(encoding="utf-8"))
    assert len(data["features"]) == 34
    assert {label["name_vi"] for label in data["labels"]} >= {"Quần đảo Hoàng Sa", "Quần đảo Trường Sa"}
    assert data["attribution"]
    far_east = {
        feature["id"]
        for feature in data["features"]
        for polygon in feature["geometry"]["coordinates"]
        if polygon[0][0][0] > 111
    }
    assert {"48", "56"} <= far_east


def test_what_was_typed_is_shown_escaped_once(client):
    html = client.get(reverse("places:lookup"), {"q": "<b>&"}).content.decode()
    assert "&lt;b&gt;&amp;”" in html
    assert "<b>&" not in html
    assert "&amp;lt;" not in html
