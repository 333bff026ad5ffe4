"""From two rival filings to the decision, in browsers of everybody who has a part in it, at the days of regime R5.

With ``CCN_PICTURES`` set to a folder it leaves pictures of the way there (``make screenshots``).
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from clusters.models import Cluster
from dossiers.models import Application, Dossier
from tests.browser.conftest import overflow, sign_in
from tests.factories.dossiers import PDF, Walk, applicant, draft, moment, planned


@pytest.fixture
def paper(tmp_path) -> Path:
    file = tmp_path / "van-ban.pdf"
    file.write_bytes(PDF)
    return file


@pytest.fixture
def people(live_server, time_machine, settings) -> Walk:
    # The story takes weeks; nobody signs in anew on the way.
    settings.SESSION_COOKIE_AGE = 90 * 24 * 3600
    time_machine.move_to(moment("2026-10-05"))
    return Walk(line=planned(name="Bình Minh Thử"), investor=applicant("Công ty cổ phần Hạ tầng Hồng Hà Thử"))


def act(page: Page, code: str, action: str, paper: Path | None = None, **fields: str) -> None:
    """Fill the form of an action and send it, answering the question in front of it."""
    page.goto(f"/dossiers/cases/{code}/do/{action}/")
    send(page, paper, **fields)
    expect(page.locator(".notice-success").first).to_be_visible()


def send(page: Page, paper: Path | None = None, **fields: str) -> None:
    form = page.locator("#act-form")
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    if paper is not None:
        for chooser in form.locator("input[type=file]").all():
            chooser.set_input_files(paper)
    form.locator(".form-actions button[type=submit]").click()
    answer_question(page)


def answer_question(page: Page) -> None:
    """Say yes in the dialog that asks before what cannot be taken back, where there is one."""
    yes = page.locator("#confirm-dialog button[value=yes]")
    if page.locator("#act-form[data-confirm]").count():
        yes.click()


def file(page: Page, application: Application) -> str:
    """File a complete draft from its last page and return its code."""
    page.goto(f"/dossiers/drafts/{application.pk}/review/")
    page.get_by_label("Tôi đã xem lại").check()
    page.locator("main form").get_by_role("button", name="Nộp hồ sơ").click()
    page.locator("#confirm-dialog button[value=yes]").click()
    page.wait_for_url(re.compile("/receipt/"))
    application.refresh_from_db()
    expect(page.locator("main")).to_contain_text(application.code)
    expect(page.locator("main")).to_contain_text(application.secret)
    return application.code


def test_two_rivals_file_and_the_peoples_committee_decides(
    transactional_db, people, new_page, axe, picture, paper, time_machine
):
    first = new_page(user=people.investor)
    code = file(first, draft(people.line, user=people.investor))
    axe(first)
    picture(first, "receipt")

    # The commune announces it; everybody can read the notice.
    time_machine.move_to(moment("2026-10-06"))
    commune = new_page(user=people.commune_officer)
    commune.goto("/dossiers/work/?desk=unit")
    expect(commune.locator("main")).to_contain_text(code)
    act(commune, code, "publish_notice", number="15/TB-UBND", mass_media="Đài truyền thanh phường")
    public = new_page()
    public.goto("/dossiers/notices/")
    expect(public.locator("main")).to_contain_text("Bình Minh Thử")
    axe(public)

    # A rival files before the closing; nobody but the rival can see it.
    time_machine.move_to(moment("2026-10-09"))
    rival_person = applicant("Công ty TNHH Đầu tư Sông Thao Thử")
    rival = new_page(user=rival_person)
    rival_code = file(rival, draft(people.line, user=rival_person))
    department = new_page(user=people.officer, expect={404})
    department.goto(f"/dossiers/cases/{code}/")
    expect(department.locator("main")).not_to_contain_text("Sông Thao")
    assert rival_code not in department.content()

    # After the closing day the commune opens both and submits them.
    time_machine.move_to(moment("2026-10-14"))
    act(commune, code, "open_applications", present="Đại diện hai nhà đầu tư")
    act(commune, code, "submit", paper)
    department.goto(f"/dossiers/cases/{code}/")
    expect(department.locator("main")).to_contain_text("Sông Thao")

    # Completeness, a supplement answered item by item, opinions.
    time_machine.move_to(moment("2026-10-15"))
    act(department, code, "accept")
    _supplement(department, first, code, time_machine)
    # Who takes part only for a while sits down at one desk, one after the other: a window of one's own is dear.
    shared = new_page(user=people.consulted)
    _opinion(department, shared, code)
    department.goto(f"/dossiers/cases/{code}/")
    axe(department)
    assert overflow(department) <= 0
    picture(department, "workspace")

    # The council.
    time_machine.move_to(moment("2026-10-20"))
    _council(department, code, people)
    for member in (people.chair, people.leader, people.consulted):
        sign_in(shared, member)
        _score(shared, code, picture if member is people.chair else None)
    _close(department, code)

    # Appraisal report, decision, results.
    time_machine.move_to(moment("2026-10-26"))
    sign_in(shared, people.leader)
    act(shared, code, "send_report", paper)
    time_machine.move_to(moment("2026-10-29"))
    sign_in(shared, people.clerk)
    _decide(shared, code, paper, picture)
    act(shared, code, "complete", sent_on="29/10/2026")

    cluster = Cluster.objects.get(name="Bình Minh Thử")
    public.goto(f"/clusters/{cluster.code}/")
    expect(public.locator("main")).to_contain_text("4102/QĐ-UBND")
    expect(public.locator("main")).to_contain_text("Hồng Hà")
    rival.goto("/dossiers/mine/")
    expect(rival.locator("main")).to_contain_text("hông được chọn")
    assert Dossier.objects.get(code=code).state == "completed"


def _supplement(department: Page, investor: Page, code: str, time_machine) -> None:
    department.goto(f"/dossiers/cases/{code}/supplements/ask/")
    first = Application.objects.get(code=code)
    department.locator("[name=application]").select_option(str(first.pk))
    department.fill("[name=reason]", "Địa điểm chưa ghi rõ tên thôn.")
    department.locator("[name=items-0-target]").select_option("field:place")
    department.fill("[name=items-0-wrong]", "Thiếu tên thôn")
    department.fill("[name=items-0-remedy]", "Ghi rõ tên thôn, tổ dân phố")
    send(department)
    expect(department.locator(".notice-success").first).to_be_visible()
    expect(department.locator("main")).to_contain_text("tạm dừng")
    time_machine.move_to(moment("2026-10-16"))
    investor.goto(f"/dossiers/mine/{first.pk}/supplements/1/")
    investor.locator("main form textarea[name=answer]").first.fill("Đã ghi: tổ dân phố số 5.")
    investor.locator("main form:has(textarea[name=answer]) button[type=submit]").first.click()
    expect(investor.locator("main")).to_contain_text("tổ dân phố số 5")
    investor.goto(f"/dossiers/mine/{first.pk}/supplements/1/")
    investor.locator("form[action$='/hand-in/'] button[type=submit]").click()
    yes = investor.locator("#confirm-dialog[open] button[value=yes]")
    if yes.count():
        yes.click()
    expect(investor.locator(".notice-success").first).to_be_visible()
    department.goto(f"/dossiers/cases/{code}/supplements/1/close/")
    send(department)
    expect(department.locator(".notice-success").first).to_be_visible()


def _opinion(department: Page, consulted: Page, code: str) -> None:
    department.goto(f"/dossiers/cases/{code}/opinions/ask/")
    department.get_by_label(re.compile("Sở Tài chính")).check()
    department.fill("[name=question]", "Năng lực tài chính của các nhà đầu tư")
    send(department)
    expect(department.locator(".notice-success").first).to_be_visible()
    consulted.goto("/dossiers/opinions/")
    consulted.locator("main").get_by_role("link", name=re.compile("Bình Minh Thử")).first.click()
    consulted.wait_for_url(re.compile(r"/opinions/\d+/"))
    stance = consulted.locator("#act-form [name=stance]")
    if stance.first.evaluate("field => field.tagName") == "SELECT":
        stance.select_option("agrees")
    else:
        consulted.locator("#act-form [name=stance][value=agrees]").check()
    send(consulted)
    expect(consulted.locator(".notice-success").first).to_be_visible()


def _council(page: Page, code: str, people: Walk) -> None:
    page.goto(f"/dossiers/cases/{code}/council/set-up/")
    page.fill("[name=decision_number]", "3801/QĐ-UBND")
    page.fill("[name=decided_on]", "20/10/2026")
    seats = (
        (people.chair, "chair", "Phó Chủ tịch UBND tỉnh"),
        (people.leader, "vice_chair", "Giám đốc Sở Công Thương"),
        (people.consulted, "vice_chair", "Phó Giám đốc Sở Tài chính"),
        (people.officer, "secretary", "Chuyên viên Sở Công Thương"),
    )
    for place, (person, seat, position) in enumerate(seats):
        if not page.locator(f"[name=members-{place}-user]").count():
            page.locator("[data-add-row]").click()
        page.locator(f"[name=members-{place}-user]").select_option(str(person.pk))
        page.locator(f"[name=members-{place}-seat]").select_option(seat)
        page.fill(f"[name=members-{place}-position]", position)
    send(page)
    page.goto(f"/dossiers/cases/{code}/council/criteria/")
    send(page)
    expect(page.locator(".notice-success").first).to_be_visible()


def _score(page: Page, code: str, picture) -> None:
    page.goto(f"/dossiers/cases/{code}/council/statement/")
    page.locator("[name=has_conflict]").first.check()
    send(page)
    for application in Application.objects.filter(dossier__code=code).order_by("filed_at"):
        page.goto(f"/dossiers/cases/{code}/council/sheets/{application.pk}/")
        share = 0.8 if application.is_first else 0.6
        fields = page.locator(".score-input input")
        maxima = fields.evaluate_all("fields => fields.map((field) => Number(field.dataset.maximum))")
        for field, most in zip(fields.all(), maxima, strict=True):
            field.fill(str(most * share).replace(".", ","))
        if picture is not None and application.is_first:
            picture(page, "score-sheet")
        page.locator("button[name=submit]").click()
        page.locator("#confirm-dialog button[value=yes]").click()
        expect(page.locator(".notice-success").first).to_be_visible()


def _close(page: Page, code: str) -> None:
    page.goto(f"/dossiers/cases/{code}/council/close/")
    page.locator("#act-form [name=chosen]").first.check()
    page.fill("[name=minutes]", "Hội đồng thống nhất kết quả chấm điểm.")
    send(page)
    expect(page.locator(".notice-success").first).to_be_visible()


def _decide(page: Page, code: str, paper: Path, picture) -> None:
    page.goto(f"/dossiers/cases/{code}/do/decide/")
    page.fill("[name=number]", "4102/QĐ-UBND")
    page.fill("[name=issued_on]", "29/10/2026")
    page.fill("[name=signer]", "Chủ tịch UBND tỉnh")
    for item in page.locator("textarea[name^=item_]").all():
        if not item.input_value().strip():
            item.fill("Theo nội dung quyết định")
    expect(page.locator("#preview")).to_contain_text("Hồng Hà")
    picture(page, "decide")
    send(page, paper)
    expect(page.locator(".notice-success").first).to_be_visible()
