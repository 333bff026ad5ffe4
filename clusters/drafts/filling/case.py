"""A dossier as papers speak of it: heads, bases, the cluster, the candidates, names of places and bodies."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from clusters.choices import ClusterType, DecisionKind
from clusters.drafts import facts as of
from clusters.models import ClusterCase
from clusters.procedures.answers import Answers
from clusters.services.replay import facts_on
from core.office.facts import GAP, Head, Signature
from core.office.vietnamese import day_vi
from dossiers.choices import Part
from dossiers.models import Application, Dossier, Event
from dossiers.papers.heads import body_of, head_of, in_sentence
from law.papers import Instrument, InstrumentKind
from law.regimes import Regime
from law.rules import Checklist

_LOCAL_GOVERNMENT = "Căn cứ Luật Tổ chức chính quyền địa phương"
#: The instruments of a regime that papers of this procedure cite; others of it concern reports, land or assets.
_CITED = ("ND68", "ND66", "ND32", "ND139", "NQ19", "ND303", "TT14")
_ISSUERS = {
    InstrumentKind.DECREE: "của Chính phủ",
    InstrumentKind.RESOLUTION: "của Chính phủ",
    InstrumentKind.CIRCULAR: "của Bộ trưởng Bộ Công Thương",
}


class CaseOnPaper:
    """A dossier of a cluster in the words of official papers."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.case = ClusterCase.objects.select_related("cluster", "planned_cluster__plan", "decision").get(
            dossier=dossier
        )
        self.regime: Regime = dossier.regime

    @cached_property
    def checklist(self) -> Checklist | None:
        """The rules of the case with their numbers, computed once for the whole paper."""
        return self.dossier.procedure.checklist(self.dossier)

    @property
    def act(self) -> str:
        """What is asked for, as papers say it."""
        return "thành lập" if self.case.kind == DecisionKind.ESTABLISH else "mở rộng"

    @cached_property
    def cluster(self) -> of.ClusterFacts:
        """The cluster the papers are about."""
        case, before = self.case, None
        if case.kind == DecisionKind.EXPAND and case.cluster is not None:
            before = facts_on(case.cluster, self.dossier.received_on).area_ha
        plan = case.planned_cluster.plan if case.planned_cluster else None
        return of.ClusterFacts(
            name=case.name,
            place=self.place,
            area_ha=case.area_ha,
            before_ha=before,
            added_ha=case.area_ha - before if before is not None else None,
            lines=case.main_lines,
            kind=str(ClusterType(case.cluster_type).label),
            plan=f"{plan.title} (Quyết định số {plan.decision_number})"
            if plan and plan.decision_number
            else "",
        )

    @property
    def place(self) -> str:
        """Commune and province."""
        commune = self.dossier.commune
        province = in_sentence(self.dossier.province.full_name_vi)
        return f"{in_sentence(commune.full_name_vi)}, {province}" if commune else province

    @property
    def commune_body(self) -> str:
        """The receiving body as it stands in a sentence."""
        return body_of(Part.RECEIVER, self.dossier)

    @property
    def department_body(self) -> str:
        """The department as it stands in a sentence."""
        return body_of(Part.DEPARTMENT, self.dossier)

    @property
    def committee_body(self) -> str:
        """The provincial committee as it stands in a sentence."""
        return body_of(Part.COMMITTEE, self.dossier)

    def commune_head(self, symbol: str, *, number: str = "", day: dt.date | None = None) -> Head:
        """Head of a paper of the commune; number and day are left to the clerk unless they are known."""
        return head_of(Part.RECEIVER, self.dossier, symbol, number=number, day=day)

    def department_head(self, symbol: str, *, number: str = "", day: dt.date | None = None) -> Head:
        """Head of a paper of the department."""
        return head_of(Part.DEPARTMENT, self.dossier, symbol, number=number, day=day)

    def committee_head(self, symbol: str, *, number: str = "", day: dt.date | None = None) -> Head:
        """Head of a paper of the provincial committee."""
        return head_of(Part.COMMITTEE, self.dossier, symbol, number=number, day=day)

    def council_head(self, symbol: str = "") -> Head:
        """Head of a paper of the council; a score sheet has no number."""
        province = self.dossier.province
        return Head(
            superior=f"UBND {province.full_name_vi.upper()}",
            issuer="HỘI ĐỒNG ĐÁNH GIÁ\nLỰA CHỌN CHỦ ĐẦU TƯ",
            symbol=symbol,
            place=str(province.name_vi),
        )

    @property
    def bases(self) -> list[str]:
        """The laws a paper rests on: local government, then what the case's regime consists of."""
        cited = [law for law in self.regime.laws() if law.code in _CITED]
        return [_LOCAL_GOVERNMENT, *(_cited(law) for law in cited)]

    @property
    def applications(self) -> list[Application]:
        """The applications in process, none while they are sealed."""
        if self.dossier.is_sealed:
            return []
        live = Application.objects.filter(dossier=self.dossier).live()
        return list(live.select_related("organisation").order_by("filed_at", "pk"))

    @property
    def candidates(self) -> list[of.Candidate]:
        """The candidates in the order of receipt."""
        return [
            of.Candidate(
                name=str(one.organisation),
                tax_code=one.organisation.tax_code,
                code=one.code or "",
                received=timezone.localtime(one.filed_at) if one.filed_at else None,
            )
            for one in self.applications
        ]

    @property
    def chosen(self) -> Application | None:
        """The application the council chose, none while its scoring is reopened; or the only one."""
        council = getattr(self.dossier, "council", None)
        if council is not None and (council.closed_at or council.round > 1):
            return council.chosen
        applications = self.applications
        return applications[0] if len(applications) == 1 else None

    def answers(self, application: Application | None) -> Answers:
        """The typed answers of an application, empty for none."""
        return Answers(application.data if application else {})

    @property
    def closing(self) -> dt.datetime | None:
        """The last minute in which applications were taken, as papers say it: 23:59 and not 00:00 of the next day."""
        closes = self.dossier.closes_at
        return timezone.localtime(closes) - dt.timedelta(minutes=1) if closes else None

    def last(self, action: str) -> dt.datetime | None:
        """The local moment an action was last done."""
        event = Event.objects.filter(dossier=self.dossier, action=action).order_by("-at").first()
        return timezone.localtime(event.at) if event else None

    @property
    def notice_in_words(self) -> str:
        """Number and day of the public notice."""
        notice = getattr(self.dossier, "notice", None)
        if notice is None:
            return ""
        return f"Thông báo số {notice.number or '…/TB-UBND'} {day_vi(notice.published_on)}"

    @property
    def submission_in_words(self) -> str:
        """The commune's submission: number, day, issuer."""
        submitted = self.last("submit")
        day = f" {day_vi(submitted.date())}" if submitted else ""
        return f"Tờ trình{day} của {self.commune_body}"


def _cited(law: Instrument) -> str:
    """Return a base as papers cite it: kind, number, day, issuer, title."""
    day = f" {day_vi(law.issued)}" if law.issued else ""
    title = f" {law.title_vi[:1].lower()}{law.title_vi[1:]}" if law.title_vi else ""
    return f"Căn cứ {law.kind.label} số {law.number}{day} {_ISSUERS[law.kind]}{title}"


def or_gap(items: Iterable[str]) -> list[str]:
    """Return the items, or a dotted gap where a person has to write: no heading stands over nothing."""
    return [item for item in items if item] or [GAP]


def leader(body: str = "ỦY BAN NHÂN DÂN") -> Signature:
    """Return the signature block of a committee's chair, name left to the clerk."""
    return Signature(lines=[f"TM. {body}", "CHỦ TỊCH"])


DIRECTOR = Signature(lines=["GIÁM ĐỐC"])


def points(value: Decimal | None) -> Decimal | None:
    """Return points as papers show them: two decimals at most."""
    return None if value is None else value.quantize(Decimal("0.01"))
