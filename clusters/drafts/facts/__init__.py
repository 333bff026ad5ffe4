"""What every draft is filled with: dataclasses of plain values, dates, decimals and lists."""

from clusters.drafts.facts.appraisal import (
    AppraisalReport,
    CheckedRule,
    DossierPaper,
    GivenOpinion,
    OpinionRequest,
    Supplement,
)
from clusters.drafts.facts.common import Candidate, ClusterFacts, Issued
from clusters.drafts.facts.commune import CommuneNotice, CommuneSubmission, OpeningRecord
from clusters.drafts.facts.council import (
    CandidateScore,
    CouncilDecision,
    CouncilInvitation,
    CouncilMember,
    Criterion,
    CriterionScore,
    MemberScore,
    MinutesOfCouncil,
    ScoreSheet,
    SubCriterion,
)
from clusters.drafts.facts.decision import EstablishmentDecision, ResultNotice
from clusters.drafts.facts.investor import InvestorRequest

__all__ = [
    "AppraisalReport",
    "Candidate",
    "CandidateScore",
    "CheckedRule",
    "ClusterFacts",
    "CommuneNotice",
    "CommuneSubmission",
    "CouncilDecision",
    "CouncilInvitation",
    "CouncilMember",
    "Criterion",
    "CriterionScore",
    "DossierPaper",
    "EstablishmentDecision",
    "GivenOpinion",
    "InvestorRequest",
    "Issued",
    "MemberScore",
    "MinutesOfCouncil",
    "OpeningRecord",
    "OpinionRequest",
    "ResultNotice",
    "ScoreSheet",
    "SubCriterion",
    "Supplement",
]
