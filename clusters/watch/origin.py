"""V44: clusters formed before 5 October 2009 are to be settled before the end of 2026, with the days left."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.models import Cluster, Decision
from clusters.quality.base import GONE, WATCH, Check, Severity, Topic
from clusters.rules.origin import SETTLE_BY, SETTLED_SINCE, SETTLING, days_left, in_days
from law.citations import cite
from law.words import Text, say


@WATCH.register
class UnsettledOldCluster(Check):
    """A cluster formed before 5 October 2009 without a decision by Art. 35.4."""

    code = "W09"
    group = Topic.ORIGIN
    severity = Severity.WRONG
    basis = say("V44: %(article)s", article=cite("ND32", "35.4"))
    sentence = _(
        "Formed before 5 October 2009: the People's Committee decides about it before 31 December 2026."
    )
    remedy = _("Record the decision")
    function = Function.RECORD_DECISION

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep old clusters that no decision since Decree 32/2024 settled."""
        settled = Decision.objects.standing().filter(
            cluster_id=OuterRef("pk"), kind__in=SETTLING, issued_on__gte=SETTLED_SINCE
        )
        return Cluster.objects.exclude(stage__in=GONE).filter(~Exists(settled), formed_before_2009=True)

    def numbers(self, row: Cluster) -> Text:
        """Name the days left, and the area if it is above the ceiling."""
        left = in_days(days_left(timezone.localdate()))
        if row.area_ha is None:
            return left
        return say(_("%(left)s; %(area)s ha"), left=left, area=row.area_ha)

    def mend(self, row: Cluster) -> str:
        """Return the form of an establishing decision."""
        return reverse("registry:decision_create", args=[row.code]) + "?kind=establish"


__all__ = ["SETTLE_BY", "UnsettledOldCluster"]
