"""Acts on a dossier's page: why not, optimistic check, forms within the page, supplements item by item."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from dossiers.models import Condition, Document, Extension, SupplementRequest
from dossiers.services.clocks import extend_step
from dossiers.services.people import make_complaint
from dossiers.services.supplements import answer_item, hand_in_answers
from law.provisions import DayUnit
from tests.assertions import assert_swap_equals_page
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment, pdf, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def scene(build_scene):
    return build_scene(lambda: walked("appraisal"), at=moment("2026-11-26"))


@pytest.fixture
def examined(scene, db):
    """One applicant under appraisal."""
    return scene()


def at(walk, name, *more, **kwargs):
    return reverse(f"dossiers:{name}", args=[walk.dossier.code, *more], **kwargs)


def test_every_reason_why_not_stands_beside_the_action(examined, as_user):
    page = as_user(examined.leader).get(examined.fresh().get_absolute_url())
    actions = {one.transition.action: one for one in page.context["work"].own_actions}
    reasons = actions["send_report"].reasons
    assert len(reasons) >= 2
    text = page.content.decode()
    for reason in reasons:
        assert reason.split("“")[0].split("–")[0].strip()[:40] in text
    form = as_user(examined.leader).get(at(examined, "action", "send_report"))
    assert form.context["reasons"] == actions["send_report"].reasons
    assert 'id="act-form"' not in form.content.decode()


def test_a_form_within_the_page_is_the_one_of_its_own_page(examined, as_user):
    for name in ("extend", "assign", "opinion_ask", "case_paper_add"):
        assert_swap_equals_page(as_user(examined.officer), at(examined, name), target_id="act")


def test_the_clock_is_extended_with_a_reason_that_the_trace_shows(examined, as_user):
    client = as_user(examined.officer)
    before = examined.fresh().due_on
    version = examined.fresh().version
    refused = client.post(
        at(examined, "extend"), {"days": "5", "unit": "working", "reason": "", "seen": version}
    )
    assert refused.status_code == 422
    data = {"days": "5", "unit": "working", "reason": "Khảo sát thực địa", "seen": version}
    assert client.post(at(examined, "extend"), data).status_code == 302
    assert examined.fresh().due_on > before
    assert "Khảo sát thực địa" in client.get(examined.fresh().get_absolute_url()).content.decode()


def test_who_was_slower_is_told_what_happened_and_keeps_what_was_typed(examined, as_user):
    client = as_user(examined.officer)
    seen = examined.fresh().version
    extend_step(
        dossier=examined.dossier, days=1, unit=DayUnit.WORKING, reason="Lý do khác", actor=examined.leader
    )
    data = {"days": "5", "unit": "working", "reason": "Khảo sát thực địa kéo dài", "seen": str(seen)}
    answer = client.post(at(examined, "extend"), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Khảo sát thực địa kéo dài" in text
    assert "Lý do khác" in text
    assert str(examined.leader) in text
    assert Extension.objects.count() == 1
    # The form now rests on what is there: sent again, it holds.
    again = {**data, "seen": answer.context["form"]["seen"].value()}
    assert client.post(at(examined, "extend"), again).status_code == 302
    assert Extension.objects.count() == 2


def test_a_paper_that_an_action_needs_comes_with_it(as_user):
    walk = Walk()
    walk.to("opened")
    client = as_user(walk.commune_officer)
    url = at(walk, "action", "submit")
    assert client.get(url).context["reasons"] == ()
    answer = client.post(url, {"seen": walk.fresh().version, "paper_submission": pdf("to-trinh.pdf")})
    assert answer.status_code == 302, answer.content.decode()
    assert walk.fresh().state == "submitted"
    assert Document.objects.get(dossier=walk.dossier, kind="submission").file.name == "to-trinh.pdf"


def test_the_notice_is_prefilled_and_says_until_when(as_user):
    walk = Walk()
    walk.to("received")
    client = as_user(walk.commune_officer)
    url = at(walk, "action", "publish_notice")
    form = client.get(url).context["form"]
    assert walk.line.name in form["text"].value()
    data = {
        "seen": walk.fresh().version,
        "number": "12/TB-UBND",
        "mass_media": "Đài truyền thanh phường",
        "text": form["text"].value(),
    }
    assert client.post(url, {**data, "mass_media": ""}).status_code == 422
    assert client.post(url, data).status_code == 302
    assert f"{walk.fresh().notice.closes_on:%d/%m/%Y}" in str(form.lead)


def rows(*items):
    data = {"items-TOTAL_FORMS": str(len(items)), "items-INITIAL_FORMS": "0"}
    for place, item in enumerate(items):
        data |= {f"items-{place}-{name}": value for name, value in item.items()}
    return data


def test_a_supplement_names_every_mistake_of_its_items_and_then_stops_the_clock(examined, as_user):
    client = as_user(examined.officer)
    base = {
        "seen": examined.fresh().version,
        "application": str(examined.application.pk),
        "reason": "Hồ sơ thiếu tọa độ.",
    }
    good = {"target": "document:map", "wrong": "Thiếu tọa độ", "remedy": "Bổ sung bảng tọa độ"}
    bad = {"target": "field:area_ha", "wrong": "", "remedy": ""}
    refused = client.post(at(examined, "supplement_ask"), base | rows(good, bad))
    assert refused.status_code == 422
    assert len(refused.context["form"].non_field_errors()) == 2
    assert not SupplementRequest.objects.exists()
    fine = base | rows(good, {**bad, "wrong": "Không khớp", "remedy": "Sửa lại diện tích"}, {})
    assert client.post(at(examined, "supplement_ask"), fine).status_code == 302
    request = SupplementRequest.objects.get()
    assert request.items.count() == 2
    assert examined.fresh().paused_since == moment("2026-11-26").date()
    assert "tạm dừng" in client.get(examined.fresh().get_absolute_url()).content.decode().lower()


def test_a_supplement_is_closed_item_by_item(examined, as_user):
    client = as_user(examined.officer)
    base = {
        "seen": examined.fresh().version,
        "application": str(examined.application.pk),
        "reason": "Hồ sơ thiếu tọa độ.",
    }
    item = {"target": "field:area_ha", "wrong": "Không khớp", "remedy": "Sửa lại"}
    client.post(at(examined, "supplement_ask"), base | rows(item, {**item, "target": "field:place"}))
    request = SupplementRequest.objects.get()
    assert client.post(at(examined, "supplement_remind", 1)).status_code == 302
    request.refresh_from_db()
    assert request.reminded_at
    for one in request.items.all():
        answer_item(item=one, user=examined.investor, answer="Đã sửa")
    hand_in_answers(request=request, user=examined.investor)
    data = {"seen": examined.fresh().version, "settled_1": "on", "note": ""}
    assert client.post(at(examined, "supplement_close", 1), data).status_code == 302
    assert list(request.items.values_list("is_settled", flat=True).order_by("position")) == [True, False]
    assert examined.fresh().paused_since is None


def test_a_reminder_goes_out_once_a_day(examined, as_user):
    client = as_user(examined.officer)
    item = {"target": "field:area_ha", "wrong": "Không khớp", "remedy": "Sửa lại"}
    base = {"application": str(examined.application.pk), "reason": "Thiếu."}
    client.post(at(examined, "supplement_ask"), base | rows(item))
    client.post(at(examined, "supplement_remind", 1))
    again = client.post(at(examined, "supplement_remind", 1), follow=True)
    assert "Hôm nay đã nhắc rồi." in again.content.decode()


def test_conditions_are_noted_and_checked(examined, as_user):
    client = as_user(examined.officer)
    client.post(at(examined, "condition_add"), {"text": "Khởi công trước 12/2027", "check_on": "01/12/2027"})
    condition = Condition.objects.get()
    url = at(examined, "condition_check", condition.pk)
    assert client.post(url, {"done_on": "", "note": "", "next_check": ""}).status_code == 422
    assert client.post(url, {"done_on": "20/11/2026", "note": "Đã khởi công"}).status_code == 302
    condition.refresh_from_db()
    assert condition.done_on == moment("2026-11-20").date()


def test_a_complaint_is_answered_by_the_leader(examined, as_user):
    complaint = make_complaint(application=examined.application, text="Quá hạn.", user=examined.investor)
    url = at(examined, "complaint_answer", complaint.pk)
    assert as_user(examined.officer).get(url).status_code == 403
    assert "Quá hạn." in as_user(examined.leader).get("/dossiers/board/").content.decode()
    assert as_user(examined.leader).post(url, {"answer": "Sở xin lỗi."}).status_code == 302
    complaint.refresh_from_db()
    assert complaint.answered_by == examined.leader


def test_an_act_of_another_part_is_refused(examined, as_user):
    for user in (examined.commune_officer, examined.clerk):
        assert as_user(user).get(at(examined, "supplement_ask")).status_code == 403
    assert as_user(person(Role.PORTAL_ADMINISTRATOR)).get(at(examined, "extend")).status_code == 403
