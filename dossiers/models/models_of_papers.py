from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.querysets import ModelDocumentQuerySet


@track()
class ModelDocument(Record):
    """A department's own model of a paper, used instead of the portal's; the newest of a kind counts."""

    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("department"),
        on_delete=models.CASCADE,
        related_name="model_documents",
    )
    kind = models.CharField(_("paper"), max_length=40)
    file = models.ForeignKey(
        "core.StoredFile", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("no longer used"), null=True, blank=True)

    objects = ModelDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("model document")
        verbose_name_plural = _("model documents")
        ordering = ["kind", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="model_document_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return self.kind
