"""V10-V12, V14: the clusters already there are taken up far enough before another one is established.

The law speaks of an "average" without saying which. Both are computed, exactly: the simple average of the clusters'
rates, and the weighted one, all leased and approved land over all industrial land. Where they fall on different sides
of the limit a person decides (V12). An unknown figure is never taken for zero: it is only asked whether the outcome
could still be another one.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clusters.choices import ClusterType, DecisionKind
from clusters.rules.wording import listed, of_each
from law.citations import cite
from law.provisions import Threshold
from law.rules import Finding, Rule, Severity, register
from law.rules.compare import compare
from law.vocabulary import OccupancyUnit
from law.words import Phrase, Text, say


class Average(models.TextChoices):
    """The two readings of "average occupancy"."""

    SIMPLE = "simple", _("simple average")
    WEIGHTED = "weighted", _("weighted average")


@dataclass(frozen=True, kw_only=True)
class SettledAverage:
    """Which average a person took where the two disagree, and why."""

    average: Average
    reason: str
    by: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CountedCluster:
    """An established cluster of the territory: industrial, leased, and approved but not leased land (ha).

    None is unknown. ``as_of`` is the day of the leased land.
    """

    name: str
    industrial_ha: Decimal | None
    leased_ha: Decimal | None
    approved_ha: Decimal | None
    as_of: dt.date | None = None

    @property
    def missing(self) -> tuple[Text, ...]:
        """What the occupancy cannot be computed without."""
        gaps: list[Text] = []
        if not self.industrial_ha:
            gaps.append(_("industrial land not recorded"))
        if self.leased_ha is None:
            gaps.append(_("leased land not recorded"))
        if self.approved_ha is None:
            gaps.append(_("land approved but not leased not recorded"))
        return tuple(gaps)

    @property
    def occupancy(self) -> Fraction | None:
        """The legal occupancy in per cent, exact (V07)."""
        return self._rate(self.approved_ha)

    @property
    def least_occupancy(self) -> Fraction | None:
        """The occupancy if no land were approved beyond what is leased; the true one is never lower."""
        return self._rate(self.approved_ha or Decimal(0))

    @property
    def unleased_ha(self) -> Decimal | None:
        """The industrial land not leased (ha)."""
        if not self.industrial_ha or self.leased_ha is None:
            return None
        return max(self.industrial_ha - self.leased_ha, Decimal(0))

    def _rate(self, approved: Decimal | None) -> Fraction | None:
        if not self.industrial_ha or self.leased_ha is None or approved is None:
            return None
        return 100 * Fraction(self.leased_ha + approved) / Fraction(self.industrial_ha)


@dataclass(frozen=True, kw_only=True)
class OccupancyTest:
    """The test for a cluster to be established: the established clusters of the territory on a day.

    ``unit`` is what the regime looks at; ``unit_name`` the territory counted, empty where it is not known, and then
    ``unit_problem`` says why. ``unit_basis`` is the paper by which the province chose it.
    """

    kind: DecisionKind
    cluster_type: ClusterType
    unit: OccupancyUnit | None
    unit_name: str
    on: dt.date
    clusters: tuple[CountedCluster, ...] = ()
    settled: SettledAverage | None = None
    unit_basis: Text = ""
    unit_problem: Text = ""

    @property
    def computable(self) -> tuple[CountedCluster, ...]:
        """The clusters whose occupancy can be computed."""
        return tuple(cluster for cluster in self.clusters if cluster.occupancy is not None)

    @property
    def not_computable(self) -> tuple[CountedCluster, ...]:
        """The clusters for which a figure is missing."""
        return tuple(cluster for cluster in self.clusters if cluster.occupancy is None)

    @property
    def unleased_ha(self) -> Decimal | None:
        """The land not leased of the clusters for which it is known (ha); None where it is known of none."""
        known = [cluster.unleased_ha for cluster in self.clusters if cluster.unleased_ha is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def simple_average(self) -> Fraction | None:
        """The simple average of the clusters that can be computed (%)."""
        return self.average(Average.SIMPLE)

    @property
    def weighted_average(self) -> Fraction | None:
        """The weighted average of the clusters that can be computed (%)."""
        return self.average(Average.WEIGHTED)

    def average(self, which: Average) -> Fraction | None:
        """Return an average over the clusters that can be computed (%), exact; None where there are none."""
        return _average(which, [(one, one.occupancy) for one in self.computable])

    def least_average(self, which: Average) -> Fraction | None:
        """Return what the average of all clusters cannot be lower than; None where land is not recorded."""
        rates = [(one, one.least_occupancy) for one in self.clusters]
        return None if any(rate is None for _one, rate in rates) else _average(which, rates)

    def side(self, which: Average, limit: Threshold) -> bool | None:
        """Say whether an average of all clusters satisfies the limit; None where a missing figure could turn it."""
        if not self.not_computable:
            return limit.met_by(self.average(which))
        return True if limit.met_by(self.least_average(which)) else None

    def disagree(self, limit: Threshold) -> bool:
        """Say whether the two averages fall on different sides of the limit."""
        return {self.side(which, limit) for which in Average} == {True, False}

    def enough_occupied(self, limit: Threshold) -> bool | None:
        """Say whether the average satisfies the limit, by the average a person settled on where they disagree."""
        if self.disagree(limit):
            return self.side(self.settled.average, limit) if self.settled and self.settled.reason else None
        sides = {self.side(which, limit) for which in Average}
        return sides.pop() if len(sides) == 1 else None

    def little_unleased(self, limit: Threshold) -> bool | None:
        """Say whether the land not leased stays within the limit; unknown land can only add to it."""
        if any(one.unleased_ha is None for one in self.clusters):
            return False if limit.met_by(self.unleased_ha) is False else None
        return limit.met_by(self.unleased_ha)


def _average(which: Average, rates: list[tuple[CountedCluster, Fraction | None]]) -> Fraction | None:
    known = [(Fraction(one.industrial_ha or 0), rate) for one, rate in rates if rate is not None]
    if not known:
        return None
    if which is Average.SIMPLE:
        return sum((rate for _land, rate in known), Fraction(0)) / len(known)
    return sum((land * rate for land, rate in known), Fraction(0)) / sum(land for land, _rate in known)


class OccupancyRule(Rule[OccupancyTest]):
    """What the rules share: who is asked, and what was counted."""

    about = OccupancyTest

    def spared(self, subject: OccupancyTest) -> Finding | None:
        """Return the finding where nothing is to be averaged: another decision, an exempt kind, no cluster."""
        if subject.kind != DecisionKind.ESTABLISH:
            return self.not_applicable(_("The decision establishes no cluster."))
        exempt = self.regime.exempt_from_test
        if subject.cluster_type in (exempt.value or ()):
            return self.not_applicable(
                say(_("A %(type)s is exempt from the test."), type=subject.cluster_type.label),
                cited=(exempt,),
            )
        return None

    def without_unit(self, subject: OccupancyTest) -> Finding:
        """Return the finding for a territory that is not known."""
        said: dict[str, Any] = {"cited": (self.regime.test_unit,)}
        if self.regime.test_unit.value is OccupancyUnit.AS_DECIDED:
            return self.not_met(
                subject.unit_problem
                or _(
                    "The province has not recorded for which territory the test is made: record its decision, or give "
                    "the reason."
                ),
                **said,
            )
        return self.not_computable(
            subject.unit_problem or _("The territory of the test is not known."), **said
        )

    def counted(self, subject: OccupancyTest) -> Phrase:
        """Word the territory and what was counted in it."""
        parts: list[Text] = [
            say(
                ngettext_lazy(
                    "%(unit)s: %(count)s established cluster",
                    "%(unit)s: %(count)s established clusters",
                    len(subject.clusters),
                ),
                unit=subject.unit_name,
                count=len(subject.clusters),
            )
        ]
        limit = self.regime.thresholds.establish_occupancy
        for which in Average:
            average = subject.average(which)
            if average is not None:
                parts.append(
                    say("%(which)s %(value)s", which=which.label, value=compare(limit, average).measured)
                )
        if subject.unleased_ha is not None:
            parts.append(
                say(
                    _("%(land)s not leased"),
                    land=compare(self.regime.thresholds.establish_unleased, subject.unleased_ha).measured,
                )
            )
        if subject.not_computable:
            gaps = [(one.name, one.missing) for one in subject.not_computable]
            parts.append(say(_("not computable: %(gaps)s"), gaps=of_each(gaps)))
        return listed(parts, "; ")


class EnoughTakenUp(OccupancyRule):
    """The test itself: average occupancy over the limit, or little land not leased."""

    def check(self, subject: OccupancyTest) -> Finding:
        """Compute both conditions; one of them suffices."""
        spared = self.spared(subject)
        if spared is not None:
            return spared
        if not subject.unit_name:
            return self.without_unit(subject)
        occupancy = self.regime.thresholds.establish_occupancy
        unleased = self.regime.thresholds.establish_unleased
        cited = (occupancy, unleased, self.regime.test_unit)
        if not subject.clusters:
            return self.met(
                measured=self.counted(subject),
                explanation=_("There is no established cluster there yet: nothing is to be averaged."),
                cited=(self.regime.test_unit,),
            )
        said = {
            "measured": self.counted(subject),
            "required": say(
                _("average occupancy %(occupancy)s, or %(unleased)s not leased"),
                occupancy=occupancy,
                unleased=unleased,
            ),
            "cited": cited,
        }
        full, little = subject.enough_occupied(occupancy), subject.little_unleased(unleased)
        if full or little:
            return self.met(explanation=self._why(subject, full=full, little=little), **said)
        if full is False and little is False:
            return self.not_met(
                _("Neither condition holds: wait until more land there is leased, or choose another place."),
                **said,
            )
        if subject.disagree(occupancy):
            return self.not_computable(
                _("The simple and the weighted average disagree: a person decides which one counts (V12)."),
                **said,
            )
        return self.not_computable(
            _("The missing figures could turn the outcome: record them, they are not taken for zero."), **said
        )

    def _why(self, subject: OccupancyTest, *, full: bool | None, little: bool | None) -> Text:
        reasons: list[Text] = []
        if full:
            reasons.append(_("the average occupancy suffices"))
        if little:
            reasons.append(_("the land not leased is within the limit"))
        if full and subject.settled and subject.disagree(self.regime.thresholds.establish_occupancy):
            reasons.append(
                say(
                    _("a person settled on the %(average)s: %(reason)s"),
                    average=subject.settled.average.label,
                    reason=subject.settled.reason,
                )
            )
        return listed(reasons, "; ")


@register
class EstablishTest(EnoughTakenUp):
    """Average occupancy over 50 % or at most 100 ha not leased, before another cluster is established (V10)."""

    code = "V10"
    regimes = ("R2", "R3", "R4")
    legal_basis = say("%(decree)s; %(communes)s", decree=cite("ND32", "8.1(c)"), communes=cite("ND139", "12"))
    sentence = _(
        "Where the territory has established clusters, their average occupancy is over the limit or the industrial "
        "land not leased stays within the limit."
    )

    def weight(self) -> Severity:
        """Since the districts are gone the territory is the province's choice, so the test only asks for a reason."""
        decided = self.regime.test_unit.value is OccupancyUnit.AS_DECIDED
        return Severity.WARN if decided else Severity.BLOCK


@register
class EstablishTestOfCommune(EnoughTakenUp):
    """In the commune, average occupancy over 50 % or at most 50 ha not leased; two kinds are exempt (V11)."""

    code = "V11"
    regimes = ("R5",)
    legal_basis = cite("ND303", part=_("amending Art. 8"))
    sentence = _(
        "Where the commune has established clusters, their average occupancy is over the limit or the industrial land "
        "not leased stays within the limit; high-tech and ecological clusters are exempt."
    )


@register
class EstablishTestOfDecree68(EnoughTakenUp):
    """Under Decree 68/2017, over 50 % or under 50 ha not leased; the figures are not confirmed (V14)."""

    code = "V14"
    regimes = ("R1", "R1b")
    severity = Severity.WARN
    legal_basis = cite("ND68", "10")
    sentence = _(
        "Under Decree 68/2017 the average occupancy is over the limit or the industrial land not leased under it; "
        "its figures are not confirmed by any source."
    )


@register
class WhichAverage(OccupancyRule):
    """Simple and weighted average are both computed; where they disagree a person decides (V12)."""

    code = "V12"
    regimes = ("R1", "R1b", "R2", "R3", "R4", "R5")
    severity = Severity.WARN
    legal_basis = say(
        "%(decree)s (%(silent)s)", decree=cite("ND32", "8.1(c)"), silent=_("does not say which average")
    )
    sentence = _(
        "Where the simple and the weighted average fall on different sides of the limit, a person decides."
    )

    def check(self, subject: OccupancyTest) -> Finding:
        """Hold both averages against the limit, and look for the person's decision where they disagree."""
        spared = self.spared(subject)
        if spared is not None:
            return spared
        if not subject.unit_name or not subject.clusters:
            return self.not_applicable(_("There is nothing to average."))
        limit = self.regime.thresholds.establish_occupancy
        said = {
            "measured": self.counted(subject),
            "required": say("%(limit)s", limit=limit),
            "cited": (limit,),
        }
        sides = {subject.side(which, limit) for which in Average}
        if len(sides) == 1 and None not in sides:
            return self.met(explanation=_("Both averages fall on the same side of the limit."), **said)
        if None in sides:
            return self.not_computable(_("The averages of all clusters are not known."), **said)
        settled = subject.settled
        if settled and settled.reason:
            return self.met(
                explanation=say(
                    _("A person settled on the %(average)s: %(reason)s"),
                    average=settled.average.label,
                    reason=settled.reason,
                ),
                **said,
            )
        if settled:
            return self.not_met(_("Give the reason for choosing this average."), **said)
        if subject.little_unleased(self.regime.thresholds.establish_unleased):
            return self.not_met(
                _(
                    "The averages disagree: choose one and give the reason. The land not leased satisfies the law "
                    "either way."
                ),
                **said,
            )
        return self.not_met(
            _("The averages disagree and the outcome hangs on it: choose one and give the reason."), **said
        )
