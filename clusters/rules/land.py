"""V07-V09: occupancy by the law and by the reports, and the balance of the land."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.models import Figures
from clusters.occupancy import rate
from clusters.rules.subjects import ClusterState
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import say


@register
class LegalOccupancy(Rule[ClusterState]):
    """Occupancy is leased and approved land over industrial land, and not computable without industrial land (V07)."""

    code = "V07"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    legal_basis = cite("ND32", "2.6", "2.7")
    sentence = _("Occupancy counts land leased and land with investment approval over the industrial land.")

    def check(self, subject: ClusterState) -> Finding:
        """Compute the rate, or say what is missing for it."""
        land, figures = subject.facts.industrial_land_ha, subject.figures
        if not land:
            return self.not_computable(_("The industrial land of the detailed plan is not recorded."))
        if figures.leased_ha is None:
            return self.not_computable(_("The leased land is not recorded."))
        counted = figures.leased_ha + (figures.approved_ha or 0)
        return self.met(
            measured=say("%(rate)s %%", rate=round(rate(counted, land) or 0, 2)),
            explanation=say(
                _("(%(leased)s ha leased + %(approved)s ha approved) ÷ %(land)s ha"),
                leased=figures.leased_ha,
                approved=figures.approved_ha if figures.approved_ha is not None else _("unknown"),
                land=land,
            ),
        )


@register
class ReportOccupancy(Rule[ClusterState]):
    """The reports count leased land only; kept apart from V07 (V08)."""

    code = "V08"
    about = ClusterState
    regimes = ("R2", "R3", "R4", "R5")
    severity = Severity.INFO
    legal_basis = cite("TT14")
    sentence = _(
        "The occupancy of the report forms counts leased land only and is another figure than the legal one."
    )

    def check(self, subject: ClusterState) -> Finding:
        """Compute the rate of the forms."""
        land = subject.facts.industrial_land_ha
        value = rate(subject.figures.leased_ha, land) if land else None
        if value is None:
            return self.not_computable(_("Leased land or industrial land is not recorded."))
        return self.met(measured=say("%(rate)s %%", rate=round(value, 2)))


def _used(figures: Figures) -> Decimal | None:
    """Return the land leased and approved (ha), or None where the leased land is not known."""
    return None if figures.leased_ha is None else figures.leased_ha + (figures.approved_ha or 0)


@register
class LandBalance(Rule[ClusterState]):
    """Leased and approved land do not exceed industrial land, nor industrial land the area (V09)."""

    code = "V09"
    about = ClusterState
    legal_basis = cite("ND32", "2.6", "2.7")
    sentence = _(
        "Leased and approved land fit into the industrial land, and that into the area of the cluster."
    )

    def check(self, subject: ClusterState) -> Finding:
        """Hold each part against the whole it lies in."""
        if not subject.concerns("area_ha", "industrial_land_ha"):
            return self.not_applicable(_("The decision leaves the land as it is."))
        area, land = subject.facts.area_ha, subject.facts.industrial_land_ha
        used = None if land is None else _used(subject.figures)
        if land is None or (area is None and used is None):
            return self.not_computable(_("Area, industrial land or leased land is not recorded."))
        measured = say(
            _("used %(used)s ha, industrial land %(land)s ha, area %(area)s ha"),
            used=used if used is not None else _("unknown"),
            land=land,
            area=area if area is not None else _("unknown"),
        )
        if area is not None and land > area:
            return self.not_met(_("There is more industrial land than area."), measured=measured)
        if used is not None and used > land:
            return self.not_met(
                _("More land is leased and approved than there is industrial land."), measured=measured
            )
        return self.met(measured=measured)
