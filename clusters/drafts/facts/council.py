"""What surrounds the evaluation council: its decision, invitations, score sheets, minutes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.drafts.facts.common import Candidate, ClusterFacts, Issued
from core.office import facts as f
from core.office.facts import Head


@dataclass(frozen=True, kw_only=True)
class CouncilMember:
    """A member of the council; ``present`` and ``statement`` are for the minutes."""

    name: str = f.text(_("name of the person"))
    position: str = f.text(_("position and agency"))
    role: str = f.text(_("role in the council"))
    present: str = f.text(_("present or absent, with the reason"))
    statement: str = f.text(_("statement on conflicts of interest"))


@dataclass(frozen=True, kw_only=True)
class SubCriterion:
    """A sub-criterion with its greatest number of points and, on a score sheet, the points given."""

    name: str = f.text(_("sub-criterion"))
    maximum: Decimal | None = f.number(_("greatest number of points"))
    points: Decimal | None = f.number(_("points given"))
    note: str = f.text(_("note"))


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion of the law with its sub-criteria; ``points`` is their sum."""

    name: str = f.text(_("criterion"))
    maximum: Decimal | None = f.number(_("greatest number of points"))
    points: Decimal | None = f.number(_("points given"))
    parts: Sequence[SubCriterion] = f.rows(_("sub-criteria"), SubCriterion)


@dataclass(frozen=True, kw_only=True)
class CouncilDecision(Issued):
    """The decision of the People's Committee that sets up the council (Article 13.2)."""

    authority: str = f.text(_("who decides, in capitals"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    members: Sequence[CouncilMember] = f.rows(_("members of the council"), CouncilMember)
    secretary: CouncilMember = f.group(_("secretary, who is no member"), CouncilMember)
    criteria: Sequence[Criterion] = f.rows(_("criteria with their points"), Criterion)
    total: Decimal | None = f.number(_("sum of all points"))
    pass_mark: Decimal | None = f.number(_("points an investor needs at least"))
    duties: Sequence[str] = f.points(_("duties of the council"))
    executors: str = f.text(_("who carries the decision out"))


@dataclass(frozen=True, kw_only=True)
class CouncilInvitation(Issued):
    """The invitation to a meeting of the council."""

    addressees: Sequence[str] = f.addressees(_("to whom the paper is addressed"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    council: str = f.text(_("decision that set up the council: number and day"))
    chair: str = f.text(_("name of the chair"))
    begins: dt.datetime | None = f.moment(_("beginning of the meeting"))
    venue: str = f.text(_("place of the meeting"))
    agenda: Sequence[str] = f.points(_("agenda of the meeting"))
    enclosed: Sequence[str] = f.points(_("enclosed documents"))
    contact: str = f.text(_("contact person, telephone and e-mail"))


@dataclass(frozen=True, kw_only=True)
class ScoreSheet:
    """The sheet of one member for one candidate."""

    head: Head = f.group(_("head of the paper"), Head)
    act: str = f.text(_("the act: establishing or expanding, in Vietnamese"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    member: CouncilMember = f.group(_("member of the council"), CouncilMember)
    candidate: Candidate = f.group(_("the candidate"), Candidate)
    criteria: Sequence[Criterion] = f.rows(_("criteria with their points"), Criterion)
    maximum: Decimal | None = f.number(_("sum of all points"))
    total: Decimal | None = f.number(_("points given in all"))
    remarks: Sequence[str] = f.texts(_("remarks of the member"))
    lines: Sequence[str] = f.texts(_("title over the signature"))


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """The average of the members on one criterion."""

    name: str = f.text(_("criterion"))
    maximum: Decimal | None = f.number(_("greatest number of points"))
    average: Decimal | None = f.number(_("average of the members"), places=2)


@dataclass(frozen=True, kw_only=True)
class MemberScore:
    """What one member gave a candidate in all."""

    name: str = f.text(_("name of the person"))
    total: Decimal | None = f.number(_("points given in all"))


@dataclass(frozen=True, kw_only=True)
class CandidateScore:
    """The result of one candidate: average by criterion, total, rank."""

    name: str = f.text(_("name of the candidate"))
    code: str = f.text(_("dossier code"))
    total: Decimal | None = f.number(_("average total"), places=2)
    rank: int | None = f.number(_("rank"))
    criteria: Sequence[CriterionScore] = f.rows(_("average by criterion"), CriterionScore)
    members: Sequence[MemberScore] = f.rows(_("total by member"), MemberScore)
    note: str = f.text(_("note"))


@dataclass(frozen=True, kw_only=True)
class MinutesOfCouncil:
    """The minutes of the scoring meeting; ``tie`` tells how a tie at the top was broken."""

    head: Head = f.group(_("head of the paper"), Head)
    act: str = f.text(_("the act: establishing or expanding, in Vietnamese"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    council: str = f.text(_("decision that set up the council: number and day"))
    began: dt.datetime | None = f.moment(_("beginning of the meeting"))
    ended: dt.datetime | None = f.moment(_("end of the meeting"))
    venue: str = f.text(_("place of the meeting"))
    members: Sequence[CouncilMember] = f.rows(_("members of the council"), CouncilMember)
    guests: Sequence[str] = f.points(_("guests"))
    candidates: Sequence[Candidate] = f.rows(_("candidates in the order of receipt"), Candidate)
    opinions: Sequence[str] = f.texts(_("opinions in the meeting"))
    scores: Sequence[CandidateScore] = f.rows(_("result of the council"), CandidateScore)
    maximum: Decimal | None = f.number(_("sum of all points"))
    pass_mark: Decimal | None = f.number(_("points an investor needs at least"))
    earlier: Sequence[str] = f.texts(_("earlier rounds of a scoring that was reopened"))
    tie: str = f.text(_("how a tie at the top was broken"))
    conclusion: Sequence[str] = f.texts(_("conclusion"))
    chair: str = f.text(_("name of the chair"))
    secretary: str = f.text(_("name of the secretary"))
    receivers: Sequence[str] = f.points(_("receivers of the paper"))
