"""The pages that officers print: A4 sheets of content with nothing to press, and nothing cut, torn or left alone."""

import io
import unicodedata
from dataclasses import dataclass

import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.roles import Role
from tests.browser.conftest import overflow
from tests.factories.accounts import commune, person
from tests.factories.clusters import (
    ClusterFactory,
    InvestorFactory,
    ObservationFactory,
    PlotFactory,
    SecondaryProjectFactory,
)
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db

# Inside of the margins, in pixels of CSS: upright and across.
WIDTHS = {"auto": 703, "wide": 1031}
SIZES = {"auto": (595, 842), "wide": (842, 595)}
NAME = "Cụm công nghiệp làng nghề chế biến gỗ, quế và nông lâm sản xuất khẩu Phú Nghĩa mở rộng"

# What must not be seen, and how pale a text may be: a contrast of 4.5 with white paper.
FAULTS = """() => {
    const controls = `header, footer, nav, button, .btn, input, select, textarea, dialog, progress,
        .tabs, .pager, .filter-panel, .list-tools, .skip-link, #messages`;
    const seen = (one) => one.checkVisibility({ visibilityProperty: true })
        && [...one.getClientRects()].some((box) => box.width && box.height);
    const pale = (one) => {
        const channels = getComputedStyle(one).color.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255);
        const [red, green, blue] = channels.map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5;
    };
    const words = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const shown = [...document.querySelectorAll("body *")].filter(seen);
    return [
        ...shown.filter((one) => one.matches(controls)).map((one) => `is printed: ${one.outerHTML.slice(0, 120)}`),
        ...shown.filter((one) => words(one) && pale(one)).map((one) => `is pale: ${one.outerHTML.slice(0, 120)}`),
        ...shown.filter((one) => one.matches("thead") && getComputedStyle(one).display !== "table-header-group")
            .map(() => "a table whose headings are not repeated"),
        ...shown.filter((one) => one.matches("td, th") && getComputedStyle(one).display !== "table-cell")
            .map((one) => `is no cell of a table: ${one.outerHTML.slice(0, 120)}`),
        ...shown.filter((one) => one.matches("tr, .facts > *, .result-card, .steps-list > li")
            && getComputedStyle(one).breakInside !== "avoid")
            .map((one) => `may be torn: ${one.outerHTML.slice(0, 120)}`),
    ];
}"""

# Headings with the first words under them, and rows with their first and last words: each pair belongs on one sheet.
PAIRS = """() => {
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length
        && !one.closest(".visually-hidden");
    const main = document.querySelector("main");
    const texts = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.data.trim() && seen(node.parentElement)) texts.push(node);
    }
    const after = (one) => texts.find((node) =>
        one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING
        && !one.contains(node) && !node.parentElement.closest("thead, .card-header"));
    const within = (one) => texts.filter((node) => one.contains(node));
    const headings = [...main.querySelectorAll("h1, h2, h3, caption")].filter(seen)
        .map((one) => [within(one).map((node) => node.data).join(""), after(one)?.data ?? ""]);
    const rows = [...main.querySelectorAll("tbody tr")].map(within).filter((nodes) => nodes.length)
        .map((nodes) => [nodes.at(0).data, nodes.at(-1).data]);
    return [...headings, ...rows];
}"""


def plain(text: str) -> str:
    """Leave out what a PDF is free to write another way: spaces, and how letters carry their marks."""
    return "".join(unicodedata.normalize("NFC", text).split())


@dataclass
class Paper:
    """A printed page: the text of every sheet, and the size of the sheets in points."""

    sheets: list[str]
    sizes: set[tuple[int, int]]

    def __contains__(self, words: str) -> bool:
        return plain(words) in "".join(self.sheets)

    def holds_together(self, *words: str) -> bool:
        """Say whether one sheet has all of it."""
        return any(all(plain(part) in sheet for part in words) for sheet in self.sheets)


def printed(page: Page, path: str, *, lies: str = "auto") -> Paper:
    """Print the page as a person does, after asserting what every printed page promises."""
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDTHS[lies], "height": 900})
    assert page.evaluate("getComputedStyle(document.documentElement).page") == lies
    assert overflow(page) <= 0, f"{path} is cut at the right edge"
    assert page.evaluate(FAULTS) == []
    pairs = page.evaluate(PAIRS)
    address = page.url

    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in pages}
    paper = Paper([plain(sheet.extract_text()) for sheet in pages], sizes)
    assert paper.sizes == {SIZES[lies]}
    assert [pair for pair in pairs if not paper.holds_together(*pair)] == [], f"torn or alone on {path}"
    assert all(f"{number}/{len(pages)}" in sheet for number, sheet in enumerate(paper.sheets, 1))
    path_printed = address.split("/", 3)[3]
    assert "Cổng thông tin cụm công nghiệp" in paper
    assert path_printed in paper, "the paper does not say where it comes from"
    return paper


@pytest.fixture
def cluster(live_server):
    """A cluster with figures, plots and projects for more than one sheet."""
    investor = InvestorFactory(name="Công ty cổ phần Đầu tư xây dựng và Kinh doanh hạ tầng Âu Lâu")
    cluster = ClusterFactory(name=f"{NAME} 1", commune=commune(), investor=investor)
    ObservationFactory(cluster=cluster)
    for number in range(1, 25):
        PlotFactory(cluster=cluster, code=f"LÔ-{number:02}")
    for number in range(1, 5):
        SecondaryProjectFactory(cluster=cluster, name=f"Nhà máy chế biến quế {number}")
    return cluster


def test_the_pages_of_a_cluster_and_the_comparison_fit_the_sheet(new_page, cluster):
    others = [ClusterFactory(name=f"{NAME} {number}", commune=commune()) for number in (2, 3, 4)]
    page = new_page()
    public = printed(page, cluster.get_absolute_url())
    assert all(f"LÔ-{number:02}" in public for number in range(1, 25))
    assert "Báo cáo số 12/BC-SCT" in public
    assert "30/06/2026" in public

    chosen = [cluster, *others]
    compared = printed(page, f"/compare/?{'&'.join(f'c={one.code}' for one in chosen)}")
    assert compared.holds_together(*(one.name for one in chosen))

    officer = person(Role.DEPARTMENT_OFFICER)
    office = printed(new_page(user=officer), reverse("registry:cluster", kwargs={"code": cluster.code}))
    assert officer.active_memberships[0].organisation.name in office
    assert str(officer) in office
    assert all(f"LÔ-{number:02}" in office for number in range(1, 25))


def test_a_long_list_lies_across_with_its_headings_and_its_filter(new_page, live_server):
    for number in range(1, 24):
        ClusterFactory(name=f"{NAME} giai đoạn {number:02}", commune=commune())
    ClusterFactory(name="Bắc Văn Yên", commune=commune())
    page = new_page(user=person(Role.DEPARTMENT_OFFICER))
    paper = printed(page, "/registry/clusters/?q=phu+nghia&per_page=20&sort=name", lies="wide")

    rows = page.locator("#list tbody tr td.selection + td").all_inner_texts()
    headings = page.locator("#list thead th:not(.no-print)").all_inner_texts()
    assert len(rows) == 20
    assert all(row.startswith(NAME) and row in paper for row in rows)
    assert len(paper.sheets) > 1
    assert all(plain(heading) in sheet for sheet in paper.sheets for heading in headings)
    assert paper.holds_together("Cụm công nghiệp", "Bộ lọc đang áp dụng", "phu nghia", rows[0])
    assert "Dòng 1 đến 20 trong 23 dòng" in paper


def test_the_law_is_printed_with_its_doubts_and_sources(page, live_server):
    paper = printed(page, "/law/", lies="wide")
    for words in page.locator(".law-table tbody th, .law-sources dt").all_inner_texts():
        assert words in paper
    assert (
        sum(sheet.count(plain("chưa kiểm chứng")) for sheet in paper.sheets)
        >= page.locator(".law-flag").count()
        > 0
    )


def test_a_case_is_printed_with_what_is_folded_on_the_screen(
    transactional_db, new_page, time_machine, settings
):
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    walk = Walk()
    walk.to("appraisal")
    time_machine.move_to(moment("2026-10-20"))
    page = new_page(user=walk.officer)
    paper = printed(page, walk.fresh().get_absolute_url())
    folded = page.locator(".part:not([open]) .part-body :is(p, li, dd, td)").all_text_contents()
    assert folded
    assert [words for words in folded if words not in paper] == []
