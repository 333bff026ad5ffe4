from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import PlotStatus, ProjectStage, TenantGroup
from clusters.querysets import ClusterPartQuerySet, PlotQuerySet
from core.fields import DongField, HectareField
from core.history import track
from core.models import Record, Sourced


@track(in_bulk=True)
class Plot(Sourced, Record):
    """A plot of industrial land inside a cluster."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="plots"
    )
    code = models.CharField(_("plot"), max_length=40)
    area_ha = HectareField(_("area (ha)"))
    status = models.CharField(_("status"), max_length=20, choices=PlotStatus.choices)
    as_of = models.DateField(_("as of"))
    price_per_m2 = DongField(_("rent for the whole term (VND per m²)"), null=True, blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    lines = models.CharField(_("lines admitted"), max_length=300, blank=True)
    utilities = models.CharField(_("utilities"), max_length=300, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)

    objects = PlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("plot")
        verbose_name_plural = _("plots")
        ordering = ["cluster__sort_key", "code", "pk"]
        constraints = [models.UniqueConstraint(fields=["cluster", "code"], name="plot_once")]
        indexes = [models.Index(fields=["status", "area_ha"], name="plot_free")]

    def __str__(self) -> str:
        return self.code


@track(exclude=["search", "search_vector", "sort_key"], in_bulk=True)
class SecondaryProject(Sourced, Record):
    """An investment project for production or services in a cluster (Decree 32/2024 Arts 20-24)."""

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="projects"
    )
    investor = models.ForeignKey(
        "clusters.Investor",
        verbose_name=_("secondary investor"),
        on_delete=models.PROTECT,
        related_name="secondary_projects",
    )
    name = models.CharField(_("project"), max_length=300)
    industry = models.ForeignKey(
        "clusters.Industry",
        verbose_name=_("industry (VSIC)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    product = models.CharField(_("product"), max_length=300, blank=True)
    capacity = models.CharField(_("capacity"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=ProjectStage.choices)
    group = models.CharField(
        _("group of tenant"), max_length=20, choices=TenantGroup.choices, default=TenantGroup.NONE
    )
    capital = DongField(_("registered capital (VND)"), null=True, blank=True)
    is_foreign = models.BooleanField(_("foreign-invested"), default=False)
    foreign_capital = DongField(_("of which foreign (VND)"), null=True, blank=True)
    land_ha = HectareField(_("land (ha)"), null=True, blank=True)
    plots = models.ManyToManyField(Plot, verbose_name=_("plots"), blank=True, related_name="projects")
    certificate_number = models.CharField(_("approval or certificate"), max_length=80, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    leased_on = models.DateField(_("leased from"), null=True, blank=True)
    leased_until = models.DateField(_("leased until"), null=True, blank=True)
    operating_from = models.DateField(_("operating from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    jobs_planned = models.PositiveIntegerField(_("jobs planned"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    notes = models.TextField(_("notes"), blank=True)
    search = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    sort_key = models.CharField(max_length=600, editable=False, default="")

    objects = ClusterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("secondary project")
        verbose_name_plural = _("secondary projects")
        ordering = ["sort_key", "pk"]
        indexes = [
            GinIndex(fields=["search_vector"], name="project_search"),
            models.Index(fields=["cluster", "sort_key", "id"], name="project_by_cluster"),
            models.Index(fields=["sort_key", "id"], name="project_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
