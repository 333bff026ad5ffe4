"""V53: the drawn boundary is sound, belongs to one cluster, and encloses the area of the decision."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.boundaries.geometry import crossings, rings_of, to_shape
from clusters.mapping import AREA_TOLERANCE, boundary_area_ha, differs
from clusters.rules.subjects import ClusterState
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import Phrase, say


@register
class SoundBoundary(Rule[ClusterState]):
    """The boundary is closed, does not cross itself or another cluster, and matches the area on paper (V53)."""

    code = "V53"
    about = ClusterState
    severity = Severity.WARN
    legal_basis = say(
        _("%(article)s: a cluster has a defined boundary. No article sets a tolerance for its drawing."),
        article=cite("ND32", "2.1"),
    )
    sentence = _(
        "The boundary is closed, crosses neither itself nor another cluster, and encloses the area on paper."
    )

    def check(self, subject: ClusterState) -> Finding:
        """Look at the drawing, then at the neighbours, then at the area."""
        boundary = subject.facts.boundary
        if not subject.concerns("boundary"):
            return self.not_applicable(_("The decision leaves the boundary as it is."))
        if not boundary:
            return self.not_computable(_("No boundary is recorded."))
        drawn = to_shape(boundary)
        if drawn is None:
            return self.not_met(_("What is recorded is no polygon. Record the boundary again."))
        if not drawn.is_valid:
            return self.not_met(
                _("Open the boundary, and mend the ring or correct the order of its points."),
                measured=say(
                    _("crosses itself in %(count)s places"), count=len(crossings(rings_of(boundary)))
                ),
            )
        if subject.overlaps:
            return self.not_met(
                _("Compare both boundaries with their decisions; one of them claims the other's ground."),
                measured=say(_("overlaps %(names)s"), names=_listed(subject.overlaps)),
                required=_("no overlap"),
            )
        return self._area(boundary_area_ha(boundary), subject.facts.area_ha)

    def _area(self, measured: Decimal | None, paper: Decimal | None) -> Finding:
        if measured is None or not paper:
            return self.not_computable(_("The area of the cluster is not recorded."))
        said = {
            "measured": say(_("%(area)s ha enclosed"), area=measured),
            "required": say(
                _("%(area)s ha on paper, within %(share)s %% (set by this portal)"),
                area=paper,
                share=AREA_TOLERANCE * 100,
            ),
        }
        if differs(measured, paper):
            return self.not_met(
                _("Check the points against the decision, or the area against the boundary."), **said
            )
        return self.met(**said)


def _listed(overlaps: tuple[tuple[str, Decimal], ...]) -> Phrase:
    """Return names with areas; the numbers are written in the language in which the finding is read."""
    values: dict[str, object] = {}
    for number, (name, area) in enumerate(overlaps):
        values |= {f"name{number}": name, f"area{number}": area}
    return say("; ".join(f"%(name{n})s (%(area{n})s ha)" for n in range(len(overlaps))), **values)
