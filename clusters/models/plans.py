from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.querysets import PlanPartQuerySet, PlanQuerySet
from core.fields import DongField, HectareField
from core.history import track
from core.models import Record, Sourced


@track()
class DevelopmentPlan(Sourced, Record):
    """A version of a province's cluster development plan, part of the provincial plan (Decree 32/2024 Arts 4-7)."""

    province = models.ForeignKey(
        "places.Province",
        verbose_name=_("province"),
        on_delete=models.PROTECT,
        related_name="development_plans",
    )
    title = models.CharField(_("title"), max_length=300)
    version = models.PositiveSmallIntegerField(_("version"))
    period_from = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("to year"))
    decision_number = models.CharField(_("approving decision"), max_length=80, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True)
    is_complete = models.BooleanField(
        _("the List is entered completely"),
        default=False,
        help_text=_("Only then can a cluster be said to be missing from it (V18)."),
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster development plan")
        verbose_name_plural = _("cluster development plans")
        ordering = ["province__sort_key", "-version", "pk"]
        constraints = [models.UniqueConstraint(fields=["province", "version"], name="plan_version_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """The years it is made for; the first of them is not always known."""
        return f"{self.period_from or '…'}–{self.period_to}"


@track()
class PlannedCluster(Record):
    """A line of the plan's List: name, place to commune level, area, lines, and the notes Art. 4.2 asks for."""

    plan = models.ForeignKey(
        DevelopmentPlan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="planned_clusters"
    )
    cluster = models.ForeignKey(
        "clusters.Cluster",
        verbose_name=_("cluster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="planned_as",
    )
    name = models.CharField(_("name"), max_length=200)
    commune = models.ForeignKey(
        "places.Commune", verbose_name=_("commune"), null=True, blank=True, on_delete=models.PROTECT
    )
    place_text = models.CharField(_("place as the plan names it"), max_length=300, blank=True)
    area_ha = HectareField(_("area (ha)"), null=True, blank=True)
    main_lines = models.TextField(_("main lines of production"), blank=True)
    land_status = models.TextField(_("land status"), blank=True)
    justification = models.TextField(_("justification"), blank=True)
    environmental_distance = models.TextField(
        _("distance to housing, monuments, rivers and lakes"), blank=True
    )
    total_investment = DongField(_("total investment (VND)"), null=True, blank=True)
    linked_to = models.ManyToManyField(
        "self", verbose_name=_("adjacent clusters it is linked with"), blank=True, symmetrical=True
    )
    link_description = models.CharField(
        _("how they are linked"),
        max_length=300,
        blank=True,
        help_text=_("Lines, waste, energy (Art. 4.2 đ)."),
    )
    boundary = models.JSONField(_("boundary"), null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned cluster")
        verbose_name_plural = _("planned clusters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name", "commune"], name="planned_cluster_once")
        ]

    def __str__(self) -> str:
        return self.name


@track()
class ConversionPlan(Sourced, Record):
    """What becomes of a planned cluster that is withdrawn: of its land, its tenants, its works, by when."""

    planned_cluster = models.OneToOneField(
        PlannedCluster, verbose_name=_("planned cluster"), on_delete=models.CASCADE, related_name="withdrawal"
    )
    withdrawn_on = models.DateField(_("withdrawn on"))
    reason = models.TextField(_("reason"))
    land_use_after = models.CharField(_("land use afterwards"), max_length=300)
    tenants = models.TextField(_("what becomes of the projects there"))
    finish_by = models.DateField(_("to be finished by"))
    finished_on = models.DateField(_("finished on"), null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversion plan")
        verbose_name_plural = _("conversion plans")
        ordering = ["finish_by", "pk"]

    def __str__(self) -> str:
        return f"{self.planned_cluster}"
