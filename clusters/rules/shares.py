"""V19-V22: the shares of land that make a type of cluster, and how much land services may take."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, TenantGroup
from clusters.rules.subjects import ClusterState
from law.citations import cite
from law.provisions import Threshold
from law.regimes import Regime
from law.rules import Finding, Rule, Severity, register
from law.words import Text, say


class LandShare(Rule[ClusterState]):
    """What the share rules have in common: land of a group of tenants over the industrial land."""

    about = ClusterState
    of_type: ClusterType

    def threshold(self) -> Threshold:
        """Return the share the law asks for."""
        raise NotImplementedError(f"{type(self).__name__} does not name its share.")

    def counted(self, subject: ClusterState) -> tuple[Decimal | None, Text]:
        """Return the land that counts (ha) and what it is."""
        raise NotImplementedError(f"{type(self).__name__} does not say what land counts.")

    def check(self, subject: ClusterState) -> Finding:
        """Compute the share of a cluster of the type."""
        if not subject.concerns("cluster_type", "industrial_land_ha"):
            return self.not_applicable(_("The decision leaves type and industrial land as they are."))
        if subject.facts.cluster_type != self.of_type:
            return self.not_applicable(say(_("Not a %(type)s."), type=self.of_type.label))
        counted, what = self.counted(subject)
        land = subject.facts.industrial_land_ha
        if not land or subject.tenants.total is None or counted is None:
            return self.not_computable(
                _("The industrial land or the land of the projects is not recorded."),
                cited=(self.threshold(),),
            )
        return self.against(
            self.threshold(),
            counted / land * 100,
            say(
                _("%(counted)s ha of %(what)s ÷ %(land)s ha of industrial land"),
                counted=counted,
                what=what,
                land=land,
            ),
        )


class GroupShare(LandShare):
    """A share counted by the group a tenant belongs to."""

    group: TenantGroup

    def counted(self, subject: ClusterState) -> tuple[Decimal | None, Text]:
        """Return the land of the group."""
        return subject.tenants.by_group.get(self.group, Decimal(0)), self.group.label


@register
class CraftVillageShare(GroupShare):
    """A craft-village cluster keeps 75 % (60 % since Decree 303/2026) for producers of craft villages (V19)."""

    code = "V19"
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "2.2")
    sentence = _(
        "A craft-village cluster keeps the legal share of its industrial land for producers of craft villages."
    )
    of_type = ClusterType.CRAFT_VILLAGE
    group = TenantGroup.CRAFT_VILLAGE

    def threshold(self) -> Threshold:
        """Return the share for craft villages."""
        return self.regime.thresholds.craft_share


@register
class SpecialisedShare(LandShare):
    """In a specialised cluster at least 60 % of the industrial land is of one line (V20)."""

    code = "V20"
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = say(
        "%(form)s; %(decree)s", form=cite("TT14"), decree=cite("ND303", part=_("amending Art. 2"))
    )
    sentence = _(
        "In a specialised cluster the legal share of the industrial land is used by projects of one line."
    )
    of_type = ClusterType.SPECIALISED

    def __init__(self, regime: Regime) -> None:
        super().__init__(regime)
        self._weight = Severity.BLOCK if regime.code == "R5" else Severity.INFO

    def weight(self) -> Severity:
        """Before Decree 303/2026 the share stands only in a note of Form 03."""
        return self._weight

    def threshold(self) -> Threshold:
        """Return the share for specialised clusters."""
        return self.regime.thresholds.specialised_share

    def counted(self, subject: ClusterState) -> tuple[Decimal | None, Text]:
        """Return the land of the line with the most land."""
        return subject.tenants.largest_line_ha, subject.tenants.largest_line


@register
class SupportingShare(GroupShare):
    """In a supporting-industry cluster at least 60 % is for supporting industry (V21)."""

    code = "V21"
    regimes = ("R5",)
    legal_basis = cite("ND303", part=_("amending Art. 2"))
    sentence = _(
        "A supporting-industry cluster keeps the legal share of its industrial land for supporting industry."
    )
    of_type = ClusterType.SUPPORTING
    group = TenantGroup.SUPPORTING

    def threshold(self) -> Threshold:
        """Return the share for supporting industry."""
        return self.regime.thresholds.supporting_share


@register
class HighTechShare(GroupShare):
    """In a high-tech cluster at least 30 % is for high technology (V21, second half)."""

    code = "V21b"
    regimes = ("R5",)
    legal_basis = cite("ND303", part=_("amending Art. 2"))
    sentence = _("A high-tech cluster keeps the legal share of its industrial land for high technology.")
    of_type = ClusterType.HIGH_TECH
    group = TenantGroup.HIGH_TECH

    def threshold(self) -> Threshold:
        """Return the share for high technology."""
        return self.regime.thresholds.high_tech_share


@register
class ServiceLand(Rule[ClusterState]):
    """Services for production take at most 10 % of the cluster's area, not of its industrial land (V22)."""

    code = "V22"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "3")
    sentence = _("Land for services stays within the legal share of the whole area of the cluster.")

    def check(self, subject: ClusterState) -> Finding:
        """Compute the share of service land in the area."""
        if not subject.concerns("area_ha"):
            return self.not_applicable(_("The decision leaves the area as it is."))
        area = subject.facts.area_ha
        if not area or subject.tenants.total is None:
            return self.not_computable(_("The area or the land of the projects is not recorded."))
        services = subject.tenants.by_group.get(TenantGroup.SERVICE, Decimal(0))
        return self.against(
            self.regime.thresholds.service_share,
            services / area * 100,
            say(_("%(services)s ha of services ÷ %(area)s ha"), services=services, area=area),
        )
