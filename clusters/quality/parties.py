"""Investors, projects and works: codes that fail, and what is missing in records that exist."""

import datetime as dt
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Mod, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import LEASING_STAGES, ProjectStage, Stage
from clusters.models import Cluster, SecondaryProject
from clusters.quality.base import QUALITY, Check, ClusterCheck, Group, Severity
from law.citations import cite
from law.words import Text, say

#: Law 38/2019 Art. 30; the form of the code is laid down in Circular 86/2024.
TAX_BASIS = _("Law on Tax Administration 38/2019/QH14, Art. 30; Circular 86/2024/TT-BTC")
#: Weights of the check digit of the ten-digit code.
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TEN_OR_BRANCH = r"^[0-9]{10}(-[0-9]{3})?$"
_PERSONAL = r"^[0-9]{12}$"


def without_tax_code(path: str) -> Q:
    """Return the condition that an investor of this country has no tax code."""
    return Q(**{f"{path}__tax_code": "", f"{path}__registration_number": ""})


def with_failing_code(rows: QuerySet, path: str) -> QuerySet:
    """Keep rows whose investor's code is no code, or fails the check digit and nobody confirmed it."""
    code = f"{path}__tax_code"

    def digit(place: int) -> Cast:
        return Cast(Substr(code, place, 1), IntegerField())

    total = reduce(add, (digit(place) * weight for place, weight in enumerate(WEIGHTS, 1)))
    looks_right = Q(**{f"{code}__regex": _TEN_OR_BRANCH})
    # The case keeps letters from ever being cast to a number.
    off = Case(
        When(looks_right, then=Value(10) - Mod(total, 11) - digit(10)),
        default=None,
        output_field=IntegerField(),
    )
    shapeless = ~looks_right & ~Q(**{f"{code}__regex": _PERSONAL})
    return (
        rows.filter(**{f"{path}__tax_code_confirmed": False})
        .exclude(**{code: ""})
        .alias(off_digit=off)
        .filter(shapeless | ~Q(off_digit=0) & Q(off_digit__isnull=False))
    )


class TaxCodeOf(Check):
    """A check of the tax code of an investor, mended on the investor's form."""

    group = Group.RECORDS
    basis = TAX_BASIS
    remedy = _("Enter the tax code")
    joins = ("investor",)

    def name(self, row: Any) -> str:
        """Return the investor."""
        return str(row.investor)

    def mend(self, row: Any) -> str:
        """Return the form of the investor."""
        return reverse("registry:investor_edit", args=[row.investor_id])


@QUALITY.register
class InvestorWithoutTaxCode(TaxCodeOf):
    """An infrastructure investor without tax code."""

    code = "R01"
    sentence = _("The infrastructure investor has no tax code.")

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with such an investor."""
        return Cluster.objects.established().filter(without_tax_code("investor"), investor__isnull=False)


@QUALITY.register
class InvestorCodeFails(TaxCodeOf):
    """An infrastructure investor whose tax code fails."""

    code = "R02"
    severity = Severity.WRONG
    remedy = _("Correct or confirm the tax code")
    sentence = _(
        "The tax code of the infrastructure investor fails the check digit, and nobody confirmed it."
    )

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep clusters with such an investor."""
        return with_failing_code(Cluster.objects.filter(investor__isnull=False), "investor")

    def numbers(self, row: Cluster) -> Text:
        """Name the code; twelve-digit codes, which are personal, never come here."""
        return row.investor.tax_code if row.investor else ""


class TenantCheck(TaxCodeOf):
    """A check of the tax code of a secondary investor."""

    path = "cluster"

    def name(self, row: SecondaryProject) -> str:
        """Return project and investor."""
        return f"{row.name} – {row.investor}"


@QUALITY.register
class TenantWithoutTaxCode(TenantCheck):
    """A secondary investor without tax code."""

    code = "R03"
    severity = Severity.HINT
    sentence = _("The secondary investor has no tax code.")

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep running projects of such an investor."""
        return SecondaryProject.objects.exclude(stage=ProjectStage.ENDED).filter(without_tax_code("investor"))


@QUALITY.register
class TenantCodeFails(TenantCheck):
    """A secondary investor whose tax code fails."""

    code = "R04"
    severity = Severity.WRONG
    remedy = _("Correct or confirm the tax code")
    sentence = _("The tax code of the secondary investor fails the check digit, and nobody confirmed it.")

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep running projects of such an investor."""
        rows = SecondaryProject.objects.exclude(stage=ProjectStage.ENDED)
        return with_failing_code(rows, "investor")

    def numbers(self, row: SecondaryProject) -> Text:
        """Name the code; twelve-digit codes, which are personal, never come here."""
        return row.investor.tax_code


@QUALITY.register
class NoInvestor(ClusterCheck):
    """A cluster being built or operating without infrastructure investor."""

    code = "R05"
    group = Group.RECORDS
    basis = cite("ND32", "2.3", "12.1")
    sentence = _("The cluster is being built or operates, but no infrastructure investor is recorded.")
    remedy = _("Record who was assigned")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = "?kind=assign_investor"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep such clusters."""
        return Cluster.objects.filter(stage__in=(Stage.CONSTRUCTION, Stage.OPERATING), investor__isnull=True)


@QUALITY.register
class NoIndustrialLand(ClusterCheck):
    """An operating cluster whose industrial land is not known: no occupancy can be computed."""

    code = "R06"
    group = Group.RECORDS
    basis = cite("ND32", "2.6", "2.7")
    sentence = _(
        "The cluster operates, but its industrial land is not recorded: no occupancy can be computed."
    )
    remedy = _("Record the detailed plan")
    function = Function.RECORD_DECISION
    form = "decision_create"
    query = "?kind=detailed_plan"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep operating clusters without it."""
        return Cluster.objects.operating().filter(industrial_land_ha__isnull=True)


@QUALITY.register
class WastewaterUnknown(ClusterCheck):
    """An operating cluster of which nobody recorded how its wastewater is treated."""

    code = "R07"
    group = Group.RECORDS
    basis = cite("TT14", part=_("Form 02, lines 13-14"))
    sentence = _("The cluster operates, but nothing is recorded of its wastewater plant.")
    remedy = _("Enter the plant")
    form = "wastewater_edit"

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep operating clusters without the record."""
        return Cluster.objects.operating().filter(wastewater_plant__isnull=True)


class ProjectCheck(Check):
    """A check of secondary projects, mended on their form."""

    group = Group.RECORDS
    path = "cluster"
    remedy = _("Complete the project")
    joins = ("investor",)

    def mend(self, row: SecondaryProject) -> str:
        """Return the form of the project."""
        return reverse("registry:project_edit", args=[row.cluster.code, row.pk])


@QUALITY.register
class ProjectWithoutIndustry(ProjectCheck):
    """A project without VSIC industry."""

    code = "R08"
    basis = cite("ND32", "3")
    sentence = _("The industry of the project (VSIC) is not recorded.")

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep running projects without industry."""
        return SecondaryProject.objects.exclude(stage=ProjectStage.ENDED).filter(industry__isnull=True)

    def numbers(self, row: SecondaryProject) -> Text:
        """Name the product."""
        return say(_("product: %(product)s"), product=row.product) if row.product else ""


@QUALITY.register
class ProjectWithoutLand(ProjectCheck):
    """A project that leases land of which no area is recorded."""

    code = "R09"
    basis = cite("ND32", "2.7")
    sentence = _("The project leases land, but the area is not recorded: it is missing in the occupancy.")

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep leasing projects without land."""
        return SecondaryProject.objects.filter(stage__in=LEASING_STAGES, land_ha__isnull=True)


@QUALITY.register
class MoreForeignCapitalThanCapital(ProjectCheck):
    """A project whose foreign capital exceeds its capital."""

    code = "R10"
    severity = Severity.WRONG
    sentence = _("The foreign capital of the project is larger than its whole capital.")

    def rows(self, day: dt.date) -> QuerySet[SecondaryProject]:
        """Keep such projects."""
        return SecondaryProject.objects.filter(foreign_capital__gt=F("capital"))

    def numbers(self, row: SecondaryProject) -> Text:
        """Name both amounts (VND)."""
        return say(
            _("foreign %(foreign)s VND, in all %(capital)s VND"),
            foreign=row.foreign_capital,
            capital=row.capital,
        )
