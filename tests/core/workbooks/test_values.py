"""Numbers, shares, dates and papers are read as people write them; every doubt is said."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import LAND, MONEY, PLAIN
from core.workbooks.cells import ErrorValue
from core.workbooks.references import Reference, find_references, parse_reference
from core.workbooks.values import (
    Evidence,
    Parsed,
    evidence,
    parse_boolean,
    parse_choice,
    parse_date,
    parse_number,
    parse_percent,
    parse_text,
)

DAY = dt.date(2019, 3, 12)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("44.87", "44.87"),
        ("29,56ha", "29.56"),
        ("75 ha", "75"),
        ("16 ha.", "16"),
        ("2.029,4 ha", "2029.4"),
        ("1 234 567,8", "1234567.8"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        ("-3,5", "-3.5"),
        ("−3", "-3"),
        ("+25 ha", "25"),
        ("5000 m2", "0.5"),
        ("04", "4"),
    ],
)
def test_a_number_is_read_without_doubt(text, number):
    assert parse_number(text, LAND) == Parsed(Decimal(number))


@pytest.mark.parametrize(
    ("text", "number", "part"),
    [
        ("50 ha (31,2), +25 ha", "50", "“(31,2), +25 ha” was left aside"),
        ("16 ha (11,99)", "16", "“(11,99)” was left aside"),
        ("10-15", "10", "is a range"),
        ("10 – 15 ha", "10", "is a range"),
        ("10 đến 15 ha", "10", "is a range"),
        (">95", "95", "is a limit"),
        ("trên 95 ha", "95", "is a limit"),
        ("không quá 75 ha", "75", "is a limit"),
        ("khoảng 75", "75", "approximate"),
        ("~20 ha", "20", "approximate"),
        ("1.234", "1234", "can be 1234 or 1.234; 1234 was taken"),
        ("1,234", "1.234", "can be 1234 or 1.234; 1.234 was taken"),
        ("75 mẫu", "75", "“mẫu” was left aside"),
    ],
)
def test_a_number_in_doubt_says_why(text, number, part):
    parsed = parse_number(text, LAND)
    assert parsed.value == Decimal(number) and parsed.error is None
    assert part in str(parsed.doubt)


@pytest.mark.parametrize("value", ["abc", "đã lấp đầy", "12,34,5", "1.234.5", True, DAY, ErrorValue("#N/A")])
def test_what_is_no_number_is_an_error(value):
    parsed = parse_number(value)
    assert parsed.value is None and parsed.doubt is None and parsed.error


@pytest.mark.parametrize("value", [None, "", "  ", "-", "–", "...", "N/A"])
def test_signs_for_nothing_are_nothing(value):
    assert parse_number(value) == parse_date(value) == parse_reference(value) == Parsed()


def test_money_is_read_with_its_unit():
    assert parse_number("817,3 tỷ", MONEY) == Parsed(Decimal("817300000000"))
    assert parse_number("462 triệu", MONEY) == Parsed(Decimal("462000000"))
    assert parse_number(Decimal(5), {"": Decimal(10) ** 9}) == Parsed(Decimal(5) * 10**9)


def test_a_column_settles_what_one_cell_leaves_open():
    assert evidence(["1.234", "2,5"]).decimal == ","
    assert evidence(["1.234", "2.5"]).decimal == "."
    assert evidence(["1.234.567", "x", None]).decimal == ","
    assert evidence(["1,5", "2.5"]).decimal is None
    assert parse_number("1.234", PLAIN, Evidence(",")) == Parsed(Decimal(1234))
    assert parse_number("1.234", PLAIN, Evidence(".")) == Parsed(Decimal("1.234"))
    assert parse_number("1,234", PLAIN, Evidence(".")) == Parsed(Decimal(1234))


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda number: number + Decimal(0))


@given(numbers, st.sampled_from([(".", ","), (",", "."), (" ", ","), ("", ","), ("", "."), ("\u00a0", ",")]))
def test_a_number_written_in_any_way_is_read_back(number, signs):
    group, decimal = signs
    text = f"{number:,.2f}".replace(",", "G").replace(".", decimal).replace("G", group)
    assert parse_number(text) == Parsed(number)
    assert parse_number(f"{text} ha", LAND) == Parsed(number)


@given(st.integers(0, 10**12), st.sampled_from(".,"))
def test_a_whole_number_is_read_back_by_the_evidence_of_its_column(number, group):
    text = f"{number:,}".replace(",", group)
    assert parse_number(text, PLAIN, Evidence("," if group == "." else ".")) == Parsed(Decimal(number))


@given(st.text(max_size=40))
def test_no_text_breaks_a_parser(text):
    for parse in (parse_number, parse_percent, parse_date, parse_boolean, parse_reference, parse_text):
        parsed = parse(text)
        assert parsed.error is None or parsed.value is None
    evidence([text])


def test_a_share_is_read_as_95_and_as_0_95():
    assert parse_percent("95%") == parse_percent("95") == parse_percent(Decimal(95)) == Parsed(Decimal(95))
    fractions = evidence([Decimal("0.95"), Decimal(1), None, "x"])
    assert fractions.fractions is True
    assert parse_percent(Decimal("0.95"), fractions) == parse_percent("95%", fractions) == Parsed(Decimal(95))
    assert parse_percent(Decimal(1), fractions) == Parsed(Decimal(100))
    mixed = evidence([Decimal("0.5"), Decimal(60)])
    assert mixed.fractions is False and parse_percent(Decimal("0.5"), mixed) == Parsed(Decimal("0.5"))
    assert parse_percent("0,5%") == Parsed(Decimal("0.5"))
    alone = parse_percent("0,95")
    assert alone.value == 95 and str(alone.doubt) == "A share below 1 was read as 95 %."
    bound = parse_percent(">95% (13 dự án)")
    assert bound.value == 95 and "limit" in str(bound.doubt)


@pytest.mark.parametrize(
    "value",
    [
        "12/3/2019",
        "12.3.2019",
        "12-03-2019",
        " 12 / 3 / 2019 ",
        "ngày 12 tháng 3 năm 2019",
        "2019-03-12",
        "2019-03-12 00:00:00",
        Decimal(43536),
        "43536",
        DAY,
        dt.datetime.fromisoformat("2019-03-12T05:30"),
    ],
)
def test_a_date_is_read_day_first_in_every_shape(value):
    assert parse_date(value) == Parsed(DAY)


def test_a_date_in_doubt_says_why():
    doubts = {
        "3/2019": (dt.date(2019, 3, 1), "“3/2019” names no day; 01/03/2019 was taken."),
        "12/3/19": (DAY, "“12/3/19” has a year of two digits; 2019 was taken."),
        "QĐ 5 ngày 12/3/2019": (DAY, "Of “QĐ 5 ngày 12/3/2019” the date 12/03/2019 was taken."),
    }
    for text, expected in doubts.items():
        parsed = parse_date(text)
        assert (parsed.value, str(parsed.doubt)) == expected


@pytest.mark.parametrize(
    "value", ["12/30/2019", "31/2/2019", "abc", Decimal(2019), Decimal(5), Decimal(-1), "2019"]
)
def test_what_is_no_date_is_an_error(value):
    assert parse_date(value).value is None and parse_date(value).error


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)), st.sampled_from("/.-"))
def test_a_date_written_day_first_is_read_back(day, sign):
    assert parse_date(f"{day.day}{sign}{day.month}{sign}{day.year}") == Parsed(day)
    assert parse_date(Decimal((day - dt.date(1899, 12, 30)).days)) == Parsed(day)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        *((value, True) for value in ("Có", "x", True, Decimal(1), "✓", "đã có")),
        *((value, False) for value in ("không", "Chưa có", False, Decimal(0), "-")),
    ],
)
def test_yes_and_no_are_understood(value, answer):
    assert parse_boolean(value) == Parsed(answer)


def test_neither_yes_nor_no_is_an_error():
    assert parse_boolean("có thể").error and parse_boolean(None) == Parsed()


def test_a_choice_is_found_by_any_of_its_names_and_nearly_by_a_misspelt_one():
    options = {"plan": ("Quy hoạch", "Trong quy hoạch"), "run": ("Đang hoạt động", "Hoạt động")}
    assert parse_choice("trong QUY HOACH", options) == Parsed("plan")
    near = parse_choice("Đang hoạt độg", options)
    assert near.value == "run" and "Đang hoạt động" in str(near.doubt)
    assert "Quy hoạch, Đang hoạt động" in str(parse_choice("bỏ", options).error)
    assert parse_choice(None, options) == Parsed()


def test_papers_are_found_in_running_text():
    text = "QĐ 346/QĐ-UBND ngày 27/9/2006; NQ 187/2025/QH15; số 1656 và 1662/QÐ-UBND 30/10/2009"
    assert find_references(text) == [
        Reference("346/QĐ-UBND", dt.date(2006, 9, 27)),
        Reference("187/2025/QH15"),
        Reference("1656/QĐ-UBND", dt.date(2009, 10, 30)),
        Reference("1662/QĐ-UBND", dt.date(2009, 10, 30)),
    ]
    assert parse_reference("Số ABC").error
    assert parse_reference(ErrorValue("#REF!")).error


def test_text_is_single_spaced_and_a_typed_code_keeps_its_digits():
    assert parse_text("  Âu \n Lâu ") == Parsed("Âu Lâu")
    assert parse_text(Decimal(5300123456)) == Parsed("5300123456")
    assert parse_text(ErrorValue("#N/A")).error and parse_text(None) == Parsed()


def test_a_doubt_is_told_in_the_language_of_the_reader():
    with translation.override("vi"):
        assert (
            str(parse_number("12,5 ha (3)").doubt)
            == "Trong “12,5 ha (3)” đã lấy số 12,5; phần “ha (3)” không được đọc."
        )
        assert str(parse_number("1.234").doubt) == "“1.234” có thể là 1234 hoặc 1,234; đã lấy 1234."
