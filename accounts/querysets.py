"""Reads on organisations, memberships and invitations, named as one would say them."""

from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.roles import AUTHORITY_KINDS, Function

if TYPE_CHECKING:
    from accounts.models import Organisation


def _organisations() -> "OrganisationQuerySet":
    return cast("OrganisationQuerySet", apps.get_model("accounts", "Organisation").objects.all())


class OrganisationQuerySet(models.QuerySet):
    """Authorities and investors."""

    def active(self) -> Self:
        """Keep the organisations that still work with the portal."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Keep every organisation for those who manage them all, and one's own for everybody else."""
        if not user.is_authenticated:
            return self.none()
        if user.can(Function.MANAGE_ORGANISATIONS):
            return self.all()
        return self.filter(pk__in=[membership.organisation_id for membership in user.active_memberships])

    def manageable_by(self, user: Any) -> Self:
        """Keep the organisations whose people this user may invite and change."""
        if not user.is_authenticated:
            return self.none()
        if user.can(Function.MANAGE_ORGANISATIONS):
            return self.all()
        administered = [m.organisation_id for m in user.active_memberships if m.is_administrator]
        return self.filter(pk__in=administered)


class MembershipQuerySet(models.QuerySet):
    """Who acts for whom."""

    def active(self) -> Self:
        """Keep the memberships that count: of active people, in active organisations, not ended."""
        return self.filter(is_active=True, organisation__is_active=True, user__is_active=True)

    def in_authorities(self) -> Self:
        """Keep the memberships of officers."""
        return self.filter(organisation__kind__in=AUTHORITY_KINDS)

    def administrators_of(self, organisation: "Organisation") -> Self:
        """Keep the people who can manage an organisation today."""
        return self.filter(
            organisation=organisation, is_active=True, is_administrator=True, user__is_active=True
        )

    def visible_to(self, user: Any) -> Self:
        """Keep the memberships of the organisations the user sees."""
        return self.filter(organisation__in=_organisations().visible_to(user))

    def manageable_by(self, user: Any) -> Self:
        """Keep the memberships this user may change."""
        return self.filter(organisation__in=_organisations().manageable_by(user))


class InvitationQuerySet(models.QuerySet):
    """Letters to colleagues who have no account in the organisation yet."""

    def open(self) -> Self:
        """Keep the invitations that can still be accepted."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())

    def manageable_by(self, user: Any) -> Self:
        """Keep the invitations this user may withdraw."""
        return self.filter(organisation__in=_organisations().manageable_by(user))
