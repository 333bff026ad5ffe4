"""What the investor writes: Model 01, from the answers of the wizard."""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from clusters.choices import ClusterType
from clusters.drafts import facts as of
from clusters.procedures.answers import Answers
from clusters.procedures.papers import document_kinds
from core.office.facts import Signature
from core.office.vietnamese import day_vi
from dossiers.choices import Part
from dossiers.models import Application, Document
from dossiers.papers.heads import in_sentence
from dossiers.procedures import procedure
from dossiers.services.filing import regime_for
from law.vocabulary import Document as Paper


def request(application: Application) -> of.InvestorRequest:
    """Fill the request to become infrastructure investor; what is not answered yet stays a gap."""
    answers = Answers(application.data)
    table = procedure(application.procedure_code)
    kinds = [kind for kind in document_kinds(regime_for(application)) if kind.by is Part.APPLICANT]
    present = set(Document.objects.current().filter(application=application).values_list("kind", flat=True))
    issued, starts, finishes = (
        answers.date(name) for name in ("legal_paper_date", "starts_on", "finishes_on")
    )
    paper = ", ".join(
        part
        for part in (
            answers.text("legal_paper_number"),
            day_vi(issued) if issued else "",
            answers.text("legal_paper_issuer"),
        )
        if part
    )
    try:
        province = in_sentence(table.place(application).province.full_name_vi)
    except ValidationError:
        # A draft need not say yet what it is about.
        province = ""
    cluster_type = answers.text("cluster_type")
    kept = answers.priority_land_in_words()
    return of.InvestorRequest(
        committee=province,
        act="thành lập" if application.procedure_code == "establish_cluster" else "mở rộng",
        cluster=of.ClusterFacts(
            name=answers.text("name"),
            place=answers.text("place"),
            area_ha=answers.number("area_ha"),
            lines=answers.text("main_lines"),
            kind=str(ClusterType(cluster_type).label) if cluster_type in ClusterType.values else "",
        ),
        name=str(application.organisation),
        head_office=answers.text("head_office"),
        telephone=answers.text("phone"),
        email=answers.text("email"),
        legal_paper=paper,
        business_lines=answers.text("business_lines"),
        representative=answers.text("representative"),
        representative_title=answers.text("representative_title"),
        project=f"Đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp {answers.text('name')}".strip(),
        project_address=answers.text("place"),
        total_capital=answers.number("total_investment"),
        about_project=f"Đất công nghiệp tối thiểu dành cho {kept}" if kept else "",
        schedule=f"Khởi công {day_vi(starts)}, hoàn thành {day_vi(finishes)}" if starts and finishes else "",
        enclosed=[
            capfirst(str(kind.label))
            for kind in kinds
            if kind.code != Paper.REQUEST and (kind.is_required or kind.code in present)
        ],
        receivers=["Như trên", "Sở Công Thương", "Ủy ban nhân dân cấp xã", "Lưu: …"],
        signature=Signature(
            lines=["ĐẠI DIỆN THEO PHÁP LUẬT", answers.text("representative_title").upper()],
            name=answers.text("representative"),
        ),
    )
