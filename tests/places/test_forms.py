import pytest
from django import forms
from django.core.exceptions import ValidationError

from places.forms import CommuneChoiceField, PlaceField, ProvinceChoiceField
from places.models import Commune, Province
from places.suggestions import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["Lào Cai", "lao cai", "tỉnh Yên Bái", "15", "Tỉnh Lào Cai", "Lao Cai Province"]
)
def test_a_province_is_read_from_any_name_it_had_or_its_code(text):
    assert ProvinceChoiceField().clean(text).code == "15"


@pytest.mark.parametrize("text", ["Mậu A", "xã mau a", "Xã Mậu A, Tỉnh Lào Cai", "04375", "mau a, yen bai"])
def test_a_commune_is_read_with_or_without_tones(text):
    assert CommuneChoiceField().clean(text).full_name_vi == "Xã Mậu A"


def test_tone_marks_decide_between_names_that_fold_alike():
    assert CommuneChoiceField().clean("Yên Bái").full_name_vi == "Phường Yên Bái"
    assert CommuneChoiceField().clean("Yên Bài").full_name_vi == "Xã Yên Bài"


def test_an_ambiguous_name_is_an_error_that_names_the_candidates():
    with pytest.raises(ValidationError) as error:
        CommuneChoiceField().clean("yen bai")
    assert error.value.code == "several_places"
    assert "Phường Yên Bái, Tỉnh Lào Cai" in error.value.messages[0]
    assert "Xã Yên Bài, Thành phố Hà Nội" in error.value.messages[0]


def test_a_vanished_district_is_an_error_that_names_what_it_became():
    with pytest.raises(ValidationError) as error:
        CommuneChoiceField().clean("huyện Văn Yên")
    assert error.value.code == "several_places"
    assert "Lào Cai" in error.value.messages[0]


def test_an_unknown_name_is_an_error_with_the_name():
    with pytest.raises(ValidationError) as error:
        PlaceField().clean("Atlantis")
    assert error.value.code == "unknown_place"
    assert "Atlantis" in error.value.messages[0]


def test_a_province_narrows_the_communes():
    province = Province.objects.in_force().get(code="51")
    commune = CommuneChoiceField(province=province).clean("nghia lo")
    assert commune.province == province


def test_an_optional_field_may_stay_empty():
    assert CommuneChoiceField(required=False).clean("") is None


def test_what_a_field_shows_reads_back_as_the_same_place():
    field = CommuneChoiceField()
    for commune in Commune.objects.in_force().filter(province__code="15").select_related("province"):
        assert field.clean(address(commune)) == commune


def test_the_widget_is_a_plain_input_that_knows_where_suggestions_come_from():
    class Form(forms.Form):
        commune = CommuneChoiceField()

    form = Form()
    form.fields["commune"].province = Province.objects.in_force().get(code="15")
    html = form["commune"].as_widget()
    assert 'type="text"' in html
    assert "levels=commune" in html
    assert "province=15" in html
    assert "province" not in Form()["commune"].as_widget()
