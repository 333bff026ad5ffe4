"""The page of one dossier in a browser: what matters stays in sight, folded parts open from the menu and by key."""

from playwright.sync_api import expect

from tests.browser.conftest import overflow
from tests.factories.dossiers import Walk, moment


def test_what_matters_stays_in_sight_and_the_menu_unfolds_a_part(
    transactional_db, new_page, axe, time_machine, settings
):
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    walk = Walk()
    walk.to("appraisal")
    time_machine.move_to(moment("2026-10-20"))
    for size in ("desktop", "phone"):
        page = new_page(size=size, user=walk.leader)
        page.goto(walk.fresh().get_absolute_url())
        conditions = page.locator("#conditions")
        expect(conditions).to_be_hidden()
        link = page.locator(".sheet-nav a[href='#conditions']")
        link.focus()
        # The page unfolds the part when it hears of the new address; folding it before that would be undone.
        page.evaluate("() => { addEventListener('hashchange', () => { window.isHeard = true; }); }")
        page.keyboard.press("Enter")
        # A function is read once; a bare expression again at every look, which the policy of the page forbids.
        page.wait_for_function("() => window.isHeard")
        expect(conditions).to_be_visible()
        page.locator("details.part:has(#conditions) > summary").press("Enter")
        expect(conditions).to_be_hidden()
        assert overflow(page) <= 0
        axe(page)
        if size == "desktop":
            page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
            expect(page.locator(".case-now")).to_be_in_viewport()
            expect(page.locator(".case-head")).to_contain_text("Đang thẩm định")
            expect(page.locator(".case-acts")).to_contain_text("Gửi báo cáo thẩm định")
