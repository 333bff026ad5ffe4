from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import MilestoneKind
from clusters.querysets import ClusterPartQuerySet
from core.fields import DongField, HectareField
from core.history import track
from core.models import Record, Sourced
from core.templatetags.portal import day


@track()
class LandClearance(Sourced, Record):
    """How far land clearance is on a day: households, hectares, money (VND)."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="clearances"
    )
    as_of = models.DateField(_("as of"))
    households_total = models.PositiveIntegerField(_("households concerned"), null=True, blank=True)
    households_settled = models.PositiveIntegerField(_("households settled"), null=True, blank=True)
    area_total_ha = HectareField(_("land to clear (ha)"), null=True, blank=True)
    area_cleared_ha = HectareField(_("land cleared (ha)"), null=True, blank=True)
    cost_total = DongField(_("cost of clearance (VND)"), null=True, blank=True)
    cost_paid = DongField(_("paid out (VND)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("land clearance")
        verbose_name_plural = _("land clearance")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(households_settled__isnull=True)
                | models.Q(households_total__isnull=True)
                | models.Q(households_settled__lte=models.F("households_total")),
                name="clearance_households_within_total",
            ),
            models.CheckConstraint(
                condition=models.Q(area_cleared_ha__isnull=True)
                | models.Q(area_total_ha__isnull=True)
                | models.Q(area_cleared_ha__lte=models.F("area_total_ha")),
                name="clearance_area_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} ({day(self.as_of)})"


@track()
class Milestone(Sourced, Record):
    """A dated step on the way from the decision to operation."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="milestones"
    )
    kind = models.CharField(_("milestone"), max_length=30, choices=MilestoneKind.choices)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["planned_on", "done_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "kind"], name="milestone_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


@track()
class Obstacle(Sourced, Record):
    """What holds a cluster up, by which paper it is known, and who must do what by when."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="obstacles"
    )
    what = models.TextField(_("obstacle"))
    cause = models.TextField(_("cause"), blank=True)
    who_must_act = models.CharField(_("who must act"), max_length=200)
    what_is_asked = models.TextField(_("what is asked of them"))
    due_on = models.DateField(_("by when"))
    reported_on = models.DateField(_("reported on"))
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    resolution = models.TextField(_("how it was resolved"), blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what[:80]
