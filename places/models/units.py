import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.choices import KIND_WORDS, UnitKind


class UnitQuerySet(models.QuerySet):
    """Administrative units, asked by date."""

    def in_force(self, on: dt.date | None = None) -> Self:
        """Keep the units that exist on the day (today unless given); a blank date bounds nothing."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def abolished(self, on: dt.date | None = None) -> Self:
        """Keep the units that no longer exist on the day."""
        return self.filter(valid_to__lt=on or timezone.localdate())


class Unit(models.Model):
    """What every administrative unit has. The same code may have been given twice, at different times."""

    code = models.CharField(_("code"), max_length=5)
    name_vi = models.CharField(_("name"), max_length=100)
    full_name_vi = models.CharField(_("full name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    full_name_en = models.CharField(_("full name in English"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    kind_since = models.DateField(_("this kind since"), null=True, blank=True)
    kind_before = models.CharField(_("kind before"), max_length=20, choices=UnitKind.choices, blank=True)
    kind_basis = models.CharField(_("legal basis of the kind"), max_length=200, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    # Every way to write the name, folded, each between bars: "|yen bai|tinh yen bai|yen bai province|".
    search = models.CharField(max_length=600, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The short name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_vi

    @property
    def full_name(self) -> str:
        """The name with the kind of unit ("Xã Dương Hòa") in the reader's language."""
        return (get_language() == "en" and self.full_name_en) or self.full_name_vi

    def is_in_force(self, on: dt.date | None = None) -> bool:
        """Say whether the unit exists on the day (today unless given)."""
        day = on or timezone.localdate()
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def full_name_on(self, day: dt.date) -> str:
        """Return the Vietnamese name with the kind of that day: papers keep the names of their time."""
        if self.kind_before and self.kind_since and day < self.kind_since:
            return f"{KIND_WORDS[UnitKind(self.kind_before)][0]} {self.name_vi}"
        return self.full_name_vi
