from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.querysets import NoticeQuerySet


@track()
class Notice(Record):
    """The public notice that a request came in and that others may apply until the closing time."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="notice"
    )
    number = models.CharField(_("number of the notice"), max_length=80, blank=True)
    published_on = models.DateField(_("published on"))
    published_at = models.DateTimeField(_("published on the portal at"))
    media = models.CharField(
        _("where else it was announced"),
        max_length=300,
        help_text=_(
            "Local radio, loudspeakers, newspaper, the commune's website: Art. 10.1 asks for mass media."
        ),
    )
    text = models.TextField(_("text of the notice"))
    closes_on = models.DateField(_("last day for applications"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["closes_on", "pk"]

    def __str__(self) -> str:
        return self.number or str(self.dossier_id)


@track()
class OpeningRecord(Record):
    """The record of the opening of sealed applications: when, by whom, in whose presence, what lay there."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="opening"
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    present = models.TextField(_("present"))
    contents = models.JSONField(_("applications with their papers and hashes"), default=list)
    remarks = models.TextField(_("remarks"), blank=True)

    class Meta:
        verbose_name = _("opening record")
        verbose_name_plural = _("opening records")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return str(self.dossier_id)
