"""Looking up an old name and picking a place by keyboard, on a desk and on a phone."""

from places.forms import CommuneChoiceField
from tests.browser.walk import faults_of


def test_the_places_found_are_accessible_and_fit(new_page):
    assert faults_of(["/places/?q=yen+bai"], new_page) == []


def test_an_old_name_is_looked_up_while_it_is_typed(page):
    page.goto("/places/")
    page.get_by_role("searchbox").press_sequentially("huyen van yen")
    page.get_by_role("heading", name="Huyện Văn Yên").wait_for()
    assert "q=huyen" in page.url
    assert page.locator("#place-results").count() == 1


def test_a_place_is_picked_by_keyboard_alone(page, axe):
    page.goto("/places/")
    widget = CommuneChoiceField().widget.render("commune", "", {"id": "commune"})
    # A form goes on below the field; without that the open list would lie on the links of the footer.
    page.evaluate(
        "html => document.querySelector('#place-results').innerHTML = "
        "'<label for=commune>Xã</label>' + html + '<br>'.repeat(20)",
        widget,
    )
    page.evaluate("() => import('/static/js/place-picker.js')")
    box = page.get_by_role("combobox", name="Xã")
    box.press_sequentially("yen bai")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    axe(page)
    options = page.get_by_role("option").all_inner_texts()
    for _step in range(options.index("Phường Yên Bái, Tỉnh Lào Cai") + 1):
        box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").inner_text() == "Phường Yên Bái, Tỉnh Lào Cai"
    box.press("Enter")
    assert box.input_value() == "Phường Yên Bái, Tỉnh Lào Cai"
    assert box.get_attribute("aria-expanded") == "false"

    box.fill("")
    box.press_sequentially("van yen")
    page.get_by_role("option").first.wait_for()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "van yen"
