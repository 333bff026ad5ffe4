from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.querysets import DecisionQuerySet
from core.fields import HectareField
from core.history import append_only
from core.models import Sourced


class Decision(Sourced):
    """A paper that changes legal facts of a cluster. Rows are only added: a mistake is mended by a further row.

    Each ``sets_...`` column says what the paper lays down about one fact; blank means that it leaves it as it was.
    ``clears`` names facts that the paper takes away. The file of the paper is ``source_file``.
    """

    cluster = models.ForeignKey(
        "clusters.Cluster", verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(_("kind of decision"), max_length=20, choices=DecisionKind.choices)
    number = models.CharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effective_on = models.DateField(
        _("in effect from"),
        help_text=_("The day from which the registry shows the facts; for an opening record its as-of date."),
    )
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    signer = models.CharField(_("signed by"), max_length=150, blank=True)
    received_on = models.DateField(
        _("dossier received on"), null=True, blank=True, help_text=_("Decides which regime governs the case.")
    )
    regime = models.CharField(_("regime"), max_length=4, blank=True)
    place_as_issued = models.CharField(_("place as the paper names it"), max_length=300, blank=True)
    summary = models.TextField(_("content in short"), blank=True)

    sets_name = models.CharField(_("name"), max_length=200, blank=True)
    sets_cluster_type = models.CharField(_("type"), max_length=20, choices=ClusterType.choices, blank=True)
    sets_stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True)
    sets_commune = models.ForeignKey(
        "places.Commune",
        verbose_name=_("commune (lead)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sets_area_ha = HectareField(_("total area (ha)"), null=True, blank=True)
    sets_industrial_land_ha = HectareField(_("industrial land (ha)"), null=True, blank=True)
    sets_investor = models.ForeignKey(
        "clusters.Investor",
        verbose_name=_("infrastructure investor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    sets_main_lines = models.TextField(_("main lines of production"), blank=True)
    sets_boundary = models.JSONField(_("boundary"), null=True, blank=True)
    sets_established_on = models.DateField(_("established on"), null=True, blank=True)
    clears = models.JSONField(_("facts taken away"), default=list, blank=True)

    corrects = models.OneToOneField(
        "self",
        verbose_name=_("takes the place of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    checklist = models.JSONField(_("rule checklist at recording"), default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["effective_on", "pk"]
        triggers = [append_only()]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "kind", "number", "issued_on"],
                condition=~models.Q(number="") & models.Q(corrects__isnull=True),
                name="decision_recorded_once",
            )
        ]

    def __str__(self) -> str:
        return self.number or self.get_kind_display()
