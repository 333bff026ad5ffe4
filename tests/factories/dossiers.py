"""Dossiers in every state, made by walking them there through the real services.

``Walk.to("appraisal")`` files, announces, opens and submits a dossier at the moments a careful office would; each step
can be taken alone. Times are Viet Nam's.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role
from clusters.models import PlannedCluster
from clusters.procedures.guards import JUDGED
from clusters.services.judgements import judge_rule
from core.files import keep_file
from core.models import StoredFile
from dossiers.choices import Seat, Stance
from dossiers.models import Application, Council, Document, Dossier
from dossiers.services import councils, opinions, sheets
from dossiers.services.documents import add_application_paper, add_authority_paper
from dossiers.services.filing import file_application, start_application
from dossiers.services.firing import fire
from law.vocabulary import DecisionItem, FinancialProof, ReportHeading
from law.vocabulary import Document as Paper
from tests.factories.accounts import OrganisationFactory, commune, person
from tests.factories.clusters import PlannedClusterFactory

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def moment(day: str, clock: str = "09:00") -> dt.datetime:
    """Return a moment of Viet Nam's time: ``moment("2026-11-03", "14:30")``."""
    return timezone.make_aware(dt.datetime.fromisoformat(f"{day} {clock}"))


def pdf(name: str = "van-ban.pdf") -> SimpleUploadedFile:
    """Return an upload that is a PDF."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def stored(name: str = "van-ban.pdf", user: Any = None) -> StoredFile:
    """Return a file in private storage."""
    upload = pdf(name)
    return keep_file(upload, name=name, content_type="application/pdf", user=user)


def applicant(name: str = "Công ty cổ phần Hạ tầng Ví Dụ") -> User:
    """Return a person who files for an investor of that name."""
    return person(Role.INVESTOR_MEMBER, organisation=OrganisationFactory(investor=True, name=name))


def finance_officer() -> User:
    """Return an officer of the Department of Finance, whose leader is a vice-chair of the council under R5."""
    unit = OrganisationFactory(other_department=True, name="Sở Tài chính tỉnh Lào Cai")
    return person(Role.CONSULTED_OFFICER, organisation=unit)


def organisation_of(user: User) -> Organisation:
    """Return the organisation a person belongs to first."""
    return user.active_memberships[0].organisation


def planned(**made: Any) -> PlannedCluster:
    """Return a line of the List in Âu Lâu, without a cluster in the registry."""
    values = {"commune": commune(), "area_ha": Decimal("50"), "name": "Phú Thịnh Thử", **made}
    return PlannedClusterFactory(**values)


def answers(line: PlannedCluster, **other: Any) -> dict[str, Any]:
    """Return complete answers of the wizard for a line of the List."""
    return {
        "planned_cluster": line.pk,
        "name": line.name,
        "area_ha": "50",
        "cluster_type": "ordinary",
        "place": "phường Âu Lâu, tỉnh Lào Cai",
        "head_office": "Số 1, phường Âu Lâu, tỉnh Lào Cai",
        "phone": "0214 000 000",
        "email": "lien.he@vidu.example",
        "legal_paper_number": "5300000000",
        "legal_paper_date": "2018-05-10",
        "legal_paper_issuer": "Sở Kế hoạch và Đầu tư tỉnh Lào Cai",
        "business_lines": "Kinh doanh hạ tầng cụm công nghiệp",
        "has_real_estate_line": True,
        "representative": "Nguyễn Văn Ví Dụ",
        "representative_title": "Tổng giám đốc",
        "industrial_land_ha": "36.5",
        "main_lines": "Chế biến nông, lâm sản; cơ khí",
        "target_firms": "Doanh nghiệp nhỏ và vừa chế biến nông, lâm sản",
        "high_tech_land_ha": "2.5",
        "small_firms_land_ha": "1.5",
        "start_ups_land_ha": "1",
        "infrastructure_scale": "Đường nội bộ, cấp nước, thoát nước, xử lý nước thải 1.500 m3/ngày đêm",
        "starts_on": "2027-03-01",
        "finishes_on": "2029-12-31",
        "total_investment": "420000000000",
        "equity": "84000000000",
        "loans": "336000000000",
        "report_headings": [heading.value for heading in ReportHeading],
        "commitment": True,
        **other,
    }


def draft(line: PlannedCluster | None = None, *, user: User | None = None, **other: Any) -> Application:
    """Return a draft that lacks nothing."""
    user = user or applicant()
    line = line or planned()
    application = start_application(
        procedure_code="establish_cluster",
        organisation=organisation_of(user),
        user=user,
        **answers(line, **other),
    )
    for paper in (Paper.REQUEST, Paper.REPORT, Paper.MAP, Paper.LEGAL_STATUS, Paper.FINANCIAL_CAPACITY):
        add_application_paper(
            application=application,
            kind=paper.value,
            variety=FinancialProof.STATEMENTS.value if paper is Paper.FINANCIAL_CAPACITY else "",
            user=user,
            upload=pdf(f"{paper.value}.pdf"),
        )
    return application


@dataclass
class Walk:
    """A dossier on its way, with the people who handle it. Days are those of regime R5 (November 2026)."""

    line: PlannedCluster = field(default_factory=planned)
    investor: User = field(default_factory=applicant)
    commune_officer: User = field(default_factory=lambda: person(Role.COMMUNE_OFFICER))
    officer: User = field(default_factory=lambda: person(Role.DEPARTMENT_OFFICER))
    clerk: User = field(default_factory=lambda: person(Role.COMMITTEE_CLERK))
    chair: User = field(default_factory=lambda: person(Role.COMMITTEE_LEADER))
    consulted: User = field(default_factory=finance_officer)
    leader: User | None = None
    rival: User | None = None
    dossier: Dossier | None = None

    def __post_init__(self) -> None:
        if self.leader is None:
            self.leader = person(Role.DEPARTMENT_LEADER, organisation=organisation_of(self.officer))

    ORDER = ("received", "open", "opened", "submitted", "appraisal", "deciding", "decided", "completed")

    def to(self, state: str) -> Dossier:
        """Walk to a state and return the dossier."""
        for name in self.ORDER[: self.ORDER.index(state) + 1]:
            self.step_to(name)
        return self.fresh()

    def step_to(self, state: str) -> None:
        """Take the one step that leads to a state from the one before it."""
        steps = {
            "received": self.file,
            "open": self.publish,
            "opened": self.open_all,
            "submitted": self.submit,
            "appraisal": self.accept,
            "deciding": self.report,
            "decided": self.decide,
            "completed": self.complete,
        }
        steps[state]()

    def fresh(self) -> Dossier:
        """Return the dossier as it stands in the database."""
        return Dossier.objects.get(pk=self.dossier.pk)

    @property
    def application(self) -> Application:
        """The first application."""
        return Application.objects.get(dossier=self.dossier, is_first=True)

    def file(self, at: dt.datetime | None = None) -> Application:
        """File the first application."""
        made = file_application(
            application=draft(self.line, user=self.investor),
            user=self.investor,
            at=at or moment("2026-10-05"),
        )
        self.dossier = made.dossier
        return made

    def publish(self, at: dt.datetime | None = None) -> None:
        """Publish the notice."""
        fire(
            self.dossier,
            "publish_notice",
            actor=self.commune_officer,
            at=at or moment("2026-10-06"),
            text="Thông báo tiếp nhận hồ sơ đề nghị làm chủ đầu tư.",
            media="Đài truyền thanh phường, trang thông tin điện tử của phường",
        )

    def join(self, user: User | None = None, at: dt.datetime | None = None) -> Application:
        """File a rival application."""
        self.rival = user or applicant("Công ty TNHH Đầu tư Đối Thủ")
        return file_application(
            application=draft(self.line, user=self.rival), user=self.rival, at=at or moment("2026-10-09")
        )

    def open_all(self, at: dt.datetime | None = None) -> None:
        """Open the applications."""
        fire(
            self.dossier,
            "open_applications",
            actor=self.commune_officer,
            at=at or moment("2026-10-14"),
            present="Đại diện các nhà đầu tư, Mặt trận Tổ quốc phường",
        )

    def submit(self, at: dt.datetime | None = None) -> None:
        """Submit to the department."""
        self.paper("submission", self.commune_officer, at or moment("2026-10-15", "08:30"))
        fire(self.dossier, "submit", actor=self.commune_officer, at=at or moment("2026-10-15"))

    def accept(self, at: dt.datetime | None = None) -> None:
        """Take as complete."""
        fire(self.dossier, "accept", actor=self.officer, at=at or moment("2026-10-16"))

    def council(self, at: dt.datetime | None = None, totals: dict[int, list[str]] | None = None) -> Council:
        """Set up the council, score every application and close; ``totals`` gives points by application key."""
        at = at or moment("2026-10-20")
        made = councils.set_up_council(
            dossier=self.dossier,
            decision_number="3801/QĐ-UBND",
            decided_on=timezone.localdate(at),
            members=[
                councils.Seated(self.chair, Seat.CHAIR, "Phó Chủ tịch UBND tỉnh"),
                councils.Seated(self.leader, Seat.VICE_CHAIR, "Giám đốc Sở Công Thương"),
                councils.Seated(self.consulted, Seat.VICE_CHAIR, "Phó Giám đốc Sở Tài chính"),
                councils.Seated(self.officer, Seat.SECRETARY, "Chuyên viên Sở Công Thương"),
            ],
            actor=self.officer,
            at=at,
        )
        councils.issue_criteria(
            council=made,
            lines=[
                councils.Line("infrastructure", "Phương án hạ tầng", Decimal(15)),
                councils.Line("management", "Quản lý và môi trường", Decimal(15)),
                councils.Line("capacity", "Năng lực, kinh nghiệm", Decimal(30)),
                councils.Line("finance", "Phương án tài chính", Decimal(40)),
            ],
            actor=self.officer,
            at=at,
        )
        lines = list(made.sub_criteria.order_by("position"))
        live = list(Application.objects.filter(dossier=self.dossier).live().order_by("filed_at", "pk"))
        people = {user.pk: user for user in (self.chair, self.leader, self.consulted)}
        for member in made.members.exclude(seat=Seat.SECRETARY).order_by("pk"):
            user = people[member.user_id]
            councils.declare_conflict(member=member, has_conflict=False, note="", user=user, at=at)
            for place, application in enumerate(live):
                points = (totals or {}).get(application.pk) or (
                    ["12", "11", "24", "33"] if place == 0 else ["10", "10", "20", "25"]
                )
                sheets.save_sheet(
                    member=member,
                    application=application,
                    points={line.pk: Decimal(value) for line, value in zip(lines, points, strict=True)},
                    user=user,
                    submit=True,
                    at=at,
                )
        standing = sheets.totals(made)
        best = max(standing, key=lambda key: standing[key]["total"])
        return sheets.close_scoring(
            council=made,
            chosen=Application.objects.get(pk=best),
            minutes="Hội đồng thống nhất kết quả chấm điểm.",
            held_on=timezone.localdate(at),
            actor=self.officer,
            at=at,
        )

    def opinion(self, at: dt.datetime | None = None) -> None:
        """Ask one agency and let it agree."""
        at = at or moment("2026-10-16", "10:00")
        (request,) = opinions.ask_for_opinions(
            dossier=self.dossier,
            organisations=[organisation_of(self.consulted)],
            question="Ý kiến về hồ sơ thành lập cụm công nghiệp",
            actor=self.officer,
            at=at,
        )
        opinions.give_opinion(
            request=request,
            stance=Stance.AGREES,
            answer="",
            actor=self.consulted,
            at=at + dt.timedelta(hours=1),
        )

    def judge(self, at: dt.datetime) -> None:
        """Answer for the conditions of the law that lack figures, as the department does before its report."""
        checklist = self.dossier.procedure.checklist(self.dossier)
        for finding in checklist.not_computable:
            if finding.rule.code in JUDGED:
                judge_rule(
                    dossier=self.dossier,
                    code=finding.rule.code,
                    reason="Theo số liệu kiểm kê của địa phương",
                    actor=self.officer,
                    at=at,
                )

    def report(self, at: dt.datetime | None = None) -> None:
        """Score and send the appraisal report."""
        if not Council.objects.filter(dossier=self.dossier).exists():
            self.council()
        self.judge(at or moment("2026-10-27", "08:15"))
        self.paper("appraisal_report", self.officer, at or moment("2026-10-27", "08:30"))
        fire(self.dossier, "send_report", actor=self.leader, at=at or moment("2026-10-27"))

    def decide(self, at: dt.datetime | None = None, **facts: Any) -> None:
        """Enter the decision."""
        at = at or moment("2026-10-30")
        self.paper("decision", self.clerk, at - dt.timedelta(minutes=30))
        items = {item.value: "Theo nội dung quyết định" for item in DecisionItem}
        fire(
            self.dossier,
            "decide",
            actor=self.clerk,
            at=at,
            **{
                "number": "4102/QĐ-UBND",
                "issued_on": timezone.localdate(at),
                "signer": "Chủ tịch UBND tỉnh",
                "name": self.line.name,
                "area_ha": Decimal("50"),
                "cluster_type": "ordinary",
                "main_lines": "Chế biến nông, lâm sản; cơ khí",
                "items": items,
                **facts,
            },
        )

    def complete(self, at: dt.datetime | None = None) -> None:
        """Mark everything as sent."""
        at = at or moment("2026-11-02")
        fire(self.dossier, "complete", actor=self.clerk, at=at, sent_on=timezone.localdate(at))

    def paper(self, kind: str, user: User, at: dt.datetime) -> Document:
        """Add a paper of an authority."""
        return add_authority_paper(
            dossier=self.dossier, kind=kind, upload=pdf(f"{kind}.pdf"), user=user, at=at
        )


def walked(state: str, **made: Any) -> Walk:
    """Return a walk that has come to a state; ``made`` are its people and its line of the List."""
    walk = Walk(**made)
    walk.to(state)
    return walk
