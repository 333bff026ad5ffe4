import datetime as dt

import pytest

from core import reference
from core.models import ReferenceLoad
from places.models import Commune, CommuneSuccession, District, Province, Region
from places.services import load_places
from places.services.loading import write_places

pytestmark = pytest.mark.django_db


def counts():
    return {
        "regions": Region.objects.count(),
        "provinces": Province.objects.in_force().count(),
        "former provinces": Province.objects.abolished().count(),
        "districts": District.objects.count(),
        "communes": Commune.objects.in_force().count(),
        "former communes": Commune.objects.abolished().count(),
        "successions": CommuneSuccession.objects.count(),
    }


EXPECTED = {
    "regions": 6,
    "provinces": 34,
    "former provinces": 63,
    "districts": 696,
    "communes": 3321,
    "former communes": 10033,
    "successions": 10571,
}


def test_every_unit_of_today_and_before_is_there():
    assert counts() == EXPECTED


def test_loading_again_changes_nothing_and_keeps_the_keys():
    before = dict(Commune.objects.order_by("pk").values_list("pk", "code"))
    write_places()
    assert counts() == EXPECTED
    assert dict(Commune.objects.order_by("pk").values_list("pk", "code")) == before


def test_unchanged_files_are_not_loaded_twice(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert load_places() is False


def test_changed_files_are_loaded_again(tmp_path):
    calls = []

    def loader():
        calls.append(1)

    file = tmp_path / "a.csv"
    file.write_text("1")
    assert reference.load_once("sample", [file], loader)
    assert not reference.load_once("sample", [file], loader)
    file.write_text("2")
    assert reference.load_once("sample", [file], loader)
    assert len(calls) == 2
    assert ReferenceLoad.objects.filter(name="sample").count() == 1


def test_a_loader_that_fails_leaves_no_digest(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("1")

    def loader():
        raise ValueError("broken row")

    with pytest.raises(ValueError, match="broken row"):
        reference.load_once("sample", [file], loader)
    assert not ReferenceLoad.objects.filter(name="sample").exists()


def test_every_commune_in_force_has_a_point_inside_its_box():
    for commune in Commune.objects.in_force():
        assert commune.min_longitude <= commune.longitude <= commune.max_longitude
        assert commune.min_latitude <= commune.latitude <= commune.max_latitude


def test_every_former_commune_went_somewhere_in_force():
    assert not Commune.objects.abolished().filter(succession_to=None).exists()
    assert not Province.objects.abolished().filter(successor=None).exists()
    assert not District.objects.filter(succession_to=None).exists()


def test_the_day_decides_which_provinces_there_are():
    assert Province.objects.in_force(dt.date(2024, 1, 1)).count() == 63
    assert Province.objects.in_force(dt.date(2025, 6, 30)).count() == 63
    assert Province.objects.in_force(dt.date(2025, 7, 1)).count() == 34
    assert Commune.objects.in_force(dt.date(2024, 1, 1)).count() == 10033


def test_old_papers_keep_the_kind_of_their_time():
    dong_nai = Province.objects.in_force().get(code="75")
    assert dong_nai.full_name_on(dt.date(2026, 1, 15)) == "Tỉnh Đồng Nai"
    assert dong_nai.full_name_on(dt.date(2026, 4, 30)) == "Thành phố Đồng Nai"
    assert dong_nai.kind_basis == "30/2026/QH16"


def test_former_units_keep_their_names_districts_and_provinces():
    mau_a = Commune.objects.abolished().get(code="04375")
    assert mau_a.full_name_vi == "Thị trấn Mậu A"
    assert mau_a.district.full_name_vi == "Huyện Văn Yên"
    assert mau_a.province.full_name_vi == "Tỉnh Yên Bái"


def test_no_two_communes_of_a_province_share_a_full_name():
    names = list(Commune.objects.in_force().values_list("province", "full_name_vi"))
    assert len(names) == len(set(names))
