from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, DecisionKind
from clusters.querysets import ClusterCaseQuerySet
from core.fields import HectareField
from core.history import track
from core.models import Record


@track()
class ClusterCase(Record):
    """What a dossier to establish or expand a cluster is about: the line of the List or the cluster, and the request.

    The columns are those of the first request, which is announced to everybody; what rivals offer stays in their
    applications. Questions that the law leaves to a person are settled here, each with its reason.
    """

    dossier = models.OneToOneField(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="cluster_case"
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in (DecisionKind.ESTABLISH, DecisionKind.EXPAND)],
    )
    planned_cluster = models.ForeignKey(
        "clusters.PlannedCluster",
        verbose_name=_("line of the List"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    cluster = models.ForeignKey(
        "clusters.Cluster",
        verbose_name=_("cluster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    name = models.CharField(_("name of the cluster"), max_length=200)
    area_ha = HectareField(_("area after the decision (ha)"))
    cluster_type = models.CharField(
        _("type"), max_length=20, choices=ClusterType.choices, default=ClusterType.ORDINARY
    )
    main_lines = models.TextField(_("main lines of production"), blank=True)
    first_applicant = models.CharField(_("who asked first"), max_length=255)

    lead_named_by = models.CharField(
        _("paper that names the lead commune"),
        max_length=200,
        blank=True,
        help_text=_("Number and date, where the cluster lies in several communes (Art. 9.1 a)."),
    )
    average_choice = models.CharField(
        _("average the occupancy test goes by"),
        max_length=10,
        blank=True,
        choices=[("simple", _("simple average")), ("weighted", _("weighted average"))],
    )
    average_reason = models.TextField(_("why this average"), blank=True)
    judgements = models.JSONField(
        _("judgements where a rule lacks figures"),
        default=dict,
        blank=True,
        help_text=_("By code of the rule: reason, who, when."),
    )
    recommendation = models.CharField(
        _("what the appraisal recommends"),
        max_length=10,
        blank=True,
        choices=[("approve", _("to approve")), ("refuse", _("to refuse"))],
    )
    decision_items = models.JSONField(
        _("content of the decision"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    decision = models.OneToOneField(
        "clusters.Decision",
        verbose_name=_("recorded decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case",
    )
    ministry_copy_sent_on = models.DateField(_("copy sent to the Ministry on"), null=True, blank=True)
    ministry_copy_note = models.CharField(_("how it was sent"), max_length=200, blank=True)

    objects = ClusterCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of a cluster")
        verbose_name_plural = _("cases of clusters")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_cluster__isnull=False) | Q(cluster__isnull=False),
                name="case_is_about_a_cluster",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
