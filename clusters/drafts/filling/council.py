"""Papers around the evaluation council."""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone
from django.utils.text import capfirst

from clusters.drafts import facts as of
from clusters.drafts.filling.case import DIRECTOR, CaseOnPaper, leader, or_gap, points
from core.office.vietnamese import day_vi, moment_vi, number_vi
from dossiers.choices import Seat
from dossiers.models import Application, Council, CouncilMember, Score, ScoringRound
from dossiers.scoring import rank
from dossiers.services.sheets import scoring_of
from law.vocabulary import Criterion

_ROLES = {
    Seat.CHAIR: "Chủ tịch Hội đồng",
    Seat.VICE_CHAIR: "Phó Chủ tịch Hội đồng",
    Seat.MEMBER: "Thành viên",
    Seat.SECRETARY: "Thư ký (không phải thành viên)",
}


def decision(paper: CaseOnPaper) -> of.CouncilDecision:
    """Fill the decision that sets the council up."""
    council = _council(paper)
    members = [_member(one) for one in _seated(council) if one.seat != Seat.SECRETARY]
    secretary = next(
        (_member(one) for one in _seated(council) if one.seat == Seat.SECRETARY), of.CouncilMember()
    )
    return of.CouncilDecision(
        head=paper.committee_head(
            "QĐ-UBND",
            number=council.decision_number if council else "",
            day=council.decided_on if council else None,
        ),
        body=paper.committee_body,
        act=paper.act,
        bases=paper.bases,
        authority=paper.committee_body.upper(),
        cluster=paper.cluster,
        members=members,
        secretary=secretary,
        criteria=_criteria(paper, council),
        total=_total(paper),
        pass_mark=paper.regime.thresholds.pass_mark.value,
        duties=[
            "Ban hành tiêu chí thành phần, chấm điểm độc lập theo phiếu và lập biên bản",
            "Hội đồng tự giải thể sau khi hoàn thành nhiệm vụ",
        ],
        executors=f"Chánh Văn phòng {paper.committee_body}, Giám đốc Sở Công Thương",
        receivers=["Như Điều 4", "Lưu: VT"],
        signature=leader(),
    )


def invitation(paper: CaseOnPaper) -> of.CouncilInvitation:
    """Fill the invitation to the meeting; hour and place are the secretary's to write."""
    council = _council(paper)
    chair = next((one.name for one in _seated(council) if one.seat == Seat.CHAIR), "")
    return of.CouncilInvitation(
        head=paper.department_head("GM-SCT"),
        body=paper.department_body,
        act=paper.act,
        bases=paper.bases,
        addressees=[f"{one.name}, {one.position}" for one in _seated(council)],
        cluster=paper.cluster,
        council=_decision_in_words(council),
        chair=chair,
        agenda=or_gap(
            [
                "Thông qua tiêu chí thành phần và điểm tối đa của từng tiêu chí",
                f"Đánh giá, chấm điểm {len(paper.applications):02d} hồ sơ" if paper.applications else "",
            ]
        ),
        receivers=["Như trên", "Lưu: VT, CN"],
        signature=DIRECTOR,
    )


def sheet(paper: CaseOnPaper, member: CouncilMember | None, application: Application | None) -> of.ScoreSheet:
    """Fill a member's score sheet for an application, with the points once it is handed in."""
    council = _council(paper)
    given: dict[int, Score] = {}
    remark = ""
    if member is not None and application is not None:
        # What is not handed in may still change: the paper stays a form.
        rows = Score.objects.filter(
            sheet__member=member, sheet__application=application, sheet__submitted_at__isnull=False
        ).select_related("sheet")
        given = {row.sub_criterion_id: row for row in rows.order_by("pk")}
        remark = next((row.sheet.remark for row in given.values()), "")
    criteria = _criteria(paper, council, given)
    return of.ScoreSheet(
        head=paper.council_head(),
        act=paper.act,
        cluster=paper.cluster,
        member=_member(member) if member else of.CouncilMember(),
        candidate=of.Candidate(
            name=str(application.organisation) if application else "",
            code=(application.code or "") if application else "",
        ),
        criteria=criteria,
        maximum=_total(paper),
        total=sum((row.points for row in given.values()), Decimal(0)) if given else None,
        remarks=remark,
    )


def minutes(paper: CaseOnPaper) -> of.MinutesOfCouncil:
    """Fill the minutes with members, statements, totals by criterion and member."""
    council = _council(paper)
    seated = _seated(council)
    by_seat = {one.seat: one.name for one in seated}
    chosen = council.chosen if council else None
    return of.MinutesOfCouncil(
        head=paper.council_head("BB-HĐ"),
        act=paper.act,
        cluster=paper.cluster,
        council=_decision_in_words(council),
        members=[_member(one) for one in seated if one.seat != Seat.SECRETARY],
        candidates=paper.candidates,
        opinions=or_gap(council.minutes.splitlines() if council else ()),
        scores=scores_of(paper),
        maximum=_total(paper),
        pass_mark=paper.regime.thresholds.pass_mark.value,
        earlier=[_earlier(one) for one in council.rounds.order_by("number")] if council else (),
        tie=council.chair_proposal if council else "",
        conclusion=or_gap(
            [f"Hội đồng lựa chọn {chosen.organisation} làm chủ đầu tư xây dựng hạ tầng kỹ thuật."]
            if chosen
            else ()
        ),
        chair=by_seat.get(Seat.CHAIR, ""),
        secretary=by_seat.get(Seat.SECRETARY, ""),
        receivers=["Thành viên Hội đồng", "Lưu: hồ sơ"],
    )


def _earlier(one: ScoringRound) -> str:
    """Tell an earlier round in one paragraph: meeting, chair, totals, choice, and why it was reopened."""
    totals = ", ".join(f"{name} {number_vi(total, 2)} điểm" for name, _sheets, total in one.rows)
    met = f"họp {day_vi(one.held_on)}, " if one.held_on else ""
    chosen = f"lựa chọn {one.chosen_name}" if one.chosen_name else "không có hồ sơ đạt điểm tối thiểu"
    proposal = f" theo đề xuất của Chủ tịch Hội đồng ({one.chair_proposal})" if one.chair_proposal else ""
    return (
        f"Lần {one.number}: {met}{one.chair_name} chủ trì, khóa kết quả lúc "
        f"{moment_vi(timezone.localtime(one.closed_at))}; {totals}; {chosen}{proposal}. "
        f"Mở lại lúc {moment_vi(timezone.localtime(one.reopened_at))}, lý do: {one.reason}"
    )


def scores_of(paper: CaseOnPaper) -> list[of.CandidateScore]:
    """Return the result by candidate: total, rank, averages by criterion, totals by member.

    Nothing before the scoring is closed: the members score independently of one another.
    """
    council = _council(paper)
    scoring = scoring_of(paper.dossier) if council and council.closed_at else None
    if scoring is None:
        return []
    codes = {str(one.pk): one.code or "" for one in paper.applications}
    names = {str(one.pk): one.name for one in _seated(council)}
    parents = {line.key: line.parent for line in scoring.sub_criteria}
    found = []
    for one in rank(scoring).ranked:
        if one.exact is None:
            continue
        handed = scoring.sheets_of(one.candidate.key)
        sums: dict[Criterion, Decimal] = defaultdict(Decimal)
        for given in handed:
            for key, value in given.points.items():
                sums[parents[key]] += value
        found.append(
            of.CandidateScore(
                name=one.candidate.name,
                code=codes.get(one.candidate.key, ""),
                total=points(one.total),
                rank=one.place,
                criteria=[
                    of.CriterionScore(
                        name=capfirst(str(criterion.label)),
                        maximum=paper.regime.score_maxima[criterion].value,
                        average=points(sums[criterion] / len(handed)),
                    )
                    for criterion in paper.regime.score_maxima
                ],
                members=[
                    of.MemberScore(
                        name=names.get(given.member, ""), total=sum(given.points.values(), Decimal(0))
                    )
                    for given in handed
                ],
            )
        )
    return found


def _criteria(
    paper: CaseOnPaper, council: Council | None, given: dict[int, Score] | None = None
) -> list[of.Criterion]:
    lines = list(council.sub_criteria.order_by("position")) if council else []
    found = []
    for criterion, provision in paper.regime.score_maxima.items():
        own = [line for line in lines if line.criterion == criterion.value]
        marks = [given[line.pk].points for line in own if given and line.pk in given]
        found.append(
            of.Criterion(
                name=capfirst(str(criterion.label)),
                maximum=provision.value,
                points=sum(marks, Decimal(0)) if marks else None,
                parts=[
                    of.SubCriterion(
                        name=line.title,
                        maximum=line.maximum,
                        points=given[line.pk].points if given and line.pk in given else None,
                        note=given[line.pk].reason if given and line.pk in given else "",
                    )
                    for line in own
                ],
            )
        )
    return found


def _council(paper: CaseOnPaper) -> Council | None:
    return getattr(paper.dossier, "council", None)


def _seated(council: Council | None) -> list[CouncilMember]:
    if council is None:
        return []
    order = list(_ROLES)
    return sorted(council.members.order_by("pk"), key=lambda one: order.index(Seat(one.seat)))


def _member(one: CouncilMember) -> of.CouncilMember:
    statement = "Chưa kê khai"
    if one.declared_at:
        statement = f"Có: {one.conflict_note}" if one.has_conflict else "Không có"
    return of.CouncilMember(
        name=one.name,
        position=one.position,
        role=_ROLES[Seat(one.seat)],
        present="Có mặt",
        statement=statement,
    )


def _decision_in_words(council: Council | None) -> str:
    if council is None:
        return ""
    return f"Quyết định số {council.decision_number} {day_vi(council.decided_on)}"


def _total(paper: CaseOnPaper) -> Decimal | None:
    maxima = [
        provision.value for provision in paper.regime.score_maxima.values() if provision.value is not None
    ]
    return sum(maxima, Decimal(0)) if maxima else None
