from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceClass(models.TextChoices):
    """How far a source can be trusted."""

    OFFICIAL = "official", _("authority's own paper or page")
    OFFICIAL_COPY = "official_copy", _("authority's paper quoted elsewhere")
    REPORT = "report", _("report or declaration")
    NEWS = "news", _("press")
    WIKI = "wiki", _("encyclopaedia")


class Sourced(models.Model):
    """A fact that names the paper it comes from: title, number, date, address or file."""

    source_class = models.CharField(
        _("kind of source"), max_length=20, choices=SourceClass.choices, default=SourceClass.OFFICIAL
    )
    source_title = models.CharField(_("source document"), max_length=300)
    source_number = models.CharField(_("number of the document"), max_length=80, blank=True)
    source_date = models.DateField(_("date of the document"), null=True, blank=True)
    source_url = models.CharField(_("address of the source"), max_length=500, blank=True)
    source_file = models.ForeignKey(
        "core.StoredFile",
        verbose_name=_("file of the source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
