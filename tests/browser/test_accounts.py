"""The pages about people and permissions are accessible and fit, on a desk and on a phone, in both languages."""

import pytest
from playwright.sync_api import expect

from accounts.models import Membership
from accounts.roles import Role
from accounts.services import log_access
from tests.browser.walk import faults_of
from tests.factories.accounts import InvitationFactory, MembershipFactory, person

pytestmark = pytest.mark.django_db


def test_the_pages_of_a_portal_administrator_are_accessible_and_fit(new_page):
    administrator = person(Role.PORTAL_ADMINISTRATOR, is_administrator=True)
    own = administrator.memberships.get()
    InvitationFactory(organisation=own.organisation, invited_by=administrator)
    log_access(user=administrator, obj=own, fields=["phone"], reason="kiểm tra")
    paths = (
        "/account/",
        "/organisations/",
        "/organisations/new/",
        f"/organisations/{own.organisation_id}/",
        f"/organisations/{own.organisation_id}/change/",
        f"/organisations/{own.organisation_id}/invite/",
        f"/members/{own.pk}/",
        "/lockouts/",
        "/access-log/",
    )
    assert faults_of(paths, new_page, user=administrator) == []


def test_the_matrix_and_an_invitation_are_accessible_and_fit_without_an_account(new_page):
    InvitationFactory(secret="mo-cua")
    paths = ("/permissions/", "/invitation/mo-cua/", "/invitation/khong-co/")
    assert faults_of(paths, new_page, expect={410}) == []


def test_ending_a_membership_is_done_by_keyboard_alone(new_page):
    administrator = person(Role.DEPARTMENT_OFFICER, is_administrator=True)
    colleague = MembershipFactory(organisation=administrator.memberships.get().organisation)
    page = new_page(user=administrator)
    page.goto(f"/members/{colleague.pk}/")
    page.locator("#id_ending_reason").focus()
    page.keyboard.type("Nghỉ hưu")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-success")).to_be_visible()
    assert not Membership.objects.get(pk=colleague.pk).is_active
