from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import OrganisationQuerySet
from accounts.roles import AUTHORITY_KINDS, EXTENT_OF_KIND, Extent, OrganisationKind
from core.history import track
from core.models import Record

__all__ = ["Organisation", "OrganisationKind"]


@track()
class Organisation(Record):
    """An authority or an investor. Its kind and place bound the data its people can see."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    province = models.ForeignKey(
        "places.Province", verbose_name=_("province"), null=True, blank=True, on_delete=models.PROTECT
    )
    commune = models.ForeignKey(
        "places.Commune", verbose_name=_("commune"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_authority(self) -> bool:
        """Whether the organisation is part of the State or runs the portal."""
        return self.kind in AUTHORITY_KINDS

    @property
    def extent(self) -> Extent:
        """How far its people see."""
        return EXTENT_OF_KIND[OrganisationKind(self.kind)]
