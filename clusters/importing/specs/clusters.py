"""Clusters: legal facts, which change only by a recorded decision."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.choices import ClusterType, DecisionKind
from clusters.importing.areas import settle_area
from clusters.importing.fields import bare, column
from clusters.importing.lookups import ClusterIndex, InvestorIndex, PlaceIndex
from clusters.importing.rates import compare_rate
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import NEW, SOURCE, PlainSpec, Run
from clusters.importing.specs.legal import STAGES, legal_facts
from clusters.importing.stages import guess_stage, without_remark
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.models.imports import ImportKind
from clusters.services.decisions import open_cluster, record_decision
from clusters.services.records import update_cluster_details
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.mapping import Field
from places.models import Commune

DETAILS = ("address", "formed_before_2009", "in_mountainous_district", "notes")
#: Words before a decision that does not establish: the detailed plan, the approval of the investment, a change.
_OTHER_PAPERS = (
    "qhct", "quy hoach chi tiet", "chu truong", "dieu chinh", "mo rong", "giao dat", "thu hoi", "bai bo", "rut khoi",
)  # fmt: skip
_TYPES = {
    ClusterType.ORDINARY: ("thông thường", "CCN thông thường"),
    ClusterType.CRAFT_VILLAGE: ("làng nghề", "CCN làng nghề"),
}


class ClusterSpec(PlainSpec):
    """Clusters as a list shows them: a new one is opened, and what the row says is recorded as an opening record."""

    kind = ImportKind.CLUSTERS
    model = Cluster
    function = Function.RECORD_DECISION
    functions = (Function.EDIT_REGISTRY, Function.RECORD_DECISION)
    columns = (
        "code",
        "name",
        "cluster_type",
        "stage",
        "area_ha",
        "industrial_land_ha",
        "main_lines",
        "established_on",
        *DETAILS,
    )
    links = ("commune_id", "investor_id", "place_as_recorded", "province_id")
    defaults = ("as_of", *SOURCE)
    in_bulk = False

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of clusters."""
        model = Cluster
        return (
            column(
                model,
                "name",
                "Tên cụm công nghiệp",
                "Cụm công nghiệp",
                "CCN",
                "Tên CCN",
                "Tên",
                "Tên cụm",
                required=True,
                example="Âu Lâu",
            ),
            column(
                model,
                "code",
                "Mã cụm công nghiệp",
                "Mã CCN",
                "Mã số",
                note=gettext_lazy("Leave blank for a new cluster."),
            ),
            common.PLACE,
            common.DISTRICT,
            common.PROVINCE,
            column(
                model,
                "area_ha",
                "Diện tích",
                "Diện tích thành lập",
                "Diện tích quy hoạch",
                "Tổng diện tích",
                "Đã được thành lập",
                "Diện tích (đất CN)",
                "Quy mô diện tích",
                bracketed=True,
            ),
            column(
                model,
                "industrial_land_ha",
                "Diện tích đất công nghiệp",
                "Đất công nghiệp",
                "Diện tích đất CN",
                "Đất CN",
            ),
            Field(
                "occupancy",
                gettext_lazy("occupancy as stated"),
                ("Tỷ lệ lấp đầy", "Lấp đầy", "Tỷ lệ lấp đầy (%)"),
                kind="percent",
                note=gettext_lazy(
                    "Not stored: compared with the rate that is computed from the land leased."
                ),
                advisory=True,
            ),
            Field(
                "decision",
                gettext_lazy("establishing decision"),
                (
                    "Quyết định thành lập",
                    "QĐ thành lập",
                    "QĐ liên quan",
                    "Số quyết định thành lập",
                    "Quyết định",
                ),
                kind="reference",
                example="1656/QĐ-UBND ngày 30/10/2009",
                other_papers=_OTHER_PAPERS,
            ),
            column(model, "established_on", "Ngày thành lập", "Ngày quyết định"),
            common.INVESTOR,
            common.TAX_CODE,
            column(
                model,
                "main_lines",
                "Ngành nghề",
                "Ngành nghề thu hút đầu tư",
                "Ngành nghề hoạt động chủ yếu",
                "Ngành nghề chính",
            ),
            column(model, "stage", "Giai đoạn", "Tình trạng", "Trạng thái", "Hiện trạng", extra=STAGES),
            column(model, "cluster_type", "Loại hình", "Loại cụm công nghiệp", "Loại CCN", extra=_TYPES),
            column(model, "formed_before_2009", "Hình thành trước 2009", "Hình thành trước ngày 05/10/2009"),
            column(model, "in_mountainous_district", "Thuộc huyện miền núi", "Miền núi"),
            column(model, "address", "Địa chỉ chi tiết", "Địa chỉ liên hệ"),
            Field(
                "as_of",
                gettext_lazy("as of"),
                ("Tính đến ngày", "Ngày số liệu", "Thời điểm", "Ngày cập nhật"),
                kind="date",
            ),
            common.notes(model),
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.places = PlaceIndex(run.province)
        self.investors = InvestorIndex()
        self.index = ClusterIndex(run.user, self.function)
        self.load(Cluster.objects.filter(pk__in=list(self.index.by_pk), province=run.province))
        self.by_paper: dict[str, set[int]] = defaultdict(set)
        self.latest: dict[int, dt.date] = {}
        papers = Decision.objects.filter(cluster__in=list(self.known)).standing().order_by()
        for cluster, number in papers.exclude(number="").values_list("cluster_id", "number"):
            self.by_paper[fold(number)].add(cluster)
        for cluster, day in papers.values_list("cluster_id").annotate(day=Max("effective_on")):
            self.latest[cluster] = day

    def resolve(self, row: ReadRow) -> None:
        """Find the cluster by code, by its decision, by its name with its place; what is in doubt is asked."""
        self.places.check_province(row)
        communes = self.places.resolve(row)
        name = row.attrs.get("name")
        if name is None:
            return
        row.attrs["name"], remark = without_remark(name)
        row.label = row.attrs["name"]
        commune = communes[0].pk if communes else None
        row.attrs["commune_id"] = commune
        row.attrs["investor_id"] = self.investors.resolve(row)
        paper = row.values.get("decision")
        if paper is not None:
            row.result = {"number": paper.number, "issued_on": paper.date.isoformat() if paper.date else ""}
        code = row.attrs.pop("code", None)
        known = self._find(row, code, commune, paper)
        if row.candidates or row.is_wrong:
            return
        if not self.once(row, known["id"] if known else (bare(name), commune), "name"):
            return
        row.known = known
        settle_area(self, row, part="industrial_land_ha")
        if "occupancy" in row.values:
            computed = self.index.by_pk[known["id"]] if known else None
            compare_rate(row, "occupancy", row.values["occupancy"], computed)
        day = row.values.get("as_of") or timezone.localdate()
        row.result["as_of"] = day.isoformat()
        if known is None:
            self._complete(row, communes, paper, code, remark)
        else:
            self._compare(row, known, day)

    def _find(self, row: ReadRow, code: str | None, commune: int | None, paper: Any) -> dict[str, Any] | None:
        chosen = self.chosen(row)
        if chosen is not None or row.choice == NEW:
            return chosen
        if code:
            if code.casefold() in self.index.foreign_codes:
                row.error(
                    "code",
                    _("The cluster %(code)s lies in %(place)s, out of your reach.")
                    % {"code": code, "place": self.index.foreign_codes[code.casefold()]},
                    _("Remove the row, or let an officer of that place import it."),
                )
                return None
            pk = self.index.by_code.get(code.casefold())
            if pk in self.known:
                return self.known[pk]
        folded = bare(row.label)
        named = [self.known[pk] for pk in self.index.by_name.get(folded, []) if pk in self.known]
        there = [one for one in named if commune and one["commune_id"] == commune]
        if len(there) == 1 or (len(named) == 1 and (commune is None or named[0]["commune_id"] is None)):
            return there[0] if there else named[0]
        by_paper = self.by_paper.get(fold(paper.number), set()) if paper is not None else set()
        if len(by_paper) == 1 and not named:
            found = self.known[next(iter(by_paper))]
            if bare(found["name"]) == folded:
                return found
            named = [found]
        if not named and not there:
            named = [
                self.known[pk]
                for pk in self.index.alike(folded)
                if pk in self.known and self._near(pk, commune)
            ]
        if named:
            row.candidates = [(str(one["id"]), self.index.label(one["id"])) for one in named]
            row.candidates.append((NEW, _("a new cluster")))
            row.doubt(
                "name",
                _("“%(name)s” can be a cluster that is recorded already.") % {"name": row.label},
                _("Choose the one that is meant."),
            )
        return None

    def _near(self, pk: int, commune: int | None) -> bool:
        return commune is None or self.known[pk]["commune_id"] in (None, commune)

    def _complete(
        self, row: ReadRow, communes: list[Commune], paper: Any, code: str | None, remark: str
    ) -> None:
        row.attrs["province_id"] = self.run.province.pk
        if code:
            row.doubt("code", _("No cluster has the code %(code)s; a new one is given.") % {"code": code})
        if row.values.get("place"):
            row.attrs["place_as_recorded"] = str(row.values["place"])[:300]
        if paper is not None and paper.date and not row.attrs.get("established_on"):
            row.attrs["established_on"] = paper.date
        guess_stage(row, paper, remark)
        row.result["other_communes"] = [one.pk for one in communes[1:]]
        self._check_areas(row, row.attrs)

    def _compare(self, row: ReadRow, known: dict[str, Any], day: dt.date) -> None:
        facts = [fact for fact in _facts(row.attrs) if row.attrs[fact] not in (None, known.get(fact))]
        newest = self.latest.get(known["id"])
        if facts and newest and day < newest:
            row.error(
                "as_of",
                _("A decision of %(newest)s lays these facts down, later than %(day)s.")
                % {"newest": f"{newest:%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"},
                _("Give the day for which the file holds, or leave the row out."),
            )
        if "code" not in row.values and bare(known["name"]) == bare(row.label):
            # Found by its name: another spelling of it, "CCN ÂU LÂU", is no new name.
            del row.attrs["name"]
        self._check_areas(row, {**known, **{k: v for k, v in row.attrs.items() if v is not None}})

    def _check_areas(self, row: ReadRow, record: Mapping[str, Any]) -> None:
        whole, industrial = record.get("area_ha"), record.get("industrial_land_ha")
        if whole is not None and industrial is not None and industrial > whole:
            row.error(
                "industrial_land_ha",
                _("The industrial land is larger than the cluster."),
                _("Correct one of the two areas."),
            )

    def write(
        self, attrs: dict[str, Any], result: dict[str, Any], record_id: int | None, *, reason: str
    ) -> tuple[int, dict[str, Any]]:
        """Open or change the cluster of a row; return its key and what was recorded."""
        attrs = dict(attrs)
        details = {name: attrs.pop(name) for name in (*DETAILS, "place_as_recorded") if name in attrs}
        attrs.pop("province_id", None)
        sets = legal_facts(attrs)
        day = dt.date.fromisoformat(result["as_of"])
        issued_on = dt.date.fromisoformat(result["issued_on"]) if result.get("issued_on") else None
        written: dict[str, Any] = {}
        if record_id is None:
            cluster = open_cluster(
                province=self.run.province, name=sets["name"], user=self.run.user, reason=reason, **details
            )
            cluster.other_communes.set(result.get("other_communes", []))
            written["opened"] = True
        else:
            cluster = Cluster.objects.get(pk=record_id)
            if details:
                update_cluster_details(cluster=cluster, reason=reason, **details)
        if record_id is None or sets:
            decision = record_decision(
                cluster=cluster,
                kind=DecisionKind.OPENING,
                sets=sets,
                effective_on=max(filter(None, (day, issued_on))),
                user=self.run.user,
                reason=reason,
                number=result.get("number", "") if record_id is None else "",
                issued_on=issued_on if record_id is None else None,
                **{name: self.run.defaults[name] for name in SOURCE if self.run.defaults.get(name)},
            )
            written["decision"] = decision.pk
        return cluster.pk, written


def _facts(attrs: Mapping[str, Any]) -> list[str]:
    """Return the columns of a row that are legal facts."""
    return [name for name in attrs if name.removesuffix("_id") in LEGAL_FACTS]
