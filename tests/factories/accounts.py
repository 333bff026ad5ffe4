"""People and organisations. ``person(Role.DEPARTMENT_OFFICER)`` is what most tests need."""

import datetime as dt
from copy import deepcopy
from datetime import timedelta
from functools import cache

import factory
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, Invitation, Membership, Organisation, User
from accounts.roles import EXTENT_OF_KIND, ROLES_OF_KIND, Extent, OrganisationKind, Role
from accounts.services.hashing import hash_of
from places.models import Commune, Province

LAO_CAI, HA_NOI, GIA_LAI = "15", "01", "52"
AU_LAU, TAY_SON = "04543", "21808"
PASSWORD = "mat-khau-de-thu-2026"


def province(code: str = LAO_CAI) -> Province:
    """Return a province of today."""
    return deepcopy(_province(code, timezone.localdate()))


def commune(code: str = AU_LAU) -> Commune:
    """Return a commune of today."""
    return deepcopy(_commune(code, timezone.localdate()))


# Nearly every record lies somewhere, and no test may change a row of the reference data.
@cache
def _province(code: str, day: dt.date) -> Province:
    return Province.objects.in_force(day).get(code=code)


@cache
def _commune(code: str, day: dt.date) -> Commune:
    return Commune.objects.in_force(day).select_related("province").get(code=code)


class UserFactory(factory.django.DjangoModelFactory):
    """A person without any membership."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        demo = factory.Trait(is_demo=True)
        technical = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@example.vn")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Thử {n}")
    password = factory.django.Password(PASSWORD)


class OrganisationFactory(factory.django.DjangoModelFactory):
    """An organisation of a kind; authorities are those of Lào Cai and of the ward Âu Lâu unless told otherwise."""

    class Meta:
        model = Organisation

    class Params:
        ministry = factory.Trait(kind=OrganisationKind.MINISTRY, province=None)
        province_pc = factory.Trait(kind=OrganisationKind.PROVINCE_PC)
        other_department = factory.Trait(kind=OrganisationKind.OTHER_DEPARTMENT)
        commune_pc = factory.Trait(
            kind=OrganisationKind.COMMUNE_PC,
            commune=factory.LazyFunction(commune),
            province=factory.LazyAttribute(lambda made: made.commune.province),
        )
        investor = factory.Trait(kind=OrganisationKind.INVESTOR, province=None)
        operator = factory.Trait(kind=OrganisationKind.OPERATOR, province=None)

    kind = OrganisationKind.DEPARTMENT
    name = factory.Sequence(lambda n: f"Tổ chức thử {n}")
    province = factory.LazyFunction(province)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A person's role in an organisation: the first role of the organisation's kind."""

    class Meta:
        model = Membership

    class Params:
        administrator = factory.Trait(is_administrator=True)
        ended = factory.Trait(is_active=False)

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = factory.LazyAttribute(lambda made: ROLES_OF_KIND[OrganisationKind(made.organisation.kind)][0])


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation whose secret is ``secret``."""

    class Meta:
        model = Invitation

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.vn")
    role = factory.LazyAttribute(lambda made: ROLES_OF_KIND[OrganisationKind(made.organisation.kind)][0])
    token_hash = factory.LazyAttribute(lambda made: hash_of(made.secret))
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """A token that is good, whose secret is ``secret``."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.Sequence(lambda n: f"ccn_secret-{n}")
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    user = factory.SubFactory(UserFactory)
    name = "Bảng số liệu quý"
    token_hash = factory.LazyAttribute(lambda made: hash_of(made.secret))
    ending = factory.LazyAttribute(lambda made: made.secret[-4:])
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


def kind_of(role: Role) -> OrganisationKind:
    """Return the kind of organisation a role belongs to."""
    return next(kind for kind, roles in ROLES_OF_KIND.items() if role in roles)


def person(
    role: Role | str,
    *,
    province_code: str = LAO_CAI,
    commune_code: str = AU_LAU,
    is_administrator: bool = False,
    organisation: Organisation | None = None,
) -> User:
    """Return a new person with a role, in an organisation of the place unless one is given."""
    kind = kind_of(Role(role))
    if organisation is None:
        place: dict[str, object] = {"province": None}
        if EXTENT_OF_KIND[kind] == Extent.PROVINCE:
            place = {"province": province(province_code)}
        elif EXTENT_OF_KIND[kind] == Extent.COMMUNE:
            found = commune(commune_code)
            place = {"commune": found, "province": found.province}
        organisation = OrganisationFactory(kind=kind, **place)
    return MembershipFactory(organisation=organisation, role=role, is_administrator=is_administrator).user


def sign_in(client: Client, role: Role | str, **place: object) -> User:
    """Sign a new person with a role in, and return them; see :func:`person` for the place."""
    user = person(role, **place)
    client.force_login(user, backend="accounts.backends.AuthenticationBackend")
    return user
