"""What the investor writes: the request to become infrastructure investor (Model 01 of Circular 14/2024)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clusters.drafts.facts.common import ClusterFacts
from core.office import facts as f
from core.office.facts import Signature


@dataclass(frozen=True, kw_only=True)
class InvestorRequest:
    """Model 01, filled from the wizard. Money in dong."""

    committee: str = f.text(_("province whose People's Committee is addressed"))
    place: str = f.text(_("place of issue"))
    day: dt.date | None = f.long_day(_("day of issue"))
    act: str = f.text(_("the act: establishing or expanding, in Vietnamese"))
    cluster: ClusterFacts = f.group(_("the cluster"), ClusterFacts)
    name: str = f.text(_("name of the investor"))
    head_office: str = f.text(_("head office"))
    telephone: str = f.text(_("telephone"))
    fax: str = f.text(_("fax"))
    email: str = f.text(_("e-mail"))
    legal_paper: str = f.text(_("legal paper of the investor: number, day, issuer"))
    business_lines: str = f.text(_("investor's main lines of business"))
    representative: str = f.text(_("legal representative"))
    representative_title: str = f.text(_("title of the legal representative"))
    about_investor: str = f.text(_("other information on the investor"))
    project: str = f.text(_("name of the project"))
    project_address: str = f.text(_("address of the project"))
    total_capital: Decimal | None = f.money(_("provisional total capital"))
    schedule: str = f.text(_("schedule"))
    about_project: str = f.text(_("other information on the project"))
    enclosed: Sequence[str] = f.points(_("enclosed documents"))
    receivers: Sequence[str] = f.points(_("receivers of the paper"))
    signature: Signature = f.group(_("signature block"), Signature)
