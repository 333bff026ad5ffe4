"""Observations of moving figures."""

from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.choices import (
    AREA_INDICATORS,
    COUNT_INDICATORS,
    Indicator,
)
from clusters.importing.fields import WHOLE, column, title_of
from clusters.importing.rates import compare_rate
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import (
    SOURCE,
    Run,
    not_to_come,
)
from clusters.importing.specs.parts import ClusterPartSpec
from clusters.models import Observation
from clusters.models.imports import ImportKind
from core.numbers import LAND, PLAIN
from core.sentences import sentence as _
from core.workbooks.mapping import Field

_FIGURES: dict[Indicator, tuple[str, ...]] = {
    Indicator.LEASED: (
        "Diện tích đất đã cho thuê",
        "Diện tích cho thuê",
        "Đất đã cho thuê",
        "Diện tích đất cho thuê",
    ),
    Indicator.APPROVED: ("Diện tích đã chấp thuận chưa thuê", "Đất đã chấp thuận đầu tư"),
    Indicator.SERVICED: ("Diện tích đất có hạ tầng sẵn sàng cho thuê", "Đất sẵn sàng cho thuê"),
    Indicator.PROJECTS: ("Số dự án", "Số dự án thứ cấp", "Số dự án đầu tư"),
    Indicator.FOREIGN_PROJECTS: ("Số dự án FDI", "Số dự án có vốn nước ngoài"),
    Indicator.OPERATING_PROJECTS: ("Số dự án hoạt động", "Số dự án đang hoạt động"),
    Indicator.WORKERS: ("Số lao động", "Tổng số lao động", "Lao động"),
    Indicator.STATED_OCCUPANCY: ("Tỷ lệ lấp đầy", "Lấp đầy", "Tỷ lệ lấp đầy (%)"),
}


class ObservationSpec(ClusterPartSpec):
    """Observations: a row states one figure, or several in columns of their own."""

    kind = ImportKind.OBSERVATIONS
    model = Observation
    function = Function.ADD_OBSERVATION
    functions = (Function.EDIT_REGISTRY, Function.ADD_OBSERVATION)
    columns = ("indicator", "value", "as_of", "as_of_text", "note", *SOURCE)
    links = ("cluster_id",)
    defaults = ("as_of", *SOURCE)

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of observations: the general ones, and a column for each figure."""
        figures = []
        for indicator, titles in _FIGURES.items():
            units = (
                LAND if indicator in AREA_INDICATORS else WHOLE if indicator in COUNT_INDICATORS else PLAIN
            )
            kind = "percent" if indicator == Indicator.STATED_OCCUPANCY else "number"
            figures.append(Field(indicator.value, indicator.label, titles, kind=kind, units=units))
        return (
            common.CLUSTER,
            column(
                Observation,
                "indicator",
                "Chỉ tiêu",
                "Tên chỉ tiêu",
                note=gettext_lazy("Needed only with the column “value”."),
                extra={key.value: titles for key, titles in _FIGURES.items()},
            ),
            column(Observation, "value", "Giá trị", "Số liệu"),
            *figures,
            common.as_of(Observation),
            column(Observation, "note", "Ghi chú"),
            *common.source(Observation),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.by_day: dict[tuple[int, str, Any], dict[str, Any]] = {}
        self.latest: dict[tuple[int, str], tuple[Any, Decimal]] = {}
        for record in self.known.values():
            self.by_day[record["cluster_id"], record["indicator"], record["as_of"]] = record
            self._remember(record)

    def _remember(self, record: dict[str, Any]) -> None:
        key = (record["cluster_id"], record["indicator"])
        if key not in self.latest or self.latest[key][0] <= record["as_of"]:
            self.latest[key] = (record["as_of"], record["value"])

    def explode(self, row: ReadRow) -> Iterator[ReadRow]:
        """Yield one record for each figure of the row."""
        stated = [indicator for indicator in Indicator if indicator.value in row.values]
        if "value" in row.values or not stated:
            yield row
            return
        for part, indicator in enumerate(stated):
            one = copy(row)
            one.part, one.attrs, one.candidates = part, {}, []
            one.problems = (
                list(row.problems) if not part else [p for p in row.problems if p.severity == "error"]
            )
            one.values = {key: value for key, value in row.values.items() if key not in Indicator.values}
            one.values |= {"indicator": indicator.value, "value": row.values[indicator.value]}
            one.addresses = {**row.addresses, "value": row.addresses[indicator.value]}
            yield one

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the figure of the same day."""
        indicator: Any = row.attrs.get("indicator")
        value, day = row.attrs.get("value"), row.attrs.get("as_of")
        row.label = self.clusters.by_pk[cluster]["name"]
        for name, filled in (("indicator", indicator), ("value", value), ("as_of", day)):
            if filled is None and not row.is_wrong:
                row.error(
                    name,
                    _("“%(field)s” is empty.") % {"field": title_of(self.fields[name])},
                    _("Fill the cell in."),
                )
        if row.is_wrong:
            return
        row.label = f"{row.label}: {capfirst(str(Indicator(indicator).label))}"
        if self.once(row, (cluster, indicator, day), "value"):
            row.known = self.by_day.get((cluster, indicator, day))
            if row.known is None:
                row.attrs["recorded_by_id"] = self.run.user.pk

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """Whole counts, shares up to 100 %, no day to come, leased and approved land within the plan (V09)."""
        not_to_come(self, row, record, "as_of")
        indicator, value = record["indicator"], record["value"]
        if indicator in COUNT_INDICATORS and value != int(value):
            row.error("value", _("This figure is counted in whole numbers: %(value)s.") % {"value": value})
        cluster = self.clusters.by_pk[record["cluster_id"]]
        if indicator == Indicator.STATED_OCCUPANCY:
            compare_rate(row, "value", value, cluster)
        land = cluster["industrial_land_ha"]
        if indicator not in AREA_INDICATORS or land is None:
            return
        total = value
        if indicator != Indicator.SERVICED:
            other = Indicator.APPROVED if indicator == Indicator.LEASED else Indicator.LEASED
            day, amount = self.latest.get((record["cluster_id"], other.value), (None, Decimal(0)))
            total += amount if day and day <= record["as_of"] else 0
        if total > land:
            row.error(
                "value",
                _("Leased and approved land would be %(total)s ha of %(land)s ha industrial land (V09).")
                % {"total": total, "land": land},
                _("Check the figure, or record the decision that changed the plan first."),
            )
        else:
            self._remember(record)
