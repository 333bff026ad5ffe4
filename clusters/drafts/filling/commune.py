"""What the commune writes: notice, record of the opening, submission."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from clusters.drafts import facts as of
from clusters.drafts.filling.case import CaseOnPaper, leader, or_gap
from clusters.procedures.papers import document_kinds
from core.office.vietnamese import count_vi
from dossiers.choices import Part
from law.provisions import DayUnit
from law.vocabulary import Step

_CONDITIONS = (
    "Doanh nghiệp, hợp tác xã, tổ chức được thành lập, hoạt động theo quy định của pháp luật Việt Nam",
    "Có năng lực, kinh nghiệm để đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp",
    "Cam kết không vi phạm pháp luật và chịu mọi chi phí, rủi ro nếu không được chấp thuận",
)


def notice(paper: CaseOnPaper) -> of.CommuneNotice:
    """Fill the notice from the first request and the regime; the closing day is that of the notice once published."""
    dossier, regime = paper.dossier, paper.regime
    limit = regime.limit(Step.WINDOW)
    unit = "ngày làm việc" if limit.unit is DayUnit.WORKING else "ngày"
    published = getattr(dossier, "notice", None)
    return of.CommuneNotice(
        head=paper.commune_head(
            "TB-UBND",
            number=published.number if published else "",
            day=published.published_on if published else None,
        ),
        body=paper.commune_body,
        act=paper.act,
        bases=paper.bases,
        cluster=paper.cluster,
        first_request=dossier.received_on,
        conditions=_CONDITIONS,
        documents=[
            str(kind.label)
            for kind in document_kinds(regime)
            if kind.by is Part.APPLICANT and kind.is_required
        ],
        sets=regime.sets.value,
        e_file=bool(regime.e_file.value),
        window=f"{count_vi(limit.amount)} {unit}" if limit.amount else "",
        opens=published.published_on if published else None,
        closes=paper.closing,
        online=f"{settings.SITE_URL}{reverse('dossiers:begin')}",
        receivers=[paper.department_body, "Lưu: VT"],
        signature=leader(),
    )


def opening(paper: CaseOnPaper) -> of.OpeningRecord:
    """Fill the record of the opening from the one kept in the dossier."""
    kept = getattr(paper.dossier, "opening", None)
    return of.OpeningRecord(
        head=paper.commune_head("BB-UBND"),
        body=paper.commune_body,
        act=paper.act,
        cluster=paper.cluster,
        notice=paper.notice_in_words,
        closed=paper.closing,
        opened=timezone.localtime(kept.opened_at) if kept else None,
        present=kept.present.split(";") if kept else (),
        candidates=paper.candidates,
        remarks=kept.remarks if kept else (),
        recorder=str(kept.opened_by) if kept else "",
    )


def submission(paper: CaseOnPaper) -> of.CommuneSubmission:
    """Fill the submission: request, notice, candidates; need, land and opinion are the commune's to write."""
    dossier = paper.dossier
    published = getattr(dossier, "notice", None)
    others = list(dossier.other_communes.all())
    return of.CommuneSubmission(
        head=paper.commune_head("TTr-UBND"),
        body=paper.commune_body,
        act=paper.act,
        bases=paper.bases,
        addressees=[paper.committee_body, paper.department_body],
        cluster=paper.cluster,
        lead_note=paper.case.lead_named_by if others else "",
        first_request=dossier.received_on,
        notice=paper.notice_in_words,
        published_at=published.media if published else "",
        closed=paper.closing,
        need=or_gap(()),
        land=or_gap(()),
        opinion=or_gap(()),
        candidates=paper.candidates,
        proposals=[
            f"{paper.department_body} thẩm định hồ sơ {paper.act} cụm công nghiệp {paper.case.name}, "
            f"trình {paper.committee_body} xem xét, quyết định"
        ],
        enclosed=[f"Hồ sơ của {one.name} (mã {one.code})" for one in paper.candidates],
        receivers=["Như trên", "Lưu: VT"],
        signature=leader(),
    )
