from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeCounter(models.Model):
    """The last number given out under a prefix of dossier codes."""

    prefix = models.CharField(_("prefix"), max_length=40, unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter of codes")
        verbose_name_plural = _("counters of codes")
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
