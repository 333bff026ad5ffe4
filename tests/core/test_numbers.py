"""Numbers as people type them, and the fields that take them."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.fields import DongField, HectareField
from core.forms import HectareFormField, MoneyFormField, NumberField, written
from core.numbers import LAND, MONEY, parse_decimal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234 567,8", "1234567.8"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1234.567", "1234.567"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("45 %", "45"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_ways_of_writing_are_understood(typed, number, language):
    with translation.override(language):
        assert parse_decimal(typed) == Decimal(number)


def test_one_separator_before_three_digits_is_read_by_the_language():
    assert parse_decimal("1.234") == 1234
    assert parse_decimal("1,234") == Decimal("1.234")
    with translation.override("en"):
        assert parse_decimal("1.234") == Decimal("1.234")
        assert parse_decimal("1,234") == 1234


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.2.3", "1,23,456", "12,", ".5", "1.234,", "5 cows", "1,5,", "1.23,456.7"]
)
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match=r"1\.234,5"):
        parse_decimal(typed)


def test_units_count_only_where_they_make_sense():
    assert parse_decimal("75 ha", LAND) == 75
    assert parse_decimal("12.500 m2", LAND) == Decimal("1.25")
    assert parse_decimal("1,5 tỷ", MONEY) == 1_500_000_000
    assert parse_decimal("250 triệu đồng", MONEY) == 250_000_000
    with pytest.raises(ValueError, match="75 ha"):
        parse_decimal("75 ha", MONEY)


@given(st.decimals(min_value=0, max_value=10**12, places=4), st.sampled_from(["vi", "en"]))
def test_what_is_written_can_be_typed_back(number, language):
    with translation.override(language):
        assert parse_decimal(written(number)) == number


def test_a_refused_value_is_named_with_the_rule_and_the_remedy():
    with pytest.raises(forms.ValidationError) as refused:
        HectareFormField(max_value=75).clean("80,5")
    message = refused.value.messages[0]
    assert "80,5 ha" in message
    assert "75 ha" in message


def test_land_is_never_negative_and_keeps_its_places():
    field = HectareFormField(decimal_places=5, max_digits=12)
    assert field.clean("12,34567") == Decimal("12.34567")
    with pytest.raises(forms.ValidationError):
        field.clean("-1")
    with pytest.raises(forms.ValidationError):
        field.clean("1,234567")
    with pytest.raises(forms.ValidationError):
        field.clean("10.000.000")


def test_money_is_whole_dong():
    field = MoneyFormField()
    assert field.clean("1,5 tỷ") == Decimal(1_500_000_000)
    with pytest.raises(forms.ValidationError):
        field.clean("1000,5")


def test_an_empty_field_is_nothing_and_not_zero():
    assert NumberField(required=False).clean("") is None
    with pytest.raises(forms.ValidationError):
        NumberField().clean("")


def test_stored_numbers_are_shown_as_the_language_writes_them():
    class Example(forms.Form):
        area = HectareFormField()

    assert 'value="1.234,5"' in str(Example(initial={"area": Decimal("1234.50000")})["area"])
    assert 'inputmode="decimal"' in str(Example()["area"])
    typed = Example({"area": "abc"})
    assert 'value="abc"' in str(typed["area"])
    assert not Example({"area": "1.234,5"}, initial={"area": Decimal("1234.5")}).has_changed()


def test_model_fields_use_these_form_fields():
    assert isinstance(HectareField("area").formfield(), HectareFormField)
    assert isinstance(DongField("money").formfield(), MoneyFormField)
