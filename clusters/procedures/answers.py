"""What an applicant answers in the wizard, by field name, read as typed values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from core.office.vietnamese import number_vi
from law.words import Text


@dataclass(frozen=True)
class Field:
    """One field of the wizard: its label, kind of value, section, and whether it must be filled."""

    name: str
    label: Text
    kind: str = "text"  # text, long, ha, dong, percent, date, bool, choice, list, number
    section: str = "project"
    is_required: bool = True
    help: Text = ""
    #: Only in dossiers that follow one of these regimes; empty for all.
    regimes: tuple[str, ...] = ()
    #: Only to "establish" or "expand" a cluster; empty for both.
    procedures: tuple[str, ...] = ()
    is_personal: bool = False
    #: No longer asked; shown, and never changed, where an earlier answer stands.
    is_retired: bool = False


#: The sections of the wizard in the order an applicant fills them: those of Model 01 and of the investment report.
SECTIONS: tuple[tuple[str, Text], ...] = (
    ("target", _("Which cluster")),
    ("applicant", _("Your organisation")),
    ("project", _("The project")),
    ("capital", _("Capital")),
    ("report", _("Investment report")),
    ("papers", _("Papers")),
    ("commitment", _("Commitment")),
)

FIELDS: tuple[Field, ...] = (
    # One of the two: not every province has its List in the portal, but its planned clusters are in the registry.
    Field(
        "planned_cluster",
        _("line of the province's List"),
        "planned",
        "target",
        is_required=False,
        procedures=("establish",),
    ),
    Field("cluster", _("cluster in the registry"), "cluster", "target", is_required=False),
    Field("name", _("name of the cluster"), section="target"),
    Field("area_ha", _("area after the decision (ha)"), "ha", "target"),
    Field("cluster_type", _("type of cluster"), "cluster_type", "target"),
    Field("place", _("place: hamlet, commune, province"), section="target"),
    Field("head_office", _("head office"), section="applicant"),
    Field("phone", _("telephone"), section="applicant", is_personal=True),
    Field("email", _("e-mail"), "email", "applicant", is_personal=True),
    Field(
        "legal_paper_number", _("number of the legal paper (enterprise registration …)"), section="applicant"
    ),
    Field("legal_paper_date", _("date of the legal paper"), "date", "applicant"),
    Field("legal_paper_issuer", _("issuer of the legal paper"), section="applicant"),
    Field("business_lines", _("main lines of business"), "long", "applicant"),
    Field(
        "has_real_estate_line",
        _("real-estate business is among the registered lines"),
        "bool",
        "applicant",
        False,
    ),
    Field("representative", _("legal representative"), section="applicant", is_personal=True),
    Field("representative_title", _("title of the representative"), section="applicant"),
    Field("industrial_land_ha", _("industrial land to be built (ha)"), "ha", "project"),
    Field("main_lines", _("main lines of production of the cluster"), "long", "project"),
    Field("target_firms", _("target enterprises"), "long", "project", regimes=("R5",)),
    Field(
        "priority_land_ha",
        _("land for the three priority groups together, as asked before (ha)"),
        "ha",
        "project",
        is_required=False,
        regimes=("R5",),
        is_retired=True,
    ),
    Field("high_tech_land_ha", _("land for private high-tech firms (ha)"), "ha", "project", regimes=("R5",)),
    Field(
        "small_firms_land_ha",
        _("land for small and medium enterprises (ha)"),
        "ha",
        "project",
        regimes=("R5",),
    ),
    Field("start_ups_land_ha", _("land for innovative start-ups (ha)"), "ha", "project", regimes=("R5",)),
    Field("infrastructure_scale", _("scale of the infrastructure"), "long", "project"),
    Field("starts_on", _("start of construction"), "date", "project"),
    Field("finishes_on", _("end of construction"), "date", "project"),
    Field("schedule", _("schedule by steps"), "long", "project", False),
    Field("demand_ha", _("demand for industrial land with letters of interest (ha)"), "ha", "project", False),
    Field("total_investment", _("total investment (VND)"), "dong", "capital"),
    Field("equity", _("investor's own capital (VND)"), "dong", "capital"),
    Field("loans", _("loans (VND)"), "dong", "capital", False),
    Field("other_capital", _("other capital (VND)"), "dong", "capital", False),
    Field("incentives", _("incentives and support asked for"), "long", "capital", False),
    Field("report_headings", _("headings the investment report contains"), "headings", "report"),
    Field("commitment", _("commitment"), "bool", "commitment"),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
#: Land kept for the three priority groups of Decree 303/2026 by field, and each group as papers name it.
PRIORITY_LAND: Mapping[str, str] = {
    "high_tech_land_ha": "doanh nghiệp công nghệ cao thuộc khu vực kinh tế tư nhân",
    "small_firms_land_ha": "doanh nghiệp nhỏ và vừa",
    "start_ups_land_ha": "doanh nghiệp khởi nghiệp sáng tạo",
}


def fields_of(procedure_code: str, regime_code: str, *data: Mapping[str, Any]) -> list[Field]:
    """List the fields an applicant fills under a regime, in the order of the wizard.

    ``data`` are answers already given: a field that is no longer asked is listed where one of them has it.
    """
    kind = "expand" if procedure_code == "expand_cluster" else "establish"
    given = [Answers(one) for one in data]
    return [
        field
        for field in FIELDS
        if (not field.regimes or regime_code in field.regimes)
        and (not field.procedures or kind in field.procedures)
        and (not field.is_retired or any(answers.is_filled(field) for answers in given))
    ]


class Answers:
    """The answers of one application, typed: ``answers.ha("area_ha")``; None where nothing usable stands there."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def text(self, name: str) -> str:
        """Return a text, stripped."""
        value = self._data.get(name)
        return str(value).strip() if value not in (None, "") else ""

    def number(self, name: str) -> Decimal | None:
        """Return a number (ha, VND, percent) as it was typed, or None."""
        value = self._data.get(name)
        if value in (None, ""):
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return None

    def key(self, name: str) -> int | None:
        """Return a primary key, or None."""
        value = self._data.get(name)
        return int(str(value)) if str(value).isdigit() else None

    def date(self, name: str) -> dt.date | None:
        """Return a date, or None."""
        try:
            return parse_date(str(self._data.get(name) or ""))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return self._data.get(name) in (True, "true", "on", "1", 1)

    def several(self, name: str) -> list[str]:
        """Return the chosen values of a list."""
        value = self._data.get(name)
        return [str(one) for one in value] if isinstance(value, list) else []

    def is_filled(self, field: Field) -> bool:
        """Say whether a field has a usable value."""
        if field.kind == "bool":
            return self.flag(field.name)
        if field.kind in ("ha", "dong", "percent", "number"):
            return self.number(field.name) is not None
        if field.kind == "date":
            return self.date(field.name) is not None
        if field.kind in ("planned", "cluster"):
            return self.key(field.name) is not None
        if field.kind == "headings":
            return bool(self.several(field.name))
        return bool(self.text(field.name))

    def priority_land(self) -> Decimal | None:
        """Return the land of the priority groups together (ha), or None while none of them is answered."""
        parts = [part for name in PRIORITY_LAND if (part := self.number(name)) is not None]
        return sum(parts, Decimal(0)) if parts else None

    def priority_land_in_words(self) -> str:
        """Write the land of each priority group as papers say it, in Vietnamese; empty where nothing is answered.

        An answer from when one number was asked is written as it is: nobody knows its parts.
        """
        parts = [
            f"{group}: {number_vi(part)} ha"
            for name, group in PRIORITY_LAND.items()
            if (part := self.number(name)) is not None
        ]
        if parts:
            return "; ".join(parts)
        together = self.number("priority_land_ha")
        return f"cả ba nhóm: {number_vi(together)} ha" if together is not None else ""
