"""A scoring that is reopened: the earlier result stays, the withdrawn candidate is out, the case goes on to its end."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.roles import Role
from clusters.models import Cluster
from dossiers.choices import Outcome, Seat
from dossiers.models import Application, Council, Event, Notification, ScoringRound
from dossiers.services import councils, sheets
from dossiers.services.events import ActionRefused, ChangedMeanwhile
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import fire
from dossiers.services.rounds import reopen_scoring
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db
REASON = "Nhà đầu tư được chọn đã rút hồ sơ."


def two_scored():
    made = Walk()
    made.to("open")
    made.join()
    for step in (made.open_all, made.submit, made.accept, made.council):
        step()
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(two_scored, at=moment("2026-10-26", "10:00"))


@pytest.fixture
def walk(scene, db, time_machine):
    """Two rivals under appraisal, scored 80 to 65; the first is chosen."""
    time_machine.move_to(moment("2026-10-26", "10:00"), tick=False)
    return scene()


@pytest.fixture
def second(walk):
    """The rival."""
    return Application.objects.get(dossier=walk.dossier, is_first=False)


def council(walk):
    return Council.objects.get(dossier=walk.dossier)


def withdraw(walk):
    withdraw_application(application=walk.application, user=walk.investor, reason="Không còn nhu cầu")


def reopen(walk, **said):
    said = {"reason": REASON, "actor": walk.officer, **said}
    return reopen_scoring(council=council(walk), **said)


def close(walk, chosen, **said):
    said = {"held_on": dt.date(2026, 10, 26), "minutes": "Lần hai.", "actor": walk.officer, **said}
    return sheets.close_scoring(council=council(walk), chosen=chosen, **said)


def give(member, application, points, *, submit=True):
    lines = member.council.sub_criteria.order_by("position")
    given = {line.pk: Decimal(value) for line, value in zip(lines, points, strict=True)}
    return sheets.save_sheet(
        member=member, application=application, points=given, user=member.user, submit=submit
    )


def scoring_members(walk):
    return list(council(walk).members.exclude(seat=Seat.SECRETARY).order_by("pk"))


def test_the_case_goes_on_to_a_decision_for_the_second_when_the_first_has_gone(walk, second, time_machine):
    walk.report(moment("2026-10-26"))
    withdraw(walk)
    time_machine.move_to(moment("2026-10-26", "11:00"), tick=False)
    with pytest.raises(ActionRefused, match="mở lại việc chấm điểm"):
        walk.decide(moment("2026-10-26", "10:30"))
    with pytest.raises(ActionRefused, match="thẩm định"):
        reopen(walk)
    fire(walk.dossier, "return_to_department", actor=walk.clerk, note="Nhà đầu tư được chọn đã rút.")
    with pytest.raises(ActionRefused, match="mở lại việc chấm điểm"):
        fire(walk.dossier, "send_report", actor=walk.leader)
    reopen(walk)
    with pytest.raises(ActionRefused, match="chưa đóng việc chấm điểm"):
        fire(walk.dossier, "send_report", actor=walk.leader)
    # The sheets of the one who is left stand: nothing has to be scored again.
    assert sheets.missing_sheets(council(walk)) == []
    assert list(sheets.totals(council(walk))) == [second.pk]
    assert close(walk, second).chosen == second
    time_machine.move_to(moment("2026-10-27", "10:00"), tick=False)
    fire(walk.dossier, "send_report", actor=walk.leader)
    time_machine.move_to(moment("2026-10-28", "10:00"), tick=False)
    walk.decide(moment("2026-10-28", "09:30"))
    walk.complete(moment("2026-10-28", "09:45"))
    second.refresh_from_db()
    assert (second.outcome, walk.application.outcome) == (Outcome.CHOSEN, Outcome.WITHDRAWN)
    made = Cluster.objects.get(name=walk.line.name)
    assert (made.stage, str(made.investor)) == ("established", str(second.organisation))


def test_the_earlier_result_is_kept_as_it_was_closed_for_good(walk, second):
    before = council(walk)
    withdraw(walk)
    kept = reopen(walk)
    assert (kept.number, kept.chosen, kept.chosen_name) == (
        1,
        walk.application,
        str(walk.application.organisation),
    )
    assert (kept.closed_at, kept.minutes, kept.held_on) == (before.closed_at, before.minutes, before.held_on)
    assert (kept.chair_name, kept.reason, kept.reopened_by) == (str(walk.chair), REASON, walk.officer)
    assert [(name, list(map(int, points)), int(total)) for name, points, total in kept.rows] == [
        (str(walk.application.organisation), [80, 80, 80], 80),
        (str(second.organisation), [65, 65, 65], 65),
    ]
    now = council(walk)
    assert (now.round, now.closed_at, now.chosen, now.minutes, now.result) == (2, None, None, "", {})
    for change in (lambda: ScoringRound.objects.update(reason="x"), lambda: kept.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_it_is_one_internal_event_with_its_reason_and_the_members_are_told(walk):
    reopen(walk, reason=f"  {REASON} ")
    event = Event.objects.get(dossier=walk.dossier, action="scoring_reopened")
    assert (event.note, event.is_internal, event.version) == (REASON, True, walk.fresh().version)
    assert event.facts == {"round": 2, "chosen_before": str(walk.application.organisation)}
    told = Notification.objects.filter(sentence="reopened").values_list("user", flat=True)
    assert set(told) == set(council(walk).members.values_list("user", flat=True))


def test_a_member_can_change_a_sheet_and_it_counts_again_once_it_is_handed_in(walk, second):
    """A recorded error: chair gave the rival too little."""
    first, *_others = scoring_members(walk)
    with pytest.raises(ActionRefused):
        give(first, second, ("15", "15", "30", "40"))
    reopen(walk, reason="Ghi nhầm điểm trong phiếu của Chủ tịch.")
    first.refresh_from_db()
    give(first, second, ("15", "15", "30", "39"), submit=False)
    assert sheets.missing_sheets(council(walk)) == [(first, second)]
    with pytest.raises(ActionRefused, match="chưa nộp phiếu"):
        close(walk, walk.application)
    give(first, second, ("15", "15", "30", "40"))
    with pytest.raises(ActionRefused):
        give(first, second, ("1", "1", "1", "1"))
    # 80 against (100 + 65 + 65) / 3 = 76.67: the first stays ahead, both are candidates.
    with pytest.raises(ValidationError):
        close(walk, second)
    assert close(walk, walk.application).chosen == walk.application


def test_the_rules_of_closing_are_the_same_again(walk, second):
    """Below the pass mark nobody is chosen, and refusal is left as before; a tie wants the chair's proposal."""
    reopen(walk)
    for member in scoring_members(walk):
        give(member, second, ("12", "11", "24", "33"))
    with pytest.raises(ValidationError) as tied:
        close(walk, second)
    assert set(tied.value.error_dict) == {"chair_proposal"}
    close(walk, second, chair_proposal="Năng lực tài chính tốt hơn.")
    kept = reopen(walk, reason="Ghi nhầm điểm.")
    assert (kept.number, kept.chair_proposal, kept.chosen) == (2, "Năng lực tài chính tốt hơn.", second)
    withdraw(walk)
    for member in scoring_members(walk):
        give(member, second, ("1", "1", "1", "1"))
    with pytest.raises(ValidationError):
        close(walk, second)
    assert close(walk, None).chosen is None
    walk.paper("appraisal_report", walk.officer, moment("2026-10-26", "10:00"))
    with pytest.raises(ActionRefused):
        fire(walk.dossier, "send_report", actor=walk.leader)
    fire(walk.dossier, "recommend_refusal", actor=walk.leader, note="Không hồ sơ nào đạt.")
    assert fire(walk.dossier, "refuse", actor=walk.clerk, note="Không hồ sơ nào đạt.").to_state == "refused"


def test_criteria_stay_although_every_sheet_was_taken_back(walk, second):
    reopen(walk)
    for member in scoring_members(walk):
        for application in (walk.application, second):
            give(member, application, ("1", "1", "1", "1"), submit=False)
    line = councils.Line("finance", "Tất cả", Decimal(40))
    with pytest.raises(ActionRefused):
        councils.issue_criteria(council=council(walk), lines=[line], actor=walk.officer)


def test_only_the_department_reopens_only_a_closed_scoring_only_with_a_reason(walk):
    for actor in (
        walk.chair,
        walk.clerk,
        walk.commune_officer,
        person(Role.DEPARTMENT_OFFICER, province_code="52"),
    ):
        with pytest.raises(ActionRefused):
            reopen(walk, actor=actor)
    with pytest.raises(ValidationError) as silent:
        reopen(walk, reason="  ")
    assert set(silent.value.error_dict) == {"reason"}
    with pytest.raises(ChangedMeanwhile):
        reopen(walk, seen=walk.fresh().version - 1)
    assert not ScoringRound.objects.exists()
    reopen(walk)
    with pytest.raises(ActionRefused):
        reopen(walk)


def test_a_case_before_the_committee_or_ended_is_not_scored_again(walk):
    walk.report(moment("2026-10-26"))
    with pytest.raises(ActionRefused, match="thẩm định"):
        reopen(walk)
    fire(walk.dossier, "refuse", actor=walk.clerk, note="Không phù hợp.")
    with pytest.raises(ActionRefused):
        reopen(walk)


def test_nobody_scores_or_closes_once_the_case_has_ended(walk, second):
    reopen(walk)
    withdraw(walk)
    withdraw_application(application=second, user=walk.rival, reason="Không còn nhu cầu")
    assert walk.fresh().state == "withdrawn"
    first, *_others = scoring_members(walk)
    with pytest.raises(ActionRefused, match="Hội đồng làm việc khi hồ sơ đang được thẩm định"):
        give(first, second, ("15", "15", "30", "40"))
    with pytest.raises(ActionRefused, match="Hội đồng làm việc khi hồ sơ đang được thẩm định"):
        close(walk, None)
