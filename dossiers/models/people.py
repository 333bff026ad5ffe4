from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.querysets import DelegationQuerySet, DossierPartQuerySet


@track()
class Assignment(Record):
    """Who in a unit has a dossier on the desk, and who gave it to them."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned to"), on_delete=models.PROTECT, related_name="+"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned by"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Delegation(Record):
    """A person is away: a colleague of the same unit has their dossiers in these days."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("absent"),
        on_delete=models.CASCADE,
        related_name="delegations",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        on_delete=models.CASCADE,
        related_name="deputising",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("deputy")),
                name="delegation_to_another",
                violation_error_message=_("Choose a colleague, not the absent person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.deputy}"


@track()
class Complaint(Record):
    """An applicant complains about how a dossier is handled; the unit's leader answers."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="complaints"
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="complaints",
    )
    text = models.TextField(_("complaint"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


@track()
class Condition(Record):
    """A promise or duty that a decision lays down, with the day on which somebody looks whether it was kept."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="conditions"
    )
    text = models.TextField(_("condition"))
    check_on = models.DateField(_("to be checked on"))
    done_on = models.DateField(_("kept on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition of a decision")
        verbose_name_plural = _("conditions of decisions")
        ordering = ["check_on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
