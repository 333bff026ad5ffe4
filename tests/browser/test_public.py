"""The public pages as visitors walk them: on a desk and on a phone, in both languages."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.walk import faults_of
from tests.factories.accounts import commune
from tests.factories.clusters import ClusterFactory, InvestorFactory, ObservationFactory, PlotFactory


@pytest.fixture
def land(live_server):
    """One cluster with a free plot, one with computed free land, one nobody reported on."""
    investor = InvestorFactory(name="Công ty CP Hạ tầng Âu Lâu", phone="0216 000 000")
    with_plot = ClusterFactory(name="Âu Lâu", commune=commune(), investor=investor)
    PlotFactory(cluster=with_plot, code="B2", area_ha=Decimal(4))
    computed = ClusterFactory(name="Bắc Văn Yên", commune=commune())
    ObservationFactory(cluster=computed, value=Decimal(20))
    ClusterFactory(name="Chưa báo cáo", commune=commune())
    return with_plot


# With records and parameters that the walk of every page does not have.
PATHS = (
    "/",
    "/clusters/",
    "/clusters/?view=map",
    "/clusters/?q=khong+co",
    "/land/",
)


def test_the_public_pages_are_accessible_and_fit(new_page, land):
    other = ClusterFactory(name="Khác")
    own = land.get_absolute_url()
    paths = [*PATHS, own, f"{own}?on=2026-01-01", f"/compare/?c={land.code}&c={other.code}"]
    assert faults_of(paths, new_page) == []


def test_an_investor_finds_land_on_a_phone_in_english(new_page, land):
    page = new_page(size="phone", language="en")
    page.goto("/")
    page.locator("main").get_by_role("link", name="Find land").click()
    page.get_by_label("Area needed (ha)").fill("3")
    page.get_by_role("button", name="More filters").click()
    page.get_by_label("In one piece?").select_option("yes")

    expect(page.locator("#list").get_by_role("heading", level=2)).to_have_text("1 cluster with free land")
    expect(page).to_have_url(re.compile(r"\?min_ha=3&in_one_plot=yes$"))
    expect(page.locator("#list")).to_contain_text("Plot B2")
    page.get_by_role("link", name="Whom to ask").click()
    expect(page.locator("#contact")).to_contain_text("0216 000 000")


def test_the_map_stays_while_the_filter_changes_and_shows_the_rows_of_the_list(page, land):
    page.goto("/clusters/?view=map")
    page.locator(".map-group, .map-dot").first.wait_for()
    page.evaluate("document.querySelector('[data-map]').dataset.probe = 'same'")

    with page.expect_response(re.compile(r"clusters\.geojson\?.*q=van")) as points:
        page.locator("#filters input[name=q]").fill("van yen")

    expect(page.locator("#rows > li")).to_have_count(1)
    assert [one["properties"]["name"] for one in points.value.json()["features"]] == ["Bắc Văn Yên"]
    assert page.evaluate("document.querySelector('[data-map]').dataset.probe") == "same"


def test_clusters_are_collected_for_a_comparison(page, land):
    page.goto("/clusters/")
    buttons = page.locator("[data-compare]")
    buttons.nth(0).click()
    buttons.nth(1).click()
    expect(buttons.nth(1)).to_contain_text("(2)")
    buttons.nth(1).click()

    expect(page.locator(".compare-table thead th")).to_have_count(3)
    assert page.url.count("c=") == 2
