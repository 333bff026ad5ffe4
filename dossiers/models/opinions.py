from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.choices import Stance
from dossiers.querysets import OpinionRequestQuerySet


@track()
class OpinionRequest(Record):
    """An agency is asked what it thinks of a dossier; its silence is marked, or treated as the province has ruled."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="opinions"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="opinions"
    )
    letter_number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    question = models.TextField(_("what is asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_on = models.DateField(_("day of the letter"))
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    silence_is_consent = models.BooleanField(
        _("silence counts as agreement (province's rule)"), default=False
    )
    silence_basis = models.CharField(_("rule on silence"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stance = models.CharField(_("opinion"), max_length=20, choices=Stance.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    document = models.ForeignKey(
        "dossiers.Document",
        verbose_name=_("letter of answer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion request")
        verbose_name_plural = _("opinion requests")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "organisation"],
                condition=models.Q(withdrawn_at__isnull=True, answered_at__isnull=True),
                name="opinion_asked_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def is_silent(self, today: "object") -> bool:
        """Say whether the agency let its time pass."""
        return bool(
            self.answered_at is None
            and self.withdrawn_at is None
            and self.due_on is not None
            and self.due_on < today  # type: ignore[operator]  # a date
        )
