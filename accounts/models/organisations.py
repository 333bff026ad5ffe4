from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.querysets import OrganisationQuerySet
from accounts.roles import AUTHORITY_KINDS, EXTENT_OF_KIND, Extent, OrganisationKind
from core.history import track
from core.models import Record

__all__ = ["Organisation", "OrganisationKind"]


def _kinds_reaching(*extents: Extent) -> list[str]:
    return sorted(kind.value for kind, extent in EXTENT_OF_KIND.items() if extent in extents)


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
        constraints = [
            # Data scope hangs on the place: an authority without one would silently see nothing.
            models.CheckConstraint(
                condition=~Q(kind__in=_kinds_reaching(Extent.PROVINCE, Extent.COMMUNE))
                | Q(province__isnull=False),
                name="organisation_has_province",
                violation_error_message=_("An authority of this kind needs its province."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=_kinds_reaching(Extent.COMMUNE)) | Q(commune__isnull=False),
                name="organisation_has_commune",
                violation_error_message=_("A commune People's Committee needs its commune."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a commune of another province."""
        if self.commune and self.province_id != self.commune.province_id:
            raise ValidationError(
                {
                    "commune": _(
                        "%(commune)s does not lie in %(province)s: choose the province of the commune."
                    )
                    % {"commune": self.commune, "province": self.province}
                }
            )

    @property
    def is_authority(self) -> bool:
        """Whether the organisation is part of the State or runs the portal."""
        return self.kind in AUTHORITY_KINDS

    @property
    def extent(self) -> Extent:
        """How far its people see."""
        return EXTENT_OF_KIND[OrganisationKind(self.kind)]
