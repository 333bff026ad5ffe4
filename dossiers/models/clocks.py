from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.choices import Punctuality
from law.provisions import DayUnit


@track()
class StepRun(Record):
    """One run of a step that the law gives a time limit: from its start to its end, frozen when it ends.

    While it runs its deadline is computed from the regime, the pauses and the extensions. At the end the due day,
    the punctuality and the trace (in both languages) are kept as they were.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="steps"
    )
    step = models.CharField(_("step of the law"), max_length=10)
    part = models.CharField(_("done by"), max_length=20)
    started_on = models.DateField(_("counted from"))
    started_at = models.DateTimeField(_("begun"))
    ended_on = models.DateField(_("day it ended"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    punctuality = models.CharField(_("result"), max_length=10, choices=Punctuality.choices, blank=True)
    days_off = models.IntegerField(_("days before (+) or after (-) the deadline"), null=True, blank=True)
    trace = models.JSONField(_("trace"), default=dict, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="step_one_runs_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["step", "ended_on"], name="step_ended")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step}"


@track()
class Pause(Record):
    """Whole days on which the clock stands still, both included; without end while it lasts."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="pauses"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="pause_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.reason


@track()
class Extension(Record):
    """More time for the running step, in its own unit, with the reason."""

    run = models.ForeignKey(
        StepRun, verbose_name=_("step"), on_delete=models.PROTECT, related_name="extensions"
    )
    days = models.PositiveSmallIntegerField(_("days"))
    unit = models.CharField(_("unit"), max_length=10, choices=DayUnit.choices, default=DayUnit.WORKING)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("granted by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="extension_is_at_least_a_day")]

    def __str__(self) -> str:
        return self.reason
