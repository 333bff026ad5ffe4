"""What the department writes during the appraisal: opinion requests and the appraisal report."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.drafts.facts.common import ClusterFacts, Issued
from clusters.drafts.facts.council import CandidateScore
from core.office import facts as f


@dataclass(frozen=True, kw_only=True)
class OpinionRequest(Issued):
    """The letter that asks agencies for their opinion on a dossier (Article 10.3).

    ``silence_basis`` is set only where a provincial rule treats silence as agreement: it names that rule.
    """

    addressees: Sequence[str] = f.addressees(_("to whom the paper is addressed"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    submission: str = f.text(_("the submission being appraised: number, day, issuer"))
    candidates: Sequence[str] = f.points(_("names of the candidates"))
    questions: Sequence[str] = f.points(_("what the agencies are asked"))
    due: dt.date | None = f.long_day(_("last day for the answer"))
    limit: str = f.text(_("time for the answer in words"))
    silence_basis: str = f.text(_("rule by which silence counts as agreement"))
    contact: str = f.text(_("contact person, telephone and e-mail"))
    enclosed: Sequence[str] = f.points(_("enclosed documents"))


@dataclass(frozen=True, kw_only=True)
class DossierPaper:
    """One document of the dossier and what was found about it."""

    name: str = f.text(_("name of the document"))
    copies: int | None = f.count(_("number of copies"))
    finding: str = f.text(_("finding on the document"))


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """One round of supplements."""

    asked: dt.date | None = f.short_day(_("day it was asked"))
    answered: dt.date | None = f.short_day(_("day it was answered"))
    content: str = f.text(_("content"))


@dataclass(frozen=True, kw_only=True)
class GivenOpinion:
    """The opinion of one agency and what was done with it."""

    agency: str = f.text(_("agency"))
    paper: str = f.text(_("number and day of the answer"))
    content: str = f.text(_("content"))
    handling: str = f.text(_("how it was taken up"))


@dataclass(frozen=True, kw_only=True)
class CheckedRule:
    """One line of the rule checklist: what is required, what was measured, the outcome."""

    code: str = f.text(_("code of the rule"))
    sentence: str = f.text(_("what the rule says"))
    basis: str = f.text(_("legal basis"))
    required: str = f.text(_("what is required"))
    measured: str = f.text(_("measured"))
    outcome: str = f.text(_("outcome"))
    note: str = f.text(_("explanation or reason"))


@dataclass(frozen=True, kw_only=True)
class AppraisalReport(Issued):
    """The appraisal report with the whole content of Article 11, the rule checklist and the result of the selection.

    The fields ``basis_fit`` to ``incentives`` are its points a, b, c, d, đ, e and g.
    """

    addressees: Sequence[str] = f.addressees(_("to whom the paper is addressed"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    submission: str = f.text(_("the submission being appraised: number, day, issuer"))
    received: dt.date | None = f.long_day(_("day the full dossier was received"))
    regime: str = f.text(_("the law the dossier follows, with the reason"))
    due: dt.date | None = f.long_day(_("last day of the appraisal"))
    trace: Sequence[str] = f.points(_("how the last day was counted"))
    papers: Sequence[DossierPaper] = f.rows(_("documents of the dossier"), DossierPaper)
    supplements: Sequence[Supplement] = f.rows(_("supplements asked"), Supplement)
    opinions: Sequence[GivenOpinion] = f.rows(_("opinions of agencies"), GivenOpinion)
    legality: Sequence[str] = f.texts(_("legality of the dossier"))
    basis_fit: Sequence[str] = f.texts(_("legal basis and fit with the plans (point a)"))
    conditions: Sequence[str] = f.texts(_("conditions, need for land, lease and change of use (point b)"))
    content: Sequence[str] = f.texts(_("name, area, place, aim, lines of business, infrastructure (point c)"))
    investor: Sequence[str] = f.texts(_("investor's status and capacity, capital, feasibility (point d)"))
    management: Sequence[str] = f.texts(_("operating cost and management (point đ)"))
    effects: Sequence[str] = f.texts(_("attraction, relocation and effects (point e)"))
    incentives: Sequence[str] = f.texts(_("incentives and support (point g)"))
    rules: Sequence[CheckedRule] = f.rows(_("rule checklist"), CheckedRule)
    pass_mark: Decimal | None = f.number(_("points an investor needs at least"))
    scores: Sequence[CandidateScore] = f.rows(_("result of the council"), CandidateScore)
    minutes: str = f.text(_("minutes of the council: number and day"))
    conclusion: Sequence[str] = f.texts(_("conclusion"))
    proposals: Sequence[str] = f.points(_("what is proposed to the People's Committee"))
