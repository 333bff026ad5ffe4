"""Slips, letters and drafts as they are downloaded: what they say, who gets them, who is told nothing."""

import pytest
from django.urls import reverse

from accounts.models import AccessLogEntry, Organisation
from accounts.roles import Role
from dossiers.models import Application
from dossiers.services.clocks import extend_step
from dossiers.services.documents import add_application_paper
from dossiers.services.firing import fire
from dossiers.services.people import assign_dossier
from dossiers.services.supplements import answer_item
from dossiers.views.papers.offers import application_papers, paper_offers
from law.provisions import DayUnit
from tests.core.office.made import lines
from tests.dossiers.papers.test_slips import pages_of, text_of
from tests.dossiers.papers_pages.made import asked, browser, own_model
from tests.factories.accounts import HA_NOI, person
from tests.factories.dossiers import Walk, applicant, draft, moment, organisation_of, pdf, walked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"), tick=False)


@pytest.fixture(scope="module", autouse=True)
def scene(build_scene):
    # A province has one department at work, which is the first: that of the case that is furthest.
    states = ("appraisal", "opened", "open")
    return build_scene(lambda: {state: walked(state) for state in states}, at=moment("2026-11-26"))


@pytest.fixture
def announced(scene, db):
    """One applicant before the opening."""
    return scene()["open"]


@pytest.fixture
def opened(scene, db):
    """One applicant whose request is opened."""
    return scene()["opened"]


@pytest.fixture
def examined(scene, db):
    """One applicant under appraisal."""
    return scene()["appraisal"]


def slip_of(application: Application) -> str:
    return reverse("dossiers:receipt_slip", args=[application.pk])


def letter_of(walk: Walk, kind: str, number: int, format_: str) -> str:
    return reverse("dossiers:letter", args=[walk.dossier.code, kind, number, format_])


def draft_of(walk: Walk, kind: str, **of: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in of.items())
    return reverse("dossiers:draft_paper", args=[walk.dossier.code, kind]) + (f"?{query}" if query else "")


def words(content: bytes) -> str:
    return " ".join(" ".join(lines(content)).split())


def urls(walk: Walk, user: object) -> set[str]:
    return {offer.url for offer in paper_offers(walk.fresh(), user)}


def test_the_receipt_gives_the_appointment_of_the_running_step_and_says_that_others_follow(announced):
    response = browser(announced.investor).get(slip_of(announced.application))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].endswith(
        f'"giay-tiep-nhan-ho-so-{announced.application.code}.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    text = text_of(response.content)
    for said in (
        announced.application.code,
        f"Mã bí mật: {announced.application.secret}",
        "Công ty cổ phần Hạ tầng Ví Dụ",
        "0214 000 000",
        "Thời gian hẹn trả kết quả: ngày 13 tháng 10 năm 2026",
        "đến hạn 13/10/2026",
        "Các bước nối tiếp nhau",
        "bước đang thực hiện: thời hạn nhận hồ sơ",
        "tiếp nhận trực tuyến, không ký",
    ):
        assert said in text, said
    for paper in announced.application.documents.all():
        assert paper.file.sha256 in text
    assert len(pages_of(response.content)) == 1


def test_the_copy_of_the_receipt_in_english_speaks_english(announced):
    response = browser(announced.investor).get(slip_of(announced.application), {"lang": "en"})
    text = text_of(response.content)
    assert "Result due: 13 October 2026" in text
    assert "The steps follow one another" in text
    assert "Các bước" not in text


def test_a_sealed_receipt_is_for_its_own_organisation_alone(announced):
    rival = announced.join()
    for user in (
        announced.commune_officer,
        announced.officer,
        announced.clerk,
        person(Role.PORTAL_ADMINISTRATOR),
    ):
        assert browser(user).get(slip_of(rival)).status_code == 404
        assert slip_of(rival) not in urls(announced, user)
    assert browser(announced.investor).get(slip_of(rival)).status_code == 404
    assert browser(announced.rival).get(slip_of(rival)).status_code == 200
    assert browser(announced.rival).get(slip_of(announced.application)).status_code == 404


def test_an_officer_reads_the_receipt_without_the_secret_and_the_reading_is_logged(opened):
    text = text_of(browser(opened.officer).get(slip_of(opened.application)).content)
    assert "0214 000 000" in text
    assert opened.application.secret not in text
    entry = AccessLogEntry.objects.get(object_type="dossiers.application", user=opened.officer)
    assert "telephone" in entry.fields
    # The commune may not see personal data: it reads the slip without them, and there is nothing to log.
    text = text_of(browser(opened.commune_officer).get(slip_of(opened.application)).content)
    assert "0214 000 000" not in text
    assert opened.investor.full_name not in text
    assert not AccessLogEntry.objects.filter(user=opened.commune_officer).exists()


def test_the_receipt_keeps_what_was_handed_in_when_a_supplement_brings_a_newer_paper(examined):
    request = asked(examined)
    before = examined.application.documents.get(kind="map")
    newer = add_application_paper(
        application=examined.application,
        kind="map",
        user=examined.investor,
        upload=pdf("ban-do-moi.pdf"),
        replaces=before,
    )
    answer_item(
        item=request.items.get(position=1), answer="Đã lập lại.", document=newer, user=examined.investor
    )
    text = text_of(browser(examined.investor).get(slip_of(examined.application)).content)
    assert before.file.name in text
    assert "ban-do-moi.pdf" not in text


def test_the_control_sheet_lists_steps_that_ended_run_and_come(examined):
    assign_dossier(
        dossier=examined.dossier, to=examined.officer, actor=examined.leader, at=moment("2026-10-16", "10:00")
    )
    address = reverse("dossiers:control_sheet", args=[examined.dossier.code])
    text = text_of(browser(examined.officer).get(address).content)
    for said in (
        "Sớm hạn 1 ngày",
        "Đúng hạn",
        "Đang xử lý",
        examined.officer.full_name,
        "UBND cấp tỉnh quyết định",
    ):
        assert said in text, said
    for other in (
        examined.investor,
        examined.consulted,
        person(Role.DEPARTMENT_OFFICER, province_code=HA_NOI),
    ):
        assert browser(other).get(address).status_code == 404


def test_the_control_sheet_of_a_sealed_dossier_names_no_rival(announced):
    announced.join()
    address = reverse("dossiers:control_sheet", args=[announced.dossier.code])
    assert "Đối Thủ" not in text_of(browser(announced.commune_officer).get(address).content)


def test_the_supplement_letter_goes_out_in_two_forms_with_every_item(examined):
    asked(examined, wrong="{{ 7*7 }} <w:p> #import")
    for format_, read in (("pdf", text_of), ("docx", words)):
        content = browser(examined.officer).get(letter_of(examined, "supplement_letter", 1, format_)).content
        text = read(content)
        for said in (
            "Bản đồ vị trí, ranh giới",
            "{{ 7*7 }} <w:p> #import",
            "Nêu tổ chức tín dụng cho vay.",
            "ngày 30 tháng 10 năm 2026",
            "tạm dừng từ ngày 17 tháng 10 năm 2026",
            examined.officer.full_name,
        ):
            assert said in text, (format_, said)
    # The applicant reads it, and does not write it.
    assert (
        browser(examined.investor).get(letter_of(examined, "supplement_letter", 1, "pdf")).status_code == 200
    )
    for user, format_ in (
        (examined.investor, "docx"),
        (examined.commune_officer, "pdf"),
        (applicant("Khác"), "pdf"),
    ):
        assert browser(user).get(letter_of(examined, "supplement_letter", 1, format_)).status_code == 404
    assert (
        browser(examined.officer).get(letter_of(examined, "supplement_letter", 1, "html")).status_code == 404
    )


@pytest.mark.parametrize(
    ("typed", "number", "day"),
    [
        ("845/SCT-QLCN", "Số: 845/SCT-QLCN", "ngày 17 tháng 10 năm 2026"),
        ("845", "Số: 845/SCT-CN", "ngày 17 tháng 10 năm 2026"),
        ("", "Số: /SCT-CN", "ngày …… tháng …… năm ………"),
    ],
)
def test_the_number_of_a_supplement_letter_stands_below_the_issuer_with_the_day_it_was_sent(
    typed, number, day, examined
):
    asked(examined, letter_number=typed)
    for format_, read in (("pdf", text_of), ("docx", words)):
        content = browser(examined.officer).get(letter_of(examined, "supplement_letter", 1, format_)).content
        text = " ".join(read(content).split())
        assert number in text, format_
        assert f"Lào Cai, {day}" in text, format_


def test_the_refusal_says_why_by_which_article_and_how_to_complain():
    walk = Walk()
    walk.to("submitted")
    assert (
        browser(walk.leader).get(letter_of(walk, "refusal_letter", walk.application.pk, "pdf")).status_code
        == 404
    )
    fire(
        walk.fresh(),
        "refuse_incomplete",
        actor=walk.leader,
        at=moment("2026-10-18"),
        note="Không bổ sung trong thời hạn.\nChưa chứng minh năng lực tài chính.",
    )
    content = browser(walk.leader).get(letter_of(walk, "refusal_letter", walk.application.pk, "docx")).content
    text = words(content)
    for said in (
        "- Không bổ sung trong thời hạn;",
        "khoản 3 Điều 10 Nghị định 32/2024/NĐ-CP",
        "Quyền khiếu nại",
    ):
        assert said in text, said
    offered = application_papers(walk.application, walk.investor)
    assert letter_of(walk, "refusal_letter", walk.application.pk, "pdf") in {one.url for one in offered}


def test_an_apology_is_owed_once_the_step_is_late_or_was_given_more_time(examined, time_machine):
    time_machine.move_to(moment("2026-10-20"), tick=False)
    address = letter_of(examined, "apology_letter", examined.application.pk, "docx")
    assert browser(examined.officer).get(address).status_code == 404
    extend_step(
        dossier=examined.fresh(),
        days=5,
        unit=DayUnit.WORKING,
        reason="Chờ ý kiến của Sở Tài chính",
        actor=examined.officer,
        at=moment("2026-10-19"),
    )
    text = words(browser(examined.officer).get(address).content)
    assert "là ngày 12 tháng 11 năm 2026" in text
    assert "hẹn lại ngày trả kết quả: ngày 19 tháng 11 năm 2026" in text
    assert "- Chờ ý kiến của Sở Tài chính." in text
    # Reason and day may still be the office's to write: the applicant gets the signed one.
    assert browser(examined.investor).get(address.replace("docx", "pdf")).status_code == 404


def test_only_the_part_that_writes_a_paper_and_the_department_are_offered_it(opened):
    submission = draft_of(opened, "submission")
    assert submission in urls(opened, opened.commune_officer)
    assert submission in urls(opened, opened.officer)
    for user in (opened.clerk, opened.investor, opened.consulted):
        assert submission not in urls(opened, user)
        assert browser(user).get(submission).status_code == 404
    assert browser(opened.commune_officer).get(draft_of(opened, "decision")).status_code == 404
    response = browser(opened.commune_officer).get(submission)
    assert response["Content-Disposition"].endswith(f'-{opened.dossier.code}.docx"')
    elsewhere = person(Role.DEPARTMENT_OFFICER, province_code=HA_NOI)
    assert browser(elsewhere).get(submission).status_code == 404


def test_a_score_sheet_is_its_members_own_until_the_scoring_is_closed(examined):
    council = examined.council()
    council.closed_at, closed = None, council.closed_at
    council.save()
    seat = council.members.get(user=examined.chair)
    sheet = draft_of(examined, "score_sheet", member=seat.pk, application=examined.application.pk)
    assert browser(examined.officer).get(sheet).status_code == 404
    assert browser(examined.consulted).get(sheet).status_code == 404
    assert "Tổng cộng" in words(browser(examined.chair).get(sheet).content)
    council.closed_at = closed
    council.save()
    assert browser(examined.officer).get(sheet).status_code == 200
    assert browser(examined.consulted).get(sheet).status_code == 404


def test_everything_offered_opens_and_nothing_in_it_is_undefined(examined):
    Organisation.objects.filter(pk=organisation_of(examined.investor).pk).update(
        name='Công ty "<{{ x }}> & #y"'
    )
    asked(examined)
    for user in (examined.investor, examined.commune_officer, examined.officer, examined.clerk):
        client = browser(user)
        for offer in paper_offers(examined.fresh(), user):
            response = client.get(offer.url)
            assert response.status_code == 200, offer
            assert response.content.startswith(b"%PDF" if offer.format == "pdf" else b"PK"), offer
            text = text_of(response.content) if offer.format == "pdf" else words(response.content)
            assert "None" not in text, offer
            assert "{%" not in text, offer
            if "receipts" in offer.url:
                assert "<{{ x }}> & #y" in text


def test_the_request_is_filled_from_a_draft_of_ones_own_organisation_only():
    made = draft()
    address = reverse("dossiers:request_draft", args=[made.pk])
    owner = made.started_by
    text = words(browser(owner).get(address).content)
    for said in ("Kính gửi: Ủy ban nhân dân tỉnh Lào Cai", "Nguyễn Văn Ví Dụ", "420 tỷ đồng", "5300000000"):
        assert said in text, said
    assert [offer.url for offer in application_papers(made, owner)] == [address]
    for other in (applicant("Khác"), person(Role.DEPARTMENT_OFFICER)):
        assert browser(other).get(address).status_code == 404
        assert application_papers(made, other) == []


def test_the_departments_own_model_is_used_for_its_province(opened):
    own_model("submission", opened.leader, "Mẫu của Sở: {{ cluster.name }}")
    content = browser(opened.commune_officer).get(draft_of(opened, "submission")).content
    assert "Mẫu của Sở: Phú Thịnh Thử" in words(content)


def test_a_model_that_no_longer_fits_gives_way_to_the_portals_with_a_word(opened):
    kept = own_model("submission", opened.leader, "Mẫu của Sở: {{ cluster.name }}")
    other = own_model("score_sheet", opened.leader, "{{ member.name }}")
    kept.file = other.file
    kept.save()
    client = browser(opened.commune_officer)
    assert "TỜ TRÌNH" in words(client.get(draft_of(opened, "submission")).content)
    page = client.get(reverse("accounts:account")).content.decode()
    assert "Mẫu riêng của Sở không còn điền được" in page


def test_no_slip_is_made_of_what_is_not_filed():
    made = draft()
    assert browser(made.started_by).get(slip_of(made)).status_code == 404


def test_the_pages_of_officers_and_applicants_list_the_papers(examined):
    asked(examined)
    page = browser(examined.officer).get(examined.dossier.get_absolute_url()).content.decode()
    for offer in paper_offers(examined.fresh(), examined.officer):
        assert offer.url.replace("&", "&amp;") in page, offer
    own = reverse("dossiers:application", args=[examined.application.pk])
    page = browser(examined.investor).get(own).content.decode()
    for offer in application_papers(examined.application, examined.investor):
        assert offer.url in page, offer
    assert "apology_letter" not in page


def test_the_wizard_offers_the_request_filled_from_the_answers():
    made = draft()
    page = browser(made.started_by).get(reverse("dossiers:draft_section", args=[made.pk, "papers"]))
    assert reverse("dossiers:request_draft", args=[made.pk]) in page.content.decode()
