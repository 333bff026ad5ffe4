"""Reads on organisations, memberships, invitations and tokens, named as one would say them."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce
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


class ApiTokenQuerySet(models.QuerySet):
    """Secrets of programs that read over REST."""

    def active(self) -> Self:
        """Keep the tokens that are neither revoked nor past their time."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Keep all tokens for those who manage accounts, and one's own for everybody else."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.can(Function.MANAGE_ORGANISATIONS) else self.filter(user=user)

    def with_use(self, *, days: int) -> Self:
        """Annotate ``last_used_on`` and ``requests_lately``, the number of requests of so many calendar days."""
        since = timezone.localdate() - dt.timedelta(days=days - 1)
        return self.annotate(
            last_used_on=models.Max("uses__day"),
            requests_lately=Coalesce(models.Sum("uses__requests", filter=models.Q(uses__day__gte=since)), 0),
        )
