"""The wizard: every field is kept, nothing is lost, and a refusal says in words what to do."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from dossiers.models import Application
from dossiers.services.documents import add_application_paper
from dossiers.services.filing import save_answers, start_application
from tests.dossiers.applicant.cases import browser_of
from tests.factories.accounts import MembershipFactory, OrganisationFactory, person
from tests.factories.dossiers import applicant, draft, moment, organisation_of, pdf, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def empty_draft(user=None) -> tuple[Application, object]:
    user = user or applicant()
    made = start_application(
        procedure_code="establish_cluster", organisation=organisation_of(user), user=user
    )
    return made, user


def keep(browser, made, section, field, value, seen=None):
    data = {"section": section, "field": field, field: value}
    if seen is not None:
        data["seen"] = seen
    return browser.post(reverse("dossiers:draft_answers", args=[made.pk]), data)


def stored(made, name):
    return Application.objects.get(pk=made.pk).data.get(name)


def test_a_field_is_kept_alone_as_it_is_typed_in_viet_nam():
    made, user = empty_draft()
    answer = keep(browser_of(user), made, "target", "area_ha", "1.234,5", 1)
    assert answer.status_code == 200
    assert stored(made, "area_ha") == "1234.5"
    assert answer.json()["value"] == "1.234,5"
    assert answer.json()["version"] == 2


def test_money_is_shown_in_words_that_round_nothing():
    made, user = empty_draft()
    answer = keep(browser_of(user), made, "capital", "total_investment", "420,5 tỷ", 1)
    assert stored(made, "total_investment") == "420500000000"
    assert answer.json()["remark"] == "420 tỷ 500 triệu đồng"


def test_a_choice_is_read_back_in_its_words():
    user = applicant()
    made = draft(planned(), user=user)
    page = browser_of(user).get(reverse("dossiers:review", args=[made.pk]))
    assert "cụm công nghiệp thông thường" in page.content.decode()
    assert "ordinary" not in page.content.decode()


def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing():
    made, user = empty_draft()
    browser = browser_of(user)
    keep(browser, made, "target", "area_ha", "50", 1)
    answer = keep(browser, made, "target", "area_ha", "năm mươi", 2)
    assert answer.status_code == 422
    assert "năm mươi" in answer.json()["errors"][0]
    assert stored(made, "area_ha") == "50"


def test_two_devices_at_two_fields_disturb_nobody():
    made, user = empty_draft()
    desk, phone = browser_of(user), browser_of(user)
    assert keep(desk, made, "applicant", "phone", "0214 111 111", 1).status_code == 200
    assert keep(phone, made, "applicant", "representative", "Lê Thị Hoa", 1).status_code == 200
    assert (stored(made, "phone"), stored(made, "representative")) == ("0214 111 111", "Lê Thị Hoa")


def test_two_devices_at_one_field_get_both_values_and_choose():
    made, user = empty_draft()
    desk, phone = browser_of(user), browser_of(user)
    keep(desk, made, "applicant", "phone", "0214 111 111", 1)
    late = keep(phone, made, "applicant", "phone", "0214 222 222", 1)
    assert late.status_code == 409
    conflict = late.json()["conflict"]
    assert (conflict["mine"], conflict["theirs"]) == ("0214 222 222", "0214 111 111")
    assert stored(made, "phone") == "0214 111 111"
    assert keep(phone, made, "applicant", "phone", "0214 222 222", conflict["version"]).status_code == 200
    assert stored(made, "phone") == "0214 222 222"


def test_without_scripts_a_page_keeps_what_it_can_and_shows_the_conflict_field_by_field():
    made, user = empty_draft()
    save_answers(application=made, answers={"phone": "0214 111 111"}, user=user)
    url = reverse("dossiers:draft_section", args=[made.pk, "applicant"])
    page = browser_of(user).post(
        url,
        {"seen": 1, "phone": "0214 222 222", "representative": "Lê Thị Hoa", "legal_paper_date": "hôm qua"},
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert stored(made, "representative") == "Lê Thị Hoa"
    assert stored(made, "phone") == "0214 111 111"
    assert "0214 222 222" in text
    assert "0214 111 111" in text
    assert "hôm qua" in text
    again = browser_of(user).post(
        url,
        {
            "seen": page.context["application"].data_version,
            "phone": "0214 222 222",
            "representative": "Lê Thị Hoa",
        },
    )
    assert again.status_code == 302
    assert stored(made, "phone") == "0214 222 222"


def test_choosing_a_line_of_the_list_fills_what_is_empty_and_leaves_what_is_typed():
    line = planned(name="Bắc Văn Yên")
    made, user = empty_draft()
    browser = browser_of(user)
    keep(browser, made, "target", "name", "Bắc Văn Yên (tên đề nghị)", 1)
    answer = keep(browser, made, "target", "planned_cluster", "bac van yen", 2)
    assert stored(made, "planned_cluster") == line.pk
    assert stored(made, "name") == "Bắc Văn Yên (tên đề nghị)"
    assert answer.json()["filled"]["area_ha"] == "50"
    assert "Âu Lâu" in answer.json()["filled"]["place"]


def test_a_list_of_boxes_is_kept_and_can_be_emptied():
    made, user = empty_draft()
    browser = browser_of(user)
    url = reverse("dossiers:draft_answers", args=[made.pk])
    ticked = browser.post(
        url, {"section": "report", "field": "report_headings", "report_headings": ["need", "land"], "seen": 1}
    )
    assert ticked.json()["value"] == ["need", "land"]
    assert browser.post(url, {"section": "report", "field": "report_headings", "seen": 2}).status_code == 200
    assert stored(made, "report_headings") == []


@pytest.mark.django_db(transaction=True)
def test_two_fields_saved_in_the_same_moment_are_both_kept():
    made, user = empty_draft()
    gate, failures = threading.Barrier(2), []

    def save(name, value):
        try:
            gate.wait(10)
            save_answers(application=made, answers={name: value}, user=user, seen=1)
        except Exception as error:  # shown below, in the thread of the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in (("phone", "1"), ("representative", "2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failures == []
    now = Application.objects.get(pk=made.pk)
    assert (now.data["phone"], now.data["representative"], now.data_version) == ("1", "2", 3)


def test_a_colleague_goes_on_where_one_stopped():
    user = applicant()
    made = draft(user=user, phone="", total_investment="")
    colleague = person("investor_member", organisation=organisation_of(user))
    answer = browser_of(colleague).get(reverse("dossiers:draft", args=[made.pk]))
    assert answer["Location"] == reverse("dossiers:draft_section", args=[made.pk, "applicant"])


def test_everything_that_is_missing_is_listed_with_the_address_where_it_is_mended():
    made, user = empty_draft()
    page = browser_of(user).get(reverse("dossiers:draft_section", args=[made.pk, "capital"]))
    gaps = [gap.url for section in page.context["progress"].sections for gap in section.missing]
    assert reverse("dossiers:draft_section", args=[made.pk, "capital"]) + "#id_equity" in gaps
    assert reverse("dossiers:draft_section", args=[made.pk, "papers"]) + "#paper-report" in gaps
    text = page.content.decode()
    assert all(f'href="{url}"' in text for url in gaps)
    assert 'id="id_equity"' in text


def test_filing_is_refused_with_everything_that_is_missing_and_nothing_is_lost():
    user = applicant()
    made = draft(user=user, equity="1", phone="")
    page = browser_of(user).post(
        reverse("dossiers:review", args=[made.pk]), {"return_method": "electronic", "looked_through": "on"}
    )
    assert len(page.context["refused"]) == 2
    assert stored(made, "equity") == "1"
    assert Application.objects.get(pk=made.pk).is_draft


def test_filing_leads_to_the_receipt_and_a_double_click_too():
    user = applicant()
    made = draft(user=user)
    browser = browser_of(user)
    url, data = (
        reverse("dossiers:review", args=[made.pk]),
        {"return_method": "by_post", "looked_through": "on"},
    )
    receipt = reverse("dossiers:receipt", args=[made.pk])
    assert browser.post(url, data)["Location"] == receipt
    assert browser.post(url, data)["Location"] == receipt
    filed = Application.objects.get(pk=made.pk)
    assert filed.return_method == "by_post"
    assert filed.code
    assert keep(browser, made, "applicant", "phone", "1", 1).status_code == 404


def test_filing_wants_that_everything_was_looked_through():
    user = applicant()
    made = draft(user=user)
    page = browser_of(user).post(reverse("dossiers:review", args=[made.pk]), {"return_method": "electronic"})
    assert page.context["form"].errors["looked_through"]
    assert Application.objects.get(pk=made.pk).is_draft


def test_a_new_draft_begins_with_what_the_organisation_said_of_itself_before():
    user = applicant()
    draft(user=user, phone="0214 333 333")
    line = planned(name="Trấn Yên 2")
    answer = browser_of(user).post(
        reverse("dossiers:begin"), {"procedure": "establish_cluster", "planned_cluster": line.pk}
    )
    made = Application.objects.order_by("-pk").first()
    assert answer["Location"] == reverse("dossiers:draft", args=[made.pk])
    assert (made.data["phone"], made.data["planned_cluster"], made.data["name"]) == (
        "0214 333 333",
        line.pk,
        "Trấn Yên 2",
    )
    assert "total_investment" not in made.data


def test_who_files_for_two_organisations_is_asked_for_which():
    user = applicant()
    other = OrganisationFactory(investor=True, name="Hợp tác xã Hạ tầng Văn Yên")
    MembershipFactory(user=user, organisation=other, role="investor_member")
    browser = browser_of(user)
    data = {"procedure": "establish_cluster"}
    assert browser.post(reverse("dossiers:begin"), data).context["is_unchosen"]
    browser.post(reverse("dossiers:begin"), {**data, "organisation": other.pk})
    assert Application.objects.order_by("-pk").first().organisation == other


def test_a_draft_with_versions_of_a_paper_can_be_thrown_away():
    user = applicant()
    made = draft(user=user)
    old = made.documents.get(kind="report")
    add_application_paper(application=made, kind="report", user=user, upload=pdf("moi.pdf"), replaces=old)
    answer = browser_of(user).post(reverse("dossiers:discard", args=[made.pk]))
    assert answer["Location"] == reverse("dossiers:mine")
    assert not Application.objects.filter(pk=made.pk).exists()
