from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.choices import SuccessionKind
from places.models.districts import District
from places.models.provinces import Province
from places.models.units import Unit
from places.names import NAMES


class Commune(Unit):
    """A commune, ward or special zone: those in force, and those from before 1 July 2025 with their district."""

    province = models.ForeignKey(
        Province, verbose_name=_("province of its time"), on_delete=models.PROTECT, related_name="communes"
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("district of its time"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communes",
    )
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("became"),
        through="CommuneSuccession",
        through_fields=("old", "new"),
        symmetrical=False,
        related_name="predecessors",
    )
    former_names = models.CharField(_("former names"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    min_longitude = models.FloatField(null=True, blank=True)
    min_latitude = models.FloatField(null=True, blank=True)
    max_longitude = models.FloatField(null=True, blank=True)
    max_latitude = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(_("area (km²)"), null=True, blank=True)

    class Meta(Unit.Meta):
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="commune_code_once"
            ),
        ]
        # A complete name is looked up among fourteen thousand units, several times in one search.
        indexes = [GinIndex(NAMES, name="commune_by_names")]


class CommuneSuccession(models.Model):
    """One former commune went, whole or in part, into one commune in force.

    Five island districts had no communes; for them, and where the resolution names only a district, ``old`` is
    blank and ``old_district`` says what went.
    """

    old = models.ForeignKey(
        Commune,
        verbose_name=_("former commune"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="succession_to",
    )
    old_district = models.ForeignKey(
        District, verbose_name=_("former district"), on_delete=models.CASCADE, related_name="succession_to"
    )
    new = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.CASCADE, related_name="succession_from"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("commune succession")
        verbose_name_plural = _("commune successions")
        ordering = ["old_id", "new_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "old_district", "new"], nulls_distinct=False, name="succession_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old or self.old_district} → {self.new}"
