"""An organisation never loses its last administrator; invitations work once, in time, for one address."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from accounts.services import (
    accept_invitation,
    add_member,
    change_role,
    deactivate_membership,
    invite_member,
    reactivate_membership,
    set_administrator,
)
from tests.factories.accounts import (
    PASSWORD,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WHY = "Quyết định 5/QĐ"


def test_the_last_administrator_can_neither_leave_nor_be_demoted():
    last = MembershipFactory(administrator=True)
    MembershipFactory(organisation=last.organisation)
    for step in (
        lambda: deactivate_membership(membership=last, reason=WHY),
        lambda: set_administrator(membership=last, is_administrator=False, reason=WHY),
    ):
        with pytest.raises(ValidationError, match=last.organisation.name):
            step()
    last.refresh_from_db()
    assert last.is_active
    assert last.is_administrator


def test_an_administrator_leaves_once_a_colleague_is_administrator():
    first = MembershipFactory(administrator=True)
    second = MembershipFactory(organisation=first.organisation)
    set_administrator(membership=second, is_administrator=True, reason=WHY)
    deactivate_membership(membership=first, reason=WHY)
    assert list(Membership.objects.administrators_of(first.organisation)) == [second]


def test_an_inactive_colleague_does_not_count_as_administrator():
    last = MembershipFactory(administrator=True)
    MembershipFactory(organisation=last.organisation, administrator=True, user=UserFactory(is_active=False))
    with pytest.raises(ValidationError):
        deactivate_membership(membership=last, reason=WHY)


def test_a_membership_that_came_back_manages_nothing():
    first = MembershipFactory(administrator=True)
    second = MembershipFactory(organisation=first.organisation, administrator=True)
    deactivate_membership(membership=second, reason=WHY)
    back = reactivate_membership(membership=second, reason=WHY)
    assert back.pk == second.pk
    assert (back.is_active, back.is_administrator) == (True, False)


def test_roles_are_those_of_the_kind_of_organisation():
    membership = MembershipFactory(organisation=OrganisationFactory(investor=True))
    with pytest.raises(ValidationError):
        change_role(membership=membership, role=Role.DEPARTMENT_OFFICER, reason=WHY)
    with pytest.raises(ValidationError):
        change_role(membership=membership, role="nonsense", reason=WHY)
    with pytest.raises(ValidationError):
        add_member(
            organisation=membership.organisation, user=UserFactory(), role=Role.MINISTRY_ANALYST, reason=WHY
        )


def test_going_back_to_an_earlier_role_is_possible():
    membership = MembershipFactory(role=Role.DEPARTMENT_OFFICER)
    MembershipFactory(
        user=membership.user, organisation=membership.organisation, role=Role.DEPARTMENT_LEADER, ended=True
    )
    change_role(membership=membership, role=Role.DEPARTMENT_LEADER, reason=WHY)
    assert [one.role for one in membership.user.memberships.all()] == [Role.DEPARTMENT_LEADER]


def test_a_change_is_kept_with_its_reason():
    membership = MembershipFactory(administrator=True)
    change_role(membership=membership, role=Role.DEPARTMENT_LEADER, reason=WHY)
    event = membership.events.order_by("-pgh_id").first()
    assert event.role == Role.DEPARTMENT_LEADER
    assert event.pgh_context.metadata["reason"] == WHY


def test_a_change_takes_effect_on_the_object_at_hand():
    user = UserFactory()
    assert user.functions == frozenset()
    add_member(organisation=OrganisationFactory(), user=user, role=Role.DEPARTMENT_OFFICER, reason=WHY)
    assert user.functions


def test_the_letter_carries_the_secret_and_the_database_only_its_hash(
    mailoutbox, django_capture_on_commit_callbacks
):
    inviter = MembershipFactory(administrator=True)
    with django_capture_on_commit_callbacks(execute=True):
        invitation, secret = invite_member(
            organisation=inviter.organisation,
            email=" Moi@Example.VN ",
            role=Role.DEPARTMENT_OFFICER,
            invited_by=inviter.user,
            reason=WHY,
        )
    assert invitation.email == "moi@example.vn"
    assert reverse("accounts:accept_invitation", args=[secret]) in mailoutbox[0].body
    assert secret not in str(list(Invitation.objects.values()))


def test_a_second_invitation_replaces_the_first():
    inviter = MembershipFactory(administrator=True)
    facts = {
        "organisation": inviter.organisation,
        "email": "moi@example.vn",
        "role": Role.DEPARTMENT_OFFICER,
        "invited_by": inviter.user,
        "reason": WHY,
    }
    _first, old_secret = invite_member(**facts)
    second, _secret = invite_member(**facts)
    assert list(Invitation.objects.open()) == [second]
    with pytest.raises(ValidationError):
        accept_invitation(secret=old_secret, user=UserFactory(email="moi@example.vn"), reason=WHY)


def test_an_invitation_makes_an_account_and_the_person_signs_in(client):
    invitation = InvitationFactory(secret="mo-cua", is_administrator=True)
    url = reverse("accounts:accept_invitation", args=["mo-cua"])
    assert invitation.organisation.name in client.get(url).content.decode()
    data = {"full_name": "Trần Thị Mới", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(url, data).url == reverse("account_login")
    user = User.objects.get(email=invitation.email)
    assert user.memberships.get().is_administrator
    answer = client.post(reverse("account_login"), {"login": invitation.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("password1", "password2", "field"),
    [
        (PASSWORD, "khac-hoan-toan", "password2"),
        ("12345678901", "12345678901", "password1"),
        ("", "", "password1"),
    ],
)
def test_a_weak_or_mistyped_password_makes_no_account(client, password1, password2, field):
    InvitationFactory(secret="mo-cua")
    data = {"full_name": "Trần Thị Mới", "password1": password1, "password2": password2}
    page = client.post(reverse("accounts:accept_invitation", args=["mo-cua"]), data)
    assert field in page.context["form"].errors
    assert not User.objects.filter(full_name="Trần Thị Mới").exists()


def test_somebody_with_an_account_signs_in_and_accepts(client):
    user = UserFactory()
    invitation = InvitationFactory(secret="mo-cua", email=user.email)
    url = reverse("accounts:accept_invitation", args=["mo-cua"])
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert user.memberships.get().organisation == invitation.organisation


def test_an_invitation_of_another_address_is_refused(client):
    InvitationFactory(secret="mo-cua", email="nguoi.khac@example.vn")
    user = UserFactory()
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    page = client.post(reverse("accounts:accept_invitation", args=["mo-cua"]))
    assert page.status_code == 403
    assert "nguoi.khac@example.vn" in page.content.decode()
    with pytest.raises(ValidationError):
        accept_invitation(secret="mo-cua", user=user, reason=WHY)
    assert not user.memberships.exists()


def test_an_expired_used_withdrawn_or_unknown_invitation_says_so(client):
    InvitationFactory(secret="cu", expired=True)
    InvitationFactory(secret="dong", organisation=OrganisationFactory(is_active=False))
    used = InvitationFactory(secret="dung")
    user = UserFactory(email=used.email)
    accept_invitation(secret="dung", user=user, reason=WHY)
    for secret in ("cu", "dong", "dung", "khong-co"):
        page = client.get(reverse("accounts:accept_invitation", args=[secret]))
        assert page.status_code == 410
        assert "notice-error" in page.content.decode()
        with pytest.raises(ValidationError):
            accept_invitation(secret=secret, user=user, reason=WHY)


def test_accepting_while_already_a_member_is_refused_with_a_sentence(client):
    membership = MembershipFactory()
    InvitationFactory(secret="mo-cua", email=membership.user.email, organisation=membership.organisation)
    client.force_login(membership.user, backend="accounts.backends.AuthenticationBackend")
    assert client.post(reverse("accounts:accept_invitation", args=["mo-cua"])).status_code == 409
