from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.models.units import Unit


class Region(models.Model):
    """One of the six socio-economic regions."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name_vi = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_vi


class Province(Unit):
    """A province or centrally run city: the 34 in force, and the 63 from before 1 July 2025."""

    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="provinces",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("became"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    slug = models.SlugField(max_length=60, blank=True)

    class Meta(Unit.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="province_code_once"
            ),
        ]
