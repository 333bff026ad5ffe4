"""The walk of the README, by hand and eye: an officer of Lào Cai expands a cluster, an investor looks for land.

With ``CCN_PICTURES`` set to a folder it leaves the pictures of the README there (``make screenshots``).
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from accounts.demo import DEMO_PASSWORD, load_demo_accounts
from clusters.loading.plans import load_plan
from clusters.loading.registry import load_clusters
from clusters.models import Cluster, Decision
from tests.browser.conftest import overflow

OFFICER = "department.laocai@demo.example"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    + (b"trailer<</Root 1 0 R>>\n%%EOF\n")
)


def test_an_officer_expands_a_cluster_and_an_investor_finds_land(
    transactional_db, new_page, axe, picture, tmp_path
):
    load_clusters()
    load_plan()
    load_demo_accounts()
    officer = new_page()

    _look_at_the_front_door(officer, picture)
    _sign_in(officer)
    _find_the_cluster_by_a_vanished_district(officer, picture)
    _record_the_expansion(officer, picture, tmp_path)
    axe(officer)
    _see_area_stage_occupancy_and_history(officer, picture)
    _see_the_day_before(officer, picture)
    axe(officer)

    investor = new_page(size="phone", language="en")
    _find_free_land(investor, picture)
    axe(investor)


def _look_at_the_front_door(page: Page, picture: Callable[[Page, str], None]) -> None:
    page.goto("/")
    expect(page.locator("[data-map] svg").first).to_be_attached()
    picture(page, "home")


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", OFFICER)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/dossiers/work/")


def _find_the_cluster_by_a_vanished_district(page: Page, picture: Callable[[Page, str], None]) -> None:
    page.goto("/registry/clusters/")
    picture(page, "list")
    page.fill("#content input[name=q], main input[name=q]", "huyện Trấn Yên")
    page.press("#content input[name=q], main input[name=q]", "Enter")
    page.wait_for_url("**q=huy*")
    page.get_by_role("link", name="Âu Lâu", exact=True).click()
    page.wait_for_url("**/registry/clusters/CCN-15-0058/")


def _record_the_expansion(page: Page, picture: Callable[[Page, str], None], folder: Path) -> None:
    page.goto("/registry/clusters/CCN-15-0058/decisions/new/?kind=expand")
    page.fill("input[name=number]", "4001/QĐ-UBND")
    page.fill("input[name=issued_on]", "20/11/2026")
    page.fill("input[name=area_ha]", "60,5")
    page.fill("input[name=industrial_land_ha]", "40")
    paper = folder / "4001-QD-UBND.pdf"
    paper.write_bytes(PAPER)
    page.set_input_files("input[type=file]", paper)
    page.fill("[name=reason]", "Ghi quyết định mở rộng theo phương án phát triển")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("60,5")
    expect(preview).to_contain_text("V15")
    picture(page, "decision")
    page.locator("#decision-form button[type=submit]").click()
    page.wait_for_url("**/registry/clusters/CCN-15-0058/")

    decision = Decision.objects.get(number="4001/QĐ-UBND")
    assert decision.regime == "R5"
    assert decision.source_file.name == "4001-QD-UBND.pdf"
    assert len(decision.source_file.sha256) == 64


def _see_area_stage_occupancy_and_history(page: Page, picture: Callable[[Page, str], None]) -> None:
    body = page.locator("main")
    expect(body).to_contain_text("60,5 ha")
    expect(body).to_contain_text("4001/QĐ-UBND")
    expect(body).to_contain_text("đang hoạt động")
    # 27,09 ha leased over 40 ha of industrial land.
    expect(body).to_contain_text("67,7")
    assert overflow(page) <= 0
    picture(page, "cluster")
    page.goto("/registry/clusters/CCN-15-0058/history/")
    expect(page.locator("main")).to_contain_text("Ghi quyết định mở rộng theo phương án phát triển")
    assert Cluster.objects.get(code="CCN-15-0058").stage == "operating"


def _see_the_day_before(page: Page, picture: Callable[[Page, str], None]) -> None:
    page.goto("/registry/clusters/CCN-15-0058/on/?day=19/11/2026")
    body = page.locator("main")
    expect(body).to_contain_text("50 ha")
    expect(body).to_contain_text("86,8")
    picture(page, "past-day")


def _find_free_land(page: Page, picture: Callable[[Page, str], None]) -> None:
    page.goto("/land/")
    expect(page.locator("main")).to_contain_text("Sơn Thịnh")
    expect(page.locator("main")).to_contain_text("25.55 ha")
    assert overflow(page) <= 0
    page.evaluate("document.getElementById('list').scrollIntoView()")
    picture(page, "land-phone")
