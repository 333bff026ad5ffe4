"""V16, V17: a cluster is expanded when it is taken up or wanted, and its shared works are in use."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.occupancy import rate
from clusters.rules.wording import listed
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.vocabulary import Work
from law.words import Text, say


@dataclass(frozen=True, kw_only=True)
class ExpansionSubject:
    """A cluster about to be expanded: its land, the demand for industrial land (ha), and its shared works.

    None is unknown. ``works`` says of each work whether it is finished and in use, None where nothing is recorded.
    """

    on: dt.date
    industrial_land_ha: Decimal | None
    leased_ha: Decimal | None
    approved_ha: Decimal | None
    demand_ha: Decimal | None = None
    works: Mapping[Work, bool | None] = field(default_factory=dict)
    formed_before_2009: bool = False
    established_on: dt.date | None = None

    @property
    def occupancy(self) -> Decimal | None:
        """The legal occupancy (%), None where a figure is missing."""
        if self.leased_ha is None or self.approved_ha is None:
            return None
        return rate(self.leased_ha + self.approved_ha, self.industrial_land_ha)

    @property
    def least_occupancy(self) -> Decimal | None:
        """The occupancy by leased land alone; the legal one is never lower."""
        return rate(self.leased_ha, self.industrial_land_ha)

    @property
    def demand_exceeds_land(self) -> bool | None:
        """Whether more industrial land is wanted than there is; None where either is unknown."""
        if self.demand_ha is None or not self.industrial_land_ha:
            return None
        return self.demand_ha > self.industrial_land_ha


@register
class WantedExpansion(Rule[ExpansionSubject]):
    """Occupancy of at least 60 % (50 % since Decree 303/2026), or demand over the industrial land (V16)."""

    code = "V16"
    about = ExpansionSubject
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "8.2(c)")
    sentence = _(
        "A cluster is expanded when its occupancy reaches the limit or the demand exceeds its industrial land."
    )

    def check(self, subject: ExpansionSubject) -> Finding:
        """Hold the occupancy against the limit and the demand against the land; one of the two suffices."""
        limit = self.regime.thresholds.expand_occupancy
        held = self.against(limit, subject.occupancy)
        floor = limit.met_by(subject.least_occupancy)
        enough = held.ok if held.ok is not None else (True if floor else None)
        wanted = subject.demand_exceeds_land
        measured: list[Text] = []
        if subject.occupancy is not None:
            measured.append(say(_("occupancy %(rate)s"), rate=held.measured))
        elif subject.least_occupancy is not None:
            least = self.against(limit, subject.least_occupancy).measured
            measured.append(say(_("occupancy at least %(rate)s, by leased land alone"), rate=least))
        if subject.demand_ha is not None:
            measured.append(say(_("demand %(demand)s ha"), demand=subject.demand_ha))
        if subject.industrial_land_ha:
            measured.append(say(_("industrial land %(land)s ha"), land=subject.industrial_land_ha))
        said = {
            "measured": listed(measured, "; "),
            "required": say(
                _("occupancy %(occupancy)s, or demand over the industrial land"), occupancy=limit
            ),
            "cited": (limit,),
        }
        if enough or wanted:
            return self.met(**said)
        if enough is False and wanted is False:
            return self.not_met(
                _("The cluster is neither taken up far enough nor wanted beyond its land."), **said
            )
        missing = [
            name
            for name, value in (
                (_("industrial land"), subject.industrial_land_ha or None),
                (_("leased land"), subject.leased_ha),
                (_("land approved but not leased"), subject.approved_ha),
                (_("demand for industrial land"), subject.demand_ha),
            )
            if value is None
        ]
        return self.not_computable(say(_("Not recorded: %(names)s."), names=listed(missing)), **said)


@register
class WorksInUse(Rule[ExpansionSubject]):
    """The essential shared works are finished and in use; R5 asks for more of them and exempts old clusters (V17)."""

    code = "V17"
    about = ExpansionSubject
    severity = Severity.BLOCK
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "8.2(d)")
    sentence = _("Before an expansion the essential shared works of the cluster are finished and in use.")

    def check(self, subject: ExpansionSubject) -> Finding:
        """Look at each work the regime names."""
        asked, exempt = self.regime.works, self.regime.works_exempt_before
        if exempt.value is not None and (
            subject.formed_before_2009
            or (subject.established_on is not None and subject.established_on < exempt.value)
        ):
            return self.not_applicable(
                say(_("Clusters formed before %(day)s are exempt."), day=exempt.value), cited=(exempt,)
            )
        works = asked.value or ()
        unfinished = [work for work in works if subject.works.get(work) is False]
        unknown = [work for work in works if subject.works.get(work) is None]
        said = {
            "measured": say(
                _("%(done)s of %(count)s works in use"),
                done=len(works) - len(unfinished) - len(unknown),
                count=len(works),
            ),
            "required": listed(work.label for work in works),
            "cited": (asked,),
        }
        if unfinished:
            names = listed(work.label for work in unfinished)
            return self.not_met(say(_("Not finished and in use: %(names)s."), names=names), **said)
        if unknown:
            names = listed(work.label for work in unknown)
            return self.not_computable(say(_("Not recorded: %(names)s."), names=names), **said)
        return self.met(**said)
