from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListPreference(models.Model):
    """How one person wants to see one list: its columns, in the table's order, and the rows on a page."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_preferences"
    )
    list_name = models.CharField(_("list"), max_length=80)
    columns = models.JSONField(_("columns"), default=list)
    page_size = models.CharField(_("rows on a page"), max_length=5)

    class Meta:
        verbose_name = _("list preference")
        verbose_name_plural = _("list preferences")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "list_name"], name="list_preference_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.list_name}"
