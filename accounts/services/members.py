"""Who acts for an organisation. Every change locks the organisation, so that it never loses its last administrator
to two people who act at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, User
from accounts.roles import ROLES_OF_KIND, OrganisationKind, Role
from core.history import because


@transaction.atomic
def add_member(
    *, organisation: Organisation, user: User, role: str, is_administrator: bool = False, reason: str
) -> Membership:
    """Give a person a role in an organisation, or give it back to one who had it.

    Raise ValidationError when the role does not fit the organisation or the person already acts for it.
    """
    check_role(organisation, role)
    _lock(organisation)
    mine = Membership.objects.filter(organisation=organisation, user=user)
    if mine.filter(is_active=True).exists():
        raise ValidationError(
            _("%(person)s already acts for %(organisation)s. Change the role instead.")
            % {"person": user, "organisation": organisation}
        )
    membership = mine.filter(role=role).first() or Membership(organisation=organisation, user=user, role=role)
    membership.is_active, membership.is_administrator = True, is_administrator
    with because(reason):
        membership.save()
    user.forget_memberships()
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, reason: str) -> Membership:
    """Give a member another of the roles of the organisation's kind."""
    check_role(membership.organisation, role)
    _lock(membership.organisation)
    same = Membership.objects.filter(
        organisation=membership.organisation_id, user=membership.user_id, role=role
    ).exclude(pk=membership.pk)
    with because(reason):
        # What is left of an earlier time in that role would stand in the way; its history stays.
        same.delete()
        membership.role = role
        membership.save(update_fields=["role", "updated_at"])
    membership.user.forget_memberships()
    return membership


@transaction.atomic
def set_administrator(*, membership: Membership, is_administrator: bool, reason: str) -> Membership:
    """Let a member manage the organisation, or no longer; raise ValidationError for the last administrator."""
    _lock(membership.organisation)
    if not is_administrator:
        _refuse_last_administrator(membership)
    membership.is_administrator = is_administrator
    with because(reason):
        membership.save(update_fields=["is_administrator", "updated_at"])
    membership.user.forget_memberships()
    return membership


@transaction.atomic
def deactivate_membership(*, membership: Membership, reason: str) -> Membership:
    """End what a person does for the organisation; raise ValidationError for the last administrator."""
    _lock(membership.organisation)
    _refuse_last_administrator(membership)
    membership.is_active = membership.is_administrator = False
    with because(reason):
        membership.save(update_fields=["is_active", "is_administrator", "updated_at"])
    membership.user.forget_memberships()
    return membership


@transaction.atomic
def reactivate_membership(*, membership: Membership, reason: str) -> Membership:
    """Let a person act for the organisation again, in the old role and without managing it."""
    return add_member(
        organisation=membership.organisation, user=membership.user, role=membership.role, reason=reason
    )


def check_role(organisation: Organisation, role: str) -> None:
    """Raise ValidationError unless people of this kind of organisation can have the role."""
    allowed = ROLES_OF_KIND[OrganisationKind(organisation.kind)]
    if role not in allowed:
        raise ValidationError(
            {
                "role": _(
                    "The role “%(role)s” does not exist in an organisation of the kind “%(kind)s”. Choose: %(allowed)s."
                )
                % {
                    "role": Role(role).label if role in Role.values else role,
                    "kind": organisation.get_kind_display(),
                    "allowed": ", ".join(str(choice.label) for choice in allowed),
                }
            }
        )


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _refuse_last_administrator(membership: Membership) -> None:
    others = Membership.objects.administrators_of(membership.organisation).exclude(user=membership.user_id)
    if membership.is_administrator and not others.exists():
        raise ValidationError(
            _(
                "%(person)s is the last administrator of %(organisation)s. "
                "Make a colleague administrator first: an organisation must not lose access to its own account."
            )
            % {"person": membership.user, "organisation": membership.organisation}
        )
