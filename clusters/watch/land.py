"""Idle land: long established and hardly leased; priority land without a priority tenant (V43)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import MilestoneKind, ProjectStage, TenantGroup
from clusters.models import CapitalKind, CapitalSource, Cluster, Milestone, SecondaryProject
from clusters.quality.base import WATCH, Check, ClusterCheck, Severity, Topic
from law.citations import cite
from law.regimes import Regime
from law.words import Text, say

#: A cluster this many years old with less than this occupancy (per cent) has idle land; no article says so.
IDLE_YEARS = 3
IDLE_BELOW = Decimal(30)
#: Tenants that land is kept for by Art. 18.4a.
PRIORITY = (TenantGroup.SMALL, TenantGroup.STARTUP, TenantGroup.SUPPORTING, TenantGroup.HIGH_TECH)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day that many years earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@WATCH.register
class IdleLand(ClusterCheck):
    """A cluster that was established years ago and is hardly leased."""

    code = "W04"
    group = Topic.IDLE
    severity = Severity.MISSING
    sentence = _("Established more than 3 years ago, and less than 30 % of the industrial land is leased.")
    remedy = _("Look at the cluster")
    function = Function.VIEW_REGISTRY
    form = "cluster"
    query = "#occupancy"
    joins = ("figures",)
    order = ("figures__occupancy_legal",)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep old clusters with a low rate; where no rate can be computed nothing is said."""
        return Cluster.objects.established().filter(
            established_on__lt=years_before(day, IDLE_YEARS), figures__occupancy_legal__lt=IDLE_BELOW
        )

    def numbers(self, row: Any) -> Text:
        """Name the day, the rate and the land left."""
        return say(
            _("established %(day)s, occupancy %(rate)s %%, %(free)s ha not leased"),
            day=row.established_on,
            rate=row.figures.occupancy_legal.quantize(Decimal("0.1")),
            free=row.figures.unleased_ha,
        )


@WATCH.register
class PriorityLandIdle(Check):
    """Priority land without a priority tenant two years after the works were finished (V43)."""

    code = "W05"
    group = Topic.IDLE
    severity = Severity.MISSING
    basis = say("V43: %(article)s", article=cite("ND303", part=_("adding Art. 18.4a")))
    sentence = _(
        "Two years after the shared works were finished no priority tenant has come: "
        "the investor reports, and the decision is adjusted."
    )
    remedy = _("Record the decision")
    path = "cluster"
    function = Function.RECORD_DECISION
    order = ("done_on",)

    def rows(self, day: dt.date) -> QuerySet[Milestone]:
        """Keep finished works of clusters that the article reaches; it can be computed from their milestone alone."""
        regime = Regime.on(day)
        years = regime.idle_priority_years.value
        if years is None:
            return Milestone.objects.none()
        tenants = SecondaryProject.objects.exclude(stage=ProjectStage.ENDED).filter(
            cluster_id=OuterRef("cluster_id"), group__in=PRIORITY
        )
        aided = CapitalSource.objects.filter(
            Q(kind=CapitalKind.STATE_SUPPORT) | Q(kind=CapitalKind.STATE_BUDGET),
            project__cluster_id=OuterRef("cluster_id"),
        )
        return Milestone.objects.filter(
            ~Exists(tenants),
            ~Exists(aided),
            kind=MilestoneKind.WORKS_FINISHED,
            done_on__lte=years_before(day, years),
            cluster__established_on__gte=regime.valid_from,
        ).annotate(finished=F("done_on"))

    def numbers(self, row: Milestone) -> Text:
        """Name the day the works were finished."""
        return say(_("works finished %(day)s"), day=row.done_on)

    def mend(self, row: Milestone) -> str:
        """Return the form of a decision that adjusts the cluster."""
        return reverse("registry:decision_create", args=[row.cluster.code]) + "?kind=adjust"
