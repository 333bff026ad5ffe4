from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list as somebody wants to find it again: filter, order, columns and rows on a page, under a name.

    It belongs to one person, who alone changes it; people of the organisation it is shared with can use it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    list_name = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name of the view"), max_length=80)
    query = models.TextField(_("filter and order"), blank=True)
    columns = models.JSONField(_("columns"), default=list)
    page_size = models.CharField(_("rows on a page"), max_length=5)
    shared_with = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("shared with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the person is called; ``read_kept`` brings it along.
    owner: str

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("user", "list_name", Lower("name"), name="saved_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class ListPreference(models.Model):
    """How one person wants to see one list: its columns, the rows on a page, and the view it opens with."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_preferences"
    )
    list_name = models.CharField(_("list"), max_length=80)
    columns = models.JSONField(_("columns"), default=list)
    page_size = models.CharField(_("rows on a page"), max_length=5)
    default_view = models.ForeignKey(
        SavedView,
        verbose_name=_("view the list opens with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("list preference")
        verbose_name_plural = _("list preferences")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "list_name"], name="list_preference_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.list_name}"
