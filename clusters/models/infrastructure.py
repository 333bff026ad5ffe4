from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import WorkKind, WorkStatus
from clusters.querysets import ClusterPartQuerySet, InfrastructurePartQuerySet
from core.fields import DongField
from core.history import track
from core.models import Record, Sourced
from core.templatetags.portal import day


class CostItem(models.TextChoices):
    """Lines of an infrastructure project's total investment."""

    CLEARANCE = "clearance", _("compensation, support, resettlement")
    CONSTRUCTION = "construction", _("construction")
    EQUIPMENT = "equipment", _("equipment")
    CONSULTANCY = "consultancy", _("management and consultancy")
    INTEREST = "interest", _("interest during construction")
    OTHER = "other", _("other cost")
    CONTINGENCY = "contingency", _("contingency")


class CapitalKind(models.TextChoices):
    """Where the money of an infrastructure project comes from."""

    OWN = "own", _("investor's own capital")
    LOAN = "loan", _("loan")
    STATE_SUPPORT = "state_support", _("State support")
    STATE_BUDGET = "state_budget", _("State budget (works built by the State)")
    OTHER = "other", _("other capital")


@track()
class InfrastructureProject(Sourced, Record):
    """The project that builds a cluster's shared infrastructure (Decree 32/2024 Art. 2.5, 16)."""

    cluster = models.ForeignKey(
        "clusters.Cluster",
        verbose_name=_("cluster"),
        on_delete=models.PROTECT,
        related_name="infrastructure_projects",
    )
    investor = models.ForeignKey(
        "clusters.Investor",
        verbose_name=_("infrastructure investor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="infrastructure_projects",
    )
    name = models.CharField(_("name"), max_length=300)
    total_investment = DongField(_("total investment (VND)"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    starts_on = models.DateField(_("scheduled start"), null=True, blank=True)
    ends_on = models.DateField(_("scheduled end"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=WorkStatus.choices, default=WorkStatus.NOT_STARTED
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("infrastructure project")
        verbose_name_plural = _("infrastructure projects")
        ordering = ["cluster__sort_key", "name", "pk"]

    def __str__(self) -> str:
        return self.name


@track()
class CostLine(Record):
    """One line of the cost structure, in VND."""

    project = models.ForeignKey(InfrastructureProject, on_delete=models.CASCADE, related_name="cost_lines")
    item = models.CharField(_("cost"), max_length=20, choices=CostItem.choices)
    amount = DongField(_("amount (VND)"))

    objects = InfrastructurePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "item"], name="cost_line_once")]

    def __str__(self) -> str:
        return self.get_item_display()


@track()
class CapitalSource(Record):
    """One source of capital of the project, in VND."""

    project = models.ForeignKey(
        InfrastructureProject, on_delete=models.CASCADE, related_name="capital_sources"
    )
    kind = models.CharField(_("capital"), max_length=20, choices=CapitalKind.choices)
    amount = DongField(_("amount (VND)"))

    objects = InfrastructurePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of capital")
        verbose_name_plural = _("sources of capital")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="capital_source_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


@track()
class PaidCapital(Sourced, Record):
    """Capital paid into the project up to a day (cumulative, Form 02 line 2), in VND."""

    project = models.ForeignKey(InfrastructureProject, on_delete=models.CASCADE, related_name="paid_capital")
    as_of = models.DateField(_("as of"))
    amount = DongField(_("paid so far (VND)"))

    objects = InfrastructurePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("paid capital")
        verbose_name_plural = _("paid capital")
        ordering = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return f"{self.project} ({day(self.as_of)})"


@track()
class SharedWork(Sourced, Record):
    """One shared work of the cluster and how far it is (Decree 32/2024 Art. 2.4, 8.2 d)."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="works"
    )
    kind = models.CharField(_("work"), max_length=30, choices=WorkKind.choices)
    status = models.CharField(_("status"), max_length=20, choices=WorkStatus.choices)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared work")
        verbose_name_plural = _("shared works")
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "kind"], name="shared_work_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


@track()
class WastewaterPlant(Sourced, Record):
    """The central wastewater treatment plant. Built and meeting the standard are two facts (Form 02 lines 13, 14)."""

    cluster = models.OneToOneField(
        "clusters.Cluster",
        verbose_name=_("cluster"),
        on_delete=models.CASCADE,
        related_name="wastewater_plant",
    )
    capacity_m3_day = models.DecimalField(
        _("capacity (m³ a day)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    status = models.CharField(_("status"), max_length=20, choices=WorkStatus.choices)
    meets_standard = models.BooleanField(_("meets the environmental standard"), null=True, blank=True)
    permit_number = models.CharField(_("environmental permit"), max_length=80, blank=True)
    as_of = models.DateField(_("as of"))

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("central wastewater treatment plant")
        verbose_name_plural = _("central wastewater treatment plants")
        ordering = ["cluster__sort_key", "pk"]

    def __str__(self) -> str:
        return f"{self.cluster}"
