"""Fictitious accounts for the demo, one for every part a person plays. They cannot sign in outside the demo.

The authorities are real, the people and enterprises are invented: their names say so.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.roles import OrganisationKind as Kind
from accounts.roles import Role
from accounts.services import add_member, create_account, create_organisation
from places.models import Commune, Province

DEMO_PASSWORD = "cum-cong-nghiep-2026"  # noqa: S105 - printed on the sign-in page of the demo, refused elsewhere
_REASON = "demo accounts"


@dataclass(frozen=True)
class DemoOrganisation:
    """One organisation: a real authority, or an invented enterprise."""

    kind: Kind
    name: str
    province_code: str = ""
    commune_code: str = ""


@dataclass(frozen=True)
class DemoAccount:
    """One account as the sign-in page and the starting command show it."""

    email: str
    full_name: str
    role: Role
    organisation: DemoOrganisation
    place: str = ""
    is_administrator: bool = True

    @property
    def password(self) -> str:
        """The password that all demo accounts share."""
        return DEMO_PASSWORD

    @property
    def title(self) -> str:
        """The role with its place, in the reader's language."""
        role = capfirst(str(self.role.label))
        return f"{role} – {self.place}" if self.place else role


LAO_CAI_DEPARTMENT = DemoOrganisation(Kind.DEPARTMENT, "Sở Công Thương tỉnh Lào Cai", "15")
LAO_CAI_FINANCE = DemoOrganisation(Kind.OTHER_DEPARTMENT, "Sở Tài chính tỉnh Lào Cai", "15")
LAO_CAI_COMMITTEE = DemoOrganisation(Kind.PROVINCE_PC, "Ủy ban nhân dân tỉnh Lào Cai", "15")
AU_LAU = DemoOrganisation(Kind.COMMUNE_PC, "Ủy ban nhân dân phường Âu Lâu", "15", "04543")
HA_NOI_DEPARTMENT = DemoOrganisation(Kind.DEPARTMENT, "Sở Công Thương thành phố Hà Nội", "01")
GIA_LAI_DEPARTMENT = DemoOrganisation(Kind.DEPARTMENT, "Sở Công Thương tỉnh Gia Lai", "52")
TAY_SON = DemoOrganisation(Kind.COMMUNE_PC, "Ủy ban nhân dân xã Tây Sơn", "52", "21808")
MINISTRY = DemoOrganisation(Kind.MINISTRY, "Bộ Công Thương")
OPERATOR = DemoOrganisation(Kind.OPERATOR, "Đơn vị vận hành cổng (hư cấu)")
INFRASTRUCTURE = DemoOrganisation(Kind.INVESTOR, "Công ty Hạ tầng Ví Dụ (hư cấu)")
SECONDARY = DemoOrganisation(Kind.INVESTOR, "Công ty Sản xuất Ví Dụ (hư cấu)")

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(
        "department.laocai@demo.example",
        "Nguyễn Thị Ví Dụ",
        Role.DEPARTMENT_OFFICER,
        LAO_CAI_DEPARTMENT,
        "Lào Cai",
    ),
    DemoAccount(
        "leader.laocai@demo.example", "Trần Văn Mẫu", Role.DEPARTMENT_LEADER, LAO_CAI_DEPARTMENT, "Lào Cai"
    ),
    DemoAccount(
        "finance.laocai@demo.example", "Vũ Thị Tham Khảo", Role.CONSULTED_OFFICER, LAO_CAI_FINANCE, "Lào Cai"
    ),
    DemoAccount(
        "clerk.laocai@demo.example", "Lê Thị Thử Nghiệm", Role.COMMITTEE_CLERK, LAO_CAI_COMMITTEE, "Lào Cai"
    ),
    DemoAccount(
        "committee.laocai@demo.example",
        "Phạm Văn Minh Họa",
        Role.COMMITTEE_LEADER,
        LAO_CAI_COMMITTEE,
        "Lào Cai",
        is_administrator=False,
    ),
    DemoAccount(
        "commune.aulau@demo.example", "Hoàng Thị Giả Định", Role.COMMUNE_OFFICER, AU_LAU, "Âu Lâu, Lào Cai"
    ),
    DemoAccount(
        "department.hanoi@demo.example", "Đỗ Văn Ví Dụ", Role.DEPARTMENT_OFFICER, HA_NOI_DEPARTMENT, "Hà Nội"
    ),
    DemoAccount(
        "department.gialai@demo.example",
        "Bùi Thị Mẫu",
        Role.DEPARTMENT_OFFICER,
        GIA_LAI_DEPARTMENT,
        "Gia Lai",
    ),
    DemoAccount(
        "commune.tayson@demo.example",
        "Đặng Văn Thử Nghiệm",
        Role.COMMUNE_OFFICER,
        TAY_SON,
        "Tây Sơn, Gia Lai",
    ),
    DemoAccount("ministry@demo.example", "Ngô Thị Minh Họa", Role.MINISTRY_ANALYST, MINISTRY),
    DemoAccount("administrator@demo.example", "Dương Văn Quản Trị Mẫu", Role.PORTAL_ADMINISTRATOR, OPERATOR),
    DemoAccount(
        "investor@demo.example",
        "Lý Thị Đầu Tư Mẫu",
        Role.INVESTOR_MEMBER,
        INFRASTRUCTURE,
        "Công ty Hạ tầng Ví Dụ",
    ),
    DemoAccount(
        "investor.colleague@demo.example",
        "Mai Văn Đồng Nghiệp Mẫu",
        Role.INVESTOR_MEMBER,
        INFRASTRUCTURE,
        "Công ty Hạ tầng Ví Dụ",
    ),
    DemoAccount(
        "investor.other@demo.example",
        "Hồ Thị Thứ Cấp Mẫu",
        Role.INVESTOR_MEMBER,
        SECONDARY,
        "Công ty Sản xuất Ví Dụ",
    ),
)


def demo_accounts() -> list[DemoAccount]:
    """Return the demo accounts, and none outside the demo."""
    return list(ACCOUNTS) if settings.DEMO else []


@transaction.atomic
def load_demo_accounts() -> list[DemoAccount]:
    """Create the demo accounts that do not exist yet, with their organisations; change nothing that exists.

    Raise ImproperlyConfigured outside the demo.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured(
            _("Demo accounts are loaded only in the demo: set DEMO=true, or leave them out.")
        )
    known = {
        user.email: user for user in User.objects.filter(email__in=[account.email for account in ACCOUNTS])
    }
    # A hash takes a fifth of a second by design, and everybody may read this password.
    hashed = "" if len(known) == len(ACCOUNTS) else make_password(DEMO_PASSWORD)
    for account in ACCOUNTS:
        user = known.get(account.email) or create_account(
            email=account.email,
            full_name=account.full_name,
            password=DEMO_PASSWORD,
            is_demo=True,
            hashed=hashed,
        )
        # Somebody who tries the demo may have ended a membership on purpose: that stays.
        if not Membership.objects.filter(user=user).exists():
            add_member(
                organisation=_organisation(account.organisation),
                user=user,
                role=account.role,
                is_administrator=account.is_administrator,
                reason=_REASON,
            )
    return demo_accounts()


def _organisation(wanted: DemoOrganisation) -> Organisation:
    found = Organisation.objects.filter(kind=wanted.kind, name=wanted.name).first()
    if found:
        return found
    provinces, communes = Province.objects.in_force(), Commune.objects.in_force()
    return create_organisation(
        kind=wanted.kind,
        name=wanted.name,
        province=provinces.get(code=wanted.province_code) if wanted.province_code else None,
        commune=communes.get(code=wanted.commune_code) if wanted.commune_code else None,
        reason=_REASON,
    )
