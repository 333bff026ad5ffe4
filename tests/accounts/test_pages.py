"""Every page of the room opens for the people it is for, and for nobody else."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.text import capfirst

from accounts.models import Membership, Organisation
from accounts.roles import FUNCTIONS_OF, Function, OrganisationKind, Role
from tests.factories.accounts import (
    AU_LAU,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    person,
    province,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everybody_can_read_who_may_do_what(client, language):
    client.cookies["django_language"] = language
    page = client.get(reverse("permissions"))
    assert page.status_code == 200
    with translation.override(language):
        for function in Function:
            assert str(escape(capfirst(function.label))) in page.content.decode()


@pytest.mark.parametrize("name", ["organisations", "organisation_create", "lockouts"])
@pytest.mark.parametrize("role", list(Role))
def test_only_portal_administrators_manage_all_organisations(client_of, name, role):
    allowed = Function.MANAGE_ORGANISATIONS in FUNCTIONS_OF[role]
    assert client_of(role).get(reverse(f"accounts:{name}")).status_code == (200 if allowed else 403)


@pytest.mark.parametrize(
    "name", ["organisations", "organisation_create", "lockouts", "account", "organisation"]
)
def test_visitors_are_sent_to_sign_in(client, name):
    url = reverse(f"accounts:{name}")
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={url}"


def test_the_refusal_names_the_missing_function(client_of):
    page = client_of(Role.COMMUNE_OFFICER).get(reverse("accounts:organisations"))
    assert str(escape(Function.MANAGE_ORGANISATIONS.label)) in page.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_sees_the_own_organisation_and_account(client_of, role):
    client = client_of(role)
    assert client.get(reverse("accounts:organisation"), follow=True).status_code == 200
    assert client.get(reverse("accounts:account")).status_code == 200


def test_people_of_several_organisations_choose_one(client):
    user = sign_in(client, Role.COMMUNE_OFFICER)
    MembershipFactory(user=user, organisation=OrganisationFactory(investor=True, name="Công ty Thử"))
    page = client.get(reverse("accounts:organisation"))
    assert page.status_code == 200
    assert "Công ty Thử" in page.content.decode()


def test_people_without_organisation_are_told_what_to_do(client):
    client.force_login(UserFactory(), backend="accounts.backends.AuthenticationBackend")
    assert client.get(reverse("accounts:organisation")).status_code == 200
    assert client.get(reverse("accounts:account")).status_code == 200


def test_another_organisation_is_not_found(client_of):
    client, other = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True), person(Role.INVESTOR_MEMBER)
    membership = other.memberships.get()
    for url in (
        reverse("accounts:organisation_detail", args=[membership.organisation_id]),
        reverse("accounts:organisation_change", args=[membership.organisation_id]),
        reverse("accounts:invite", args=[membership.organisation_id]),
        reverse("accounts:member", args=[membership.pk]),
    ):
        assert client.get(url).status_code == 404


def test_a_plain_member_sees_colleagues_and_cannot_change_them(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER)
    membership = client.user.memberships.get()
    url = reverse("accounts:organisation_detail", args=[membership.organisation_id])
    assert client.get(url).status_code == 200
    assert client.get(reverse("accounts:member", args=[membership.pk])).status_code == 404
    assert (
        client.post(reverse("accounts:member_end", args=[membership.pk]), {"reason": "x"}).status_code == 404
    )


def test_an_administrator_gives_a_colleague_another_role(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    organisation = Organisation.objects.get(memberships__user=client.user)
    colleague = MembershipFactory(organisation=organisation)
    url = reverse("accounts:member", args=[colleague.pk])
    assert client.get(url).status_code == 200
    data = {"role": Role.DEPARTMENT_LEADER, "is_administrator": "on", "reason": "Quyết định 12/QĐ-SCT"}
    assert client.post(url, data).status_code == 302
    colleague.refresh_from_db()
    assert (colleague.role, colleague.is_administrator) == (Role.DEPARTMENT_LEADER, True)


def test_a_role_of_another_kind_of_organisation_is_not_on_offer(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    colleague = MembershipFactory(organisation=Organisation.objects.get(memberships__user=client.user))
    data = {"role": Role.PORTAL_ADMINISTRATOR, "reason": "x"}
    assert client.post(reverse("accounts:member", args=[colleague.pk]), data).status_code == 200
    colleague.refresh_from_db()
    assert colleague.role == Role.DEPARTMENT_OFFICER


def test_the_page_of_a_member_says_why_the_last_administrator_stays(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    membership = client.user.memberships.get()
    url = reverse("accounts:member", args=[membership.pk])
    page = client.post(url, {"role": membership.role, "reason": "x"})
    assert "error-summary" in page.content.decode()
    page = client.post(reverse("accounts:member_end", args=[membership.pk]), {"reason": "x"}, follow=True)
    assert "notice-error" in page.content.decode()
    assert Membership.objects.get(pk=membership.pk).is_administrator


def test_a_membership_ends_and_resumes_with_a_reason(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    colleague = MembershipFactory(organisation=Organisation.objects.get(memberships__user=client.user))
    end, resume = (reverse(f"accounts:member_{step}", args=[colleague.pk]) for step in ("end", "resume"))
    client.post(end, {"reason": ""})
    assert Membership.objects.get(pk=colleague.pk).is_active
    client.post(end, {"reason": "Nghỉ hưu"})
    assert not Membership.objects.get(pk=colleague.pk).is_active
    assert client.get(reverse("accounts:member", args=[colleague.pk])).status_code == 200
    client.post(resume, {"reason": "Trở lại công tác"})
    assert Membership.objects.get(pk=colleague.pk).is_active


def test_an_administrator_invites_and_withdraws(client_of, mailoutbox, django_capture_on_commit_callbacks):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    organisation = Organisation.objects.get(memberships__user=client.user)
    data = {"email": "moi@example.vn", "role": Role.DEPARTMENT_OFFICER}
    url = reverse("accounts:invite", args=[organisation.pk])
    assert client.get(url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, data).status_code == 302
    assert mailoutbox[0].to == ["moi@example.vn"]
    page = client.get(reverse("accounts:organisation_detail", args=[organisation.pk]))
    assert "moi@example.vn" in page.content.decode()
    invitation = organisation.invitations.get()
    client.post(reverse("accounts:invitation_withdraw", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_inviting_somebody_who_is_there_is_refused_on_the_field(client_of):
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    organisation = Organisation.objects.get(memberships__user=client.user)
    page = client.post(
        reverse("accounts:invite", args=[organisation.pk]),
        {"email": client.user.email.upper(), "role": Role.DEPARTMENT_OFFICER},
    )
    assert page.status_code == 200
    assert not organisation.invitations.exists()


def test_somebody_elses_invitation_cannot_be_withdrawn(client_of):
    invitation = InvitationFactory(organisation=OrganisationFactory(investor=True))
    client = client_of(Role.DEPARTMENT_OFFICER, is_administrator=True)
    assert client.post(reverse("accounts:invitation_withdraw", args=[invitation.pk])).status_code == 404


def test_a_portal_administrator_creates_changes_and_closes_a_commune_authority(client_of):
    client = client_of(Role.PORTAL_ADMINISTRATOR)
    data = {
        "kind": OrganisationKind.COMMUNE_PC,
        "name": "UBND phường Âu Lâu",
        "province": province().pk,
        "commune": "au lau",
        "reason": "Công văn 1/SCT",
    }
    assert client.post(reverse("accounts:organisation_create"), data).status_code == 302
    made = Organisation.objects.get(name="UBND phường Âu Lâu")
    assert made.commune.code == AU_LAU
    names = {"name": "UBND phường Âu Lâu", "short_name": "Âu Lâu", "tax_code": "", "reason": "Sửa tên"}
    change = reverse("accounts:organisation_change", args=[made.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, names).status_code == 302
    close = reverse("accounts:organisation_set_active", args=[made.pk])
    client.post(close, {"is_active": "0"})
    made.refresh_from_db()
    assert made.is_active, "a reason is asked for"
    client.post(close, {"is_active": "0", "reason": "Sáp nhập"})
    made.refresh_from_db()
    assert (made.is_active, made.short_name) == (False, "Âu Lâu")
    assert client.get(reverse("accounts:organisation_detail", args=[made.pk])).status_code == 200


@pytest.mark.parametrize(
    ("kind", "commune_text", "field"),
    [
        (OrganisationKind.DEPARTMENT, "", "province"),
        (OrganisationKind.COMMUNE_PC, "", "commune"),
        (OrganisationKind.COMMUNE_PC, "Không Có Xã Này", "commune"),
    ],
)
def test_an_authority_without_its_place_is_refused_on_the_field(client_of, kind, commune_text, field):
    data = {"kind": kind, "name": "Cơ quan", "commune": commune_text, "reason": "x"}
    if field == "commune":
        data["province"] = province().pk
    page = client_of(Role.PORTAL_ADMINISTRATOR).post(reverse("accounts:organisation_create"), data)
    assert page.status_code == 200
    assert field in page.context["form"].errors


def test_the_list_of_organisations_is_searched_and_asks_few_queries(client_of, django_assert_max_num_queries):
    client = client_of(Role.PORTAL_ADMINISTRATOR)
    OrganisationFactory.create_batch(30)
    OrganisationFactory(investor=True, name="Công ty Dệt Thử")
    url = reverse("accounts:organisations")
    with django_assert_max_num_queries(7):
        page = client.get(url)
    assert page.status_code == 200
    found = client.get(url, {"q": "Dệt", "kind": OrganisationKind.INVESTOR, "per_page": "all"})
    assert [row.name for row in found.context["page"]] == ["Công ty Dệt Thử"]
    assert client.get(url, {"kind": "nonsense"}).status_code == 200
    assert client.get(url, {"q": "không có gì"}).status_code == 200


def test_closing_the_own_organisation_is_refused(client_of):
    client = client_of(Role.PORTAL_ADMINISTRATOR)
    own = Organisation.objects.get(memberships__user=client.user)
    client.post(reverse("accounts:organisation_set_active", args=[own.pk]), {"is_active": "0", "reason": "x"})
    own.refresh_from_db()
    assert own.is_active
