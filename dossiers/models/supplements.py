from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.querysets import DossierPartQuerySet


@track()
class SupplementRequest(Record):
    """What an applicant is asked to mend, item by item. The clock stands still until it is closed."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="supplements"
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="supplements",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    letter_number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    answer_by = models.DateField(_("please answer by"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered in full"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closing_note = models.TextField(_("note at closing"), blank=True)
    pause = models.OneToOneField(
        "dossiers.Pause",
        verbose_name=_("pause"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supplement",
    )

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplement request")
        verbose_name_plural = _("supplement requests")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether the clock stands still for it."""
        return self.closed_at is None


@track()
class SupplementItem(Record):
    """One thing to mend: which document or field, what is wrong with it, how to mend it, and the answer."""

    request = models.ForeignKey(
        SupplementRequest, verbose_name=_("request"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    target = models.CharField(
        _("document or field"), max_length=80, help_text=_("document:<kind> or field:<name>")
    )
    wrong = models.TextField(_("what is wrong"))
    remedy = models.TextField(_("how to mend it"))
    answer = models.TextField(_("answer"), blank=True)
    answer_document = models.ForeignKey(
        "dossiers.Document",
        verbose_name=_("new document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_settled = models.BooleanField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of a supplement request")
        verbose_name_plural = _("items of supplement requests")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="supplement_item_position_once")
        ]

    def __str__(self) -> str:
        return self.target
