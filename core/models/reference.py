from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceLoad(models.Model):
    """One set of reference data as it was last loaded: the digest tells whether the files changed since."""

    name = models.CharField(_("reference data"), max_length=50, unique=True)
    digest = models.CharField("SHA-256", max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("reference data load")
        verbose_name_plural = _("reference data loads")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
