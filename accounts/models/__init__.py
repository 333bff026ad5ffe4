"""People, the organisations they act for, and what they may do there."""

from accounts.models.access import AccessLogEntry
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation, OrganisationKind
from accounts.models.tokens import ApiToken, ApiTokenUse
from accounts.models.users import User

__all__ = [
    "AccessLogEntry",
    "ApiToken",
    "ApiTokenUse",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "User",
]
