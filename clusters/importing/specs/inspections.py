"""Inspections."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.importing.fields import column
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import (
    SOURCE,
    Run,
    not_to_come,
)
from clusters.importing.specs.parts import ClusterPartSpec
from clusters.models import Inspection, SecondaryProject
from clusters.models.imports import ImportKind
from clusters.rules.inspections import InspectionSubject
from core.sentences import Sentence, in_every_language
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.mapping import Field
from law.regimes import NoRegimeError, Regime
from law.rules import evaluate


@dataclass(frozen=True)
class _Held:
    """An inspection of a year: one of the registry, or one that stands in a row above."""

    day: dt.date
    record: int | None
    row: int = 0

    @property
    def told(self) -> Sentence:
        """Where it is found."""
        if self.row:
            return _("row %(row)s (%(day)s)") % {"row": self.row, "day": self.day}
        return _("the registry (%(day)s)") % {"day": self.day}


class InspectionSpec(ClusterPartSpec):
    """Inspections, by cluster, day and subject."""

    kind = ImportKind.INSPECTIONS
    model = Inspection
    function = Function.RECORD_INSPECTION
    functions = (Function.EDIT_REGISTRY, Function.RECORD_INSPECTION)
    columns = ("inspected_on", "authority", "subject", "signs_of_violation", "conclusion", *SOURCE)
    links = ("cluster_id", "project_id")
    defaults = SOURCE

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of inspections."""
        model = Inspection
        return (
            common.CLUSTER,
            Field(
                "project",
                gettext_lazy("project inspected"),
                ("Dự án được kiểm tra", "Tên dự án", "Đơn vị được kiểm tra", "Doanh nghiệp được kiểm tra"),
            ),
            column(
                model, "inspected_on", "Ngày kiểm tra", "Ngày thanh tra", "Thời gian kiểm tra", required=True
            ),
            column(
                model,
                "authority",
                "Cơ quan kiểm tra",
                "Đơn vị kiểm tra",
                "Đoàn kiểm tra",
                required=True,
                example="Sở Công Thương",
            ),
            column(
                model,
                "subject",
                "Nội dung kiểm tra",
                "Nội dung",
                required=True,
                example="Phòng cháy, chữa cháy",
            ),
            column(model, "signs_of_violation", "Dấu hiệu vi phạm"),
            column(model, "conclusion", "Kết luận", "Kết quả kiểm tra", "Kết luận kiểm tra"),
            *common.source(model),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.by_day = {
            (
                record["cluster_id"],
                record["project_id"],
                record["inspected_on"],
                fold(record["subject"]),
            ): record
            for record in self.known.values()
        }
        self.of_year: dict[tuple[int, int | None, int], list[_Held]] = defaultdict(list)
        for pk, record in self.known.items():
            day = record["inspected_on"]
            self.of_year[record["cluster_id"], record["project_id"], day.year].append(_Held(day, pk))
        self.projects: dict[tuple[int, str], list[int]] = defaultdict(list)
        rows = SecondaryProject.objects.filter(cluster__in=list(self.clusters.by_pk)).order_by("pk")
        for pk, cluster, name, investor in rows.values_list("pk", "cluster_id", "name", "investor__name"):
            self.projects[cluster, fold(name)].append(pk)
            self.projects[cluster, fold(investor)].append(pk)

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the project inspected, then the inspection of the day."""
        project = None
        if row.values.get("project"):
            found = self.projects.get((cluster, fold(str(row.values["project"]))), [])
            if len(set(found)) == 1:
                project = found[0]
            else:
                row.error(
                    "project",
                    _("No single project of the cluster is called “%(name)s”.")
                    % {"name": row.values["project"]},
                    _("Write the name of the project as in the registry, or leave the cell blank."),
                )
        row.attrs["project_id"] = project
        day, subject = row.attrs.get("inspected_on"), row.attrs.get("subject")
        if day and subject:
            row.label = f"{self.clusters.by_pk[cluster]['name']}: {subject}"
            identity = (cluster, project, day, fold(subject))
            if self.once(row, identity, "subject"):
                row.known = self.by_day.get(identity)

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """No inspection of a day to come, and one a calendar year unless there are signs of violation (V41)."""
        not_to_come(self, row, record, "inspected_on")
        if not row.is_wrong:
            self._count(row, record)

    def _count(self, row: ReadRow, record: dict[str, Any]) -> None:
        """Hold the row against the registry and the rows above it, as the form of an inspection does."""
        day: dt.date = record["inspected_on"]
        own = (row.known or {}).get("id")
        year = self.of_year[record["cluster_id"], record["project_id"], day.year]
        others = [one for one in year if own is None or one.record != own]
        year[:] = [*others, _Held(day, own, row.number)]
        inspection = Inspection(inspected_on=day, signs_of_violation=record.get("signs_of_violation") or "")
        try:
            regime = Regime.on(day)
        except NoRegimeError:
            return
        subject = InspectionSubject(inspection, len(others) + 1)
        for finding in evaluate(subject, regime=regime, rules=["V41"]).warnings:
            row.doubt(
                "inspected_on",
                _("%(rule)s (%(basis)s): the same occupant is inspected in %(year)s already: %(others)s.")
                % {
                    "rule": finding.rule.code,
                    "basis": finding.rule.legal_basis,
                    "year": str(day.year),
                    "others": [one.told for one in others],
                },
                in_every_language(finding.explanation),
            )
