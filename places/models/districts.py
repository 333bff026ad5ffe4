from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.provinces import Province
from places.models.units import Unit


class District(Unit):
    """A district, abolished everywhere on 1 July 2025; old papers keep its name."""

    province = models.ForeignKey(
        Province, verbose_name=_("province of its time"), on_delete=models.PROTECT, related_name="districts"
    )

    class Meta(Unit.Meta):
        verbose_name = _("former district")
        verbose_name_plural = _("former districts")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="district_code_once"
            ),
        ]
