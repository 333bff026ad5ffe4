"""Pollution: operating without wastewater plant, a plant below the standard, violations that were not mended."""

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from clusters.choices import WorkStatus
from clusters.models import Cluster, Violation, WastewaterPlant
from clusters.quality.base import GONE, WATCH, Check, ClusterCheck, Severity, Topic
from law.citations import cite
from law.words import Text, say


@WATCH.register
class NoWastewaterPlant(ClusterCheck):
    """A cluster that operates without central wastewater plant in use."""

    code = "W06"
    group = Topic.POLLUTION
    severity = Severity.WRONG
    basis = cite("ND32", "2.4", "8.2(d)")
    sentence = _("The cluster operates, and no central wastewater plant in use is recorded.")
    remedy = _("Update the plant")
    form = "wastewater_edit"
    joins = ("figures", "wastewater_plant")
    order = (F("figures__projects").desc(nulls_last=True),)

    def rows(self, day: dt.date) -> QuerySet[Cluster]:
        """Keep operating clusters with no plant, or with one that is not in use."""
        none = Q(wastewater_plant__isnull=True) | ~Q(wastewater_plant__status=WorkStatus.IN_USE)
        return Cluster.objects.operating().filter(none)

    def numbers(self, row: Cluster) -> Text:
        """Name the state of the plant and how many projects there are."""
        plant = getattr(row, "wastewater_plant", None)
        status = plant.get_status_display() if plant else _("nothing recorded")
        projects = row.figures.projects if hasattr(row, "figures") else None
        if projects is None:
            return say(_("plant: %(status)s"), status=status)
        return say(_("plant: %(status)s; %(projects)s projects"), status=status, projects=projects)


@WATCH.register
class PlantBelowStandard(Check):
    """A wastewater plant in use that does not meet the standard."""

    code = "W07"
    group = Topic.POLLUTION
    severity = Severity.WRONG
    basis = cite("TT14", part=_("Form 02, lines 13-14"))
    sentence = _("The wastewater plant is in use and does not meet the environmental standard.")
    remedy = _("Update the plant")
    path = "cluster"

    def rows(self, day: dt.date) -> QuerySet[WastewaterPlant]:
        """Keep plants known not to meet it."""
        return WastewaterPlant.objects.filter(status=WorkStatus.IN_USE, meets_standard=False).exclude(
            cluster__stage__in=GONE
        )

    def name(self, row: WastewaterPlant) -> str:
        """Return what the row is."""
        return str(row._meta.verbose_name)

    def numbers(self, row: WastewaterPlant) -> Text:
        """Name the day of the record."""
        return say(_("as of %(day)s"), day=row.as_of)

    def mend(self, row: WastewaterPlant) -> str:
        """Return the form of the plant."""
        return reverse("registry:wastewater_edit", args=[row.cluster.code])


@WATCH.register
class ViolationOpen(Check):
    """A violation found by an inspection and not mended."""

    code = "W08"
    group = Topic.POLLUTION
    severity = Severity.WRONG
    basis = cite("ND32", "24.2")
    sentence = _("A violation that an inspection found is not mended.")
    remedy = _("Say how it was mended")
    path = "inspection__cluster"
    function = Function.RECORD_INSPECTION
    order = (F("due_on").asc(nulls_last=True),)

    def rows(self, day: dt.date) -> QuerySet[Violation]:
        """Keep violations that were not mended."""
        return Violation.objects.filter(remedied_on__isnull=True).exclude(inspection__cluster__stage__in=GONE)

    def numbers(self, row: Violation) -> Text:
        """Name the provision, and the day by which it was to be mended."""
        if row.due_on is None:
            return row.legal_basis
        return say(_("%(law)s; to be mended by %(day)s"), law=row.legal_basis, day=row.due_on)

    def mend(self, row: Violation) -> str:
        """Return the form of the inspection."""
        return reverse("registry:inspection_edit", args=[row.inspection.cluster.code, row.inspection_id])
