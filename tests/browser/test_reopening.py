"""A scoring reopened in browsers: the keeper gives the reason, a member changes a sheet on a phone, all read it."""

import pytest
from playwright.sync_api import expect

from dossiers.models import Application, ScoreSheet
from dossiers.services.filing import withdraw_application
from tests.browser.conftest import overflow
from tests.factories.dossiers import Walk, moment


@pytest.fixture
def walk(live_server, time_machine, settings):
    """A closed scoring whose chosen applicant has withdrawn."""
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    time_machine.move_to(moment("2026-10-26"))
    made = Walk()
    made.to("open")
    made.join()
    for step in (made.open_all, made.submit, made.accept, made.council):
        step()
    withdraw_application(application=made.application, user=made.investor, reason="Không còn nhu cầu")
    return made


def test_a_scoring_is_reopened_changed_by_a_member_and_read_as_an_earlier_round(walk, new_page, axe):
    keeper = new_page(user=walk.officer)
    keeper.goto(f"/dossiers/cases/{walk.dossier.code}/council/")
    axe(keeper)
    keeper.get_by_role("link", name="Mở lại việc chấm điểm").click()
    axe(keeper)
    keeper.locator("#act-form [name=reason]").fill("Nhà đầu tư được chọn đã rút hồ sơ.")
    keeper.locator("#act-form .form-actions button[type=submit]").click()
    keeper.locator("#confirm-dialog button[value=yes]").click()
    expect(keeper.locator("#rounds")).to_contain_text("Nhà đầu tư được chọn đã rút hồ sơ.")
    axe(keeper)
    second = Application.objects.get(dossier=walk.dossier, is_first=False)
    sheet = ScoreSheet.objects.get(member__user=walk.consulted, application=second)
    member = new_page(size="phone", user=walk.consulted)
    member.set_viewport_size({"width": 360, "height": 800})
    member.goto(f"/dossiers/cases/{walk.dossier.code}/council/")
    assert overflow(member) == 0
    axe(member)
    member.get_by_role("link", name=str(second.organisation)).click()
    expect(member.locator(".score-sheet")).to_be_visible()
    member.wait_for_load_state("networkidle")
    assert overflow(member) == 0
    axe(member)
    line = sheet.member.council.sub_criteria.order_by("position").first()
    field = member.locator(f"[name=points_{line.pk}]")
    # What stands in the sheet is what was handed in; a change takes it back.
    assert field.input_value() == "10"
    with member.expect_response(lambda answer: answer.request.method == "POST") as kept:
        field.fill("15")
    assert "Đã lưu lúc" in kept.value.text()
    sheet.refresh_from_db()
    assert sheet.submitted_at is None
    member.locator("button[name=submit]").click()
    member.locator("#confirm-dialog button[value=yes]").click()
    expect(member.locator(".notice-success").first).to_be_visible()
    sheet.refresh_from_db()
    assert (sheet.submitted_at is not None, sheet.round) == (True, 2)
