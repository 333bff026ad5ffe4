"""Tax codes are read as they stand on certificates, and personal numbers stay private."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from clusters.services.tax import CHECK_DIGIT, clean_tax_code, is_personal, masked

with (Path(settings.BASE_DIR) / "data/tax/tax_code_tests.csv").open(
    encoding="utf-8-sig", newline=""
) as _file:
    CODES = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", CODES, ids=lambda row: row["tax_code"])
def test_a_code_is_taken_exactly_when_the_law_issues_it(row):
    if row["valid_own_implementation"] == "yes":
        assert clean_tax_code(row["tax_code"]).replace("-", "") == row["tax_code"].replace("-", "")
    else:
        with pytest.raises(ValidationError):
            clean_tax_code(row["tax_code"])


def test_a_branch_is_stored_with_its_hyphen_however_it_is_typed():
    assert clean_tax_code("0100109106001") == clean_tax_code("0100109106-001") == "0100109106-001"


def test_only_a_failed_check_digit_can_be_confirmed():
    with pytest.raises(ValidationError) as failed:
        clean_tax_code("0100109107")
    assert failed.value.code == CHECK_DIGIT
    with pytest.raises(ValidationError) as broken:
        clean_tax_code("01001091")
    assert broken.value.code != CHECK_DIGIT
    assert "01001091" in broken.value.messages[0]


def test_a_personal_number_is_taken_and_masked():
    assert clean_tax_code("015090001234") == "015090001234"
    assert is_personal("015090001234")
    assert masked("015090001234") == "•••••••••234"
    assert masked("0100109106") == "0100109106"


def test_a_personal_number_of_no_province_is_refused():
    with pytest.raises(ValidationError):
        clean_tax_code("097090001234")
