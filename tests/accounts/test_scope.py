"""What a person sees comes from the organisation, what they may do from the role, and both from one membership."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.roles import FUNCTIONS_OF, ROLES_OF_KIND, Function, Role
from accounts.scope import NOTHING, scope_of
from tests.factories.accounts import (
    AU_LAU,
    GIA_LAI,
    HA_NOI,
    LAO_CAI,
    TAY_SON,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    commune,
    person,
    province,
)

pytestmark = pytest.mark.django_db

PROVINCIAL = [
    Role.DEPARTMENT_OFFICER,
    Role.DEPARTMENT_LEADER,
    Role.CONSULTED_OFFICER,
    Role.COMMITTEE_CLERK,
    Role.COMMITTEE_LEADER,
]


@pytest.mark.parametrize("role", PROVINCIAL)
def test_officers_of_a_province_see_their_province_alone(role):
    scope = scope_of(person(role, province_code=HA_NOI))
    assert scope.province_ids == {province(HA_NOI).pk}
    assert not scope.national
    assert not scope.commune_ids


def test_a_commune_officer_sees_the_commune_and_not_its_province():
    scope = scope_of(person(Role.COMMUNE_OFFICER, commune_code=AU_LAU))
    assert scope.commune_ids == {commune(AU_LAU).pk}
    assert not scope.province_ids
    assert not scope.covers(province_id=province(LAO_CAI).pk)
    assert scope.covers(province_id=province(LAO_CAI).pk, commune_id=commune(AU_LAU).pk)


def test_the_ministry_sees_the_nation():
    assert scope_of(person(Role.MINISTRY_ANALYST), Function.VIEW_REGISTRY).national


def test_a_portal_administrator_has_no_function_on_registry_data():
    administrator = person(Role.PORTAL_ADMINISTRATOR)
    assert scope_of(administrator).national
    assert scope_of(administrator, Function.VIEW_REGISTRY) == NOTHING
    assert not administrator.can(Function.EDIT_REGISTRY)


def test_an_investor_sees_the_own_organisation_alone():
    investor = person(Role.INVESTOR_MEMBER)
    scope = scope_of(investor)
    assert scope.organisation_ids == {investor.memberships.get().organisation_id}
    assert not (scope.national or scope.province_ids or scope.commune_ids)


def test_visitors_people_without_membership_and_superusers_have_no_scope():
    for user in (AnonymousUser(), UserFactory(), UserFactory(technical=True)):
        assert scope_of(user) == NOTHING
        assert scope_of(user).is_empty


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("function", list(Function))
def test_a_person_can_what_the_matrix_says_and_nothing_else(role, function):
    assert person(role).can(function) is (function in FUNCTIONS_OF[role])


def test_every_role_belongs_to_one_kind_of_organisation():
    roles = [role for roles in ROLES_OF_KIND.values() for role in roles]
    assert sorted(roles) == sorted(Role)


def test_function_and_scope_come_from_the_same_membership():
    """A department officer of Lào Cai who also belongs to a consulted department of Gia Lai edits Lào Cai only."""
    user = person(Role.DEPARTMENT_OFFICER, province_code=LAO_CAI)
    elsewhere = OrganisationFactory(other_department=True, province=province(GIA_LAI))
    MembershipFactory(user=user, organisation=elsewhere)
    user.forget_memberships()
    lao_cai, gia_lai = province(LAO_CAI).pk, province(GIA_LAI).pk
    assert scope_of(user).province_ids == {lao_cai, gia_lai}
    assert scope_of(user, Function.EDIT_REGISTRY).province_ids == {lao_cai}
    assert user.can_in(Function.EDIT_REGISTRY, province_id=lao_cai)
    assert not user.can_in(Function.EDIT_REGISTRY, province_id=gia_lai)
    assert user.can_in(Function.VIEW_REGISTRY, province_id=gia_lai)


def test_a_commune_officer_who_also_is_an_investor_gets_no_more_elsewhere():
    user = person(Role.COMMUNE_OFFICER, commune_code=AU_LAU)
    MembershipFactory(user=user, organisation=OrganisationFactory(investor=True))
    user.forget_memberships()
    assert user.can_in(Function.EDIT_REGISTRY, commune_id=commune(AU_LAU).pk)
    assert not user.can_in(Function.EDIT_REGISTRY, commune_id=commune(TAY_SON).pk)


def test_a_province_reaches_its_communes_whether_or_not_the_province_is_named():
    user = person(Role.DEPARTMENT_OFFICER, province_code=LAO_CAI)
    assert user.can_in(Function.EDIT_REGISTRY, commune_id=commune(AU_LAU).pk)
    assert user.can_in(
        Function.EDIT_REGISTRY, province_id=province(LAO_CAI).pk, commune_id=commune(AU_LAU).pk
    )
    assert not user.can_in(Function.EDIT_REGISTRY, commune_id=commune(TAY_SON).pk)


def test_ended_memberships_and_closed_organisations_and_inactive_people_count_for_nothing():
    ended = MembershipFactory(ended=True).user
    closed = MembershipFactory(organisation=OrganisationFactory(is_active=False)).user
    inactive = MembershipFactory(user=UserFactory(is_active=False)).user
    for user in (ended, closed, inactive):
        assert scope_of(user) == NOTHING
        assert user.functions == frozenset()


def test_a_request_asks_for_memberships_once(django_assert_num_queries):
    user = person(Role.DEPARTMENT_OFFICER)
    with django_assert_num_queries(1):
        scope_of(user)
        scope_of(user, Function.EDIT_REGISTRY)
        assert user.can(Function.VIEW_REGISTRY)
        assert user.is_officer
