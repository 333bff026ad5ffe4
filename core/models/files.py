import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_path(instance: "StoredFile", filename: str) -> str:
    """Return a path that takes nothing from the visitor but nothing else either: a random name in two folders."""
    key = instance.key.hex
    return f"{key[:2]}/{key[2:4]}/{key}"


class StoredFile(models.Model):
    """A file in private storage, with the size and SHA-256 it had when it arrived.

    Rows are made by ``core.files.store_upload`` alone, which checks the content first, and are served only by views
    that check a permission.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=private_path)
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
