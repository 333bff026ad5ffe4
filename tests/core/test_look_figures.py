"""Figures as a person reads them, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.templatetags import portal

NBSP = "\u00a0"


def in_language(language: str, text: str, **context: object) -> str:
    with translation.override(language):
        return Template("{% load portal %}" + text).render(Context(context)).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "expected"), [("vi", "1.234,5 ha"), ("en", "1,234.5 ha")], ids=["vietnamese", "english"]
)
def test_land_is_written_in_hectares_without_trailing_zeros(language: str, expected: str) -> None:
    assert in_language(language, "{{ area|ha }}", area=Decimal("1234.50000")) == expected


@pytest.mark.parametrize(
    ("amount", "vietnamese", "english"),
    [
        (950_000, "950.000 đồng", "950,000 dong"),
        (12_500_000, "12,5 triệu đồng", "12.5 million dong"),
        (1_234_560_000_000, "1.234,6 tỷ đồng", "1,234.6 billion dong"),
        (-2_000_000_000, "-2 tỷ đồng", "-2 billion dong"),
    ],
)
def test_money_is_scaled_and_names_its_unit(amount: int, vietnamese: str, english: str) -> None:
    assert in_language("vi", "{{ amount|dong }}", amount=amount) == vietnamese
    assert in_language("en", "{{ amount|dong }}", amount=amount) == english


def test_a_share_that_cannot_be_computed_is_not_zero() -> None:
    assert in_language("vi", "{{ share|percent }}", share=None) == "không tính được"
    assert in_language("en", "{{ share|percent }}", share=None) == "not computable"
    assert in_language("vi", "{{ share|percent }}", share=0) == "0 %"
    assert in_language("vi", "{{ share|percent }}", share=Decimal("43.149")) == "43,1 %"


@pytest.mark.parametrize("name", ["number", "ha", "dong", "day", "moment"])
def test_a_missing_figure_is_a_dash_and_never_zero(name: str) -> None:
    assert in_language("vi", f"{{{{ figure|{name} }}}}", figure=None) == "–"


def test_large_whole_numbers_keep_every_digit() -> None:
    assert in_language("vi", "{{ n|number }}", n=12345678) == "12.345.678"
    assert in_language("en", "{{ n|number:0 }}", n=Decimal("1999.5")) == "2,000"


def test_dates_follow_the_portals_time_zone() -> None:
    evening = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)  # already the third of November in Viet Nam

    assert portal.day(evening) == "03/11/2026"
    assert portal.iso(evening) == "2026-11-03"
    assert portal.moment(evening) == "01:30 03/11/2026"
    assert portal.day(date(2026, 11, 3)) == "03/11/2026"


@time_machine.travel(datetime(2026, 11, 21, 5, tzinfo=UTC), tick=False)
def test_a_figure_is_stale_after_its_days_or_without_a_date() -> None:
    assert not portal.is_stale(date(2026, 11, 17), 4)
    assert portal.is_stale(date(2026, 11, 16), 4)
    assert portal.is_stale(None, 4)
    assert in_language("en", "{{ d|age }}", d=date(2026, 11, 20)) == "1 day ago"
    assert in_language("vi", "{{ d|age }}", d=date(2026, 11, 2)) == "19 ngày trước"


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in portal.icon("search")
    assert 'aria-label="a &lt; b"' in portal.icon("search", "a < b")


def test_a_menu_entry_without_a_page_does_not_show() -> None:
    request = RequestFactory().get("/accounts/login/")

    shown = Template(
        '{% load portal %}{% nav_link "no-such-page" "Nowhere" %}{% nav_link "account_login" "In" %}'
    )
    html = shown.render(Context({"request": request}))

    assert "Nowhere" not in html
    assert '<a href="/accounts/login/" aria-current="page">' in html


def test_page_numbers_show_first_last_and_the_neighbourhood() -> None:
    page = Paginator(list(range(200)), 10).page(10)

    assert portal.page_numbers(page) == [1, None, 8, 9, 10, 11, 12, None, 20]


def test_page_sizes_mark_the_present_one() -> None:
    present = [
        size
        for size, _, is_present in portal.page_sizes(Paginator(list(range(200)), 20).page(1))
        if is_present
    ]
    everything = [
        size
        for size, _, is_present in portal.page_sizes(Paginator(list(range(11)), 100_000).page(1))
        if is_present
    ]

    assert present == ["20"]
    assert everything == ["all"]


def test_a_new_page_size_starts_at_the_first_page_and_keeps_the_filter() -> None:
    context = Context({"request": RequestFactory().get("/", {"q": "phú", "page": "7"})})

    assert portal.page_query(context, "per_page", 50) == "?q=ph%C3%BA&per_page=50"
    assert portal.page_query(context, "page", 8) == "?q=ph%C3%BA&page=8"


def test_no_page_sizes_are_offered_for_what_fits_on_the_smallest_page() -> None:
    assert portal.page_sizes(Paginator(list(range(10)), 20).page(1)) == []


def test_an_e_mail_address_breaks_behind_its_at_and_nothing_in_it_is_markup() -> None:
    assert in_language("vi", "{{ one|email }}", one="a.b@demo.example") == "a.b@<wbr>demo.example"
    assert in_language("vi", "{{ one|email }}", one="<b>@x") == "&lt;b&gt;@<wbr>x"
