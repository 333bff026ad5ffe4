"""Invitations: a letter with a secret that works once, for one address, until a date."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership, Organisation, User
from accounts.services.hashing import hash_of
from accounts.services.members import add_member, check_role
from core.history import because


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    email: str,
    role: str,
    is_administrator: bool = False,
    invited_by: User,
    reason: str,
) -> tuple[Invitation, str]:
    """Invite a colleague by letter and return the invitation with its secret, which is stored nowhere.

    An earlier open invitation to the same address is withdrawn. Raise ValidationError when the role does not fit or
    the person already acts for the organisation.
    """
    check_role(organisation, role)
    address = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email=address, is_active=True).exists():
        raise ValidationError(
            {
                "email": _("%(email)s already acts for %(organisation)s.")
                % {"email": address, "organisation": organisation}
            }
        )
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=organisation,
        email=address,
        role=role,
        is_administrator=is_administrator,
        token_hash=hash_of(secret),
        invited_by=invited_by,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.full_clean()
    with because(reason):
        Invitation.objects.filter(organisation=organisation, email=address).open().update(
            withdrawn_at=timezone.now()
        )
        invitation.save()
    transaction.on_commit(lambda: _send(invitation, secret))
    return invitation, secret


@transaction.atomic
def accept_invitation(*, secret: str, user: User, reason: str) -> Membership:
    """Make the invited person a member; raise ValidationError when the letter is not theirs or no longer good."""
    invitation = find_invitation(secret, lock=True)
    if user.email != invitation.email:
        raise ValidationError(
            _("This invitation was sent to %(email)s. Sign out and sign in with that address to accept it.")
            % {"email": invitation.email}
        )
    with because(reason):
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    return add_member(
        organisation=invitation.organisation,
        user=user,
        role=invitation.role,
        is_administrator=invitation.is_administrator,
        reason=reason,
    )


def withdraw_invitation(*, invitation: Invitation, reason: str) -> Invitation:
    """Make an open invitation useless."""
    invitation.withdrawn_at = timezone.now()
    with because(reason):
        invitation.save(update_fields=["withdrawn_at", "updated_at"])
    return invitation


def find_invitation(secret: str, *, lock: bool = False) -> Invitation:
    """Return the open invitation that a secret belongs to; raise ValidationError that says why it is not open."""
    invitations = Invitation.objects.select_related("organisation")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(token_hash=hash_of(secret)).first()
    if invitation is None:
        raise ValidationError(
            _("This invitation does not exist. Check that the whole link was copied."), "unknown"
        )
    if invitation.accepted_at:
        raise ValidationError(_("This invitation was already used. Sign in with your account."), "used")
    if invitation.withdrawn_at or not invitation.organisation.is_active:
        raise ValidationError(
            _("This invitation was withdrawn. Ask your colleague for a new one."), "withdrawn"
        )
    if invitation.is_expired:
        raise ValidationError(_("This invitation has expired. Ask your colleague for a new one."), "expired")
    return invitation


def _send(invitation: Invitation, secret: str) -> None:
    context = {
        "invitation": invitation,
        "days": settings.INVITATION_DAYS,
        "url": settings.SITE_URL + reverse("accounts:accept_invitation", args=[secret]),
    }
    send_mail(
        subject=_("Invitation to act for %(organisation)s") % {"organisation": invitation.organisation},
        message=render_to_string("accounts/email/invitation.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[invitation.email],
    )
