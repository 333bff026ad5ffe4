"""Pages of applicants: whose they are, and what they cost."""

import pytest
from django.urls import reverse

from accounts.roles import Function, Role
from tests.assertions import assert_num_queries
from tests.dossiers.applicant.cases import browser_of, with_supplement
from tests.factories.dossiers import Walk, applicant, draft, moment, planned
from tests.pages import PageContract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


class TestMine(PageContract):
    url_name = "dossiers:mine"
    function = Function.FILE_DOSSIER
    role = Role.INVESTOR_MEMBER
    max_queries = 8


class TestStore(PageContract):
    url_name = "dossiers:store"
    function = Function.FILE_DOSSIER
    role = Role.INVESTOR_MEMBER
    max_queries = 8


class TestBegin(PageContract):
    url_name = "dossiers:begin"
    function = Function.FILE_DOSSIER
    role = Role.INVESTOR_MEMBER
    max_queries = 9

    @pytest.fixture
    def url(self, db):
        return f"{reverse(self.url_name)}?procedure=establish_cluster"


def test_the_list_of_my_dossiers_costs_the_same_queries_however_many_there_are():
    walk = Walk()
    walk.to("appraisal")
    draft(planned(name="Nháp"), user=walk.investor)
    browser, code = browser_of(walk.investor), walk.application.code
    url = reverse("dossiers:mine")
    code = walk.application.code
    browser.get(url)
    with assert_num_queries(7, at_most=True) as before:
        assert code in browser.get(url).content.decode()
    cost = len(before)
    for number in range(3):
        Walk(line=planned(name=f"Số {number}"), investor=walk.investor).to("open")
        draft(planned(name=f"Nháp {number}"), user=walk.investor)
    # Their applications were received: the bell is counted anew once.
    browser.get(url)
    with assert_num_queries(cost):
        browser.get(url)


def test_the_page_of_a_dossier_says_where_it_is_in_every_state():
    walk = Walk()
    for state in Walk.ORDER:
        walk.step_to(state)
        dossier = walk.fresh()
        with assert_num_queries(41, at_most=True):
            page = browser_of(walk.investor).get(reverse("dossiers:application", args=[walk.application.pk]))
        text = page.content.decode()
        assert dossier.get_state_display().lower() in text.lower(), state
        assert page.context["standing"].where, state
        assert page.context["events"][-1]["what"], state


@pytest.mark.parametrize(
    "section", ["target", "applicant", "project", "capital", "report", "papers", "commitment"]
)
def test_every_page_of_the_wizard_costs_few_queries(section):
    user = applicant()
    made = draft(user=user)
    browser = browser_of(user)
    url = reverse("dossiers:draft_section", args=[made.pk, section])
    browser.get(url)
    with assert_num_queries(14, at_most=True):
        assert browser.get(url).status_code == 200


def test_a_supplement_is_shown_item_by_item():
    walk = with_supplement()
    url = reverse("dossiers:supplement", args=[walk.application.pk, 1])
    text = browser_of(walk.investor).get(url).content.decode()
    assert "Báo cáo tài chính năm 2025 chưa được kiểm toán." in text
    assert "Sửa lại theo bản đồ ranh giới." in text
    assert 'name="industrial_land_ha"' in text


def test_receipt_and_review_answer_their_own_people():
    walk = Walk()
    made = walk.file()
    text = browser_of(walk.investor).get(reverse("dossiers:receipt", args=[made.pk])).content.decode()
    assert made.code in text
    assert made.secret in text
    assert made.documents.first().file.sha256 in text
    own = draft(planned(name="Khác"), user=walk.investor)
    assert browser_of(walk.investor).get(reverse("dossiers:review", args=[own.pk])).status_code == 200
    for name in ("withdraw", "complain"):
        page = browser_of(walk.investor).get(reverse(f"dossiers:{name}", args=[made.pk]))
        assert page.status_code == 200
