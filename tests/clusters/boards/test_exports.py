"""Findings as files: the same CSV and workbook as a list, with everything that is found."""

import csv
import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from core.lists import plain
from tests.clusters.boards.test_pages import OFFICER, QUALITY_PAGE, WATCH_PAGE, busy_cluster
from tests.factories.accounts import commune, province

pytestmark = pytest.mark.django_db
NO_PLANT = reverse("registry:watch_check", args=["W06"])


def content(client: Client, url: str, **query: object) -> bytes:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes a CSV file without this mark for another alphabet"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def sheets(raw: bytes) -> tuple[list[tuple], dict[str, str]]:
    book = load_workbook(io.BytesIO(raw))
    rows, about = book.worksheets
    return list(rows.values), dict(about.values)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_finding_stands_with_rule_numbers_article_and_the_way_to_mend_it(
    client_of: Callable[..., Client], form: str
) -> None:
    cluster = busy_cluster(commune=commune(), name="Cụm thử Đồng Tuyển")
    busy_cluster(province=province("52"))

    raw = content(client_of(OFFICER), NO_PLANT, export=form)
    head, *rows = lines(raw) if form == "csv" else sheets(raw)[0]

    assert list(head[2:6]) == ["Mã", "Cụm công nghiệp", "Xã, phường, đặc khu", "Tỉnh, thành phố"]
    assert len(rows) == 1
    assert {"W06", cluster.code, cluster.name, commune().full_name} <= set(rows[0])
    assert any("Điều 2" in str(value) for value in rows[0])
    assert str(rows[0][-1]).endswith(reverse("registry:wastewater_edit", args=[cluster.code]))


def test_a_name_that_looks_like_a_formula_is_never_run(client_of: Callable[..., Client]) -> None:
    busy_cluster(name="=1+1")
    client = client_of(OFFICER)

    assert "'=1+1" in lines(content(client, NO_PLANT, export="csv"))[1]
    rows, _about = sheets(content(client, NO_PLANT, export="xlsx"))
    assert "=1+1" in rows[1]
    sheet = load_workbook(io.BytesIO(content(client, NO_PLANT, export="xlsx"))).worksheets[0]
    cell = next(cell for cell in sheet[2] if cell.value == "=1+1")
    assert (cell.data_type, cell.quotePrefix) in {("s", True), ("inlineStr", True)}


@pytest.mark.parametrize("page", [QUALITY_PAGE, WATCH_PAGE])
def test_a_whole_board_is_one_file_and_holds_as_many_rows_as_the_page_says(
    client_of: Callable[..., Client], page: str
) -> None:
    busy_cluster(commune=commune())
    busy_cluster()
    client = client_of(OFFICER)
    said = client.get(page).context["export"]["count"]

    rows, about = sheets(content(client, page, export="xlsx"))

    assert said == len(rows) - 1 > 2
    assert about["Số dòng"] == str(said)
    assert "Lào Cai" in about["Bộ lọc đang áp dụng"]


def test_the_file_keeps_to_what_the_page_is_narrowed_to(client_of: Callable[..., Client]) -> None:
    busy_cluster(commune=commune())
    busy_cluster()
    client = client_of(OFFICER)
    narrowed = {"commune": commune().pk, "severity": "missing"}

    rows, about = sheets(content(client, QUALITY_PAGE, export="xlsx", **narrowed))

    assert len(rows) - 1 == client.get(QUALITY_PAGE, narrowed).context["export"]["count"] > 0
    assert {row[4] for row in rows[1:]} == {commune().full_name}
    assert commune().full_name in about["Bộ lọc đang áp dụng"]


def test_words_of_the_file_are_in_the_language_of_the_reader(client_of: Callable[..., Client]) -> None:
    busy_cluster()
    client = client_of(OFFICER)
    vietnamese = lines(content(client, NO_PLANT, export="csv"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = lines(content(client, NO_PLANT, export="csv"))

    assert "nước thải" in vietnamese[1][7]
    assert english[0][3] == "Cluster"
    assert "wastewater" in english[1][7]


def test_more_than_a_sheet_holds_is_refused_as_a_workbook_and_given_as_csv(
    client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_cluster()
    busy_cluster()
    monkeypatch.setattr(plain, "MAX_SHEET_ROWS", 1)
    client = client_of(OFFICER)

    refused = client.get(NO_PLANT, {"export": "xlsx"}, follow=True)

    assert refused.redirect_chain == [(NO_PLANT, 302)]
    assert len(lines(content(client, NO_PLANT, export="csv"))) == 3


def test_an_analyst_gets_the_nation(client_of: Callable[..., Client]) -> None:
    busy_cluster()
    busy_cluster(province=province("52"))
    assert len(lines(content(client_of(Role.MINISTRY_ANALYST), NO_PLANT, export="csv"))) == 3
