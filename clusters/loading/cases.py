"""Dossiers in every state for the demo, each walked there through the real services.

They ask for invented clusters, so that no real cluster gets a decision it never had; the people are the demo accounts.
Moments are counted back from today in working days, so that some clocks run, one is paused and one is late.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from clusters.choices import DecisionKind, Stage
from clusters.loading.case_messages import date_messages, read_messages
from clusters.loading.case_stage import CaseStage
from clusters.loading.illustration import REASON
from clusters.models import Cluster
from clusters.services.decisions import open_cluster, record_decision
from core.models import SourceClass
from dossiers.models import Dossier
from dossiers.services import supplements
from dossiers.services.filing import withdraw_application
from dossiers.services.firing import fire
from dossiers.services.people import make_complaint
from law.models import CalendarDay
from places.models import Commune, Province

#: The invented clusters: code, name, area (ha), and whether it exists already and is to be expanded.
TARGETS = (
    ("CCN-15-9011", "Minh Họa 1 (hư cấu)"),
    ("CCN-15-9012", "Minh Họa 2 (hư cấu)"),
    ("CCN-15-9013", "Minh Họa 3 (hư cấu)"),
    ("CCN-15-9014", "Minh Họa 4 (hư cấu)"),
    ("CCN-15-9015", "Minh Họa 5 (hư cấu)"),
    ("CCN-15-9016", "Minh Họa 6 (hư cấu)"),
    ("CCN-15-9017", "Minh Họa 7 (hư cấu)"),
    ("CCN-15-9018", "Minh Họa 8 (hư cấu)"),
    ("CCN-15-9019", "Minh Họa 9 (hư cấu)"),
    ("CCN-15-9020", "Minh Họa 10 (hư cấu)"),
    ("CCN-15-9021", "Minh Họa 11 (hư cấu)"),
    ("CCN-15-9022", "Minh Họa 12 (hư cấu)"),
    ("CCN-15-9023", "Minh Họa 13 (hư cấu)"),
    ("CCN-15-9024", "Minh Họa 14 (hư cấu)"),
    ("CCN-15-9025", "Minh Họa 15 (hư cấu)"),
)
COMMUNE = "04543"
#: How many working days back the people of the demo have not read everything yet.
DAYS_UNREAD = 2
_NAMES = {
    "investor": "investor@demo.example",
    "rival": "investor.other@demo.example",
    "commune": "commune.aulau@demo.example",
    "officer": "department.laocai@demo.example",
    "leader": "leader.laocai@demo.example",
    "finance": "finance.laocai@demo.example",
    "clerk": "clerk.laocai@demo.example",
    "chair": "committee.laocai@demo.example",
}


def load_cases() -> int:
    """Add the demo dossiers unless they are there; return how many were added. Needs the demo accounts."""
    if Cluster.objects.filter(code=TARGETS[0][0]).exists():
        return 0
    people = {part: User.objects.get(email=email) for part, email in _NAMES.items()}
    stage = CaseStage(people, CalendarDay.objects.calendar(), timezone.now())
    with transaction.atomic():
        for number, walk in enumerate(_WALKS):
            code, name = TARGETS[number]
            walk(stage, _planned(code, name))
        date_messages()
        read_messages(before=stage.ago(DAYS_UNREAD, "00:00"))
    return Dossier.objects.filter(
        target_key__in=[f"cluster:{c.pk}" for c in Cluster.objects.filter(code__in=dict(TARGETS))]
    ).count()


def _planned(code: str, name: str) -> Cluster:
    commune = Commune.objects.in_force().get(code=COMMUNE)
    cluster = open_cluster(
        province=Province.objects.in_force().get(code="15"),
        name=name,
        code=code,
        reason=REASON,
        is_illustration=True,
        place_as_recorded=commune.full_name,
        longitude=commune.longitude,
        latitude=commune.latitude,
        notes="Cụm hư cấu, chỉ để giới thiệu cổng thông tin.",
    )
    record_decision(
        cluster=cluster,
        kind=DecisionKind.OPENING,
        sets={"commune": commune, "area_ha": Decimal(50), "stage": Stage.PLANNED},
        effective_on=dt.date(2026, 2, 25),
        user=None,
        reason=REASON,
        source_class=SourceClass.REPORT,
        source_title="Danh mục minh họa (hư cấu)",
    )
    return cluster


def _draft(stage: CaseStage, cluster: Cluster) -> None:
    stage.draft(cluster)


def _received(stage: CaseStage, cluster: Cluster) -> None:
    stage.filed(cluster, 1)


def _open(stage: CaseStage, cluster: Cluster) -> None:
    stage.announced(cluster, 4)
    stage.filed(cluster, 1, "rival")


def _opened(stage: CaseStage, cluster: Cluster) -> None:
    stage.opened(cluster, 9, rival=True)


def _submitted(stage: CaseStage, cluster: Cluster) -> None:
    stage.submitted(cluster, 11)


def _paused(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.appraised(cluster, 18)
    application = dossier.applications.get(is_first=True)
    supplements.ask_for_supplement(
        dossier=dossier,
        application=application,
        items=[
            supplements.Wanted(
                "document:map",
                "Bản đồ ranh giới không ghi hệ tọa độ và kinh tuyến trục.",
                "Lập lại bản đồ theo hệ VN-2000, kinh tuyến trục của tỉnh, kèm bảng tọa độ các góc.",
            ),
            supplements.Wanted(
                "field:loans",
                "Vốn vay chiếm phần lớn nhưng chưa nêu nguồn.",
                "Nêu tổ chức tín dụng và gửi văn bản cam kết cho vay.",
            ),
        ],
        reason="Hồ sơ chưa đủ cơ sở để thẩm định ranh giới và nguồn vốn.",
        actor=stage.people["officer"],
        letter_number="845/SCT-CN",
        at=stage.ago(5),
    )


def _appraisal(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.appraised(cluster, 20, rival=True)
    stage.asked(dossier, 8, answered=False)
    stage.council(dossier, 4, scored=False)


def _late(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.appraised(cluster, 36)
    stage.asked(dossier, 20, answered=True)
    make_complaint(
        application=dossier.applications.get(is_first=True),
        text="Hồ sơ đã quá thời hạn thẩm định mà chúng tôi chưa nhận được thông tin.",
        user=stage.people["investor"],
        at=stage.ago(1),
    )


def _deciding(stage: CaseStage, cluster: Cluster) -> None:
    stage.reported(cluster, 20, rival=True)


def _completed(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.decided(cluster, 40, rival=True)
    at = stage.ago(17)
    fire(
        dossier,
        "complete",
        actor=stage.people["clerk"],
        at=at,
        sent_on=timezone.localdate(at),
        sent_how="Trục liên thông văn bản quốc gia (minh họa)",
    )


def _withdrawn(stage: CaseStage, cluster: Cluster) -> None:
    application = stage.filed(cluster, 12)
    withdraw_application(
        application=application,
        user=stage.people["investor"],
        reason="Nhà đầu tư thay đổi kế hoạch (minh họa).",
        at=stage.ago(11),
    )


def _closed(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.announced(cluster, 8)
    fire(dossier, "close_window", actor=None, at=stage.ago(1))


def _returned(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.reported(cluster, 22)
    fire(
        dossier,
        "return_to_department",
        actor=stage.people["clerk"],
        note="Đề nghị làm rõ phương án đấu nối hạ tầng ngoài hàng rào (minh họa).",
        at=stage.ago(2),
    )


def _decided(stage: CaseStage, cluster: Cluster) -> None:
    stage.decided(cluster, 23)


def _refused(stage: CaseStage, cluster: Cluster) -> None:
    dossier = stage.reported(cluster, 30)
    fire(
        dossier,
        "refuse",
        actor=stage.people["clerk"],
        note="Vị trí không còn phù hợp với quy hoạch sử dụng đất (minh họa).",
        at=stage.ago(8),
    )


_WALKS: tuple[Callable[[CaseStage, Cluster], None], ...] = (
    _draft,
    _received,
    _open,
    _opened,
    _submitted,
    _paused,
    _appraisal,
    _late,
    _deciding,
    _completed,
    _withdrawn,
    _closed,
    _returned,
    _decided,
    _refused,
)
