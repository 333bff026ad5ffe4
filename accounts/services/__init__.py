"""The only writers of accounts, organisations, memberships, invitations and tokens."""

from accounts.services.access import log_access
from accounts.services.invitations import accept_invitation, invite_member, withdraw_invitation
from accounts.services.members import (
    add_member,
    change_role,
    deactivate_membership,
    reactivate_membership,
    set_administrator,
)
from accounts.services.organisations import change_organisation, create_organisation, set_organisation_active
from accounts.services.people import change_own_account, create_account, remember_language
from accounts.services.tokens import create_token, revoke_token
from accounts.services.unlocking import unlock

__all__ = [
    "accept_invitation",
    "add_member",
    "change_organisation",
    "change_own_account",
    "change_role",
    "create_account",
    "create_organisation",
    "create_token",
    "deactivate_membership",
    "invite_member",
    "log_access",
    "reactivate_membership",
    "remember_language",
    "revoke_token",
    "set_administrator",
    "set_organisation_active",
    "unlock",
    "withdraw_invitation",
]
