"""Areas outside the law: V01-V03, V05 and V06 asked of all clusters at once, by the numbers of the regime in force.

The rules themselves judge one cluster with its decisions replayed (``clusters.rules.area``); a test holds these
queries against them.
"""

import datetime as dt
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import ClusterType
from clusters.models import Cluster
from clusters.quality.base import GONE, QUALITY, ClusterCheck, Group, Severity
from law.citations import cite
from law.regimes import Regime
from law.words import Text, say


class AreaCheck(ClusterCheck):
    """A check of the area on paper; what is wrong is mended by a decision."""

    group = Group.LAW
    severity = Severity.WRONG
    function = Function.RECORD_DECISION
    remedy = _("Record the decision that mends it")
    form = "decision_create"
    query = "?kind=adjust"

    def numbers(self, row: Cluster) -> Text:
        """Name the area and the day of establishment."""
        if row.established_on is None:
            return say(_("%(area)s ha, day of establishment not recorded"), area=row.area_ha)
        return say(_("%(area)s ha, established %(day)s"), area=row.area_ha, day=row.established_on)


def _below(floor: Decimal | None, condition: Q) -> Q:
    return Q(pk__in=[]) if floor is None else Q(area_ha__lt=floor) & condition


@QUALITY.register
class BelowTheFloor(AreaCheck):
    """A cluster below the floor that is not old enough to stay so."""

    code = "L01"
    basis = say(
        "V01, V02, V03, V05: %(article)s; %(amended)s",
        article=cite("ND32", "2.1", "35.1"),
        amended=cite("ND303", part=_("amending Art. 2")),
    )
    sentence = _("The area is below the floor, and the cluster is not old enough to keep it.")
    order = ("area_ha",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters below the floor of their sort."""
        regime = Regime.on(day)
        small = Q(cluster_type=ClusterType.CRAFT_VILLAGE) | Q(in_mountainous_district=True)
        limits = regime.thresholds
        rows = Cluster.objects.exclude(stage__in=GONE).filter(
            _below(limits.area_min_small.value, small) | _below(limits.area_min.value, ~small)
        )
        if regime.small_only_before.value is not None:
            rows = rows.exclude(established_on__lt=regime.small_only_before.value)
        return rows


@QUALITY.register
class AboveTheCeiling(AreaCheck):
    """A cluster above the ceiling that was not formed early enough to be so."""

    code = "L02"
    basis = say("V01, V02, V03, V06: %(article)s", article=cite("ND32", "2.1", "35.1", "35.4"))
    sentence = _("The area is above the ceiling, and the cluster was not formed early enough to keep it.")
    order = ("-area_ha",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters above the ceiling."""
        regime = Regime.on(day)
        ceiling = regime.thresholds.area_max.value
        if ceiling is None:
            return Cluster.objects.none()
        rows = Cluster.objects.exclude(stage__in=GONE).filter(area_ha__gt=ceiling, formed_before_2009=False)
        if regime.large_only_before.value is not None:
            rows = rows.exclude(established_on__lt=regime.large_only_before.value)
        return rows


@QUALITY.register
class EstablishedAbove50(AreaCheck):
    """A cluster established under Decision 105/2009 with more than its ceiling."""

    code = "L03"
    severity = Severity.HINT
    basis = say("V04: %(article)s", article=cite("QD105"))
    sentence = _(
        "Established under Decision 105/2009, when a smaller ceiling applied; look for the expansion."
    )
    remedy = _("Record the expansion")
    query = "?kind=expand"
    order = ("-area_ha",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters of that time above its ceiling, with no expansion recorded."""
        regime = Regime.by_code("R0")
        return (
            Cluster.objects.established()
            .filter(
                established_on__gte=regime.valid_from,
                established_on__lte=regime.valid_to or F("established_on"),
                area_ha__gt=regime.thresholds.area_max.value,
                formed_before_2009=False,
            )
            .exclude(decisions__kind="expand")
        )
