"""Investors and infrastructure projects."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.choices import InvestorKind, WorkStatus
from clusters.importing.fields import column
from clusters.importing.lookups import InvestorIndex
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import NEW, SOURCE, PlainSpec, Run, days_in_order
from clusters.importing.specs.parts import ClusterPartSpec
from clusters.models import InfrastructureProject, Investor
from clusters.models.imports import ImportKind
from clusters.services.investors import bare_name
from clusters.services.searching import investor_keys
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.mapping import Field


class InvestorSpec(PlainSpec):
    """Investors, by tax code or name."""

    kind = ImportKind.INVESTORS
    model = Investor
    functions = (Function.EDIT_REGISTRY, Function.VIEW_PERSONAL_DATA)
    columns = (
        "name",
        "kind",
        "tax_code",
        "country",
        "registration_number",
        "address",
        "email",
        "phone",
        "representative",
        "representative_title",
        "grandfathering_basis",
        "notes",
    )
    hidden = frozenset({"search", "sort_key"})

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of investors."""
        model = Investor
        return (
            column(
                model,
                "name",
                "Tên doanh nghiệp",
                "Tên nhà đầu tư",
                "Chủ đầu tư",
                "Nhà đầu tư",
                "Tên công ty",
                "Tên tổ chức",
                required=True,
                example="Công ty TNHH Thử Nghiệm",
            ),
            column(
                model,
                "kind",
                "Loại hình",
                "Loại hình doanh nghiệp",
                extra={
                    InvestorKind.ENTERPRISE: ("công ty", "công ty TNHH", "công ty cổ phần", "DN"),
                    InvestorKind.COOPERATIVE: ("HTX",),
                    InvestorKind.HOUSEHOLD: ("hộ kinh doanh",),
                },
            ),
            column(model, "tax_code", "Mã số thuế", "MST", "Mã số doanh nghiệp", example="0100109106"),
            column(model, "country", "Quốc gia", "Quốc tịch", "Nước đầu tư"),
            column(model, "registration_number", "Số đăng ký ở nước ngoài"),
            column(model, "address", "Địa chỉ", "Địa chỉ trụ sở", "Trụ sở chính"),
            column(model, "email", "Thư điện tử", "Email"),
            column(model, "phone", "Điện thoại", "Số điện thoại", "SĐT"),
            column(model, "representative", "Người đại diện", "Người đại diện theo pháp luật", "Giám đốc"),
            column(model, "representative_title", "Chức danh", "Chức vụ"),
            column(model, "grandfathering_basis", "Căn cứ giao đơn vị sự nghiệp làm chủ đầu tư"),
            common.notes(model),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.load(Investor.objects.visible_to(run.user, self.function))
        self.codes = InvestorIndex()
        self.by_tax = {record["tax_code"]: record for record in self.known.values() if record["tax_code"]}
        self.by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.by_bare: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in self.known.values():
            self.by_name[fold(record["name"])].append(record)
            self.by_bare[bare_name(record["name"])].append(record)

    def resolve(self, row: ReadRow) -> None:
        """Find the investor by tax code, then by name; a like name is asked."""
        name = row.attrs.get("name")
        code = self.codes.tax_code(row, "tax_code")
        row.attrs["tax_code"] = code
        if name is None:
            return
        row.label = name
        known = self.chosen(row) or (code and self.by_tax.get(code)) or None
        if known is None and row.choice != NEW:
            named = [one for one in self.by_name.get(fold(name), []) if not (code and one["tax_code"])]
            if len(named) == 1:
                known = named[0]
            else:
                self._ask(
                    row,
                    named
                    or [
                        one for one in self.by_bare.get(bare_name(name), []) if not (code and one["tax_code"])
                    ],
                )
                if row.candidates:
                    return
        if self.once(row, ("known", known["id"]) if known else (code or fold(name)), "name"):
            row.known = known
            if known is None:
                row.attrs.setdefault("kind", InvestorKind.ENTERPRISE.value)

    def _ask(self, row: ReadRow, candidates: list[dict[str, Any]]) -> None:
        if candidates:
            row.candidates = [
                (str(one["id"]), f"{one['name']} {one['tax_code']}".strip()) for one in candidates[:5]
            ]
            row.candidates.append((NEW, _("a new investor")))
            row.doubt(
                "name",
                _("“%(name)s” can be an investor that is recorded already.") % {"name": row.label},
                _("Choose the one that is meant."),
            )

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """A public unit needs the decision it rests on."""
        if record.get("kind") == InvestorKind.PUBLIC_UNIT and not record.get("grandfathering_basis"):
            row.error(
                "kind",
                _("A public unit is investor only by a decision from before 1 May 2024 (Art. 35.3)."),
                _("Give number and date of that decision."),
            )
        if record.get("email") and "@" not in record["email"]:
            row.error(
                "email", _("“%(text)s” is no e-mail address.") % {"text": record["email"]}, _("Correct it.")
            )

    def derive(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the folded text for the search, and the key that orders the names."""
        return investor_keys(record["name"], record.get("tax_code") or "")


class InfrastructureSpec(ClusterPartSpec):
    """Infrastructure projects, by cluster and name; the only project of a cluster needs no name."""

    kind = ImportKind.INFRASTRUCTURE
    model = InfrastructureProject
    columns = ("name", "total_investment", "approved_on", "starts_on", "ends_on", "status", "notes", *SOURCE)
    links = ("cluster_id", "investor_id")
    defaults = SOURCE

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of infrastructure projects."""
        model = InfrastructureProject
        return (
            common.CLUSTER,
            column(
                model,
                "name",
                "Tên dự án hạ tầng",
                "Tên dự án",
                "Dự án đầu tư xây dựng hạ tầng",
                note=gettext_lazy("May stay blank where the cluster has one project."),
            ),
            common.INVESTOR,
            common.TAX_CODE,
            column(
                model,
                "total_investment",
                "Tổng mức đầu tư",
                "TMĐT",
                "Vốn đầu tư hạ tầng",
                "Vốn xây dựng hạ tầng",
                "Tổng vốn đầu tư",
                example="485 tỷ đồng",
            ),
            column(model, "approved_on", "Ngày phê duyệt", "Ngày phê duyệt dự án"),
            column(model, "starts_on", "Ngày khởi công", "Khởi công", "Bắt đầu"),
            column(model, "ends_on", "Ngày hoàn thành", "Hoàn thành", "Kết thúc"),
            column(
                model,
                "status",
                "Tình trạng",
                "Tiến độ",
                "Trạng thái",
                extra={
                    WorkStatus.NOT_STARTED: ("chưa triển khai", "chưa khởi công"),
                    WorkStatus.BUILDING: ("đang triển khai", "đang thi công", "đang xây dựng"),
                    WorkStatus.FINISHED: ("đã hoàn thành", "hoàn thành"),
                    WorkStatus.IN_USE: ("đưa vào sử dụng", "đang hoạt động"),
                },
            ),
            common.notes(model),
            *common.source(model),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.investors = InvestorIndex()
        self.of_cluster: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for record in self.known.values():
            self.of_cluster[record["cluster_id"]].append(record)

    def find(self, row: ReadRow, cluster: int) -> None:
        """Find the project by its name, or as the only one."""
        name = row.attrs.get("name")
        row.attrs["investor_id"] = self.investors.resolve(row)
        projects = self.of_cluster.get(cluster, [])
        known = self.chosen(row)
        if known is None and row.choice != NEW:
            named = [one for one in projects if name is None or fold(one["name"]) == fold(name)]
            if len(named) == 1:
                known = named[0]
            elif projects:
                row.candidates = [(str(one["id"]), one["name"]) for one in named or projects]
                row.candidates.append((NEW, _("a new project")))
                row.doubt(
                    "name" if name else "cluster",
                    _("The cluster has infrastructure projects already."),
                    _("Choose the one that is meant."),
                )
                row.label = name or self.clusters.by_pk[cluster]["name"]
                return
        if name is None and known is None:
            row.attrs["name"] = (
                f"Đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp {self.clusters.by_pk[cluster]['name']}"
            )
        row.label = row.attrs.get("name") or (known or {}).get("name", "")
        if self.once(row, (cluster, known["id"] if known else fold(row.label)), "cluster"):
            row.known = known

    def check(self, row: ReadRow, record: dict[str, Any]) -> None:
        """Days in their order."""
        days_in_order(self, row, record, "approved_on", "ends_on")
        days_in_order(self, row, record, "starts_on", "ends_on")
