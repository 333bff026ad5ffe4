"""What the province writes: the decision (Model 02 of Circular 14/2024) and the notice of its result."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.drafts.facts.common import ClusterFacts, Issued
from core.office import facts as f


@dataclass(frozen=True, kw_only=True)
class EstablishmentDecision(Issued):
    """The decision to establish or expand a cluster: Model 02 with the content of Article 12.1.

    ``has_types`` asks for the items that Decree 303/2026 adds: type, target firms, least land for the priority groups.
    Money in dong, areas in hectares.
    """

    authority: str = f.text(_("who decides, in capitals"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    investor: str = f.text(_("infrastructure investor"))
    investor_paper: str = f.text(_("legal paper of the investor: number, day, issuer"))
    scale: Sequence[str] = f.points(_("scale of the infrastructure"))
    total_capital: Decimal | None = f.money(_("provisional total capital"))
    capital: Sequence[str] = f.points(_("structure of the capital"))
    progress: Sequence[str] = f.points(_("schedule"))
    has_types: bool = f.flag(_("whether the law asks for type, target firms and priority land"))
    target_firms: str = f.text(_("firms the cluster is for"))
    high_tech_ha: Decimal | None = f.number(_("least land for private high-tech firms, in hectares"))
    small_firms_ha: Decimal | None = f.number(_("least land for small and medium enterprises, in hectares"))
    start_ups_ha: Decimal | None = f.number(_("least land for innovative start-ups, in hectares"))
    deviation: str = f.text(_("small deviation from the plan decided here"))
    incentives: Sequence[str] = f.points(_("incentives and support with their conditions"))
    investor_duties: Sequence[str] = f.points(_("duties of the investor"))
    agency_duties: Sequence[str] = f.points(_("duties of the agencies"))
    effect: str = f.text(_("when the decision takes effect, as after “takes effect”"))
    other: Sequence[str] = f.texts(_("other contents"))
    executors: str = f.text(_("who carries the decision out"))


@dataclass(frozen=True, kw_only=True)
class ResultNotice(Issued):
    """The notice of the result to one candidate; ``is_chosen`` chooses the wording."""

    addressees: Sequence[str] = f.addressees(_("to whom the paper is addressed"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    candidate: str = f.text(_("name of the candidate"))
    code: str = f.text(_("dossier code"))
    is_chosen: bool = f.flag(_("whether the candidate was chosen"))
    points: Decimal | None = f.number(_("average total"), places=2)
    maximum: Decimal | None = f.number(_("sum of all points"))
    rank: int | None = f.number(_("rank"))
    chosen: str = f.text(_("the investor chosen"))
    decision: str = f.text(_("number of the decision"))
    decided: dt.date | None = f.long_day(_("day of the decision"))
    reasons: Sequence[str] = f.points(_("reasons"))
    next_steps: Sequence[str] = f.points(_("what the candidate does next"))
    complaint: str = f.text(_("where and until when one can complain"))
    contact: str = f.text(_("contact person, telephone and e-mail"))
