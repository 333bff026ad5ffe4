from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from dossiers.querysets import DocumentQuerySet, OrganisationPaperQuerySet


@track()
class Document(Record):
    """One version of a paper in a dossier: of an application, or of an authority (``application`` empty).

    ``kind`` is a key of the procedure's document kinds; ``variety`` tells which of several will do (a kind of proof).
    A newer version takes the place of an older one, which stays readable.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier",
        verbose_name=_("dossier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    kind = models.CharField(_("kind"), max_length=40)
    variety = models.CharField(_("variety"), max_length=40, blank=True)
    title = models.CharField(_("title of the paper"), max_length=255, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    is_original = models.BooleanField(_("original"), default=False)
    file = models.ForeignKey(
        "core.StoredFile", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("newer version of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    reused_from = models.ForeignKey(
        "dossiers.OrganisationPaper",
        verbose_name=_("taken from the organisation's store"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uses",
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | Q(application__isnull=False),
                name="document_belongs_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.file.name


@track()
class OrganisationPaper(Record):
    """A paper an organisation keeps for use in any of its dossiers ("ask once"), with its dates of validity."""

    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="papers",
    )
    kind = models.CharField(_("kind"), max_length=40)
    variety = models.CharField(_("variety"), max_length=40, blank=True)
    title = models.CharField(_("title of the paper"), max_length=255)
    file = models.ForeignKey(
        "core.StoredFile", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an organisation")
        verbose_name_plural = _("papers of organisations")
        ordering = ["kind", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="organisation_paper_dates_in_order",
                violation_error_message=_("The last day of validity cannot come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Upload(models.Model):
    """A file on its way in, piece by piece, so that a lost connection goes on where it stopped.

    ``received`` counts the bytes that lie in private storage under ``key``; whole, it becomes a document and the row
    goes. A daily task removes what nobody finished.
    """

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="uploads",
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier",
        verbose_name=_("dossier"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="uploads",
    )
    kind = models.CharField(_("kind"), max_length=40)
    variety = models.CharField(_("variety"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    received = models.PositiveBigIntegerField(_("received (bytes)"), default=0)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last piece"), auto_now=True)

    class Meta:
        verbose_name = _("upload under way")
        verbose_name_plural = _("uploads under way")
        ordering = ["-touched_at", "-pk"]

    def __str__(self) -> str:
        return self.name
