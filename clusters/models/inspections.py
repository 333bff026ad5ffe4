from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.projects import SecondaryProject
from clusters.querysets import ClusterPartQuerySet, InspectionPartQuerySet
from core.fields import DongField
from core.history import track
from core.models import Record, Sourced
from core.templatetags.portal import day


@track()
class Inspection(Sourced, Record):
    """An inspection of a cluster or of one project in it (Decree 32/2024 Art. 24: at most one a year)."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="inspections"
    )
    project = models.ForeignKey(
        SecondaryProject,
        verbose_name=_("project inspected"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="inspections",
    )
    inspected_on = models.DateField(_("inspected on"))
    authority = models.CharField(_("inspecting authority"), max_length=200)
    subject = models.CharField(_("subject"), max_length=200)
    signs_of_violation = models.CharField(
        _("signs of violation"),
        max_length=300,
        blank=True,
        help_text=_("The reason for a second inspection in the same calendar year."),
    )
    conclusion = models.TextField(_("conclusion"), blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-inspected_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} ({day(self.inspected_on)})"


@track()
class Violation(Record):
    """A violation found by an inspection, and whether it was mended."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="violations")
    what = models.TextField(_("violation"))
    legal_basis = models.CharField(_("provision violated"), max_length=200)
    fine = DongField(_("fine (VND)"), null=True, blank=True)
    remedy = models.TextField(_("remedy demanded"), blank=True)
    due_on = models.DateField(_("to be mended by"), null=True, blank=True)
    remedied_on = models.DateField(_("mended on"), null=True, blank=True)

    objects = InspectionPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what[:80]
