"""Walk pages and say what is wrong with them: on a desk and on a phone, in Vietnamese and in English.

A page is loaded once a language. In Vietnamese axe-core asks everything of it on a desk, and the window is made as
narrow as a phone's for a moment. In English it comes up on a phone, where axe-core asks what a narrow window can break.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import AXE, PRELOAD, SIZES, WCAG, overflow

ALL_RULES = {"type": "tag", "values": WCAG}
RULES_OF_WIDTH = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "link-name", "button-name"],
}
# The frame around a page looks alike on most: it is asked once for every way it looks, and then left out.
ASK = """async ([options, seen]) => {
    const frame = ["body > header", "body > footer", ".office-nav"];
    const parts = [...document.querySelectorAll(frame.map((part) => `${part} *`).join())];
    const kind = (one) => ["class", "aria-current"].map((name) => one.getAttribute(name)).join();
    const look = [innerWidth, ...new Set(parts.map(kind))].sort().join(" ");
    const { violations } = await axe.run(seen.includes(look) ? { exclude: frame } : document, options);
    return {
        look,
        language: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        found: violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`),
    };
}"""


def faults_of(
    paths: Iterable[str], new_page: Callable[..., Page], *, alike: Collection[str] = (), **opening: Any
) -> list[str]:
    """Return one line for every fault of the pages at ``paths``; ``opening`` goes to ``new_page``.

    ``alike`` are those of the paths that need not come up in English: others of the same build do.
    """
    desk = new_page(size="desktop", language="vi", **opening)
    phone = new_page(size="phone", language="en", **opening)
    for page in (desk, phone):
        page.add_init_script(AXE)
    seen: list[str] = []
    faults = []
    for path in paths:
        desk.goto(path)
        found = _findings(desk, "vi", ALL_RULES, seen)
        desk.set_viewport_size(SIZES["phone"])
        found += _of_its_width(desk)
        desk.set_viewport_size(SIZES["desktop"])
        faults += [f"{path} (vi) {fault}" for fault in found]
        if path in alike:
            continue
        phone.goto(path)
        found = [*_of_its_width(phone), *_findings(phone, "en", RULES_OF_WIDTH, seen)]
        faults += [f"{path} (en) {fault}" for fault in found]
    return faults


def faults_as_it_stands(page: Page, language: str, seen: list[str]) -> list[str]:
    """Return the faults of a page on a phone and on a desk, in the state that a test brought it to.

    ``seen`` keeps between the pages of a test how their frames look.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    faults = []
    for size, rules in (("phone", RULES_OF_WIDTH), ("desktop", ALL_RULES)):
        page.set_viewport_size(SIZES[size])
        found = [*_of_its_width(page), *_findings(page, language, rules, seen)]
        faults += [f"{page.url} ({language}, {size}) {fault}" for fault in found]
    return faults


def _findings(page: Page, language: str, rules: dict[str, Any], seen: list[str]) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": PRELOAD}
    answer = page.evaluate(ASK, [options, seen])
    if answer["look"] not in seen:
        seen.append(answer["look"])
    faults = answer["found"]
    if answer["language"] != language:
        faults.append(f"is not in {language}")
    if answer["headings"] != 1:
        faults.append(f"has {answer['headings']} main headings")
    return faults


def _of_its_width(page: Page) -> list[str]:
    pixels = overflow(page)
    return [f"is {pixels} px wider than a phone"] if pixels > 0 else []
