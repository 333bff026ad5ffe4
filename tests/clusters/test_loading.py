"""What the sources say of the real clusters is read as it is meant; ``loaded.py`` tells what they load to."""

import datetime as dt

import pytest

from clusters.loading.sources import decision_numbers, source_day, split_investor
from clusters.models import Industry


@pytest.mark.parametrize(
    ("text", "day", "kept"),
    [
        ("2026-10-05", dt.date(2026, 10, 5), ""),
        ("2023-03", dt.date(2023, 3, 31), "2023-03"),
        ("2025-12", dt.date(2025, 12, 31), "2025-12"),
        ("2017", dt.date(2017, 12, 31), "2017"),
        ("2026-01..04", dt.date(2026, 4, 30), "2026-01..04"),
        ("", dt.date(2026, 11, 21), "không ghi ngày"),
    ],
)
def test_a_date_that_is_no_day_becomes_its_last_day_and_stays_readable(text, day, kept):
    assert (source_day(text).day, source_day(text).text) == (day, kept)


def test_who_only_proposes_is_no_investor():
    assert split_investor("Công ty CP Phát triển STN (quan tâm)") == ("Công ty CP Phát triển STN", False)
    assert split_investor("Công ty CP PH GREEN") == ("Công ty CP PH GREEN", True)


def test_decisions_are_found_in_a_sentence():
    assert decision_numbers("đc QĐ 545/QĐ-UBND 02/4/2024, QĐ 1471/QĐ-UBND") == [
        ("545/QĐ-UBND", dt.date(2024, 4, 2)),
        ("1471/QĐ-UBND", None),
    ]


@pytest.mark.django_db
def test_both_editions_of_the_industry_classification_are_there():
    assert Industry.objects.filter(edition=2018, level=1).count() == 21
    assert Industry.objects.get(edition=2018, code="1621").parent.code == "162"
    assert Industry.objects.filter(edition=2025).exists()
