"""Folding for search and order of Vietnamese names."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, sort_key

IN_ORDER = [
    "7",
    "An Giang",
    "Ang",
    "Áng",
    "Ăng",
    "Âng",
    "Bà Rịa",
    "Bắc Ninh",
    "Bình Phú",
    "Cà Mau",
    "Da",
    "Đa",
    "Đắk Lắk",
    "Đồng Nai",
    "Hà Nội",
    "Hải Phòng",
    "Lam",
    "Lâm Đồng",
    "Ma",
    "Mà",
    "Mả",
    "Mã",
    "Má",
    "Mạ",
    "O",
    "Ô",
    "Ơ",
    "Phú Nghĩa",
    "Phú Nghĩa 2",
    "Phú Nghĩa 10",
    "Thanh Hóa",
    "Thành Hóa",
    "U",
    "Ư",
    "Yên Bái",
]


def test_names_are_in_the_order_of_a_vietnamese_dictionary():
    shuffled = random.sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Yên  Bái", "yen bai"),
        ("ĐẮK LẮK", "dak lak"),
        ("Thừa Thiên – Huế", "thua thien hue"),
        ("Cụm CN Phú Nghĩa (2)", "cum cn phu nghia 2"),
        ("Ho\u0300a Bi\u0300nh", "hoa binh"),
        ("", ""),
    ],
)
def test_folded_text_has_no_marks_and_single_spaces(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắốợ0123456789 -", max_size=30))
def test_case_does_not_change_the_order(text):
    assert sort_key(text.upper()) == sort_key(text)


@given(st.text())
def test_the_key_is_made_of_what_every_collation_orders_alike(text):
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
