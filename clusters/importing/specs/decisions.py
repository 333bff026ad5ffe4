"""Decisions: papers that lay legal facts down."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.choices import DecisionKind
from clusters.importing.fields import column
from clusters.importing.lookups import ClusterIndex, InvestorIndex
from clusters.importing.rows import ReadRow
from clusters.importing.specs import common
from clusters.importing.specs.base import PlainSpec, Run, caster
from clusters.importing.specs.legal import STAGES, legal_facts
from clusters.models import Cluster, Decision
from clusters.models.imports import ImportKind
from clusters.services.decisions import preview_decision, record_decision
from core.sentences import in_every_language, said_by, titled
from core.sentences import sentence as _
from core.text import fold
from core.workbooks.mapping import Field

_KINDS = {
    DecisionKind.ESTABLISH: ("thành lập", "quyết định thành lập"),
    DecisionKind.EXPAND: ("mở rộng", "quyết định mở rộng"),
    DecisionKind.ADJUST: ("điều chỉnh", "quyết định điều chỉnh"),
    DecisionKind.DETAILED_PLAN: ("quy hoạch chi tiết", "phê duyệt quy hoạch chi tiết"),
    DecisionKind.ASSIGN_INVESTOR: ("giao chủ đầu tư", "giao chủ đầu tư hạ tầng"),
    DecisionKind.INFRASTRUCTURE: ("phê duyệt dự án hạ tầng",),
    DecisionKind.WITHDRAW: ("rút khỏi quy hoạch",),
    DecisionKind.ABOLISH: ("bãi bỏ",),
}


class DecisionSpec(PlainSpec):
    """Decisions, by cluster, kind, number and day; one that is recorded already stays as it is."""

    kind = ImportKind.DECISIONS
    model = Decision
    function = Function.RECORD_DECISION
    functions = (Function.EDIT_REGISTRY, Function.RECORD_DECISION)
    columns = ("kind", "number", "issued_on", "effective_on", "issuer", "signer", "received_on", "summary")
    links = ("cluster_id",)
    in_bulk = False
    section_key = "cluster"

    @classmethod
    def all_fields(cls) -> tuple[Field, ...]:
        """Return the fields of decisions: the paper, then what it lays down."""
        model = Decision
        return (
            common.CLUSTER,
            column(
                model,
                "kind",
                "Loại quyết định",
                "Nội dung quyết định",
                "Loại văn bản",
                required=True,
                extra=_KINDS,
            ),
            Field(
                "decision",
                gettext_lazy("number of the decision"),
                ("Số quyết định", "Số, ngày quyết định", "Quyết định số", "Số hiệu", "Quyết định"),
                kind="reference",
                required=True,
                example="1656/QĐ-UBND ngày 30/10/2009",
            ),
            column(model, "issued_on", "Ngày ban hành", "Ngày quyết định", "Ngày ký"),
            column(model, "effective_on", "Ngày hiệu lực", "Có hiệu lực từ"),
            column(model, "issuer", "Cơ quan ban hành", "Nơi ban hành", example="UBND tỉnh Lào Cai"),
            column(model, "signer", "Người ký"),
            column(model, "received_on", "Ngày nhận hồ sơ"),
            column(model, "summary", "Trích yếu", "Tóm tắt nội dung"),
            column(Cluster, "area_ha", "Diện tích", "Diện tích sau quyết định", "Tổng diện tích"),
            column(Cluster, "industrial_land_ha", "Diện tích đất công nghiệp", "Đất công nghiệp"),
            column(Cluster, "main_lines", "Ngành nghề"),
            column(Cluster, "stage", "Giai đoạn", "Tình trạng", extra=STAGES),
            common.INVESTOR,
            common.TAX_CODE,
        )

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.index = ClusterIndex(run.user, self.function)
        self.investors = InvestorIndex()
        self.recorded = {
            (cluster, kind, fold(number), day)
            for cluster, kind, number, day in Decision.objects.filter(cluster__in=list(self.index.by_pk))
            .order_by()
            .values_list("cluster_id", "kind", "number", "issued_on")
        }
        self.objects = {
            one.pk: one
            for one in Cluster.objects.filter(pk__in=list(self.index.by_pk)).select_related("province")
        }
        facts = ("area_ha", "industrial_land_ha", "main_lines", "stage")
        self.fact_casts = {fact: caster(Cluster, fact) for fact in facts}

    def resolve(self, row: ReadRow) -> None:
        """Find the cluster, and hold the decision against the rules of its day."""
        cluster = self.index.resolve(row)
        paper = row.values.get("decision")
        if cluster is None or paper is None or row.is_wrong:
            return
        row.label = f"{paper.number} – {self.index.by_pk[cluster]['name']}"
        attrs = row.attrs
        attrs["cluster_id"], attrs["number"] = cluster, paper.number
        attrs["issued_on"] = attrs.get("issued_on") or paper.date
        if attrs["issued_on"] is None:
            row.error(
                "decision",
                _("The day of the decision is missing."),
                _("Write it behind the number, or in a column of its own."),
            )
            return
        attrs.setdefault("effective_on", attrs["issued_on"])
        attrs.setdefault("issuer", issuer_of(self.objects[cluster]))
        identity = (cluster, attrs["kind"], fold(paper.number), attrs["issued_on"])
        if not self.once(row, identity, "decision"):
            return
        if identity in self.recorded:
            row.known = dict(attrs)
            row.note("decision", _("The decision is recorded already; it stays as it is."))
            return
        for fact, cast in self.fact_casts.items():
            if row.values.get(fact) is not None:
                attrs[f"sets_{fact}"] = cast(row.values[fact])
        attrs["sets_investor_id"] = self.investors.resolve(row)
        self._hold_against_rules(row, self.objects[cluster])

    def _hold_against_rules(self, row: ReadRow, cluster: Cluster) -> None:
        known = {name: value for name, value in row.attrs.items() if value is not None}
        if known.get("sets_investor_id") in self.investors.new:
            known.pop("sets_investor_id")
        decision = Decision(reason="-", **known)
        decision.cluster = cluster
        if decision.kind in (DecisionKind.OPENING, DecisionKind.CORRECT):
            row.error(
                "kind",
                _("Records of this kind are not imported as decisions."),
                _("Choose the kind of the paper."),
            )
            return
        try:
            preview = preview_decision(cluster=cluster, decision=decision)
        except ValidationError as error:
            row.error("decision", said_by(error))
            return
        for finding in preview.checklist.blocking:
            row.error(
                "decision",
                titled(finding.rule.code, in_every_language(finding.explanation)),
                _("Check the paper, or record it by hand."),
            )
        if decision.issued_on and decision.effective_on < decision.issued_on:
            row.error(
                "effective_on",
                _("The decision takes effect before the day it was issued."),
                _("Correct one of the two days."),
            )

    def write(
        self, attrs: dict[str, Any], result: dict[str, Any], record_id: int | None, *, reason: str
    ) -> tuple[int, dict[str, Any]]:
        """Record the decision of a row; return its key."""
        attrs = dict(attrs)
        sets = legal_facts({name[5:]: attrs.pop(name) for name in list(attrs) if name.startswith("sets_")})
        cluster = Cluster.objects.get(pk=attrs.pop("cluster_id"))
        kind = DecisionKind(attrs.pop("kind"))
        effective_on = attrs.pop("effective_on")
        decision = record_decision(
            cluster=cluster,
            kind=kind,
            sets=sets,
            effective_on=effective_on,
            user=self.run.user,
            reason=reason,
            **common.without_blank(attrs),
        )
        return decision.pk, {"decision": decision.pk}


def issuer_of(cluster: Cluster) -> str:
    """Return who issues decisions about a cluster where the row does not tell."""
    name = cluster.province.full_name_vi
    return f"UBND {name[:1].lower()}{name[1:]}"
