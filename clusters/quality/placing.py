"""Places that could not be matched: no commune, a commune that no longer exists, no point on the map."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.models import Cluster
from clusters.quality.base import GONE, QUALITY, ClusterCheck, Group, Severity
from clusters.quality.papers import FirstRecord
from law.citations import cite
from law.words import Text, say


@QUALITY.register
class NoCommune(FirstRecord):
    """A cluster that lies in no commune."""

    code = "G01"
    group = Group.PLACES
    basis = cite("ND32", "12.1")
    sentence = _("The cluster is not matched with a commune.")
    remedy = _("Enter the commune")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters without commune."""
        return self.with_newest(Cluster.objects.exclude(stage__in=GONE).filter(commune__isnull=True))

    def numbers(self, row: Cluster) -> Text:
        """Name the place as the papers have it."""
        return say(_("papers: %(place)s"), place=row.place_as_recorded) if row.place_as_recorded else ""


@QUALITY.register
class AbolishedCommune(FirstRecord):
    """A cluster in a commune that no longer exists."""

    code = "G02"
    group = Group.PLACES
    severity = Severity.WRONG
    basis = cite("NQ202")
    sentence = _("The commune of the cluster no longer exists.")
    remedy = _("Enter the commune it became")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters whose commune ended before the day."""
        return self.with_newest(Cluster.objects.exclude(stage__in=GONE).filter(commune__valid_to__lt=day))

    def numbers(self, row: Cluster) -> Text:
        """Name the commune and its last day."""
        return (
            say(_("%(commune)s, until %(day)s"), commune=row.commune.full_name, day=row.commune.valid_to)
            if row.commune
            else ""
        )


@QUALITY.register
class NoPoint(ClusterCheck):
    """A cluster without a position of its own."""

    code = "G03"
    group = Group.PLACES
    severity = Severity.HINT
    sentence = _("No boundary and no position: the map shows the commune's point instead.")
    remedy = _("Enter the position")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters that are drawn at their commune's point."""
        return Cluster.objects.exclude(stage__in=GONE).filter(boundary__isnull=True, longitude__isnull=True)


@QUALITY.register
class NoBoundary(ClusterCheck):
    """An established cluster of which no boundary is recorded."""

    code = "G04"
    group = Group.PLACES
    severity = Severity.HINT
    basis = cite("ND32", "2.1")
    sentence = _("No boundary is recorded, so overlaps and the area cannot be checked.")
    remedy = _("Record the boundary")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = "?kind=adjust"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep established clusters without boundary."""
        return Cluster.objects.established().filter(boundary__isnull=True)
