"""An investor fills the wizard in a real browser: a lost connection, two devices, papers, filing, tracking."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from dossiers.models import Application
from dossiers.services import uploads
from dossiers.services.filing import save_answers, start_application
from tests.browser.conftest import overflow
from tests.browser.walk import faults_of
from tests.dossiers.applicant.cases import with_supplement
from tests.factories.dossiers import PDF, Walk, applicant, draft, organisation_of, planned


@pytest.fixture
def investor(live_server):
    return applicant("Công ty cổ phần Đầu tư và Phát triển hạ tầng công nghiệp Tây Bắc")


@pytest.fixture
def begun(investor):
    return start_application(
        procedure_code="establish_cluster", organisation=organisation_of(investor), user=investor
    )


def stored(made, name):
    return Application.objects.get(pk=made.pk).data.get(name)


def test_without_a_connection_fields_wait_visibly_and_are_sent_when_it_is_back(new_page, investor, begun):
    page = new_page(user=investor)
    page.goto(f"/dossiers/drafts/{begun.pk}/applicant/")
    page.route("**/answers/", lambda route: route.abort("aborted"))
    page.locator("#id_phone").fill("0214 111 111")
    page.locator("#id_email").fill("lien.he@vidu.example")
    page.locator("#id_representative").focus()
    expect(page.locator("[data-answer=phone] [data-state]")).to_have_class(re.compile("is-unsaved"))
    expect(page.locator("#save-state")).to_contain_text("2 ô")
    assert stored(begun, "phone") is None

    page.unroute("**/answers/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-answer=phone] [data-state]")).to_have_class(re.compile("is-saved"))
    expect(page.locator("[data-answer=email] [data-state]")).to_have_class(re.compile("is-saved"))
    assert (stored(begun, "phone"), stored(begun, "email")) == ("0214 111 111", "lien.he@vidu.example")
    assert page.evaluate("Object.keys(sessionStorage).some((key) => key.startsWith('draft-'))") is False


def test_what_could_not_be_sent_survives_a_reload(new_page, investor, begun):
    page = new_page(user=investor)
    page.goto(f"/dossiers/drafts/{begun.pk}/applicant/")
    page.route("**/answers/", lambda route: route.abort("aborted"))
    page.locator("#id_phone").fill("0214 111 111")
    page.locator("#id_email").focus()
    expect(page.locator("[data-answer=phone] [data-state]")).to_have_class(re.compile("is-unsaved"))
    page.unroute("**/answers/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-answer=phone] [data-state]")).to_have_class(re.compile("is-saved"))
    expect(page.locator("#id_phone")).to_have_value("0214 111 111")
    assert stored(begun, "phone") == "0214 111 111"


def test_two_devices_at_one_field_see_both_values_and_choose(new_page, axe, investor, begun):
    page = new_page(user=investor, size="phone", expect={409})
    page.goto(f"/dossiers/drafts/{begun.pk}/applicant/")
    save_answers(application=begun, answers={"phone": "0214 222 222"}, user=investor)
    page.locator("#id_phone").fill("0214 111 111")
    page.locator("#id_email").focus()
    state = page.locator("[data-answer=phone] [data-state]")
    expect(state).to_contain_text("0214 222 222")
    expect(state).to_contain_text("0214 111 111")
    assert overflow(page) <= 0
    axe(page)
    assert stored(begun, "phone") == "0214 222 222"
    state.get_by_role("button").first.click()
    expect(state).to_have_class(re.compile("is-saved"))
    assert stored(begun, "phone") == "0214 111 111"


def test_the_line_of_the_list_is_picked_by_keyboard_and_fills_the_page(new_page, investor, begun):
    planned(name="Bắc Văn Yên")
    page = new_page(user=investor)
    page.goto(f"/dossiers/drafts/{begun.pk}/target/")
    page.locator("#id_planned_cluster").press_sequentially("bac van")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value("Bắc Văn Yên")
    expect(page.locator("#id_area_ha")).to_have_value("50")
    expect(page.locator("#progress")).not_to_contain_text("Tên cụm công nghiệp")


def test_an_unreadable_value_stays_and_is_explained_and_the_page_is_not_left(new_page, axe, investor, begun):
    page = new_page(user=investor, expect={422})
    page.goto(f"/dossiers/drafts/{begun.pk}/capital/")
    page.locator("#id_total_investment").fill("1.234,5 tỷ")
    page.locator("#id_equity").fill("nhiều")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page.locator("[data-answer=equity]")).to_contain_text("nhiều")
    expect(page.locator("[data-answer=total_investment] [data-remark]")).to_have_text(
        "1.234 tỷ 500 triệu đồng"
    )
    expect(page.locator("#id_total_investment")).to_have_value("1.234.500.000.000")
    expect(page).to_have_url(re.compile("/capital/$"))
    axe(page)
    page.locator("#id_equity").fill("500 tỷ")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.wait_for_url(re.compile("/report/$"))
    assert stored(begun, "equity") == "500000000000"


def test_papers_are_uploaded_the_application_filed_and_tracked(new_page, axe, investor):
    made = draft(user=investor)
    page = new_page(user=investor)
    page.goto(f"/dossiers/drafts/{made.pk}/papers/")
    kind = page.locator("#paper-experience")
    kind.locator("input[type=file]").set_input_files(
        {"name": "Hồ sơ năng lực.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    kind.get_by_role("button", name=re.compile("Tải lên")).click()
    expect(page.locator("#paper-experience")).to_contain_text("SHA-256")
    page.goto(f"/dossiers/drafts/{made.pk}/review/")
    axe(page)
    page.get_by_label("Tôi đã xem lại").check()
    page.locator("main form").get_by_role("button", name="Nộp hồ sơ").click()
    page.locator("#confirm-dialog").get_by_role("button").first.wait_for()
    page.locator("#confirm-dialog button[value=yes]").click()
    page.wait_for_url(re.compile("/receipt/$"))
    axe(page)
    code = page.locator("#receipt-code").inner_text()
    secret = page.locator("#receipt-secret").inner_text()

    anybody = new_page(size="phone")
    anybody.goto(f"/dossiers/track/?code={code}")
    anybody.get_by_label("Mã bí mật").fill(secret)
    anybody.get_by_role("button", name="Tra cứu").click()
    expect(anybody.locator("#found-title")).to_have_text(code)
    axe(anybody)
    assert overflow(anybody) <= 0


def test_the_pages_of_an_applicant_are_accessible_and_fit(new_page, investor):
    walk = with_supplement(Walk(investor=investor, line=planned(name="Phú Thịnh mở rộng về phía Bắc")))
    made = draft(planned(name="Âu Lâu 3"), user=investor)
    application = walk.application
    paths = [
        "/dossiers/mine/",
        "/dossiers/store/",
        f"/dossiers/mine/{application.pk}/",
        f"/dossiers/mine/{application.pk}/receipt/",
        f"/dossiers/mine/{application.pk}/supplements/1/",
        f"/dossiers/mine/{application.pk}/withdraw/",
        f"/dossiers/mine/{application.pk}/complain/",
        f"/dossiers/drafts/{made.pk}/review/",
        *[
            f"/dossiers/drafts/{made.pk}/{section}/"
            for section in ("target", "applicant", "project", "capital", "report", "papers", "commitment")
        ],
    ]
    assert faults_of(paths, new_page, user=investor) == []


@pytest.fixture
def small_pieces(monkeypatch):
    """Let files go up in pieces of 64 kB, so that a small one takes several."""
    monkeypatch.setattr(uploads, "PIECE_SIZE", 64 * 1024)
    return PDF + bytes(2 * uploads.PIECE_SIZE)


def test_a_large_file_goes_on_after_a_lost_piece_and_takes_the_place_of_an_older_one(
    new_page, investor, small_pieces
):
    made = draft(user=investor)
    old = made.documents.get(kind="report")
    content = small_pieces
    page = new_page(user=investor)
    pieces = []

    def lose_the_second(route):
        pieces.append(route.request.url)
        if len(pieces) == 2:
            route.abort("aborted")
        else:
            route.continue_()

    page.route("**/piece/**", lose_the_second)
    page.goto(f"/dossiers/drafts/{made.pk}/papers/")
    kind = page.locator("#paper-report")
    kind.get_by_text("Thêm hoặc thay tệp").click()
    kind.locator("input[type=file]").set_input_files(
        {"name": "bao-cao-moi.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    kind.get_by_label("Thay cho").select_option(label="report.pdf")
    kind.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#paper-report")).to_contain_text(hashlib.sha256(content).hexdigest(), timeout=20_000)
    assert len(pieces) > 2
    assert pieces[2] == pieces[1]
    new = made.documents.get(replaces=old)
    assert (new.version, new.file.size) == (2, len(content))


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_kind(new_page, investor):
    made = draft(user=investor)
    page = new_page(user=investor, expect={400, 422})
    page.goto(f"/dossiers/drafts/{made.pk}/papers/")
    kind = page.locator("#paper-experience")
    kind.locator("input[type=file]").set_input_files(
        {"name": "gia.pdf", "mimeType": "application/pdf", "buffer": b"<script>alert(1)</script>"}
    )
    kind.get_by_role("button", name="Tải lên").click()
    expect(page.locator("#paper-experience .error-summary")).to_contain_text("gia.pdf")
    assert not made.documents.filter(kind="experience").exists()


def test_a_large_file_answers_an_item_of_a_supplement_together_with_the_words(
    new_page, axe, investor, small_pieces
):
    made = with_supplement(Walk(investor=investor)).application
    content = small_pieces
    page = new_page(user=investor)
    pieces, answers = [], []

    def lose_the_second(route):
        pieces.append(route.request.url)
        if len(pieces) == 2:
            route.abort("aborted")
        else:
            route.continue_()

    page.route("**/piece/**", lose_the_second)
    page.on("request", lambda request: answers.append(request) if "/items/" in request.url else None)
    page.goto(f"/dossiers/mine/{made.pk}/supplements/1/")
    item = page.locator("#item-1")
    item.locator("textarea[name=answer]").fill("Báo cáo đã được kiểm toán.")
    item.locator("select[name=variety]").select_option("statements")
    item.locator("input[type=file]").set_input_files(
        {"name": "kiem-toan.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    item.get_by_role("button", name="Lưu câu trả lời này").click()
    expect(page.locator("#item-1")).to_contain_text(hashlib.sha256(content).hexdigest(), timeout=20_000)
    expect(page.locator("#item-1")).to_contain_text("Báo cáo đã được kiểm toán.")
    assert pieces[2] == pieces[1]
    (sent,) = answers
    assert content[:1000] not in (sent.post_data_buffer or b"")
    assert made.documents.get(file__name="kiem-toan.pdf").file.size == len(content)
    assert overflow(page) <= 0
    axe(page)
