"""Subjects for the rules about a case, made without a database; every part of a complete case is there."""

import datetime as dt
from decimal import Decimal
from typing import Any

from clusters.choices import DecisionKind
from clusters.rules.case_subjects import (
    Application,
    CaseSubject,
    Council,
    CouncilMember,
    DecisionContent,
    DetailedPlan,
)
from dossiers.scoring import Candidate, ScoringSubject, Sheet, SubCriterion
from law.regimes import Regime
from law.vocabulary import CouncilPost, Criterion, DecisionItem, Document, FinancialProof, ReportHeading
from tests.factories.law import official_calendar

HANOI = dt.timezone(dt.timedelta(hours=7))
CALENDAR = official_calendar()


def moment(text: str) -> dt.datetime:
    """Return a moment in Vietnam from ``2026-10-05 16:30``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=HANOI)


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)


def application(**said: Any) -> Application:
    """Return a complete dossier."""
    return Application(
        **{
            "key": "a",
            "name": "Công ty A",
            "documents": frozenset(Document) - {Document.SUBMISSION},
            "proofs": frozenset({FinancialProof.STATEMENTS}),
            "headings": frozenset(ReportHeading),
            "sets": 8,
            "originals": 2,
            "has_e_file": True,
            **said,
        }
    )


def member(name: str, post: CouncilPost, **said: Any) -> CouncilMember:
    """Return a member of the council who declared no conflict."""
    return CouncilMember(**{"person": name, "name": name, "post": post, "declared": True, **said})


def council(regime: Regime, **said: Any) -> Council:
    """Return the council of a regime."""
    return Council(
        **{
            "chair": member("Chủ tịch", CouncilPost.PROVINCE_PC),
            "vice_chairs": tuple(
                member(f"Phó {post.value}", post) for post in regime.council_vice_chairs.value or ()
            ),
            "members": (member("Uỷ viên", CouncilPost.RELATED),),
            "secretary": member("Thư ký", CouncilPost.INDUSTRY_OFFICE),
            **said,
        }
    )


def content(**said: Any) -> DecisionContent:
    """Return the content of a decision that says everything and assigns company A."""
    return DecisionContent(
        **{
            "items": frozenset(DecisionItem),
            "investor": "a",
            "lines": ("Chế biến gỗ",),
            "list_lines": ("chế biến gỗ", "Cơ khí"),
            **said,
        }
    )


def plan(**said: Any) -> DetailedPlan:
    """Return a detailed plan that follows the report."""
    return DetailedPlan(
        **{
            "area_ha": Decimal(60),
            "report_area_ha": Decimal(60),
            "has_environment_works": True,
            **said,
        }
    )


def case(regime: str = "R5", **said: Any) -> CaseSubject:
    """Return a case of the regime that has only just begun, with the official calendar."""
    return CaseSubject(
        **{
            "regime": Regime.by_code(regime),
            "kind": DecisionKind.ESTABLISH,
            "on": day("2026-11-01"),
            "calendar": CALENDAR,
            **said,
        }
    )


LINES = (
    SubCriterion(key="i", name="Hạ tầng", parent=Criterion.INFRASTRUCTURE, maximum=Decimal(15)),
    SubCriterion(key="m", name="Quản lý, môi trường", parent=Criterion.MANAGEMENT, maximum=Decimal(15)),
    SubCriterion(key="c1", name="Năng lực", parent=Criterion.CAPACITY, maximum=Decimal(20)),
    SubCriterion(key="c2", name="Kinh nghiệm", parent=Criterion.CAPACITY, maximum=Decimal(10)),
    SubCriterion(key="f", name="Tài chính", parent=Criterion.FINANCE, maximum=Decimal(40)),
)


def sheet(member_key: str, candidate: str, total: Decimal | str | int) -> Sheet:
    """Return a complete sheet whose points add up to ``total``, filled line by line."""
    left, points = Decimal(total), {}
    for line in LINES:
        points[line.key] = min(left, line.maximum)
        left -= points[line.key]
    return Sheet(member=member_key, candidate=candidate, points=points)


def scoring(totals: dict[str, list[Any]], regime: str = "R5", **said: Any) -> ScoringSubject:
    """Return a scoring with the totals of each candidate's sheets, one a member: ``{"a": [80, 75], "b": [60, 65]}``."""
    members = [f"m{number}" for number in range(max((len(sheets) for sheets in totals.values()), default=0))]
    return ScoringSubject(
        **{
            "regime": Regime.by_code(regime),
            "candidates": tuple(Candidate(key=key, name=f"Công ty {key.upper()}") for key in totals),
            "sub_criteria": LINES,
            "members": tuple(members),
            "sheets": tuple(
                sheet(members[number], key, total)
                for key, sheets in totals.items()
                for number, total in enumerate(sheets)
            ),
            **said,
        }
    )
