"""Legal facts without paper: what the registry says, and no decision shows."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import DecisionKind
from clusters.models import Cluster, Decision
from clusters.quality.base import GONE, QUALITY, Check, ClusterCheck, Group, Severity
from law.citations import cite
from law.words import Text, say


def _papers() -> QuerySet[Decision]:
    """Return the decisions in force that are papers, not opening records."""
    return Decision.objects.standing().exclude(kind=DecisionKind.OPENING)


class DecisionCheck(Check):
    """A check of recorded decisions; they are mended by a record that takes their place."""

    group = Group.PAPERS
    path = "cluster"
    function = Function.RECORD_DECISION
    remedy = _("Complete the decision")

    def mend(self, row: Decision) -> str:
        """Return the form that corrects the decision."""
        return reverse("registry:decision_correct", args=[row.cluster.code, row.pk])

    def name(self, row: Decision) -> str:
        """Return kind and number."""
        return f"{row.get_kind_display()} {row.number}".strip()


@QUALITY.register
class OpeningRecordOnly(ClusterCheck):
    """An established cluster that rests on opening records alone."""

    code = "P01"
    group = Group.PAPERS
    basis = cite("ND32", "12.1")
    sentence = _("The cluster counts as established, but no decision is recorded: only an opening record.")
    remedy = _("Record the decision")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = f"?kind={DecisionKind.ESTABLISH}"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep established clusters without a decision."""
        return Cluster.objects.established().filter(~Exists(_papers().filter(cluster_id=OuterRef("pk"))))


@QUALITY.register
class NoFile(DecisionCheck):
    """A decision without its file."""

    code = "P02"
    basis = cite("ND32", "12.1")
    sentence = _("The decision is recorded without its file.")

    def rows(self, day: dt.date) -> QuerySet[Decision]:
        """Keep papers without file."""
        return _papers().filter(source_file__isnull=True)

    def numbers(self, row: Decision) -> Text:
        """Name the day of the paper."""
        return say(_("issued on %(day)s"), day=row.issued_on) if row.issued_on else ""


@QUALITY.register
class NoNumberOrDate(DecisionCheck):
    """A decision without number or date."""

    code = "P03"
    basis = cite("ND32", "12.1")
    sentence = _("The decision has no number or no date of issue.")

    def rows(self, day: dt.date) -> QuerySet[Decision]:
        """Keep papers that cannot be found again."""
        return _papers().filter(Q(number="") | Q(issued_on__isnull=True))

    def numbers(self, row: Decision) -> Text:
        """Name what is missing."""
        if row.number:
            return _("the date of issue is missing")
        return _("the number is missing") if row.issued_on else _("number and date of issue are missing")


class FirstRecord(ClusterCheck):
    """A fact that a decision on record should have laid down: mended by correcting the newest record."""

    function = Function.RECORD_DECISION
    remedy = _("Correct the decision")

    def mend(self, row: Any) -> str:
        """Return the form that corrects the newest record; a new one where there is none."""
        if row.newest is None:
            return reverse("registry:decision_create", args=[row.code])
        return reverse("registry:decision_correct", args=[row.code, row.newest])

    @staticmethod
    def with_newest(clusters: QuerySet[Cluster]) -> QuerySet[Cluster]:
        """Note the newest record of each cluster."""
        newest = (
            Decision.objects.standing().filter(cluster_id=OuterRef("pk")).order_by("-effective_on", "-pk")
        )
        return clusters.annotate(newest=Subquery(newest.values("pk")[:1]))


@QUALITY.register
class NoDayOfEstablishment(FirstRecord):
    """An established cluster whose day of establishment is not known: whether it may be small hangs on it."""

    code = "P04"
    group = Group.PAPERS
    basis = cite("ND32", "35.1")
    sentence = _("The day of establishment is not recorded, so the transitional rules cannot be computed.")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep established clusters without the day."""
        return self.with_newest(Cluster.objects.established().filter(established_on__isnull=True))


@QUALITY.register
class NoArea(FirstRecord):
    """A cluster whose area no record gives."""

    code = "P05"
    group = Group.PAPERS
    basis = cite("ND32", "12.1")
    sentence = _("The area of the cluster is not recorded.")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters that stand or are planned, without area."""
        return self.with_newest(Cluster.objects.exclude(stage__in=GONE).filter(area_ha__isnull=True))


@QUALITY.register
class NotConfirmed(ClusterCheck):
    """A cluster collected from public sources that the department has not confirmed."""

    code = "P06"
    group = Group.PAPERS
    severity = Severity.HINT
    sentence = _("Collected from public sources; the department has not confirmed it yet.")
    remedy = _("Check and confirm")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep unconfirmed clusters."""
        return Cluster.objects.exclude(stage__in=GONE).filter(is_confirmed=False)
