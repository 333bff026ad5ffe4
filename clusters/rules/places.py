"""V54-V56: neighbours, residents, and names of places that outlive the places."""

from django.utils.translation import gettext_lazy as _

from clusters.choices import ESTABLISHED_STAGES
from clusters.rules.subjects import ClusterState
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import say


@register
class LinkedNeighbours(Rule[ClusterState]):
    """Clusters lie side by side only when they are linked (V54)."""

    code = "V54"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    severity = Severity.WARN
    legal_basis = cite("ND32", "4.2(đ)")
    sentence = _("Clusters are adjacent only where a link between them (lines, waste, energy) is recorded.")

    def check(self, subject: ClusterState) -> Finding:
        """Look for neighbours without a recorded link."""
        if not subject.facts.boundary:
            return self.not_computable(_("No boundary is recorded."))
        unlinked = [name for name, linked in subject.neighbours if not linked]
        if unlinked:
            return self.not_met(
                _("Record the link in the development plan, or check the boundary."),
                measured=say(_("adjacent without a link: %(names)s"), names=", ".join(unlinked)),
            )
        return self.met(measured=", ".join(name for name, _linked in subject.neighbours) or _("no neighbour"))


@register
class NoResidents(Rule[ClusterState]):
    """Nobody lives in a cluster (V55)."""

    code = "V55"
    about = ClusterState
    severity = Severity.WARN
    legal_basis = cite("ND32", "2.1")
    sentence = _("No household lives inside an established cluster.")

    def check(self, subject: ClusterState) -> Finding:
        """Count the households that land clearance has still to settle."""
        if subject.facts.stage not in ESTABLISHED_STAGES:
            return self.not_applicable(_("The cluster is not established."))
        if subject.households_left is None:
            return self.not_computable(_("No land clearance with households is recorded."))
        return self.decide(
            subject.households_left == 0,
            measured=say(_("%(count)s households not yet settled"), count=subject.households_left),
            required=say(_("%(count)s households"), count=0),
        )


@register
class PlaceKeptAsIssued(Rule[ClusterState]):
    """Old papers keep the names of their time, and the cluster has a commune in force (V56)."""

    code = "V56"
    about = ClusterState
    regimes = ("R3", "R4", "R5")
    legal_basis = cite("ND139", "22")
    sentence = _("The place is kept as the papers name it and mapped to the commune that exists today.")

    def check(self, subject: ClusterState) -> Finding:
        """Look for the commune of today."""
        commune = subject.facts.commune
        if commune is None:
            return self.not_computable(_("No commune is recorded."))
        said = {
            "measured": say(
                _("%(now)s; in the papers: %(then)s"),
                now=commune,
                then=subject.cluster.place_as_recorded or _("not recorded"),
            )
        }
        if commune.valid_to is not None and commune.valid_to < subject.on:
            return self.not_met(_("That commune no longer exists: choose the one it became."), **said)
        return self.met(**said)
