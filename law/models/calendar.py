from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from law.querysets import CalendarDayQuerySet


class DayKind(models.TextChoices):
    """What the calendar says about a day."""

    DAY_OFF = "day_off", _("day off")
    WORKING = "working", _("working day in exchange (swap)")
    ORDINARY = "ordinary", _("ordinary day (entry withdrawn)")


class DaySource(models.TextChoices):
    """Where an entry comes from; what an administrator entered is never overwritten by loading."""

    ANNOUNCED = "announced", _("announced by an authority")
    SEEDED = "seeded", _("seeded, not announced")
    ADMINISTRATOR = "administrator", _("entered by an administrator")


@track()
class CalendarDay(Record):
    """A day on which agencies do otherwise than on its weekday; days without an entry follow the weekday."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind.choices)
    name_vi = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    notice_number = models.CharField(_("number of the notice"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=15, choices=DaySource.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_vi
