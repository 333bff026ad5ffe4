import pytest
from django.db import connection

from places.choices import SuccessionKind
from places.models import Commune
from places.names import NameQuery
from places.resolution import How, resolve_commune
from places.search import communes_of, find_places

pytestmark = pytest.mark.django_db


def found(text, **kwargs):
    return [(match.level, match.place.full_name_vi, match.in_force) for match in find_places(text, **kwargs)]


@pytest.mark.parametrize("text", ["yen bai", "Yên Bái", "YÊN BÁI", "tỉnh Yên Bái", "t. yen bai"])
def test_a_vanished_province_shows_what_it_became(text):
    match = next(match for match in find_places(text) if match.place.full_name_vi == "Tỉnh Yên Bái")
    assert not match.in_force
    assert [item.place.full_name_vi for item in match.became] == ["Tỉnh Lào Cai"]


def test_typed_tone_marks_come_first():
    assert found("Yên Bái")[0] == ("commune", "Phường Yên Bái", True)
    assert found("Yên Bài")[0] == ("commune", "Xã Yên Bài", True)


@pytest.mark.parametrize("text", ["huyện Văn Yên", "h. van yen", "van yen, yen bai", "Văn Yên, Lào Cai"])
def test_a_vanished_district_shows_every_commune_it_became(text):
    match = find_places(text)[0]
    assert (match.level, match.place.code, match.in_force) == ("district", "136", False)
    names = [item.place.full_name_vi for item in match.became]
    assert {"Xã Mậu A", "Xã Xuân Ái"} <= set(names)
    assert len(names) == 9


def test_a_name_that_is_both_a_commune_of_today_and_a_vanished_district_gives_both():
    assert found("Thạch Thất")[:2] == [
        ("commune", "Xã Thạch Thất", True),
        ("district", "Huyện Thạch Thất", False),
    ]


def test_a_vanished_commune_shows_where_each_part_went():
    match = find_places("Bình Yên, Thạch Thất")[0]
    assert match.place.full_name_vi == "Xã Bình Yên"
    assert [item.place.full_name_vi for item in match.became] == ["Xã Hạ Bằng", "Xã Hòa Lạc"]
    assert {item.kind for item in match.became} <= set(SuccessionKind.values)


def test_a_district_without_communes_became_a_special_zone():
    match = next(match for match in find_places("Hoàng Sa") if match.level == "district")
    assert [item.place.full_name_vi for item in match.became] == ["Đặc khu Hoàng Sa"]


@pytest.mark.parametrize(
    "text", ["Văn Yên", "h. van yen", "Bình Yên, Thạch Thất", "an", "x. Mậu A", "yen bai"]
)
def test_a_complete_name_finds_those_of_the_name_and_not_those_it_stands_in(text):
    name = NameQuery.parse(text.split(",")[0])
    every = [match for match in find_places(text, limit=500) if f"|{name.full}|" in match.place.search]
    whole = find_places(text, limit=500, is_whole=True)
    assert [match.address for match in whole] == [match.address for match in every]


def test_an_earlier_name_still_finds_its_commune():
    assert ("commune", "Phường Trúc Bạch", False) in found("Nguyễn Trung Trực")


def test_a_complete_name_is_looked_up_in_the_index_over_the_names():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Commune.objects.filter(NameQuery.parse("Yên Bái").exact()).order_by().explain()
    assert "commune_by_names" in plan


def test_a_name_with_an_apostrophe_is_found_without_it():
    assert ("commune", "Xã M'Drắk", True) in found("mdrak")


def test_a_unit_carried_over_unchanged_appears_once():
    assert found("Hà Nội", levels=["province"]) == [("province", "Thành phố Hà Nội", True)]


def test_a_kind_of_before_still_finds_the_unit():
    assert found("tỉnh Quảng Ninh", levels=["province"])[0] == ("province", "Thành phố Quảng Ninh", True)


@pytest.mark.parametrize("text", ["", "  ", "---", "|", "%"])
def test_nothing_typed_finds_nothing(text):
    assert find_places(text) == []


def test_the_number_of_queries_does_not_grow_with_the_places_found(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert len(find_places("an")) == 20


def test_the_communes_of_a_vanished_district_are_those_it_became():
    assert communes_of("huyện Văn Yên").count() == 9
    assert communes_of("Lào Cai").filter(province__code="15").count() == 99
    assert set(communes_of("tỉnh Yên Bái").values_list("province__code", flat=True)) == {"15"}
    assert not communes_of("no such place").exists()


@pytest.mark.parametrize(
    ("address", "commune", "how"),
    [
        (("15", "", "Mậu A"), "Xã Mậu A", How.IN_FORCE),
        (("15", "Văn Yên", "TT. Mậu A"), "Xã Mậu A", How.FORMER),
        (("10", "huyện Bảo Thắng", "xã Gia Phú"), "Xã Gia Phú", How.FORMER),
        (("01", "Thạch Thất", "Bình Yên"), None, How.SPLIT),
        (("15", "Văn Yên", ""), None, How.DISTRICT),
        (("15", "", "nowhere"), None, How.UNKNOWN),
        (("00", "", "Mậu A"), None, How.UNKNOWN),
    ],
)
def test_an_old_address_is_read_as_a_commune_in_force_or_as_candidates(address, commune, how):
    resolution = resolve_commune(*address)
    assert (resolution.commune.full_name_vi if resolution.commune else None) == commune
    assert resolution.how == how
    if how in {How.SPLIT, How.DISTRICT}:
        assert len(resolution.candidates) > 1
