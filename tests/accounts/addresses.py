"""Who reaches the addresses of this room."""

from axes.models import AccessAttempt

from accounts.roles import Function
from tests.factories.accounts import (
    ApiTokenFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.meta.samples import Access, Address

MANAGE = Function.MANAGE_ORGANISATIONS
DONE = frozenset({302})


def _organisation() -> dict[str, object]:
    return {"pk": OrganisationFactory().pk}


def _membership() -> dict[str, object]:
    organisation = OrganisationFactory()
    MembershipFactory.create_batch(2, organisation=organisation, is_administrator=True)
    return {"pk": MembershipFactory(organisation=organisation).pk}


def _ended_membership() -> dict[str, object]:
    return {"pk": MembershipFactory(ended=True).pk}


def _invitation() -> dict[str, object]:
    return {"pk": InvitationFactory().pk}


def _open_letter() -> dict[str, object]:
    InvitationFactory(secret="open-letter")
    return {"secret": "open-letter"}


def _lockout() -> dict[str, object]:
    return {"pk": AccessAttempt.objects.create(username="a@example.vn", failures_since_start=9).pk}


def _token() -> dict[str, object]:
    return {"pk": ApiTokenFactory().pk}


ADDRESSES = {
    "permissions": Address(Access.PUBLIC),
    "accounts:account": Address(Access.SIGNED_IN),
    "accounts:organisation": Address(Access.SIGNED_IN, ok=frozenset({200, 302})),
    "accounts:organisations": Address(MANAGE),
    "accounts:organisation_create": Address(MANAGE),
    "accounts:organisation_detail": Address(MANAGE, _organisation),
    "accounts:organisation_change": Address(MANAGE, _organisation),
    "accounts:organisation_set_active": Address(
        MANAGE, _organisation, method="post", data={"is_active": "false", "reason": "Merged"}, ok=DONE
    ),
    "accounts:invite": Address(MANAGE, _organisation),
    "accounts:member": Address(MANAGE, _membership),
    "accounts:member_end": Address(MANAGE, _membership, method="post", data={"reason": "Left"}, ok=DONE),
    "accounts:member_resume": Address(
        MANAGE, _ended_membership, method="post", data={"reason": "Back"}, ok=DONE
    ),
    "accounts:invitation_withdraw": Address(
        MANAGE, _invitation, method="post", data={"reason": "Wrong address"}, ok=DONE
    ),
    # Whoever holds the letter may read it; a person with another account is told so (403).
    "accounts:accept_invitation": Address(Access.PUBLIC, _open_letter, ok=frozenset({200, 403})),
    "accounts:access_log": Address(MANAGE),
    "accounts:tokens": Address(Access.SIGNED_IN),
    # Who signed in a while ago is asked for the password once more.
    "accounts:token_create": Address(Access.SIGNED_IN, ok=DONE),
    "accounts:all_tokens": Address(MANAGE),
    "accounts:token_revoke": Address(MANAGE, _token, method="post", ok=DONE),
    "accounts:lockouts": Address(MANAGE),
    "accounts:lockout_release": Address(MANAGE, _lockout, method="post", ok=DONE),
}
