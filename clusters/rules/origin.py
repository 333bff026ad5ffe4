"""V44: clusters formed before Decision 105/2009 are to be settled before 31 December 2026."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clusters.choices import DecisionKind, Stage
from clusters.rules.subjects import ClusterState, DecisionSubject
from law.citations import cite
from law.rules import Finding, Rule, Severity, register
from law.words import Text, say

#: Art. 35.4 of Decree 32/2024: the review ends before this day.
SETTLE_BY = dt.date(2026, 12, 31)
#: Decisions of the kinds that settle a cluster count from the day Decree 32/2024 took effect.
SETTLED_SINCE = dt.date(2024, 5, 1)
SETTLING = (
    DecisionKind.ESTABLISH,
    DecisionKind.EXPAND,
    DecisionKind.ADJUST,
    DecisionKind.WITHDRAW,
    DecisionKind.ABOLISH,
)


def days_left(day: dt.date) -> int:
    """Return how many calendar days are left; negative once the day has passed."""
    return (SETTLE_BY - day).days


def in_days(days: int) -> Text:
    """Write the days left, or by how many the day has passed."""
    if days < 0:
        return say(ngettext_lazy("%(days)s day past", "%(days)s days past", -days), days=-days)
    return say(ngettext_lazy("%(days)s day left", "%(days)s days left", days), days=days)


@register
class SettledInTime(Rule[ClusterState]):
    """A cluster formed before 5 October 2009 is settled by a decision before 31 December 2026 (V44)."""

    code = "V44"
    about = ClusterState
    regimes = ("R3", "R4", "R5")
    severity = Severity.WARN
    legal_basis = cite("ND32", "35.4")
    sentence = _(
        "A cluster formed before 5 October 2009 is reviewed, and decided about, before 31 December 2026."
    )

    def check(self, subject: ClusterState) -> Finding:
        """Look for a decision since Decree 32/2024, and count the days left."""
        if isinstance(subject, DecisionSubject):
            return self.not_applicable(_("Asked of the cluster as it stands, not of a decision."))
        if not subject.cluster.formed_before_2009:
            return self.not_applicable(_("The cluster was not formed before 5 October 2009."))
        if subject.facts.stage in (Stage.WITHDRAWN, Stage.ABOLISHED):
            return self.not_applicable(_("The cluster is withdrawn or abolished."))
        required = say(_("a decision before %(day)s"), day=SETTLE_BY)
        settling = [
            (paper.issued_on, str(paper))
            for paper in subject.facts.sources.values()
            if paper.kind in SETTLING and paper.issued_on and paper.issued_on >= SETTLED_SINCE
        ]
        if settling:
            _day, number = max(settling)
            return self.met(measured=number, required=required)
        return self.not_met(
            _("No decision since Decree 32/2024 took effect is recorded."),
            measured=in_days(days_left(subject.on)),
            required=required,
        )
