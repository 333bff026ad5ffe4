from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.choices import InvestorKind
from clusters.querysets import InvestorQuerySet
from core.history import track
from core.models import Record


@track(exclude=["search", "sort_key"])
class Investor(Record):
    """An enterprise, cooperative or organisation that builds a cluster's infrastructure or produces in it."""

    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(
        _("kind"), max_length=20, choices=InvestorKind.choices, default=InvestorKind.ENTERPRISE
    )
    tax_code = models.CharField(
        _("tax code"),
        max_length=14,
        blank=True,
        help_text=_("10 digits; a branch 13 digits; a household business the 12-digit personal number."),
    )
    tax_code_confirmed = models.BooleanField(
        _("tax code confirmed although its check digit fails"), default=False
    )
    country = models.CharField(_("country"), max_length=80, blank=True)
    registration_number = models.CharField(_("registration number abroad"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    representative = models.CharField(_("legal representative"), max_length=150, blank=True)
    representative_title = models.CharField(_("title of the representative"), max_length=100, blank=True)
    grandfathering_basis = models.CharField(
        _("basis for a public unit as investor"),
        max_length=200,
        blank=True,
        help_text=_("Number and date of the decision that assigned it before 1 May 2024 (Art. 35.3)."),
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation in the portal"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="investors",
    )
    notes = models.TextField(_("notes"), blank=True)
    search = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=600, editable=False, default="")

    objects = InvestorQuerySet.as_manager()

    class Meta:
        verbose_name = _("investor")
        verbose_name_plural = _("investors")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=~models.Q(tax_code=""), name="investor_tax_code_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=InvestorKind.PUBLIC_UNIT) | ~models.Q(grandfathering_basis=""),
                name="public_unit_needs_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.name
