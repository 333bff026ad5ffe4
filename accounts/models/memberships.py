from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import MembershipQuerySet
from accounts.roles import FUNCTIONS_OF, Function, Role
from core.history import track
from core.models import Record


@track()
class Membership(Record):
    """One person's role in one organisation. The role says what they may do, the organisation with which data."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    is_administrator = models.BooleanField(
        _("administrator of the organisation"),
        default=False,
        help_text=_(
            "May invite colleagues and change their roles. An organisation should have at least two."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation__name", "user__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"

    @property
    def functions(self) -> frozenset[Function]:
        """What the role may do."""
        return FUNCTIONS_OF[Role(self.role)]
