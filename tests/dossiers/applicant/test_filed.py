"""A filed application: its supplements item by item, withdrawal, complaint, result; and what rivals do not learn."""

import pytest
from django.urls import reverse

from dossiers.models import Application, SupplementItem, SupplementRequest, Withdrawal
from dossiers.services.events import Fact, lock, record
from dossiers.services.people import answer_complaint, make_complaint
from dossiers.services.supplements import close_supplement
from tests.dossiers.applicant.cases import browser_of, with_supplement
from tests.factories.dossiers import Walk, moment, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("appraisal")]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def answer(walk, position, **data):
    url = reverse("dossiers:supplement_item", args=[walk.application.pk, 1, position])
    return browser_of(walk.investor).post(url, data)


def hand_in(walk):
    return browser_of(walk.investor).post(reverse("dossiers:hand_in", args=[walk.application.pk, 1]))


def item(position):
    return SupplementItem.objects.get(position=position)


def page_of(walk, user=None):
    url = reverse("dossiers:application", args=[walk.application.pk])
    return browser_of(user or walk.investor).get(url)


def test_a_partial_answer_is_kept_and_handing_in_names_what_is_not_answered(walk):
    with_supplement(walk)
    answer(walk, 1, answer="Đã kiểm toán.", file=pdf("kiem-toan.pdf"), variety="statements")
    assert item(1).answer_document.file.name == "kiem-toan.pdf"
    refused = hand_in(walk)
    assert refused.status_code == 422
    assert (
        refused.context["refused"] == ["Nội dung 2 chưa được trả lời."]
        or "2" in refused.context["refused"][0]
    )
    assert len(refused.context["refused"]) == 1
    assert SupplementRequest.objects.get().answered_at is None
    assert item(1).answer == "Đã kiểm toán."


def test_a_paper_is_replaced_by_the_version_that_answers(walk):
    with_supplement(walk)
    old = walk.application.documents.get(kind="financial_capacity")
    answer(walk, 1, file=pdf("kiem-toan.pdf"), variety="statements", replaces=old.pk)
    new = item(1).answer_document
    assert (new.version, new.replaces) == (2, old)
    assert "kiem-toan.pdf" in item(1).answer


def test_a_field_is_changed_where_it_is_asked_for_and_answers_by_itself(walk):
    with_supplement(walk)
    answer(walk, 2, industrial_land_ha="35,25", seen=walk.application.data_version)
    assert walk.application.data["industrial_land_ha"] == "35.25"
    assert "35,25" in item(2).answer


def test_a_value_that_cannot_be_read_is_refused_and_what_was_written_stays_on_the_page(walk):
    with_supplement(walk)
    page = answer(walk, 2, industrial_land_ha="không biết", answer="Đã sửa theo bản đồ.")
    assert page.status_code == 422
    assert "Đã sửa theo bản đồ." in page.content.decode()
    assert item(2).answered_at is None
    assert walk.application.data["industrial_land_ha"] == "36.5"


def test_an_answer_without_anything_is_refused_in_words(walk):
    with_supplement(walk)
    page = answer(walk, 1, answer="")
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


def test_after_handing_in_nothing_can_be_changed_any_more(walk):
    with_supplement(walk)
    answer(walk, 1, answer="Đã kiểm toán.")
    answer(walk, 2, answer="Giữ nguyên, bản đồ đã sửa.")
    assert hand_in(walk).status_code == 302
    page = browser_of(walk.investor).get(reverse("dossiers:supplement", args=[walk.application.pk, 1]))
    assert "data-guard" not in page.content.decode()
    assert answer(walk, 1, answer="Khác").status_code == 422
    assert item(1).answer == "Đã kiểm toán."


def test_a_closed_request_says_which_items_are_mended(walk):
    with_supplement(walk)
    answer(walk, 1, answer="Đã kiểm toán.")
    answer(walk, 2, answer="Giữ nguyên.")
    hand_in(walk)
    close_supplement(request=SupplementRequest.objects.get(), actor=walk.officer, settled={1: True, 2: False})
    text = (
        browser_of(walk.investor)
        .get(reverse("dossiers:supplement", args=[walk.application.pk, 1]))
        .content.decode()
    )
    assert "tag-ok" in text
    assert "tag-danger" in text


def test_withdrawing_wants_a_reason_and_the_newest_state(walk):
    browser, url = browser_of(walk.investor), reverse("dossiers:withdraw", args=[walk.application.pk])
    seen = walk.fresh().version
    assert browser.post(url, {"seen": seen, "reason": ""}).context["form"].errors["reason"]
    with_supplement(walk)
    late = browser.post(url, {"seen": seen, "reason": "Thay đổi kế hoạch đầu tư."})
    assert late.status_code == 422
    text = late.content.decode()
    assert "Thay đổi kế hoạch đầu tư." in text
    assert f'name="seen" value="{walk.fresh().version}"' in text
    assert not Withdrawal.objects.exists()
    assert (
        browser.post(url, {"seen": walk.fresh().version, "reason": "Thay đổi kế hoạch."}).status_code == 302
    )
    assert page_of(walk).context["is_withdrawn"]


def test_a_complaint_and_its_answer_stand_on_the_page(walk):
    url = reverse("dossiers:complain", args=[walk.application.pk])
    assert browser_of(walk.investor).post(url, {"text": " "}).context["form"].errors["text"]
    browser_of(walk.investor).post(url, {"text": "Hồ sơ không được trả lời."})
    complaint = walk.application.complaints.get()
    answer_complaint(complaint=complaint, answer="Đã phân công lại.", actor=walk.leader)
    text = page_of(walk).content.decode()
    assert "Hồ sơ không được trả lời." in text
    assert "Đã phân công lại." in text


def test_the_result_and_the_decision_are_on_the_page():
    walk = Walk()
    walk.to("completed")
    page = page_of(walk)
    assert page.context["is_chosen"]
    decision = next(one for one, _kind, _current in page.context["documents"] if one.kind == "decision")
    assert (
        browser_of(walk.investor).get(reverse("dossiers:paper_file", args=[decision.pk])).status_code == 200
    )


def test_internal_events_and_names_of_officers_are_not_shown_to_applicants(walk):
    dossier = lock(walk.dossier)
    record(dossier, Fact.ASSIGNED, actor=walk.officer, note="Giao chuyên viên Hòa", is_internal=True)
    text = page_of(walk).content.decode()
    assert "Giao chuyên viên Hòa" not in text
    assert str(walk.officer) not in text
    assert str(walk.commune_officer) not in text


def test_before_the_opening_a_rival_learns_nothing_of_the_other_and_the_other_nothing_of_it():
    walk = Walk()
    walk.to("open")
    before = page_of(walk).content.decode()
    rival = walk.join()
    first, second = walk.application, Application.objects.get(pk=rival.pk)
    own = page_of(walk).content.decode()
    assert second.code not in own
    assert str(second.organisation) not in own
    assert len(own) == len(before)
    theirs = browser_of(walk.rival).get(reverse("dossiers:application", args=[rival.pk])).content.decode()
    assert str(walk.investor) not in theirs
    assert first.secret not in theirs
    for name in ("application", "receipt", "withdraw", "complain"):
        url = reverse(f"dossiers:{name}", args=[first.pk])
        assert browser_of(walk.rival).get(url).status_code == 404
    paper = first.documents.first()
    assert browser_of(walk.rival).get(reverse("dossiers:paper_file", args=[paper.pk])).status_code == 404


def test_after_the_opening_a_rival_sees_neither_papers_nor_supplements_nor_complaints_of_the_other():
    walk = Walk()
    walk.to("open")
    rival = walk.join()
    for step in (walk.open_all, walk.submit, walk.accept):
        step()
    with_supplement(walk)
    walk.paper("supplement_letter", walk.officer, None)
    make_complaint(application=walk.application, text="Chậm quá.", user=walk.investor)
    page = browser_of(walk.rival).get(reverse("dossiers:application", args=[rival.pk]))
    text = page.content.decode()
    assert "Chậm quá." not in text
    assert "supplement_letter.pdf" not in text
    assert page.context["supplements"] == []
    assert {one.application_id for one, _kind, _current in page.context["documents"]} <= {rival.pk, None}
    url = reverse("dossiers:supplement", args=[rival.pk, 1])
    assert browser_of(walk.rival).get(url).status_code == 404
