import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, Stage
from clusters.querysets import ClusterQuerySet
from core.fields import HectareField
from core.history import track
from core.models import Record

#: Facts that a recorded decision alone may change; the trigger below refuses any other writer.
LEGAL_FACTS = (
    "name",
    "cluster_type",
    "stage",
    "commune",
    "area_ha",
    "industrial_land_ha",
    "investor",
    "main_lines",
    "boundary",
    "established_on",
)


@track(exclude=["search", "search_vector", "sort_key"])
class Cluster(Record):
    """An industrial cluster as the decisions recorded so far leave it.

    The columns of ``LEGAL_FACTS`` are the result of replaying the cluster's decisions
    (``clusters.services.replay``); they are written by ``clusters.services.decisions`` alone.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    cluster_type = models.CharField(
        _("type"), max_length=20, choices=ClusterType.choices, default=ClusterType.ORDINARY
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.PLANNED)
    province = models.ForeignKey(
        "places.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="clusters"
    )
    commune = models.ForeignKey(
        "places.Commune",
        verbose_name=_("commune (lead)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clusters",
    )
    other_communes = models.ManyToManyField(
        "places.Commune", verbose_name=_("further communes"), blank=True, related_name="clusters_touching"
    )
    area_ha = HectareField(_("area (ha)"), null=True, blank=True)
    industrial_land_ha = HectareField(_("industrial land (ha)"), null=True, blank=True)
    investor = models.ForeignKey(
        "clusters.Investor",
        verbose_name=_("infrastructure investor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clusters",
    )
    main_lines = models.TextField(_("main lines of production"), blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)

    formed_before_2009 = models.BooleanField(
        _("formed before 5 October 2009"),
        default=False,
        help_text=_("Art. 35.4: to be settled before 31 December 2026."),
    )
    in_mountainous_district = models.BooleanField(_("in a mountainous district"), default=False)
    address = models.CharField(_("address"), max_length=300, blank=True)
    place_as_recorded = models.CharField(_("place as the first papers name it"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    position_is_exact = models.BooleanField(_("position given by the authority"), default=False)
    boundary_source = models.CharField(_("source of the boundary"), max_length=300, blank=True)
    is_published = models.BooleanField(_("published"), default=True)
    is_confirmed = models.BooleanField(
        _("confirmed by the department"),
        default=False,
        help_text=_("Until then the page says: collected from public sources, to be confirmed."),
    )
    is_illustration = models.BooleanField(
        _("illustration with fictitious data"),
        default=False,
        help_text=_("Shows every part of the portal in the demo; counted in no figure."),
    )
    notes = models.TextField(_("notes"), blank=True)
    search = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    sort_key = models.CharField(max_length=500, editable=False, default="")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("industrial cluster")
        verbose_name_plural = _("industrial clusters")
        ordering = ["sort_key", "pk"]
        indexes = [
            GinIndex(fields=["search_vector"], name="cluster_search"),
            models.Index(fields=["sort_key", "id"], name="cluster_by_name"),
            models.Index(fields=["province", "sort_key", "id"], name="cluster_by_province"),
            models.Index(fields=["commune", "sort_key", "id"], name="cluster_by_commune"),
            # Counting and ordering what a search found reads this instead of every row of the table.
            models.Index(
                fields=["id"],
                include=["sort_key"],
                condition=models.Q(is_published=True),
                name="cluster_published",
            ),
            # A list says how many of its rows are the illustration; this finds it without reading the others.
            models.Index(
                fields=["id"], condition=models.Q(is_illustration=True), name="cluster_illustration"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="legal_facts_by_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*LEGAL_FACTS),
                func="""
                    IF coalesce(current_setting('clusters.decision', true), '') = '' THEN
                        RAISE EXCEPTION 'legal facts of cluster % change only by recording a decision', OLD.code
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the public page of the cluster."""
        return reverse("cluster", args=[self.code])
