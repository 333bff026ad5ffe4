"""Signing in: second factor, lockout, idle sessions, demo accounts, language."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from accounts.demo import ACCOUNTS, DEMO_PASSWORD, demo_accounts, load_demo_accounts
from accounts.models import Membership, User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory, person

pytestmark = pytest.mark.django_db

OFFICERS = [role for role in Role if role != Role.INVESTOR_MEMBER]


@pytest.fixture
def production(settings):
    """Switch the demo off."""
    settings.DEMO = False


@pytest.fixture
def lockout(settings):
    """Count failed sign-ins, three of which lock."""
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


# --- Second factor ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", OFFICERS)
def test_officers_must_enrol_a_second_factor_outside_the_demo(client_of, production, role):
    client = client_of(role)
    answer = client.get(reverse("accounts:account"))
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_index")


def test_enrolling_and_signing_out_stay_reachable(client_of, production):
    client = client_of(Role.DEPARTMENT_OFFICER)
    for name in ("mfa_index", "mfa_activate_totp", "account_logout", "account_reauthenticate"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200 or answer.url.startswith(reverse("account_reauthenticate"))


def test_an_officer_with_a_second_factor_works_on(client_of, production):
    client = client_of(Role.DEPARTMENT_OFFICER)
    Authenticator.objects.create(user=client.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(reverse("accounts:account")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client_of, production):
    client = client_of(Role.DEPARTMENT_OFFICER)
    Authenticator.objects.create(user=client.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get(reverse("accounts:account")).status_code == 302


def test_an_officer_cannot_remove_the_last_second_factor(production, settings):
    from accounts.adapters import MFAAdapter

    officer, investor = person(Role.COMMUNE_OFFICER), person(Role.INVESTOR_MEMBER)
    factors = {
        user: Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        for user in (officer, investor)
    }
    assert not MFAAdapter().can_delete_authenticator(factors[officer])
    assert MFAAdapter().can_delete_authenticator(factors[investor])
    Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={})
    assert MFAAdapter().can_delete_authenticator(factors[officer])


def test_investors_and_the_demo_are_not_forced(client_of, settings):
    assert client_of(Role.DEPARTMENT_OFFICER).get(reverse("accounts:account")).status_code == 200
    settings.DEMO = False
    assert client_of(Role.INVESTOR_MEMBER).get(reverse("accounts:account")).status_code == 200


def test_technical_administrators_need_a_second_factor_and_the_portals_own_sign_in(client, production):
    answer = client.get(reverse("admin:login"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(UserFactory(technical=True), backend="accounts.backends.AuthenticationBackend")
    assert client.get(reverse("admin:index")).url == reverse("mfa_index")


# --- Lockout --------------------------------------------------------------------------------------------------------


def test_failed_sign_ins_lock_the_account_however_its_address_is_typed(client, lockout):
    user = UserFactory()
    for typed in (user.email, user.email.upper()):
        assert sign_in(client, typed, "sai-mat-khau").status_code == 200
    assert sign_in(client, f" {user.email}", "sai-mat-khau").status_code == 429
    locked = sign_in(client, user.email)
    assert locked.status_code == 429
    assert "_auth_user_id" not in client.session
    assert "15" in locked.content.decode()


def test_another_account_is_not_locked_with_it(client, lockout):
    user, other = UserFactory(), UserFactory()
    for _attempt in range(3):
        sign_in(client, user.email, "sai-mat-khau")
    assert sign_in(client, other.email).status_code == 302


def test_a_good_sign_in_forgets_the_failures(client, lockout):
    user = UserFactory()
    for _round in range(2):
        sign_in(client, user.email, "sai-mat-khau")
        sign_in(client, user.email, "sai-mat-khau")
        assert sign_in(client, user.email).status_code == 302
        client.post(reverse("account_logout"))


def test_a_portal_administrator_unlocks(client, client_of, lockout):
    user = UserFactory()
    for _attempt in range(3):
        sign_in(client, user.email, "sai-mat-khau")
    administrator = client_of(Role.PORTAL_ADMINISTRATOR)
    page = administrator.get(reverse("accounts:lockouts"))
    assert user.email in page.content.decode()
    attempt = page.context["attempts"][0]
    assert (
        client_of(Role.DEPARTMENT_OFFICER)
        .post(reverse("accounts:lockout_release", args=[attempt.pk]))
        .status_code
        == 403
    )
    assert sign_in(client, user.email).status_code == 429
    administrator.post(reverse("accounts:lockout_release", args=[attempt.pk]))
    assert sign_in(client, user.email).status_code == 302


# --- Sessions -------------------------------------------------------------------------------------------------------


def test_an_idle_session_ends(client_of, settings):
    settings.SESSION_IDLE_SECONDS = 600
    client = client_of(Role.COMMUNE_OFFICER)
    url = reverse("accounts:account")
    assert client.get(url).status_code == 200
    session = client.session
    session["seen_at"] = int(time.time()) - 601
    session.save()
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    assert "_auth_user_id" not in client.session


def test_a_session_in_use_ends_after_its_full_time(client_of, settings):
    settings.SESSION_IDLE_SECONDS = 600
    client = client_of(Role.COMMUNE_OFFICER)
    now = int(time.time())
    session = client.session
    session.update({"seen_at": now - 5, "began_at": now - settings.SESSION_COOKIE_AGE - 1})
    session.save()
    assert client.get(reverse("accounts:account")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_session_in_use_goes_on(client_of, settings):
    settings.SESSION_IDLE_SECONDS = 600
    client = client_of(Role.COMMUNE_OFFICER)
    session = client.session
    session["seen_at"] = int(time.time()) - 590
    session.save()
    assert client.get(reverse("accounts:account")).status_code == 200
    assert client.session["seen_at"] > time.time() - 60


# --- Demo accounts --------------------------------------------------------------------------------------------------


def test_demo_accounts_are_made_once_and_sign_in(client):
    load_demo_accounts()
    people, memberships = User.objects.count(), Membership.objects.count()
    assert load_demo_accounts() == demo_accounts()
    assert (User.objects.count(), Membership.objects.count()) == (people, memberships)
    for account in ACCOUNTS:
        one = Client()
        assert sign_in(one, account.email, DEMO_PASSWORD).status_code == 302
        assert one.session["_auth_user_id"]


def test_every_role_has_a_demo_account_and_one_organisation_two_administrators():
    load_demo_accounts()
    assert {account.role for account in ACCOUNTS} == set(Role)
    investor = User.objects.get(email="investor@demo.example").memberships.get().organisation
    assert Membership.objects.administrators_of(investor).count() == 2


def test_loading_again_does_not_undo_what_a_visitor_changed():
    load_demo_accounts()
    membership = User.objects.get(email="commune.aulau@demo.example").memberships.get()
    Membership.objects.filter(pk=membership.pk).update(is_active=False)
    load_demo_accounts()
    membership.refresh_from_db()
    assert not membership.is_active


def test_demo_accounts_are_refused_outside_the_demo(client, settings):
    load_demo_accounts()
    email = ACCOUNTS[0].email
    assert sign_in(client, email, DEMO_PASSWORD).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200
    settings.DEMO = False
    assert client.get(reverse("accounts:account")).status_code == 302, "an open session ends with the demo"
    fresh = Client()
    sign_in(fresh, email, DEMO_PASSWORD)
    assert "_auth_user_id" not in fresh.session
    assert demo_accounts() == []
    with pytest.raises(ImproperlyConfigured):
        load_demo_accounts()


def test_the_sign_in_page_knows_demo_accounts_in_the_demo_alone(client, settings):
    assert client.get(reverse("account_login")).context["demo_accounts"] == demo_accounts()
    assert client.get(reverse("permissions")).context["demo_accounts"] == []
    settings.DEMO = False
    assert client.get(reverse("account_login")).context["demo_accounts"] == []


def test_nobody_signs_up_without_an_invitation(client):
    data = {"email": "la@example.vn", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)
    assert not User.objects.filter(email="la@example.vn").exists()


# --- Language -------------------------------------------------------------------------------------------------------


def test_the_preferred_language_is_kept_and_found_again_at_the_next_sign_in(client):
    user = UserFactory()
    sign_in(client, user.email)
    client.post(reverse("set_language"), {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    later = Client()
    sign_in(later, user.email)
    assert 'lang="en"' in later.get(reverse("accounts:account")).content.decode()


def test_the_account_page_saves_name_telephone_and_language(client_of):
    client = client_of(Role.INVESTOR_MEMBER)
    url = reverse("accounts:account")
    data = {"full_name": "Tên Mới", "phone": "0214 000 000", "language": "en"}
    assert client.post(url, data).status_code == 302
    client.user.refresh_from_db()
    assert (client.user.full_name, client.user.phone, client.user.language) == (
        "Tên Mới",
        "0214 000 000",
        "en",
    )
    assert 'lang="en"' in client.get(url).content.decode()
    assert client.post(url, {"full_name": "", "language": "xx"}).status_code == 200


def test_a_person_of_two_kinds_of_organisations_counts_as_officer():
    user = person(Role.COMMUNE_OFFICER)
    MembershipFactory(user=user, organisation=OrganisationFactory(investor=True))
    user.forget_memberships()
    assert user.is_officer


def test_signing_in_leads_to_the_work_and_back_to_what_was_asked_for(client):
    user = person(Role.PORTAL_ADMINISTRATOR)
    assert sign_in(client, user.email).url == reverse("accounts:organisations")
    url = f"{reverse('account_login')}?next={reverse('accounts:account')}"
    answer = Client().post(url, {"login": user.email, "password": PASSWORD})
    assert answer.url == reverse("accounts:account")


# --- The whole way --------------------------------------------------------------------------------------------------


def _code(secret):
    """Return the six digits that an authenticator app would show now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_an_officer_enrols_an_app_and_signs_in_with_it_from_then_on(client, production, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    user = person(Role.DEPARTMENT_OFFICER)
    sign_in(client, user.email)
    assert client.get(reverse("accounts:account")).url == reverse("mfa_index")
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate")), "the password is asked for once more"
    page = client.post(asked.url, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200

    later = Client()
    assert sign_in(later, user.email).url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in later.session
    wrong = later.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert "webauthn" not in wrong.content.decode(), "no key is offered to who has none"
    cache.clear()  # a code is accepted once; the enrolment used the present one
    assert later.post(reverse("mfa_authenticate"), {"code": _code(secret)}).status_code == 302
    assert later.get(reverse("accounts:account")).status_code == 200
