from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import append_only


class AccessLogEntry(models.Model):
    """One reading of personal data: who saw which fields of what, when, in which request, and why.

    Source: Law 91/2025/QH15 on personal data protection. Rows can be added and never changed or removed.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    object_type = models.CharField(_("kind of record"), max_length=100)
    object_pk = models.CharField(_("record number"), max_length=40)
    object_label = models.CharField(_("record"), max_length=255)
    fields = ArrayField(models.CharField(max_length=100), verbose_name=_("fields seen"))
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    path = models.CharField(_("address"), max_length=500, blank=True)
    reason = models.CharField(_("why"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_pk"], name="access_log_object")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.user} – {self.object_label}"
