"""Numbers, days and money as official papers write them."""

import datetime as dt
from decimal import Decimal

import pytest

from core.office import vietnamese as vi


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("1234.5"), 2, "1.234,50"),
        (Decimal("-0.25"), None, "-0,25"),
        (1_000_000, None, "1.000.000"),
        (Decimal("100"), None, "100"),
        (Decimal("1E+3"), None, "1.000"),
        (0, None, "0"),
    ],
)
def test_numbers_have_dots_between_thousands_and_a_decimal_comma(value, places, written):
    assert vi.number_vi(value, places) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 11, 5), "ngày 05 tháng 11 năm 2026"),
        (dt.date(2026, 9, 15), "ngày 15 tháng 9 năm 2026"),
        (dt.date(2026, 2, 1), "ngày 01 tháng 02 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_get_a_zero(day, written):
    assert vi.day_vi(day) == written


def test_moments_say_hour_and_day():
    moment = dt.datetime(2026, 11, 5, 8, 5, tzinfo=dt.UTC)
    assert vi.moment_vi(moment) == "08 giờ 05 phút, ngày 05 tháng 11 năm 2026"
    assert vi.short_moment_vi(moment) == "08:05 05/11/2026"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("250000000000"), "250 tỷ đồng"),
        (Decimal("250123000000"), "250,123 tỷ đồng"),
        (Decimal("250123400000"), "250.123,4 triệu đồng"),
        (Decimal("1500000"), "1,5 triệu đồng"),
        (Decimal("1500001"), "1.500.001 đồng"),
        (Decimal("0"), "0 đồng"),
    ],
)
def test_money_is_written_in_the_largest_unit_that_leaves_it_exact(amount, written):
    assert vi.money_vi(amount) == written


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (34_055, "ba mươi tư nghìn không trăm năm mươi lăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1_000_001, "một triệu không trăm linh một"),
        (425_750_000_000, "bốn trăm hai mươi lăm tỷ bảy trăm năm mươi triệu"),
        (1_234_000_000_000, "một nghìn hai trăm ba mươi tư tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_numbers_are_read_as_people_read_them(value, words):
    assert vi.words_vi(value) == words


def test_an_amount_in_words_begins_with_a_capital():
    assert vi.money_words_vi(Decimal("1500000")) == "Một triệu năm trăm nghìn đồng"


@pytest.mark.parametrize(("size", "written"), [(12, "12 B"), (1536, "1,5 KB"), (8_455_120, "8,1 MB")])
def test_sizes_are_written_in_the_unit_that_fits(size, written):
    assert vi.size_vi(size) == written
