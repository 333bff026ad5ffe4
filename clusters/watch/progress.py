"""Slow progress, works past their schedule, obstacles that nobody cleared away in time."""

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.choices import WorkStatus
from clusters.models import InfrastructureProject, Milestone, Obstacle
from clusters.quality.base import GONE, WATCH, Check, Severity, Topic
from law.citations import cite
from law.words import Text, say


class LateCheck(Check):
    """Something whose day has passed; ``late_since`` is that day."""

    severity = Severity.WRONG
    path = "cluster"
    order = ("late_since",)
    day: dt.date

    def late(self, rows: QuerySet, column: str, day: dt.date) -> QuerySet:
        """Keep rows whose day lies before ``day``, of clusters that stand."""
        return (
            rows.filter(**{f"{column}__lt": day})
            .exclude(cluster__stage__in=GONE)
            .annotate(late_since=F(column))
        )


@WATCH.register
class MilestonePassed(LateCheck):
    """A milestone that was to be reached and was not."""

    code = "W01"
    group = Topic.PROGRESS
    basis = cite("ND32", "12.1", "19")
    sentence = _("A milestone is past its planned day and not reached.")
    remedy = _("Report the milestone")

    def rows(self, day: dt.date) -> QuerySet[Milestone]:
        """Keep open milestones whose day has passed."""
        return self.late(Milestone.objects.filter(done_on__isnull=True), "planned_on", day)

    def numbers(self, row: Any) -> Text:
        """Name the planned day."""
        return say(_("planned for %(day)s"), day=row.planned_on)

    def mend(self, row: Milestone) -> str:
        """Return the form of the milestone."""
        return reverse("registry:milestone_edit", args=[row.cluster.code, row.pk])


@WATCH.register
class ProjectPastSchedule(LateCheck):
    """An infrastructure project whose scheduled end has passed and which is not in use."""

    code = "W02"
    group = Topic.SCHEDULE
    basis = cite("ND32", "12.1", "19")
    sentence = _("The infrastructure project is past its scheduled end and not in use.")
    remedy = _("Update the project")

    def rows(self, day: dt.date) -> QuerySet[InfrastructureProject]:
        """Keep projects past their end."""
        return self.late(InfrastructureProject.objects.exclude(status=WorkStatus.IN_USE), "ends_on", day)

    def numbers(self, row: Any) -> Text:
        """Name the scheduled end and how far the works are."""
        return say(_("scheduled end %(day)s, %(status)s"), day=row.ends_on, status=row.get_status_display())

    def mend(self, row: InfrastructureProject) -> str:
        """Return the form of the project."""
        return reverse("registry:infrastructure_edit", args=[row.cluster.code, row.pk])


@WATCH.register
class ObstacleOverdue(LateCheck):
    """An obstacle that somebody was to remove by a day that has passed."""

    code = "W03"
    group = Topic.OBSTACLES
    basis = cite("ND32", "19", "32")
    sentence = _("An obstacle is past the day by which somebody was to act.")
    remedy = _("Say how it was resolved")

    def rows(self, day: dt.date) -> QuerySet[Obstacle]:
        """Keep open obstacles whose day has passed."""
        return self.late(Obstacle.objects.filter(resolved_on__isnull=True), "due_on", day)

    def numbers(self, row: Obstacle) -> Text:
        """Name who must act, and by when."""
        return say(
            _("%(who)s by %(day)s: %(what)s"), who=row.who_must_act, day=row.due_on, what=row.what_is_asked
        )

    def mend(self, row: Obstacle) -> str:
        """Return the form of the obstacle."""
        return reverse("registry:obstacle_edit", args=[row.cluster.code, row.pk])
