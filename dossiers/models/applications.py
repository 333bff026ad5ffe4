from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.choices import Channel, Outcome, ReturnMethod
from dossiers.querysets import ApplicationQuerySet


@track(exclude=["secret"])
class Application(Record):
    """What one organisation asks for: its form data and papers, a draft until filed, sealed until the opening.

    A draft belongs to no dossier, or names the open one it wants to join. ``data`` holds the answers of the wizard
    by field name. ``code`` and ``secret`` are printed on the receipt slip and open the tracking page.
    """

    procedure_code = models.CharField(_("procedure"), max_length=40)
    dossier = models.ForeignKey(
        "dossiers.Dossier",
        verbose_name=_("dossier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("applicant"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("matter"), max_length=300, blank=True)
    data = models.JSONField(_("answers"), default=dict, blank=True)
    data_version = models.PositiveIntegerField(_("version of the answers"), default=1)

    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    secret = models.CharField(_("secret of the receipt slip"), max_length=12, blank=True)
    channel = models.CharField(_("received"), max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    return_method = models.CharField(
        _("return of the result"),
        max_length=20,
        choices=ReturnMethod.choices,
        default=ReturnMethod.ELECTRONIC,
    )
    is_first = models.BooleanField(_("opened the case"), default=False)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("filed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField(
        _("result"), max_length=12, choices=Outcome.choices, blank=True, default=Outcome.PENDING
    )
    outcome_note = models.TextField(_("reason"), blank=True)
    result_sent_at = models.DateTimeField(_("result sent"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "organisation"],
                condition=Q(filed_at__isnull=False) & ~Q(outcome="withdrawn"),
                name="application_once_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | (Q(code__isnull=False) & Q(dossier__isnull=False)),
                name="application_filed_has_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or _('draft of an application')} – {self.organisation}"

    def get_absolute_url(self) -> str:
        """Return the page its own organisation has of it: the draft, or the dossier once it is filed."""
        return reverse("dossiers:draft" if self.is_draft else "dossiers:application", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.filed_at is None

    @property
    def is_live(self) -> bool:
        """Whether it is filed and neither withdrawn nor refused."""
        return self.filed_at is not None and self.outcome in (
            Outcome.PENDING,
            Outcome.CHOSEN,
            Outcome.NOT_CHOSEN,
        )


@track()
class Withdrawal(Record):
    """An applicant takes an application back."""

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField(_("reason"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("withdrawn by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn by the applicant"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return str(self.application)
