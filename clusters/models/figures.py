from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import Indicator
from clusters.querysets import ClusterPartQuerySet
from core.fields import HectareField
from core.history import track
from core.models import Record, Sourced
from core.templatetags.portal import day


@track(in_bulk=True)
class Observation(Sourced, Record):
    """One moving figure of a cluster on one day, with the paper it was read from."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="observations"
    )
    indicator = models.CharField(_("figure"), max_length=20, choices=Indicator.choices)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=5)
    as_of = models.DateField(_("as of"))
    as_of_text = models.CharField(
        _("as-of date as the source puts it"), max_length=40, blank=True, help_text=_("When it names no day.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["cluster", "indicator", "-as_of", "-id"], name="observation_latest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="observation_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} ({day(self.as_of)})"


class Figures(models.Model):
    """The current figures of a cluster, computed from its observations and projects, never typed.

    Written by ``clusters.services.figures.refresh_figures`` alone, in the transaction that changes what they rest
    on. NULL means unknown or not computable and is never shown as zero. Rates are per cent.
    """

    cluster = models.OneToOneField(
        "clusters.Cluster", on_delete=models.CASCADE, primary_key=True, related_name="figures"
    )
    leased_ha = HectareField(_("leased (ha)"), null=True)
    leased_as_of = models.DateField(null=True)
    leased_from_projects = models.BooleanField(default=False)
    approved_ha = HectareField(_("approved, not leased (ha)"), null=True)
    approved_as_of = models.DateField(null=True)
    serviced_ha = HectareField(_("ready to lease (ha)"), null=True)
    serviced_as_of = models.DateField(null=True)
    cleared_ha = HectareField(_("cleared (ha)"), null=True)
    cleared_as_of = models.DateField(null=True)
    unleased_ha = HectareField(_("not leased (ha)"), null=True)
    occupancy_legal = models.DecimalField(
        _("occupancy (legal formula)"), max_digits=20, decimal_places=6, null=True
    )
    occupancy_report = models.DecimalField(
        _("occupancy (report formula)"), max_digits=20, decimal_places=6, null=True
    )
    occupancy_serviced = models.DecimalField(
        _("occupancy on land ready to lease"), max_digits=20, decimal_places=6, null=True
    )
    occupancy_cleared = models.DecimalField(
        _("occupancy on cleared land"), max_digits=20, decimal_places=6, null=True
    )
    projects = models.PositiveIntegerField(_("projects"), null=True)
    foreign_projects = models.PositiveIntegerField(_("foreign-invested projects"), null=True)
    operating_projects = models.PositiveIntegerField(_("projects operating"), null=True)
    projects_as_of = models.DateField(null=True)
    workers = models.PositiveIntegerField(_("workers"), null=True)
    workers_as_of = models.DateField(null=True)
    plots = models.PositiveIntegerField(_("plots"), default=0)
    plots_as_of = models.DateField(null=True)
    largest_free_plot_ha = HectareField(_("largest free plot (ha)"), null=True)
    free_plots = models.PositiveIntegerField(_("free plots"), default=0)
    free_plots_ha = HectareField(_("free plots (ha)"), default=0)
    has_wastewater_plant = models.BooleanField(_("wastewater plant in use"), null=True)
    capital_paid = models.DecimalField(_("capital paid (VND)"), max_digits=20, decimal_places=0, null=True)
    capital_as_of = models.DateField(null=True)
    oldest_as_of = models.DateField(_("oldest figure of"), null=True)

    class Meta:
        verbose_name = _("figures")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"figures of {self.cluster_id}"
