"""Secondary projects."""

import re
from collections import defaultdict
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy

from clusters.choices import (
    ProjectStage,
    TenantGroup,
)
from clusters.importing.fields import column, folded
from clusters.importing.lookups import IndustryIndex, InvestorIndex
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import (
    NEW,
    SOURCE,
    Run,
    days_in_order,
    not_to_come,
)
from clusters.importing.specs.parts import ClusterPartSpec
from clusters.models import SecondaryProject
from clusters.models.imports import ImportKind
from clusters.services.sums import TAKING_LAND
from core.sentences import sentence as _
from core.text import sort_key
from core.workbooks.mapping import Field

#: How alike two names of projects of one investor are that may be one project.
_LIKE = 0.75


class ProjectSpec(ClusterPartSpec):
    """Secondary projects, by cluster and certificate, or name."""

    kind = ImportKind.PROJECTS
    model = SecondaryProject
    columns = (
        "name",
        "product",
        "capacity",
        "stage",
        "group",
        "capital",
        "is_foreign",
        "foreign_capital",
        "land_ha",
        "certificate_number",
        "approved_on",
        "leased_on",
        "leased_until",
        "operating_from",
        "ended_on",
        "jobs_planned",
        "workers",
        "as_of",
        "notes",
        *SOURCE,
    )
    links = ("cluster_id", "investor_id", "industry_id")
    defaults = ("as_of", *SOURCE)
    hidden = frozenset({"search", "sort_key"})

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of secondary projects."""
        model = SecondaryProject
        return (
            common.CLUSTER,
            column(
                model,
                "name",
                "Tên dự án",
                "Dự án",
                "Tên dự án đầu tư",
                "Dự án thứ cấp",
                required=True,
                example="Nhà máy ván ép",
            ),
            common.INVESTOR,
            common.TAX_CODE,
            Field(
                "industry",
                gettext_lazy("industry (VSIC)"),
                ("Ngành nghề", "Mã ngành", "Ngành nghề sản xuất", "Mã VSIC", "Lĩnh vực", "Ngành"),
                example="16210",
            ),
            column(model, "product", "Sản phẩm", "Sản phẩm chính", "Mục tiêu dự án"),
            column(model, "capacity", "Công suất", "Quy mô công suất", "Quy mô"),
            column(
                model,
                "stage",
                "Tình trạng hoạt động",
                "Tình trạng",
                "Trạng thái",
                "Tiến độ",
                "Giai đoạn",
                extra={
                    ProjectStage.AGREED: ("chấp thuận chủ trương",),
                    ProjectStage.APPROVED: (
                        "đã cấp giấy chứng nhận",
                        "đã được cấp GCNĐKĐT",
                        "mới cấp phép",
                        "chưa triển khai",
                    ),
                    ProjectStage.LEASED: ("đã thuê đất", "đã cho thuê đất", "đã ký hợp đồng thuê đất"),
                    ProjectStage.CONSTRUCTION: (
                        "đang xây dựng",
                        "đang triển khai",
                        "xây dựng",
                        "đang đầu tư",
                    ),
                    ProjectStage.OPERATING: (
                        "đang hoạt động",
                        "hoạt động",
                        "đã hoạt động",
                        "đi vào hoạt động",
                        "đang sản xuất",
                    ),
                    ProjectStage.SUSPENDED: ("tạm dừng", "dừng hoạt động", "tạm ngừng", "ngừng hoạt động"),
                    ProjectStage.ENDED: ("chấm dứt", "đã chấm dứt", "chấm dứt hoạt động", "kết thúc"),
                },
            ),
            column(
                model, "group", "Nhóm doanh nghiệp", "Nhóm đối tượng", extra={TenantGroup.NONE: ("không",)}
            ),
            column(
                model,
                "capital",
                "Vốn đăng ký",
                "Tổng vốn đầu tư",
                "Vốn đầu tư",
                "Tổng mức đầu tư",
                "Tổng vốn đăng ký",
                example="150 tỷ đồng",
            ),
            column(model, "is_foreign", "Vốn nước ngoài", "Dự án FDI", "FDI", "Có vốn đầu tư nước ngoài"),
            column(model, "foreign_capital", "Trong đó vốn nước ngoài", "Vốn FDI"),
            column(
                model,
                "land_ha",
                "Diện tích đất",
                "Đất",
                "Diện tích",
                "Diện tích thuê",
                "Diện tích sử dụng đất",
                "Diện tích đất thuê",
                example="2,5",
            ),
            column(
                model,
                "certificate_number",
                "Số giấy chứng nhận",
                "GCNĐKĐT",
                "Giấy chứng nhận đầu tư",
                "Số GCN",
                "Quyết định chấp thuận",
            ),
            column(
                model,
                "approved_on",
                "Ngày cấp",
                "Ngày chấp thuận",
                "Ngày cấp GCN",
                "Ngày cấp giấy chứng nhận",
            ),
            column(model, "leased_on", "Ngày thuê đất", "Thuê từ ngày", "Ngày ký hợp đồng thuê đất"),
            column(model, "leased_until", "Thuê đến ngày", "Thời hạn thuê đến"),
            column(
                model,
                "operating_from",
                "Ngày hoạt động",
                "Hoạt động từ",
                "Ngày đi vào hoạt động",
                "Thời điểm hoạt động",
            ),
            column(model, "ended_on", "Ngày chấm dứt", "Ngày kết thúc"),
            column(model, "jobs_planned", "Lao động dự kiến", "Số lao động dự kiến", "Nhu cầu lao động"),
            column(
                model,
                "workers",
                "Số lao động",
                "Lao động",
                "Lao động hiện có",
                "Số lao động hiện có",
                "Lao động thực tế",
            ),
            common.as_of(model),
            common.notes(model),
            *common.source(model),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.investors = InvestorIndex()
        self.industries = IndustryIndex()
        self.by_name: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
        self.by_paper: dict[tuple[int, str], dict[str, Any]] = {}
        self.by_investor: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        self.taken: dict[int, Decimal] = defaultdict(Decimal)
        for record in self.known.values():
            cluster = record["cluster_id"]
            self.by_name[cluster, folded(record["name"])].append(record)
            self.by_investor[cluster, record["investor_id"]].append(record)
            if record["certificate_number"]:
                self.by_paper[cluster, folded(record["certificate_number"])] = record
            if record["stage"] in TAKING_LAND:
                self.taken[cluster] += record["land_ha"] or 0

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the project by its paper, then by its name; a like name of the same investor is asked."""
        name = row.attrs.get("name")
        if name is None:
            return
        row.label = name
        row.attrs["investor_id"] = self.investors.resolve(row)
        row.attrs["industry_id"] = self.industries.resolve(row)
        paper = row.attrs.get("certificate_number")
        known = self.chosen(row) or (paper and self.by_paper.get((cluster, folded(paper)))) or None
        named = self.by_name.get((cluster, folded(name)), [])
        if known is None and len(named) > 1:
            named = [record for record in named if record["investor_id"] == row.attrs["investor_id"]] or named
        if known is None and len(named) == 1:
            known = named[0]
        elif known is None and row.choice != NEW:
            self._ask(row, named or self._like(row, cluster, name))
            if row.candidates:
                return
        identity = (cluster, known["id"]) if known else (cluster, folded(name), row.attrs["investor_id"])
        if not self.once(row, identity, "name"):
            return
        row.known = known
        if known is None:
            row.attrs.setdefault("stage", ProjectStage.AGREED.value)
            if row.attrs["investor_id"] is None:
                row.error("investor", _("The investor of a new project is missing."), _("Fill the cell in."))

    def _like(self, row: ReadRow, cluster: int, name: str) -> list[dict[str, Any]]:
        wanted = folded(name)
        # "Nhà máy số 1" and "Nhà máy số 2" are two projects, however alike their names.
        numbers = re.findall(r"\d+", wanted)
        return [
            record
            for record in self.by_investor.get((cluster, row.attrs["investor_id"] or 0), [])
            if re.findall(r"\d+", folded(record["name"])) == numbers
            and SequenceMatcher(None, wanted, folded(record["name"])).ratio() >= _LIKE
        ]

    def _ask(self, row: ReadRow, candidates: list[dict[str, Any]]) -> None:
        if candidates:
            row.candidates = [(str(record["id"]), record["name"]) for record in candidates]
            row.candidates.append((NEW, _("a new project")))
            row.doubt(
                "name",
                _("“%(name)s” can be a project that is recorded already.") % {"name": row.label},
                _("Choose the one that is meant."),
            )

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """Days in their order, foreign capital within the capital, land within the industrial land (V09)."""
        days_in_order(self, row, record, "approved_on", "leased_on", "operating_from", "ended_on")
        days_in_order(self, row, record, "leased_on", "leased_until")
        not_to_come(self, row, record, "as_of", "ended_on")
        if (
            record.get("foreign_capital")
            and record.get("capital")
            and record["foreign_capital"] > record["capital"]
        ):
            row.error(
                "foreign_capital",
                _("The foreign capital is more than the whole capital."),
                _("Correct one of the two."),
            )
        if record.get("stage") == ProjectStage.ENDED and not record.get("ended_on"):
            row.error("stage", _("The project has ended, and no day says since when."), _("Give the day."))
        self._check_land(row, record)

    def _check_land(self, row: ReadRow, record: dict[str, Any]) -> None:
        cluster = record["cluster_id"]
        before = row.known or {}
        mine = (record.get("land_ha") or Decimal(0)) if record.get("stage") in TAKING_LAND else Decimal(0)
        had = (before.get("land_ha") or Decimal(0)) if before.get("stage") in TAKING_LAND else Decimal(0)
        land = self.clusters.by_pk[cluster]["industrial_land_ha"]
        total = self.taken[cluster] - had + mine
        if land is not None and mine > had and total > land:
            row.error(
                "land_ha",
                _(
                    "With its %(mine)s ha the projects take %(sum)s ha of %(land)s ha industrial land "
                    "(Decree 32/2024 Art. 2.7, V09)."
                )
                % {"mine": mine, "sum": total, "land": land},
                _("Correct the land, or record an expansion first."),
            )
        elif not row.is_wrong:
            self.taken[cluster] = total

    def derive(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the folded text for the search and the key of order."""
        cluster = self.clusters.by_pk[record["cluster_id"]]["name"]
        investor = self.investors.names.get(record["investor_id"], "")
        parts = (
            record["name"],
            investor,
            record.get("product"),
            record.get("certificate_number"),
            cluster,
        )
        words = " ".join(folded(part) for part in parts if part)
        return {
            "search": " ".join(dict.fromkeys(words.split())),
            "sort_key": sort_key(record["name"])[:600],
        }
