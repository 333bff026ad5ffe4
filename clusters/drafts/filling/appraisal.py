"""What the department writes: the letter that asks for opinions, the appraisal report."""

from django.utils import timezone
from django.utils.text import capfirst

from clusters.drafts import facts as of
from clusters.drafts.filling.case import DIRECTOR, CaseOnPaper, or_gap, points
from clusters.drafts.filling.council import scores_of
from clusters.procedures.papers import labels
from core.office.vietnamese import day_vi, money_vi, number_vi
from dossiers.models import Document
from dossiers.services.clocks import deadline_of
from law.regimes import Regime
from law.rules import Finding, Outcome
from law.vocabulary import Step


def opinion_letter(paper: CaseOnPaper) -> of.OpinionRequest:
    """Fill the letter from the requests that wait for an answer, or for the next ones."""
    waiting = list(
        paper.dossier.opinions.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("organisation")
        .order_by("pk")
    )
    first = waiting[0] if waiting else None
    # Requests of several letters have no number in common.
    numbers = {one.letter_number.strip() for one in waiting}
    number = numbers.pop() if len(numbers) == 1 else ""
    return of.OpinionRequest(
        head=paper.department_head("SCT-CN", number=number, day=first.asked_on if first and number else None),
        body=paper.department_body,
        act=paper.act,
        bases=paper.bases,
        addressees=or_gap(str(one.organisation) for one in waiting),
        cluster=paper.cluster,
        submission=paper.submission_in_words,
        candidates=[one.name for one in paper.candidates],
        questions=or_gap(dict.fromkeys(one.question for one in waiting)),
        due=first.due_on if first else None,
        silence_basis=first.silence_basis if first and first.silence_is_consent else "",
        receivers=["Như trên", "Lưu: VT, CN"],
        signature=DIRECTOR,
    )


def report(paper: CaseOnPaper) -> of.AppraisalReport:
    """Fill the appraisal report with everything the dossier holds; the judgements of Art. 11 are the officer's."""
    dossier = paper.dossier
    run = dossier.steps.filter(step=Step.APPRAISAL).order_by("-pk").first()
    deadline = deadline_of(run) if run else None
    council = getattr(dossier, "council", None)
    pass_mark = paper.regime.thresholds.pass_mark.value
    chosen, answers = paper.chosen, paper.answers(paper.chosen)
    pinned = Regime.for_case(dossier.received_on, postmarked_on=dossier.postmarked_on)
    kept = answers.priority_land_in_words()
    total, own = answers.number("total_investment"), answers.number("equity")
    return of.AppraisalReport(
        head=paper.department_head("BC-SCT"),
        body=paper.department_body,
        act=paper.act,
        bases=paper.bases,
        addressees=[paper.committee_body],
        cluster=paper.cluster,
        submission=paper.submission_in_words,
        received=dossier.full_on,
        regime=f"{paper.regime.title} ({pinned.reason})",
        due=deadline.due if deadline else None,
        trace=[str(step) for step in deadline.trace] if deadline else (),
        papers=_papers(paper),
        supplements=_supplements(paper),
        opinions=_opinions(paper),
        legality=or_gap(()),
        basis_fit=or_gap(()),
        conditions=or_gap(()),
        content=[
            f"Tên: cụm công nghiệp {paper.case.name}; diện tích {number_vi(paper.case.area_ha)} ha; "
            f"địa điểm: {paper.place}",
            f"Ngành nghề chính: {paper.case.main_lines}",
            f"Quy mô hạ tầng kỹ thuật: {answers.text('infrastructure_scale')}",
            *([f"Đất công nghiệp tối thiểu dành cho {kept}"] if kept else []),
        ],
        investor=or_gap(
            [
                f"Nhà đầu tư: {chosen.organisation}" if chosen else "",
                f"Tổng mức đầu tư: {money_vi(total)}; vốn tự có: {money_vi(own)}" if total and own else "",
            ]
        ),
        management=or_gap(()),
        effects=or_gap(()),
        incentives=or_gap([answers.text("incentives")]),
        rules=_rules(paper),
        pass_mark=pass_mark,
        scores=scores_of(paper),
        minutes=f"Biên bản họp Hội đồng {day_vi(council.held_on)}" if council and council.held_on else "",
        conclusion=or_gap(_conclusion(paper)),
        proposals=[
            f"{paper.committee_body} xem xét, quyết định {paper.act} cụm công nghiệp {paper.case.name}"
        ],
        receivers=["Như trên", "Lưu: VT, CN"],
        signature=DIRECTOR,
    )


def _papers(paper: CaseOnPaper) -> list[of.DossierPaper]:
    names = labels(paper.regime)
    rows = (
        Document.objects.current()
        .filter(application__in=paper.applications)
        .select_related("application__organisation", "file")
    )
    order = {code: place for place, code in enumerate(names)}
    ranks = {one.pk: place for place, one in enumerate(paper.applications)}
    return [
        of.DossierPaper(
            name=f"{capfirst(str(names.get(row.kind, row.kind)))} ({row.application.organisation})",
            copies=row.copies,
            finding=f"phiên bản {row.version}; SHA-256 {row.file.sha256[:16]}…",
        )
        for row in sorted(
            rows.order_by("application__filed_at", "application_id", "pk"),
            key=lambda row: (ranks[row.application_id or 0], order.get(row.kind, len(order))),
        )
        if row.application is not None
    ]


def _supplements(paper: CaseOnPaper) -> list[of.Supplement]:
    return [
        of.Supplement(
            asked=timezone.localdate(one.asked_at),
            answered=timezone.localdate(one.answered_at) if one.answered_at else None,
            content="; ".join(item.wrong for item in one.items.all()),
        )
        for one in paper.dossier.supplements.prefetch_related("items").order_by("number")
    ]


def _opinions(paper: CaseOnPaper) -> list[of.GivenOpinion]:
    asked = paper.dossier.opinions.filter(withdrawn_at__isnull=True).select_related(
        "organisation", "document"
    )
    found = []
    for one in asked.order_by("pk"):
        if one.answered_at:
            content = f"{capfirst(one.get_stance_display())}. {one.answer}".strip()
        elif one.silence_is_consent:
            content = f"Không trả lời trong thời hạn; coi là đồng ý theo {one.silence_basis}"
        else:
            content = "Chưa trả lời"
        answer = one.document
        number = f"{answer.number} {day_vi(answer.dated)}" if answer and answer.dated else ""
        found.append(of.GivenOpinion(agency=str(one.organisation), paper=number, content=content))
    return found


def _rules(paper: CaseOnPaper) -> list[of.CheckedRule]:
    return [
        of.CheckedRule(
            code=finding.rule.code,
            sentence=str(finding.rule.sentence),
            basis=str(finding.rule.legal_basis),
            required=str(finding.required),
            measured=str(finding.measured),
            outcome=capfirst(str(finding.outcome.label)),
            note=_note(paper, finding),
        )
        for finding in paper.checklist or ()
        if finding.outcome is not Outcome.NOT_APPLICABLE
    ]


def _note(paper: CaseOnPaper, finding: Finding) -> str:
    judged = paper.case.judgements.get(finding.rule.code)
    words = str(finding.explanation)
    return f"{words} Nhận định của Sở: {judged['reason']}".strip() if judged else words


def _conclusion(paper: CaseOnPaper) -> list[str]:
    checklist = paper.checklist
    if checklist and checklist.blocking:
        names = ", ".join(finding.rule.code for finding in checklist.blocking)
        return [f"Hồ sơ chưa đáp ứng quy định tại các mục {names} của bảng đối chiếu."]
    chosen = paper.chosen
    if chosen is None:
        return []
    score = next((one for one in scores_of(paper) if one.code == chosen.code), None)
    total = points(score.total) if score else None
    mark = f" với {number_vi(total, 2)} điểm" if total is not None else ""
    return [f"Đề xuất giao {chosen.organisation} làm chủ đầu tư xây dựng hạ tầng kỹ thuật{mark}."]
