"""V01-V06, V15: how large a cluster may be, and which old clusters may be smaller or larger."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.choices import DecisionKind, Stage
from clusters.rules.subjects import ClusterState, DecisionSubject
from law.citations import cite
from law.provisions import Threshold
from law.regimes import Regime
from law.rules import Finding, Rule, Severity, register
from law.words import say

_NOT_ABOUT_AREA = _("The decision leaves area and type as they are.")


def established_on(subject: ClusterState) -> dt.date | None:
    """Return the day the cluster was established, by its decisions."""
    day: dt.date | None = subject.facts.established_on
    return day


def may_stay_small(subject: ClusterState, regime: Regime) -> bool | None:
    """Say whether the cluster is old enough to be below the floor; None when its day is not known."""
    limit = regime.small_only_before.value
    day = established_on(subject)
    return None if limit is None or day is None else day < limit


def may_stay_large(subject: ClusterState, regime: Regime) -> bool | None:
    """Say whether the cluster is old enough to be above the ceiling; None when that is not known."""
    limit = regime.large_only_before.value
    if limit is None:
        return None
    if subject.cluster.formed_before_2009:
        return True
    day = established_on(subject)
    return None if day is None else day < limit


class AreaWithin(Rule[ClusterState]):
    """What the area rules share: floor and ceiling, with the old clusters left to V05 and V06."""

    about = ClusterState

    def floor(self) -> Threshold:
        """Return the smallest area this rule asks for."""
        raise NotImplementedError(f"{type(self).__name__} does not name its floor.")

    def is_about(self, subject: ClusterState) -> bool:
        """Say whether the cluster is of the sort this rule speaks of."""
        return True

    def check(self, subject: ClusterState) -> Finding:
        """Hold the area against floor and ceiling."""
        if not subject.concerns("area_ha", "cluster_type"):
            return self.not_applicable(_NOT_ABOUT_AREA)
        if not self.is_about(subject):
            return self.not_applicable(_("The cluster is of another sort."))
        area: Decimal | None = subject.facts.area_ha
        least, most = self.floor(), self.regime.thresholds.area_max
        if area is not None and least.met_by(area) is False and may_stay_small(subject, self.regime):
            return self.not_applicable(
                _("Established early enough to stay smaller: see V05."), cited=(least,)
            )
        if area is not None and most.met_by(area) is False and may_stay_large(subject, self.regime):
            return self.not_applicable(_("Formed early enough to be larger: see V06."), cited=(most,))
        return self.between(
            least, most, area, _("The area of the cluster is not recorded.") if area is None else ""
        )


@register
class OrdinaryArea(AreaWithin):
    """An ordinary cluster has 10 to 75 ha (V01)."""

    code = "V01"
    regimes = ("R1", "R1b", "R2", "R3", "R4")
    legal_basis = cite("ND32", "2.1")
    sentence = _("The area of a cluster lies between the floor for ordinary clusters and the ceiling.")

    def floor(self) -> Threshold:
        """Return the floor of ordinary clusters."""
        return self.regime.thresholds.area_min

    def is_about(self, subject: ClusterState) -> bool:
        """Leave mountainous districts and craft villages to V02."""
        return not subject.has_small_floor


@register
class SmallFloorArea(AreaWithin):
    """A cluster in a mountainous district, or of a craft village, has 5 to 75 ha (V02)."""

    code = "V02"
    regimes = ("R1", "R1b", "R2", "R3", "R4")
    legal_basis = cite("ND32", "2.1")
    sentence = _("In mountainous districts and craft-village clusters a lower floor applies.")

    def floor(self) -> Threshold:
        """Return the lower floor."""
        return self.regime.thresholds.area_min_small

    def is_about(self, subject: ClusterState) -> bool:
        """Take mountainous districts and craft villages only."""
        return subject.has_small_floor


@register
class AnyArea(AreaWithin):
    """Any cluster has 5 to 75 ha (V03)."""

    code = "V03"
    regimes = ("R5",)
    legal_basis = cite("ND303", part=_("amending Art. 2"))
    sentence = _("The area of a cluster lies between one floor for all clusters and the ceiling.")

    def floor(self) -> Threshold:
        """Return the one floor."""
        return self.regime.thresholds.area_min


@register
class AreaUnderDecision105(Rule[ClusterState]):
    """Under Decision 105/2009 at most 50 ha when established, 75 ha after expansion (V04)."""

    code = "V04"
    about = ClusterState
    regimes = ("R0",)
    severity = Severity.WARN
    legal_basis = cite("QD105")
    sentence = _(
        "At that time a smaller ceiling applied when a cluster was established than after its expansion."
    )

    def check(self, subject: ClusterState) -> Finding:
        """Hold the area against the ceiling of the occasion."""
        if not subject.concerns("area_ha"):
            return self.not_applicable(_NOT_ABOUT_AREA)
        expanding = isinstance(subject, DecisionSubject) and subject.kind == DecisionKind.EXPAND
        limits = self.regime.thresholds
        ceiling = limits.area_max_expanded if expanding else limits.area_max
        return self.against(ceiling, subject.facts.area_ha, "")


@register
class SmallOnlyIfOld(Rule[ClusterState]):
    """Below the floor only if established before Decree 68/2017 took effect (V05)."""

    code = "V05"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "35.1")
    sentence = _("A cluster below the floor continues only if it was established before 15 July 2017.")

    def check(self, subject: ClusterState) -> Finding:
        """Look at the day of establishment of a small cluster."""
        limits = self.regime.thresholds
        floor = limits.area_min_small if subject.has_small_floor else limits.area_min
        area = subject.facts.area_ha
        if not subject.concerns("area_ha", "cluster_type"):
            return self.not_applicable(_NOT_ABOUT_AREA)
        if subject.facts.stage == Stage.PLANNED or area is None or floor.met_by(area) is not False:
            return self.not_applicable(_("The cluster is not below the floor."), cited=(floor,))
        required = say(_("established before %(day)s"), day=self.regime.small_only_before.value)
        allowed = may_stay_small(subject, self.regime)
        if allowed is None:
            return self.not_computable(_("The day of establishment is not recorded."), required=required)
        return self.decide(
            allowed,
            measured=say(_("%(area)s ha, established %(day)s"), area=area, day=established_on(subject)),
            required=required,
            cited=(floor, self.regime.small_only_before),
        )


@register
class LargeOnlyIfOld(Rule[ClusterState]):
    """Above 75 ha only if formed before 5 October 2009 (V06)."""

    code = "V06"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "35.1", "35.4")
    sentence = _("A cluster above the ceiling continues only if it was formed before 5 October 2009.")

    def check(self, subject: ClusterState) -> Finding:
        """Look at the origin of a large cluster."""
        ceiling = self.regime.thresholds.area_max
        area = subject.facts.area_ha
        if not subject.concerns("area_ha"):
            return self.not_applicable(_NOT_ABOUT_AREA)
        if area is None or ceiling.met_by(area) is not False:
            return self.not_applicable(_("The cluster is not above the ceiling."), cited=(ceiling,))
        required = say(_("formed before %(day)s"), day=self.regime.large_only_before.value)
        allowed = may_stay_large(subject, self.regime)
        if allowed is None:
            return self.not_computable(_("The day of establishment is not recorded."), required=required)
        return self.decide(
            allowed,
            measured=say("%(area)s ha", area=area),
            required=required,
            cited=(ceiling, self.regime.large_only_before),
        )


@register
class ExpandedArea(Rule[DecisionSubject]):
    """After expansion a cluster has at most 75 ha (V15)."""

    code = "V15"
    about = DecisionSubject
    legal_basis = cite("ND32", "8.2(a)")
    sentence = _("The area before and the area added do not exceed the ceiling for expanded clusters.")

    def check(self, subject: DecisionSubject) -> Finding:
        """Hold the area after the expansion against the ceiling."""
        if subject.kind != DecisionKind.EXPAND:
            return self.not_applicable(_("The decision does not expand the cluster."))
        before, added = subject.before.area_ha, subject.added_ha
        if added is not None and added <= 0:
            return self.not_met(
                _("An expansion adds land: enter the total area after it, or record an adjustment instead."),
                measured=say(
                    _("%(before)s ha before, %(after)s ha after"), before=before, after=subject.facts.area_ha
                ),
            )
        explanation = (
            say(_("%(before)s ha before, %(added)s ha added"), before=before, added=added) if before else ""
        )
        return self.against(self.regime.thresholds.area_max_expanded, subject.facts.area_ha, explanation)
