"""Every guard of the tables stops what it should and lets pass what it may; all that fails is said at once."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.roles import Role
from clusters.models import ClusterCase
from dossiers.choices import Seat, Stance
from dossiers.models import Application, OpinionRequest
from dossiers.procedures import procedures
from dossiers.services import councils, opinions, supplements
from dossiers.services.events import ActionRefused
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import available, fire
from law.models import Parameter, ProvincialParameter
from tests.factories.accounts import OrganisationFactory, person
from tests.factories.clusters import ClusterFactory, ObservationFactory
from tests.factories.dossiers import Walk, moment, organisation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("appraisal")]

#: Guards shown below, by code; one that is added to a table has to be added here with its test.
SHOWN = {
    "has_applications",
    "window_is_over",
    "no_open_supplement",
    "opinions_are_in",
    "council_has_scored",
    "rules_are_met",
    "averages_are_settled",
    "tests_are_judged",
    "is_recommended",
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(moment("2026-11-26"))


def reasons(dossier, action, actor, **said):
    with pytest.raises(ActionRefused) as refused:
        fire(dossier, action, actor=actor, **said)
    return refused.value.reasons


def ask(walk, **said):
    return supplements.ask_for_supplement(
        dossier=walk.dossier,
        application=walk.application,
        items=[supplements.Wanted("field:place", "Thiếu tên thôn", "Ghi rõ thôn")],
        reason="Địa điểm chưa rõ",
        actor=walk.officer,
        **said,
    )


def test_every_guard_of_every_table_is_shown_here():
    used = {
        guard.code
        for one in procedures()
        for line in one.transitions
        for guard in line.guards
        if one.code in ("establish_cluster", "expand_cluster")
    }
    assert used == SHOWN


def test_has_applications():
    walk = Walk()
    dossier = walk.to("received")
    Application.objects.filter(dossier=dossier).update(outcome="refused")
    assert reasons(dossier, "publish_notice", walk.commune_officer) == ["Hồ sơ không còn đề nghị nào."]


def test_window_is_over(time_machine):
    time_machine.move_to(moment("2026-10-06", "10:00"), tick=False)
    walk = Walk()
    dossier = walk.to("open")
    for action, actor in (("open_applications", walk.commune_officer), ("close_window", None)):
        (said,) = reasons(dossier, action, actor, present="Mọi người")
        assert "13/10/2026" in said
    time_machine.move_to(moment("2026-10-13", "23:59"), tick=False)
    assert reasons(dossier, "close_window", None)
    time_machine.move_to(moment("2026-10-14", "00:00"), tick=False)
    assert fire(dossier, "close_window", actor=None).to_state == "closed"
    assert (
        fire(dossier, "open_applications", actor=walk.commune_officer, present="Mọi người").to_state
        == "opened"
    )


def test_no_open_supplement():
    walk = Walk()
    dossier = walk.to("submitted")
    request = ask(walk)
    (said,) = reasons(dossier, "accept", walk.officer)
    assert "1" in said
    assert str(walk.application.organisation) in said
    supplements.close_supplement(request=request, actor=walk.officer, note="Không trả lời")
    assert fire(dossier, "accept", actor=walk.officer)


def test_opinions_are_in(walk):
    """An agency that is silent is waited for, unless the province has ruled what its silence means."""
    dossier = walk.fresh()
    (request,) = opinions.ask_for_opinions(
        dossier=dossier,
        organisations=[organisation_of(walk.consulted)],
        question="Ý kiến",
        actor=walk.officer,
        due_on=dt.date(2026, 12, 10),
    )
    pending = [one for one in reasons(dossier, "send_report", walk.leader) if "Sở Tài chính" in one]
    assert len(pending) == 1
    late = {"due_on": dt.date(2026, 11, 20), "silence_is_consent": False}
    OpinionRequest.objects.filter(pk=request.pk).update(**late)
    (silent,) = (one for one in reasons(dossier, "send_report", walk.leader) if "Sở Tài chính" in one)
    assert silent != pending[0]
    OpinionRequest.objects.filter(pk=request.pk).update(silence_is_consent=True)
    assert not [one for one in reasons(dossier, "send_report", walk.leader) if "Sở Tài chính" in one]
    OpinionRequest.objects.filter(pk=request.pk).update(silence_is_consent=False)
    opinions.give_opinion(request=request, stance=Stance.AGREES, answer="", actor=walk.consulted)
    assert not [one for one in reasons(dossier, "send_report", walk.leader) if "Sở Tài chính" in one]


def test_silence_means_what_the_province_has_ruled_on_the_day_of_the_letter(walk):
    # Lào Cai: 10 working days, silence is agreement (Decision 16/2026/QĐ-UBND, loaded with the reference data).
    dossier = walk.fresh()
    (request,) = opinions.ask_for_opinions(
        dossier=dossier,
        organisations=[organisation_of(walk.consulted)],
        question="Ý kiến",
        actor=walk.officer,
        at=moment("2026-10-16", "10:00"),
    )
    # 10 wd from Fri 16.10: 19-23 (5), 26-30.10 (10).
    assert (request.due_on, request.silence_is_consent) == (dt.date(2026, 10, 30), True)
    assert request.silence_basis == "16/2026/QĐ-UBND"
    assert opinions.unanswered(dossier, dt.date(2026, 10, 30)) == [request]
    assert opinions.unanswered(dossier, dt.date(2026, 10, 31)) == []
    # Where a province has ruled nothing, silence is only marked.
    ProvincialParameter.objects.filter(key=Parameter.SILENCE_IS_CONSENT).update(enabled=False)
    (other,) = opinions.ask_for_opinions(
        dossier=dossier,
        organisations=[OrganisationFactory(other_department=True)],
        question="Ý kiến",
        actor=walk.officer,
        due_on=dt.date(2026, 11, 26),
    )
    assert (other.silence_is_consent, other.silence_basis) == (False, "")
    assert opinions.unanswered(dossier, dt.date(2026, 12, 30)) == [other]


def test_council_has_scored(walk):
    dossier = walk.fresh()
    assert [one for one in reasons(dossier, "send_report", walk.leader) if "Chưa thành lập hội đồng" in one]
    council = councils.set_up_council(
        dossier=dossier,
        decision_number="1/QĐ",
        decided_on=dt.date(2026, 11, 26),
        members=[
            councils.Seated(walk.chair, Seat.CHAIR, "Phó Chủ tịch"),
            councils.Seated(walk.leader, Seat.VICE_CHAIR, "Giám đốc Sở"),
            councils.Seated(walk.consulted, Seat.VICE_CHAIR, "Phó Giám đốc Sở"),
            councils.Seated(walk.officer, Seat.SECRETARY, "Chuyên viên"),
        ],
        actor=walk.officer,
    )
    waiting = reasons(dossier, "send_report", walk.leader)
    assert [one for one in waiting if "chưa đóng việc chấm điểm" in one]
    type(council).objects.filter(pk=council.pk).update(closed_at=moment("2026-11-26"))
    assert [one for one in reasons(dossier, "send_report", walk.leader) if "đạt điểm tối thiểu" in one]


def test_rules_are_met(walk):
    """The report cannot recommend to approve against a rule that blocks; to recommend refusal is possible."""
    dossier = walk.fresh()
    walk.council()
    walk.paper("appraisal_report", walk.officer, moment("2026-10-27", "08:30"))
    ClusterCase.objects.filter(dossier=dossier).update(area_ha=Decimal("80"))
    said = reasons(dossier, "send_report", walk.leader)
    assert [one for one in said if "80" in one and "75" in one], said
    event = fire(dossier, "recommend_refusal", actor=walk.leader, note="Diện tích vượt 75 ha.")
    assert event.to_state == "deciding"


def test_averages_are_settled(walk):
    """V12: where simple and weighted average disagree a person settles which one counts, before the report is sent."""
    dossier = walk.fresh()
    place = {"commune": dossier.commune, "province": dossier.province}
    # 9 of 10 ha and 16 of 70 ha: simple 56.4 %, weighted 31.3 %, limit 50 %; 55 ha not leased, over the 50 ha of R5.
    for industrial, leased in ((10, 9), (70, 16)):
        cluster = ClusterFactory(area_ha=Decimal(75), industrial_land_ha=Decimal(industrial), **place)
        ObservationFactory(cluster=cluster, value=Decimal(leased))
        ObservationFactory(cluster=cluster, approved=True, value=Decimal(0))
    open_question = [one for one in reasons(dossier, "send_report", walk.leader) if "bình quân" in one]
    assert len(open_question) == 1
    ClusterCase.objects.filter(dossier=dossier).update(
        average_choice="simple", average_reason="Theo văn bản của Bộ"
    )
    assert not [one for one in reasons(dossier, "send_report", walk.leader) if "hai phía" in one]


def test_tests_are_judged(walk):
    """A condition of Art. 8 that lacks figures waits for the department's own judgement."""
    dossier = walk.fresh()
    ClusterFactory(commune=dossier.commune, province=dossier.province, industrial_land_ha=None)
    assert [one for one in reasons(dossier, "send_report", walk.leader) if one.startswith("V11")]
    walk.judge(moment("2026-10-26"))
    assert not [one for one in reasons(dossier, "send_report", walk.leader) if one.startswith("V11")]


def test_is_recommended(walk):
    walk.council()
    walk.paper("appraisal_report", walk.officer, moment("2026-10-27", "08:30"))
    fire(walk.dossier, "recommend_refusal", actor=walk.leader, note="Không đủ năng lực tài chính.")
    (said,) = (one for one in reasons(walk.dossier, "decide", walk.clerk) if "từ chối" in one)
    assert said
    back = fire(walk.dossier, "return_to_department", actor=walk.clerk, note="Làm rõ năng lực tài chính.")
    assert back.to_state == "returned"
    fire(walk.dossier, "send_report", actor=walk.leader)
    assert walk.fresh().cluster_case.recommendation == "approve"


def test_everything_that_stands_in_the_way_is_said_at_once_and_the_same_is_listed(walk):
    dossier = walk.fresh()
    ask(walk)
    opinions.ask_for_opinions(
        dossier=dossier,
        organisations=[organisation_of(walk.consulted)],
        question="Ý kiến",
        actor=walk.officer,
    )
    said = reasons(dossier, "send_report", walk.leader)
    for part in ("Yêu cầu bổ sung", "Sở Tài chính", "khoản 2 Điều 13", "báo cáo thẩm định"):
        assert any(part.lower() in one.lower() for one in said), f"{part}: {said}"
    listed = next(
        one for one in available(walk.fresh(), walk.leader) if one.transition.action == "send_report"
    )
    assert list(listed.reasons) == said
    assert not listed.can
    stranger = person(Role.DEPARTMENT_LEADER, province_code="52")
    assert len(reasons(dossier, "send_report", stranger)) == len(said) + 1


def test_the_last_application_may_go_although_something_is_open(walk):
    ask(walk)
    withdraw_application(application=walk.application, user=walk.investor, reason="Không còn nhu cầu")
    dossier = walk.fresh()
    assert (dossier.state, dossier.is_open, dossier.due_on, dossier.step) == ("withdrawn", False, None, "")
