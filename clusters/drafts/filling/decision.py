"""What the province writes: the decision by Model 02, and the notice of the result to a candidate."""

import datetime as dt
from decimal import Decimal

from clusters.drafts import facts as of
from clusters.drafts.filling.case import CaseOnPaper, leader, or_gap, points
from clusters.drafts.filling.council import scores_of
from core.office.vietnamese import day_vi, money_vi
from dossiers.choices import Outcome
from dossiers.models import Application
from law.vocabulary import DecisionItem


def decision(paper: CaseOnPaper) -> of.EstablishmentDecision:
    """Fill the decision from the chosen application; under R5 with type, target firms and priority land."""
    chosen, answers = paper.chosen, paper.answers(paper.chosen)
    starts, finishes = answers.date("starts_on"), answers.date("finishes_on")
    parts = [
        ("Vốn tự có", answers.number("equity")),
        ("Vốn vay", answers.number("loans")),
        ("Vốn khác", answers.number("other_capital")),
    ]
    number = " ".join(
        part for part in (answers.text("legal_paper_number"), _day(answers.date("legal_paper_date"))) if part
    )
    number = f"số {number}" if number else ""
    issuer = answers.text("legal_paper_issuer")
    recorded = paper.case.decision
    return of.EstablishmentDecision(
        head=paper.committee_head(
            "QĐ-UBND",
            number=recorded.number if recorded else "",
            day=recorded.issued_on if recorded else None,
        ),
        body=paper.committee_body,
        act=paper.act,
        bases=paper.bases,
        authority=paper.committee_body.upper(),
        cluster=paper.cluster,
        investor=str(chosen.organisation) if chosen else "",
        investor_paper=f"{number} do {issuer} cấp" if number and issuer else number,
        scale=answers.text("infrastructure_scale").splitlines(),
        total_capital=answers.number("total_investment"),
        capital=[f"{name}: {money_vi(value)}" for name, value in parts if value],
        progress=[
            *answers.text("schedule").splitlines(),
            *([f"Khởi công {day_vi(starts)}, hoàn thành {day_vi(finishes)}"] if starts and finishes else []),
        ],
        has_types=DecisionItem.PRIORITY_LAND in (paper.regime.decision_items.value or ()),
        target_firms=answers.text("target_firms"),
        high_tech_ha=answers.number("high_tech_land_ha"),
        small_firms_ha=answers.number("small_firms_land_ha"),
        start_ups_ha=answers.number("start_ups_land_ha"),
        incentives=answers.text("incentives").splitlines(),
        investor_duties=or_gap(()),
        agency_duties=or_gap(()),
        effect="kể từ ngày ký",
        executors=f"Chánh Văn phòng {paper.committee_body}, Giám đốc Sở Công Thương, "
        f"Chủ tịch {paper.commune_body}",
        receivers=["Bộ Công Thương (để báo cáo)", "Như Điều 4", "Lưu: VT"],
        signature=leader(),
    )


def result(paper: CaseOnPaper, application: Application | None) -> of.ResultNotice:
    """Fill the notice of the result to one candidate."""
    scores = {one.code: one for one in scores_of(paper)}
    own = scores.get(application.code or "") if application else None
    recorded = paper.case.decision
    chosen = paper.chosen
    is_chosen = application is not None and application.outcome == Outcome.CHOSEN
    maxima = [one.value for one in paper.regime.score_maxima.values() if one.value is not None]
    return of.ResultNotice(
        head=paper.committee_head("TB-UBND"),
        body=paper.committee_body,
        act=paper.act,
        bases=paper.bases,
        addressees=[str(application.organisation)] if application else (),
        cluster=paper.cluster,
        candidate=str(application.organisation) if application else "",
        code=(application.code or "") if application else "",
        is_chosen=is_chosen,
        points=points(own.total) if own else None,
        maximum=sum(maxima, Decimal(0)) if maxima else None,
        rank=own.rank if own else None,
        chosen=str(chosen.organisation) if chosen else "",
        decision=recorded.number if recorded else "",
        decided=recorded.issued_on if recorded else None,
        reasons=application.outcome_note.splitlines() if application else (),
        complaint=str(paper.dossier.procedure.complaint),
        receivers=["Như trên", "Lưu: VT"],
        signature=leader(),
    )


def _day(day: dt.date | None) -> str:
    return day_vi(day) if day else ""
