"""Money in words says what the digits say."""

from decimal import Decimal

import pytest
from django.utils import translation

from core.amounts import dong_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("420000000000", "420 tỷ đồng"),
        ("1234500000000", "1.234 tỷ 500 triệu đồng"),
        ("1000000001", "1 tỷ 1 đồng"),
        ("12345", "12 nghìn 345 đồng"),
        ("0", "0 đồng"),
    ],
)
def test_an_amount_is_said_without_rounding(amount, words):
    assert dong_in_words(Decimal(amount)) == words


def test_an_amount_is_said_in_english():
    with translation.override("en"):
        assert dong_in_words(Decimal(1234500000000)) == "1,234 billion 500 million dong"
