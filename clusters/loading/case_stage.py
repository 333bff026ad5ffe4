"""The people and the calendar of the demo dossiers, and the steps they take through the real services."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from clusters.models import Cluster
from clusters.procedures.guards import JUDGED
from clusters.services.judgements import judge_rule
from core.models import StoredFile
from core.office.pdf import render_pdf
from dossiers.choices import Seat, Stance
from dossiers.models import Application, Dossier
from dossiers.models import Document as Paper
from dossiers.services import councils, opinions, sheets
from dossiers.services.documents import add_application_paper, add_authority_paper
from dossiers.services.filing import file_application, start_application
from dossiers.services.firing import fire
from dossiers.services.people import assign_dossier
from law.calendars import WorkingCalendar
from law.vocabulary import DecisionItem, Document, FinancialProof, ReportHeading


def _page() -> bytes:
    """Return one page that says what it is: no paper of the demo pretends to be a real one."""
    return render_pdf(Path(__file__).with_name("illustration.typ"), {})


def _date_papers(papers: QuerySet[Paper], at: dt.datetime) -> None:
    """Date papers as the story does: what was uploaded for the demo lies in the dossier since then."""
    papers.update(created_at=at)
    StoredFile.objects.filter(pk__in=list(papers.values_list("file", flat=True))).update(uploaded_at=at)


class CaseStage:
    """The people and the calendar of the demo, and the steps they take; each at a moment some working days ago."""

    def __init__(self, people: dict[str, User], calendar: WorkingCalendar, now: dt.datetime) -> None:
        self.people, self.calendar, self.now = people, calendar, now
        self.page = _page()

    def ago(self, days: int, clock: str = "09:00") -> dt.datetime:
        """Return a moment that many working days before today."""
        day = timezone.localdate(self.now)
        left = days
        while left or not self.calendar.is_working(day):
            day -= dt.timedelta(days=1)
            left -= self.calendar.is_working(day) and left > 0
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(clock)))
        return min(moment, self.now - dt.timedelta(minutes=5))

    def organisation(self, part: str) -> Organisation:
        """Return the organisation of a person."""
        return self.people[part].active_memberships[0].organisation

    def draft(self, cluster: Cluster, part: str = "investor") -> Application:
        """Write a complete draft."""
        user = self.people[part]
        answers: dict[str, Any] = {
            "cluster": cluster.pk,
            "name": cluster.name,
            "area_ha": "50",
            "cluster_type": "ordinary",
            "place": "phường Âu Lâu, tỉnh Lào Cai",
            "head_office": "Số 1, phường Âu Lâu, tỉnh Lào Cai",
            "phone": "0214 000 000",
            "email": user.email,
            "legal_paper_number": "5300000000",
            "legal_paper_date": "2018-05-10",
            "legal_paper_issuer": "Sở Kế hoạch và Đầu tư tỉnh Lào Cai",
            "business_lines": "Kinh doanh bất động sản, hạ tầng cụm công nghiệp",
            "has_real_estate_line": True,
            "representative": "Nguyễn Văn Ví Dụ",
            "representative_title": "Tổng giám đốc",
            "industrial_land_ha": "36.5" if part == "investor" else "35",
            "main_lines": "Chế biến nông, lâm sản; cơ khí",
            "target_firms": "Doanh nghiệp nhỏ và vừa chế biến nông, lâm sản",
            "high_tech_land_ha": "2.5",
            "small_firms_land_ha": "1.5",
            "start_ups_land_ha": "1",
            "infrastructure_scale": "Đường nội bộ, cấp nước, thoát nước, trạm xử lý nước thải 1.500 m³/ngày đêm",
            "starts_on": "2027-03-01",
            "finishes_on": "2029-12-31",
            "total_investment": "420000000000" if part == "investor" else "395000000000",
            "equity": "84000000000",
            "loans": "336000000000" if part == "investor" else "311000000000",
            "report_headings": [heading.value for heading in ReportHeading],
            "commitment": True,
        }
        application = start_application(
            procedure_code="establish_cluster", organisation=self.organisation(part), user=user, **answers
        )
        for paper, name in (
            (Document.REQUEST, "Văn bản đề nghị làm chủ đầu tư.pdf"),
            (Document.REPORT, "Báo cáo đầu tư.pdf"),
            (Document.MAP, "Bản đồ vị trí, ranh giới.pdf"),
            (Document.FINANCIAL_CAPACITY, "Báo cáo tài chính hai năm gần nhất.pdf"),
        ):
            add_application_paper(
                application=application,
                kind=paper.value,
                variety=FinancialProof.STATEMENTS.value if paper is Document.FINANCIAL_CAPACITY else "",
                user=user,
                upload=self.file(name),
            )
        return application

    def file(self, name: str) -> SimpleUploadedFile:
        """Return an upload that says it is an illustration."""
        return SimpleUploadedFile(name, self.page, "application/pdf")

    def filed(self, cluster: Cluster, days: int, part: str = "investor") -> Application:
        """File an application so many working days ago, with papers that were added an hour before."""
        draft = self.draft(cluster, part)
        _date_papers(Paper.objects.filter(application=draft), self.ago(days) - dt.timedelta(hours=1))
        return file_application(application=draft, user=self.people[part], at=self.ago(days))

    def paper(self, dossier: Dossier, kind: str, part: str, at: dt.datetime, name: str) -> None:
        """Add a paper of an authority."""
        added = add_authority_paper(
            dossier=dossier, kind=kind, upload=self.file(name), user=self.people[part], at=at
        )
        _date_papers(Paper.objects.filter(pk=added.pk), at)

    def announced(self, cluster: Cluster, days: int) -> Dossier:
        """File and announce."""
        dossier = self.filed(cluster, days).dossier
        assert dossier is not None  # a filed application lies in one
        fire(
            dossier,
            "publish_notice",
            actor=self.people["commune"],
            at=self.ago(days - 1),
            number="15/TB-UBND",
            text=f"Ủy ban nhân dân phường Âu Lâu thông báo tiếp nhận hồ sơ đề nghị làm chủ đầu tư xây dựng hạ tầng "
            f"kỹ thuật cụm công nghiệp {cluster.name}.",
            media="Đài truyền thanh phường; trang thông tin điện tử phường Âu Lâu",
        )
        return dossier

    def opened(self, cluster: Cluster, days: int, *, rival: bool = False) -> Dossier:
        """Announce, take a rival if wanted, open. The receiving time is five working days."""
        dossier = self.announced(cluster, days)
        if rival:
            self.filed(cluster, days - 3, "rival")
        fire(
            dossier,
            "open_applications",
            actor=self.people["commune"],
            at=self.ago(days - 7),
            present="Đại diện các nhà đầu tư; đại diện Ủy ban Mặt trận Tổ quốc phường (minh họa)",
        )
        return dossier

    def submitted(self, cluster: Cluster, days: int, *, rival: bool = False) -> Dossier:
        """Open and submit to the department."""
        dossier = self.opened(cluster, days, rival=rival)
        at = self.ago(days - 9)
        self.paper(dossier, "submission", "commune", at - dt.timedelta(minutes=30), "Tờ trình.pdf")
        fire(dossier, "submit", actor=self.people["commune"], at=at)
        return dossier

    def appraised(self, cluster: Cluster, days: int, *, rival: bool = False) -> Dossier:
        """Take as complete; the clock of the appraisal runs."""
        dossier = self.submitted(cluster, days, rival=rival)
        at = self.ago(days - 10)
        fire(dossier, "accept", actor=self.people["officer"], at=at)
        assign_dossier(
            dossier=dossier,
            to=self.people["officer"],
            actor=self.people["leader"],
            at=at + dt.timedelta(minutes=5),
        )
        return dossier

    def asked(self, dossier: Dossier, days: int, *, answered: bool) -> None:
        """Ask the finance department, and let it answer."""
        (request,) = opinions.ask_for_opinions(
            dossier=dossier,
            organisations=[self.organisation("finance")],
            question="Ý kiến về năng lực tài chính của nhà đầu tư và cơ cấu vốn của dự án",
            actor=self.people["officer"],
            letter_number="812/SCT-CN",
            at=self.ago(days),
        )
        if answered:
            opinions.give_opinion(
                request=request,
                stance=Stance.AGREES_WITH_REMARKS,
                answer="Thống nhất; đề nghị nhà đầu tư bổ sung phương án huy động vốn vay.",
                actor=self.people["finance"],
                at=self.ago(days - 3),
            )

    def council(self, dossier: Dossier, days: int, *, scored: bool) -> None:
        """Set a council up, issue criteria, and let it score if wanted."""
        at = self.ago(days)
        people = self.people
        council = councils.set_up_council(
            dossier=dossier,
            decision_number="3801/QĐ-UBND",
            decided_on=timezone.localdate(at),
            members=[
                councils.Seated(people["chair"], Seat.CHAIR, "Phó Chủ tịch UBND tỉnh (minh họa)"),
                councils.Seated(people["leader"], Seat.VICE_CHAIR, "Lãnh đạo Sở Công Thương (minh họa)"),
                councils.Seated(people["finance"], Seat.VICE_CHAIR, "Lãnh đạo Sở Tài chính (minh họa)"),
                councils.Seated(people["officer"], Seat.SECRETARY, "Chuyên viên Sở Công Thương (minh họa)"),
            ],
            actor=people["officer"],
            tie_rule="Theo đề xuất của Chủ tịch Hội đồng",
            at=at,
        )
        councils.issue_criteria(
            council=council,
            lines=[councils.Line(code, title, Decimal(most)) for code, title, most in _CRITERIA],
            actor=people["officer"],
            at=at + dt.timedelta(hours=1),
        )
        if not scored:
            return
        self._score(council, self.ago(days - 1))

    def _score(self, council: Any, at: dt.datetime) -> None:
        lines = list(council.sub_criteria.order_by("position"))
        live = list(Application.objects.filter(dossier=council.dossier).live().order_by("filed_at", "pk"))
        for shift, member in enumerate(council.members.exclude(seat=Seat.SECRETARY).order_by("pk")):
            councils.declare_conflict(member=member, has_conflict=False, note="", user=member.user, at=at)
            for place, application in enumerate(live):
                share = Decimal("0.86") - Decimal("0.09") * place - Decimal("0.02") * shift
                sheets.save_sheet(
                    member=member,
                    application=application,
                    points={line.pk: (line.maximum * share).quantize(Decimal("0.5")) for line in lines},
                    user=member.user,
                    submit=True,
                    at=at + dt.timedelta(hours=1),
                )
        standing = sheets.totals(council)
        best = max(standing, key=lambda key: standing[key]["total"])
        sheets.close_scoring(
            council=council,
            chosen=Application.objects.get(pk=best),
            minutes="Hội đồng họp, chấm điểm độc lập và thống nhất kết quả (minh họa).",
            held_on=timezone.localdate(at),
            actor=self.people["officer"],
            at=at + dt.timedelta(hours=2),
        )

    def reported(self, cluster: Cluster, days: int, *, rival: bool = False) -> Dossier:
        """Appraise with opinion and council, and send the report."""
        dossier = self.appraised(cluster, days, rival=rival)
        self.asked(dossier, days - 11, answered=True)
        self.council(dossier, days - 15, scored=True)
        self._judge(dossier, self.ago(days - 17))
        at = self.ago(days - 18)
        self.paper(
            dossier, "appraisal_report", "officer", at - dt.timedelta(hours=1), "Báo cáo thẩm định.pdf"
        )
        fire(dossier, "send_report", actor=self.people["leader"], at=at)
        return dossier

    def _judge(self, dossier: Dossier, at: dt.datetime) -> None:
        """Answer for the conditions that lack figures of the commune's real clusters."""
        checklist = dossier.procedure.checklist(dossier)
        for finding in checklist.not_computable if checklist else ():
            if finding.rule.code in JUDGED:
                judge_rule(
                    dossier=dossier,
                    code=finding.rule.code,
                    reason="Theo báo cáo của phường, đất chưa cho thuê dưới ngưỡng (nhận định minh họa).",
                    actor=self.people["officer"],
                    at=at,
                )

    def decided(self, cluster: Cluster, days: int, *, rival: bool = False) -> Dossier:
        """Enter the decision of the People's Committee."""
        dossier = self.reported(cluster, days, rival=rival)
        at = self.ago(days - 21)
        self.paper(dossier, "decision", "clerk", at - dt.timedelta(minutes=30), "Quyết định thành lập.pdf")
        fire(
            dossier,
            "decide",
            actor=self.people["clerk"],
            at=at,
            number=f"{cluster.code[-4:]}/QĐ-MH",
            issued_on=timezone.localdate(at),
            signer="Chủ tịch UBND tỉnh (minh họa)",
            name=cluster.name,
            area_ha=Decimal(50),
            cluster_type="ordinary",
            main_lines="Chế biến nông, lâm sản; cơ khí",
            items={item.value: "Theo văn bản quyết định kèm theo (minh họa)." for item in DecisionItem},
        )
        return dossier


_CRITERIA = (
    ("infrastructure", "Sự phù hợp của phương án hạ tầng với quy hoạch và địa hình", 8),
    ("infrastructure", "Giải pháp cấp nước, thoát nước, phòng cháy và chữa cháy", 7),
    ("management", "Mô hình quản lý, dịch vụ công cộng, tiện ích", 7),
    ("management", "Giải pháp thu gom, xử lý nước thải, chất thải", 8),
    ("capacity", "Năng lực, kinh nghiệm đầu tư hạ tầng công nghiệp", 18),
    ("capacity", "Bộ máy, nhân lực, cam kết tiến độ", 12),
    ("finance", "Vốn tự có và khả năng huy động vốn", 25),
    ("finance", "Hiệu quả tài chính, giá cho thuê dự kiến", 15),
)
