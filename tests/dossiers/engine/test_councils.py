"""Councils: who sits, which points count (V32), who is chosen (V33), conflicts of interest, the secretary."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.roles import Role
from dossiers.choices import Outcome, Seat
from dossiers.models import Application, Dossier
from dossiers.services import councils, sheets
from dossiers.services.events import ActionRefused
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import fire
from tests.factories.accounts import person
from tests.factories.dossiers import Walk, moment

pytestmark = pytest.mark.django_db
LINES = (("infrastructure", "15"), ("management", "15"), ("capacity", "30"), ("finance", "40"))
FULL = ("12", "11", "24", "33")


def two_rivals():
    made = Walk()
    made.to("open")
    made.join()
    for step in (made.open_all, made.submit, made.accept):
        step()
    made.rivals = list(Application.objects.filter(dossier=made.dossier).order_by("filed_at"))
    return made


@pytest.fixture(scope="module")
def scene(build_scene):
    return build_scene(two_rivals, at=moment("2026-11-26"))


@pytest.fixture
def walk(scene, db, time_machine):
    """Two rivals under appraisal."""
    time_machine.move_to(moment("2026-11-26"))
    return scene()


def seats(walk):
    return [
        councils.Seated(walk.chair, Seat.CHAIR, "Phó Chủ tịch"),
        councils.Seated(walk.leader, Seat.VICE_CHAIR, "Giám đốc Sở Công Thương"),
        councils.Seated(walk.consulted, Seat.VICE_CHAIR, "Phó Giám đốc Sở Tài chính"),
        councils.Seated(walk.officer, Seat.SECRETARY, "Chuyên viên"),
    ]


def set_up(walk, members=None, actor=None):
    return councils.set_up_council(
        dossier=walk.dossier,
        decision_number="3801/QĐ-UBND",
        decided_on=dt.date(2026, 11, 20),
        members=members or seats(walk),
        actor=actor or walk.officer,
    )


def issue(walk, council, lines=LINES):
    made = [
        councils.Line(criterion, f"Tiêu chí {n}", Decimal(most)) for n, (criterion, most) in enumerate(lines)
    ]
    return councils.issue_criteria(council=council, lines=made, actor=walk.officer)


def score(council, member, application, points=FULL, *, submit=True, user=None):
    lines = council.sub_criteria.order_by("position")
    given = {line.pk: Decimal(value) for line, value in zip(lines, points, strict=False)}
    return sheets.save_sheet(
        member=member, application=application, points=given, user=user or member.user, submit=submit
    )


@pytest.fixture
def council(walk):
    """A council with criteria; everybody has stated that there is no conflict."""
    made = issue(walk, set_up(walk))
    for member in made.members.exclude(seat=Seat.SECRETARY):
        councils.declare_conflict(member=member, has_conflict=False, note="", user=member.user)
    return made


def members(council):
    return list(council.members.exclude(seat=Seat.SECRETARY).order_by("pk"))


def close(walk, council, chosen, **said):
    return sheets.close_scoring(
        council=council,
        chosen=chosen,
        minutes="Hội đồng thống nhất.",
        held_on=dt.date(2026, 11, 25),
        actor=walk.officer,
        **said,
    )


def test_a_council_has_one_chair_one_secretary_and_members_each_once(walk):
    chair, vice, _other, secretary = seats(walk)
    for wrong in (
        [vice, secretary],
        [chair, vice],
        [chair, secretary],
        [chair, councils.Seated(walk.leader, Seat.CHAIR, "x"), vice, secretary],
        [chair, vice, secretary, councils.Seated(walk.chair, Seat.MEMBER, "x")],
        [chair, vice, councils.Seated(walk.leader, Seat.SECRETARY, "x")],
    ):
        with pytest.raises(ValidationError):
            set_up(walk, wrong)
    with pytest.raises(ActionRefused):
        set_up(walk, actor=walk.commune_officer)
    set_up(walk)
    with pytest.raises(ActionRefused):
        set_up(walk)


def test_a_member_from_elsewhere_sees_the_dossier_through_the_seat(walk):
    assert not Dossier.objects.visible_to(walk.consulted).exists()
    set_up(walk)
    assert list(Dossier.objects.visible_to(walk.consulted)) == [walk.dossier]
    assert Application.objects.visible_to(walk.consulted).count() == 2


@pytest.mark.parametrize(
    "lines",
    [
        [*LINES[:3], ("finance", "39")],
        [*LINES, ("finance", "1")],
        LINES[:3],
        [*LINES[:3], ("finance", "0"), ("finance", "40")],
        [*LINES, ("beauty", "10")],
    ],
)
def test_sub_criteria_add_up_to_the_points_of_the_law(walk, lines):
    council = set_up(walk)
    with pytest.raises(ValidationError):
        issue(walk, council, lines)
    assert not council.sub_criteria.exists()


def test_criteria_may_be_issued_anew_until_a_sheet_is_handed_in(walk, council):
    first = members(council)[0]
    score(council, first, walk.rivals[0], submit=False)
    split = [*LINES[:3], ("finance", "25"), ("finance", "15")]
    issue(walk, council, split)
    assert council.sub_criteria.count() == 5
    score(council, first, walk.rivals[0], (*FULL[:3], "20", "10"))
    with pytest.raises(ActionRefused):
        issue(walk, council)


@pytest.mark.parametrize(
    "points", [("16", "11", "24", "33"), ("-1", "11", "24", "33"), ("12", "11", "24", "40.01")]
)
def test_points_lie_between_nothing_and_the_most_of_the_line(walk, council, points):
    with pytest.raises(ValidationError) as wrong:
        score(council, members(council)[0], walk.rivals[0], points)
    assert len(wrong.value.error_dict) == 1
    assert not members(council)[0].sheets.exists()


def test_a_sheet_is_handed_in_whole_and_then_stands(walk, council):
    member = members(council)[0]
    score(council, member, walk.rivals[0], FULL[:2], submit=False)
    with pytest.raises(ValidationError):
        score(council, member, walk.rivals[0], FULL[:2])
    score(council, member, walk.rivals[0])
    with pytest.raises(ActionRefused):
        score(council, member, walk.rivals[0], ("1", "1", "1", "1"))
    with pytest.raises(ActionRefused):
        councils.declare_conflict(member=member, has_conflict=True, note="Cổ đông", user=member.user)


def test_a_sheet_is_made_by_the_member_alone_and_never_by_the_secretary(walk, council):
    member = members(council)[0]
    for other in (walk.officer, members(council)[1].user, person(Role.DEPARTMENT_LEADER)):
        with pytest.raises(PermissionDenied):
            score(council, member, walk.rivals[0], user=other)
    secretary = council.members.get(seat=Seat.SECRETARY)
    with pytest.raises(ActionRefused, match="hư ký"):
        score(council, secretary, walk.rivals[0])


def test_nobody_scores_before_the_statement_and_nobody_with_a_conflict(walk):
    council = issue(walk, set_up(walk))
    chair, vice, other = members(council)
    with pytest.raises(ActionRefused):
        score(council, chair, walk.rivals[0])
    with pytest.raises(ValidationError):
        councils.declare_conflict(member=chair, has_conflict=True, note=" ", user=chair.user)
    with pytest.raises(PermissionDenied):
        councils.declare_conflict(member=chair, has_conflict=False, note="", user=vice.user)
    councils.declare_conflict(member=chair, has_conflict=True, note="Người thân là cổ đông", user=chair.user)
    with pytest.raises(ActionRefused):
        score(council, chair, walk.rivals[0])
    with pytest.raises(ActionRefused) as waiting:
        close(walk, council, walk.rivals[0])
    # Two members with two sheets each, and two statements; nothing of the one with the conflict.
    assert len(waiting.value.reasons) == 6
    assert not [one for one in waiting.value.reasons if chair.name in one]
    for member in (vice, other):
        councils.declare_conflict(member=member, has_conflict=False, note="", user=member.user)
        for application, points in zip(walk.rivals, (FULL, ("10", "10", "20", "25")), strict=True):
            score(council, member, application, points)
    closed = close(walk, council, walk.rivals[0])
    assert set(closed.result[str(walk.rivals[0].pk)]["sheets"]) == {str(vice.pk), str(other.pk)}


def _score_all(walk, council, *totals):
    """Let every member give each application the same points."""
    for member in members(council):
        for application, points in zip(walk.rivals, totals, strict=True):
            score(council, member, application, points)


def test_the_highest_total_wins_whatever_anybody_would_rather(walk, council):
    _score_all(walk, council, ("10", "10", "20", "25"), FULL)
    for wrong in (walk.rivals[0], None):
        with pytest.raises(ValidationError):
            close(walk, council, wrong)
    assert close(walk, council, walk.rivals[1]).chosen == walk.rivals[1]
    with pytest.raises(ActionRefused):
        close(walk, council, walk.rivals[1])


def test_a_tie_at_the_top_is_settled_by_the_chair_with_a_reason(walk, council):
    _score_all(walk, council, FULL, FULL)
    with pytest.raises(ValidationError):
        close(walk, council, walk.rivals[1])
    closed = close(walk, council, walk.rivals[1], chair_proposal="Năng lực tài chính tốt hơn.")
    assert (closed.chosen, closed.chair_proposal) == (walk.rivals[1], "Năng lực tài chính tốt hơn.")


def test_exactly_the_pass_mark_passes_and_below_it_nobody_is_chosen(walk, council):
    _score_all(walk, council, ("10", "10", "15", "15"), ("10", "10", "15", "14.99"))
    assert close(walk, council, walk.rivals[0]).chosen == walk.rivals[0]


def test_below_the_pass_mark_the_case_can_only_be_refused(walk, council):
    _score_all(walk, council, ("10", "10", "15", "14.99"), ("1", "1", "1", "1"))
    with pytest.raises(ValidationError):
        close(walk, council, walk.rivals[0])
    assert close(walk, council, None).chosen is None
    walk.paper("appraisal_report", walk.officer, moment("2026-11-26", "08:30"))
    with pytest.raises(ActionRefused):
        fire(walk.dossier, "send_report", actor=walk.leader)
    fire(walk.dossier, "recommend_refusal", actor=walk.leader, note="Không hồ sơ nào đạt 50 điểm.")
    fire(walk.dossier, "refuse", actor=walk.clerk, note="Không hồ sơ nào đạt 50 điểm.")
    assert {one.outcome for one in Application.objects.filter(dossier=walk.dossier)} == {Outcome.REFUSED}


def test_who_was_chosen_and_withdraws_is_not_assigned(walk, council, time_machine):
    """The council's choice stands in its minutes; a decision for somebody who left cannot be entered."""
    _score_all(walk, council, FULL, ("10", "10", "20", "25"))
    close(walk, council, walk.rivals[0])
    time_machine.move_to(moment("2026-11-27", "09:00"), tick=False)
    walk.report(moment("2026-11-27", "09:00"))
    withdraw_application(application=walk.rivals[0], user=walk.investor, reason="Không còn nhu cầu")
    time_machine.move_to(moment("2026-11-27", "10:00"), tick=False)
    with pytest.raises(ActionRefused) as refused:
        walk.decide(moment("2026-11-27", "09:30"))
    assert "đã rút" in " ".join(refused.value.reasons)
    assert (
        fire(walk.dossier, "refuse", actor=walk.clerk, note="Nhà đầu tư được chọn đã rút.").to_state
        == "refused"
    )


def test_nobody_withdraws_from_a_case_that_is_decided(walk, council, time_machine):
    _score_all(walk, council, FULL, ("10", "10", "20", "25"))
    close(walk, council, walk.rivals[0])
    time_machine.move_to(moment("2026-11-27", "10:00"), tick=False)
    walk.report(moment("2026-11-27", "09:00"))
    walk.decide(moment("2026-11-27", "09:30"))
    for application, user in zip(walk.rivals, (walk.investor, walk.rival), strict=True):
        with pytest.raises(ActionRefused):
            withdraw_application(application=application, user=user, reason="Đổi ý")
    assert walk.fresh().state == "decided"
