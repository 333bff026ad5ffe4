"""Fictitious accounts for the demo, one for every part a person plays. They cannot sign in outside the demo.

The authorities are real, the people and enterprises are invented: their names say so.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from accounts.roles import OrganisationKind as Kind
from accounts.roles import Role
from accounts.services import add_member, create_account, create_organisation
from places.models import Commune, Province

DEMO_PASSWORD = "cum-cong-nghiep-2026"  # noqa: S105 - printed on the sign-in page of the demo, refused elsewhere
_REASON = "demo accounts"


@dataclass(frozen=True)
class DemoAccount:
    """One account as the sign-in page and the starting command show it."""

    email: str
    full_name: str
    role: Role
    place: str
    kind: Kind
    organisation: str
    province_code: str = ""
    commune_code: str = ""
    is_administrator: bool = False

    @property
    def password(self) -> str:
        """The password that all demo accounts share."""
        return DEMO_PASSWORD

    @property
    def title(self) -> str:
        """The role with its place, in the reader's language."""
        return f"{self.role.label}, {self.place}" if self.place else str(self.role.label)


_LAO_CAI_DEPARTMENT = {
    "kind": Kind.DEPARTMENT,
    "organisation": "Sở Công Thương tỉnh Lào Cai",
    "province_code": "15",
}
_LAO_CAI_COMMITTEE = {
    "kind": Kind.PROVINCE_PC,
    "organisation": "Ủy ban nhân dân tỉnh Lào Cai",
    "province_code": "15",
}
_SAMPLE_INFRASTRUCTURE = {"kind": Kind.INVESTOR, "organisation": "Công ty Hạ tầng Ví Dụ (hư cấu)"}

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(
        email="department.laocai@demo.example",
        full_name="Nguyễn Thị Ví Dụ",
        role=Role.DEPARTMENT_OFFICER,
        place="Lào Cai",
        is_administrator=True,
        **_LAO_CAI_DEPARTMENT,
    ),
    DemoAccount(
        email="leader.laocai@demo.example",
        full_name="Trần Văn Mẫu",
        role=Role.DEPARTMENT_LEADER,
        place="Lào Cai",
        is_administrator=True,
        **_LAO_CAI_DEPARTMENT,
    ),
    DemoAccount(
        email="finance.laocai@demo.example",
        full_name="Vũ Thị Tham Khảo",
        role=Role.CONSULTED_OFFICER,
        place="Lào Cai",
        kind=Kind.OTHER_DEPARTMENT,
        organisation="Sở Tài chính tỉnh Lào Cai",
        province_code="15",
        is_administrator=True,
    ),
    DemoAccount(
        email="clerk.laocai@demo.example",
        full_name="Lê Thị Thử Nghiệm",
        role=Role.COMMITTEE_CLERK,
        place="Lào Cai",
        is_administrator=True,
        **_LAO_CAI_COMMITTEE,
    ),
    DemoAccount(
        email="committee.laocai@demo.example",
        full_name="Phạm Văn Minh Họa",
        role=Role.COMMITTEE_LEADER,
        place="Lào Cai",
        **_LAO_CAI_COMMITTEE,
    ),
    DemoAccount(
        email="commune.aulau@demo.example",
        full_name="Hoàng Thị Giả Định",
        role=Role.COMMUNE_OFFICER,
        place="Âu Lâu, Lào Cai",
        kind=Kind.COMMUNE_PC,
        organisation="Ủy ban nhân dân phường Âu Lâu",
        province_code="15",
        commune_code="04543",
        is_administrator=True,
    ),
    DemoAccount(
        email="department.hanoi@demo.example",
        full_name="Đỗ Văn Ví Dụ",
        role=Role.DEPARTMENT_OFFICER,
        place="Hà Nội",
        kind=Kind.DEPARTMENT,
        organisation="Sở Công Thương thành phố Hà Nội",
        province_code="01",
        is_administrator=True,
    ),
    DemoAccount(
        email="department.gialai@demo.example",
        full_name="Bùi Thị Mẫu",
        role=Role.DEPARTMENT_OFFICER,
        place="Gia Lai",
        kind=Kind.DEPARTMENT,
        organisation="Sở Công Thương tỉnh Gia Lai",
        province_code="52",
        is_administrator=True,
    ),
    DemoAccount(
        email="commune.tayson@demo.example",
        full_name="Đặng Văn Thử Nghiệm",
        role=Role.COMMUNE_OFFICER,
        place="Tây Sơn, Gia Lai",
        kind=Kind.COMMUNE_PC,
        organisation="Ủy ban nhân dân xã Tây Sơn",
        province_code="52",
        commune_code="21808",
        is_administrator=True,
    ),
    DemoAccount(
        email="ministry@demo.example",
        full_name="Ngô Thị Minh Họa",
        role=Role.MINISTRY_ANALYST,
        place="",
        kind=Kind.MINISTRY,
        organisation="Bộ Công Thương",
        is_administrator=True,
    ),
    DemoAccount(
        email="administrator@demo.example",
        full_name="Dương Văn Quản Trị Mẫu",
        role=Role.PORTAL_ADMINISTRATOR,
        place="",
        kind=Kind.OPERATOR,
        organisation="Đơn vị vận hành cổng (hư cấu)",
        is_administrator=True,
    ),
    DemoAccount(
        email="investor@demo.example",
        full_name="Lý Thị Đầu Tư Mẫu",
        role=Role.INVESTOR_MEMBER,
        place="Công ty Hạ tầng Ví Dụ",
        is_administrator=True,
        **_SAMPLE_INFRASTRUCTURE,
    ),
    DemoAccount(
        email="investor.colleague@demo.example",
        full_name="Mai Văn Đồng Nghiệp Mẫu",
        role=Role.INVESTOR_MEMBER,
        place="Công ty Hạ tầng Ví Dụ",
        is_administrator=True,
        **_SAMPLE_INFRASTRUCTURE,
    ),
    DemoAccount(
        email="investor.other@demo.example",
        full_name="Hồ Thị Thứ Cấp Mẫu",
        role=Role.INVESTOR_MEMBER,
        place="Công ty Sản xuất Ví Dụ",
        kind=Kind.INVESTOR,
        organisation="Công ty Sản xuất Ví Dụ (hư cấu)",
        is_administrator=True,
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
    for account in ACCOUNTS:
        user = known.get(account.email) or create_account(
            email=account.email, full_name=account.full_name, password=DEMO_PASSWORD, is_demo=True
        )
        # Somebody who tries the demo may have ended a membership on purpose: that stays.
        if not Membership.objects.filter(user=user).exists():
            add_member(
                organisation=_organisation(account),
                user=user,
                role=account.role,
                is_administrator=account.is_administrator,
                reason=_REASON,
            )
    return demo_accounts()


def _organisation(account: DemoAccount) -> Organisation:
    found = Organisation.objects.filter(kind=account.kind, name=account.organisation).first()
    if found:
        return found
    in_force = Province.objects.in_force()
    return create_organisation(
        kind=account.kind,
        name=account.organisation,
        province=in_force.get(code=account.province_code) if account.province_code else None,
        commune=Commune.objects.in_force().get(code=account.commune_code) if account.commune_code else None,
        reason=_REASON,
    )
