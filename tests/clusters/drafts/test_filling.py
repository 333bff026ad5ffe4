"""Drafts filled from a real dossier: what stands in it stands on the paper, what does not is a gap for the pen."""

import datetime as dt

import pytest

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from clusters.drafts import DRAFTS
from clusters.drafts.filling import filled, request_of
from dossiers.choices import Outcome
from dossiers.models import Application, CouncilMember, Dossier, Notice
from dossiers.procedures import procedure
from dossiers.services.filing import start_application
from dossiers.services.opinions import ask_for_opinions
from tests.clusters.drafts.test_drafts import text_of
from tests.core.office.made import lines
from tests.factories.accounts import OrganisationFactory
from tests.factories.dossiers import Walk, applicant, moment, organisation_of, walked

pytestmark = pytest.mark.django_db
HOSTILE = 'Công ty <w:t>{{ 7*7 }}</w:t> & "Con"'
SAID = {
    "notice": [
        "Ủy ban nhân dân phường Âu Lâu",
        "05 ngày làm việc",
        "đến 23 giờ 59 phút, ngày 13 tháng 10 năm 2026",
    ],
    "opening_minutes": [
        "/BB-UBND",
        "Thời gian mở hồ sơ: 09 giờ 00 phút, ngày 14 tháng 10 năm 2026",
        "Mặt trận",
    ],
    "submission": ["địa điểm: phường Âu Lâu, tỉnh Lào Cai", "Công ty TNHH Đầu tư Đối Thủ"],
    "opinion_letter": ["theo Tờ trình ngày 15 tháng 10 năm 2026"],
    "council_decision": ["Phó Chủ tịch UBND tỉnh", "tổng cộng 100 điểm"],
    "council_invitation": ["Quyết định số 3801/QĐ-UBND ngày 20 tháng 10 năm 2026", "chấm điểm 02 hồ sơ"],
    "score_sheet": ["Phương án tài chính", "33", "80"],
    "minutes": ["80,00", "65,00", "Hội đồng lựa chọn"],
    "appraisal_report": ["Căn cứ Nghị định số 303/2026/NĐ-CP", "80,00 điểm", "V33", "Đồng ý."],
    "decision": [
        "420 tỷ đồng (Bằng chữ: Bốn trăm hai mươi tỷ đồng)",
        "Vốn tự có: 84 tỷ đồng",
        "ha; doanh nghiệp",
    ],
    "result_notice": ["65,00 điểm", "không được lựa chọn"],
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"), tick=False)


def decided_with_a_rival() -> Walk:
    walk = Walk()
    walk.to("open")
    Organisation.objects.filter(pk=organisation_of(walk.investor).pk).update(name=HOSTILE)
    Organisation.objects.filter(pk=organisation_of(walk.commune_officer).pk).update(
        name="Ủy ban nhân dân phường Âu Lâu"
    )
    # Among the vice-chairs the law wants the department of finance.
    Organisation.objects.filter(pk=organisation_of(walk.consulted).pk).update(
        name="Sở Tài chính tỉnh Lào Cai"
    )
    walk.join()
    for step in (walk.open_all, walk.submit, walk.accept, walk.opinion, walk.report, walk.decide):
        step()
    return walk


@pytest.fixture(scope="module", autouse=True)
def scene(build_scene):
    return build_scene(lambda: (decided_with_a_rival(), walked("appraisal")), at=moment("2026-11-26"))


@pytest.fixture
def decided(scene, db):
    """A decided dossier with a rival, an opinion and a closed council."""
    return scene()[0]


@pytest.fixture
def examined(scene, db):
    """One applicant under appraisal."""
    return scene()[1]


def test_every_paper_of_a_walked_dossier_says_what_stands_in_it(decided):
    dossier = decided.fresh()
    table = procedure(dossier.procedure_code)
    rival = Application.objects.get(dossier=dossier, is_first=False)
    member = CouncilMember.objects.filter(council__dossier=dossier).order_by("pk")[0]
    of = {
        "result_notice": {"application": rival},
        "score_sheet": {"application": decided.application, "member": member},
    }
    for kind, said in SAID.items():
        text = text_of(table.render_draft(kind, dossier, **of.get(kind, {})))
        for words in [decided.line.name, *said]:
            assert words.lower() in text.lower(), (kind, words)
        for mark in ("{%", "None", "gettext", "<django"):
            assert mark not in text, (kind, mark)
        if kind not in ("notice", "council_decision", "council_invitation", "opening_minutes"):
            assert HOSTILE in text, kind
    assert set(SAID) == set(DRAFTS) - {table.request_kind}
    assert Application.objects.get(pk=rival.pk).outcome == Outcome.NOT_CHOSEN


def test_a_sealed_dossier_tells_no_draft_who_the_rivals_are():
    walk = Walk()
    walk.to("open")
    walk.join()
    dossier = walk.fresh()
    for kind in ("notice", "opening_minutes", "submission", "appraisal_report", "decision"):
        text = text_of(dossier.procedure.render_draft(kind, dossier))
        assert "Đối Thủ" not in text, kind
        assert "Hạ tầng Ví Dụ" not in text, kind


def test_scores_stand_on_no_paper_before_the_scoring_is_closed(examined):
    council = examined.council()
    assert filled("minutes", examined.fresh()).scores
    council.closed_at = None
    council.save()
    assert filled("minutes", examined.fresh()).scores == []
    assert filled("appraisal_report", examined.fresh()).scores == []


def number_and_day(walk: Walk, kind: str) -> tuple[str, str]:
    """Return the line with the number, and the day beside it."""
    said = lines(walk.fresh().procedure.render_draft(kind, walk.fresh()))
    number = next(line for line in said if line.startswith("Số:"))
    return number.removeprefix("Số:").strip(), next(
        line for line in said if line.startswith(("Lào Cai, ", "Âu Lâu, "))
    ).partition(", ")[2]


def test_a_number_that_the_dossier_knows_stands_below_the_issuer_and_its_day_beside_it(decided):
    Notice.objects.filter(dossier=decided.dossier).update(number="12")
    assert number_and_day(decided, "notice") == ("12/TB-UBND", "ngày 06 tháng 10 năm 2026")
    assert number_and_day(decided, "council_decision") == ("3801/QĐ-UBND", "ngày 20 tháng 10 năm 2026")
    assert number_and_day(decided, "decision") == ("4102/QĐ-UBND", "ngày 30 tháng 10 năm 2026")


def test_the_number_of_an_opinion_letter_is_that_of_the_requests_that_wait(examined):
    ask = {"dossier": examined.dossier, "question": "Ý kiến về hồ sơ", "actor": examined.officer}
    here = organisation_of(examined.officer).province
    first, second, third = (
        OrganisationFactory(kind=OrganisationKind.OTHER_DEPARTMENT, province=here) for _each in range(3)
    )
    assert number_and_day(examined, "opinion_letter") == ("/SCT-CN", "ngày …… tháng …… năm ………")
    at = moment("2026-10-19")
    ask_for_opinions(organisations=[first, second], letter_number="845", at=at, **ask)
    assert number_and_day(examined, "opinion_letter") == ("845/SCT-CN", "ngày 19 tháng 10 năm 2026")
    ask_for_opinions(organisations=[third], letter_number="851/SCT-CN", at=moment("2026-10-20"), **ask)
    assert number_and_day(examined, "opinion_letter") == ("/SCT-CN", "ngày …… tháng …… năm ………")


def test_a_number_and_a_day_that_nobody_knows_are_left_to_the_clerk(decided):
    for kind in ("appraisal_report", "submission"):
        facts = filled(kind, decided.fresh())
        assert facts.head.day is None
        content = decided.fresh().procedure.render_draft(kind, decided.fresh())
        numbered = next(line for line in lines(content) if line.startswith("Số:"))
        assert numbered.removeprefix("Số:").split("/")[0].isspace()


def test_the_report_counts_its_days_as_the_clock_does(examined):
    facts = filled("appraisal_report", examined.fresh())
    assert facts.due == examined.fresh().due_on
    assert any("20 ngày làm việc" in line for line in facts.trace)
    assert facts.received == dt.date(2026, 10, 15)


def test_a_request_of_a_draft_that_says_nothing_yet_is_a_form():
    user = applicant()
    made = start_application(
        procedure_code="establish_cluster", organisation=organisation_of(user), user=user
    )
    facts = request_of(made)
    assert facts.committee == ""
    text = text_of(procedure("establish_cluster").request_docx(made))
    assert "…………" in text
    assert "Công ty cổ phần Hạ tầng Ví Dụ" in text


def offered(state: str, regime: str) -> set[str]:
    table = procedure("establish_cluster")
    case = Dossier(state=state, regime_code=regime, procedure_code=table.code)
    return {offer.kind for offer in table.drafts(case)}


def test_a_law_without_notice_and_council_offers_no_paper_of_theirs():
    assert offered("opened", "R5") == {"opening_minutes", "submission"}
    assert offered("opened", "R1") == {"submission"}
    assert offered("appraisal", "R1") == {"opinion_letter", "appraisal_report"}
    assert offered("appraisal", "R5") > {"council_decision", "minutes", "score_sheet"}


def test_every_draft_is_offered_in_some_state_and_none_after_a_refusal():
    table = procedure("establish_cluster")
    everything = set().union(*(offered(state.code, "R5") for state in table.states))
    assert everything == set(DRAFTS) - {table.request_kind}
    assert offered("refused", "R5") == offered("withdrawn", "R5") == set()
