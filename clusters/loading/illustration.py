"""One invented cluster that shows every part of a cluster's page in the demo; no figure counts it.

Real sources tell nothing of plots, clearance or inspections, and inventing them for a real cluster would be a lie.
It goes through the same services an officer uses.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from clusters import choices as c
from clusters import models as m
from clusters.services.decisions import open_cluster, record_decision
from clusters.services.observations import add_observation
from clusters.services.records import save_record
from core.models import SourceClass
from places.models import Commune, Province

CODE = "CCN-15-9001"
REASON = "dữ liệu minh họa, hư cấu"
COMMITTEE = "Ủy ban nhân dân tỉnh Lào Cai"
_PLOTS = (
    ("A1", "2.50", c.PlotStatus.LEASED),
    ("A2", "1.80", c.PlotStatus.LEASED),
    ("A3", "3.20", c.PlotStatus.LEASED),
    ("A4", "2.00", c.PlotStatus.RESERVED),
    ("B1", "4.10", c.PlotStatus.LEASED),
    ("B2", "1.50", c.PlotStatus.FREE),
    ("B3", "2.75", c.PlotStatus.FREE),
    ("B4", "5.00", c.PlotStatus.FREE),
    ("C1", "3.60", c.PlotStatus.NOT_CLEARED),
    ("C2", "2.15", c.PlotStatus.NOT_CLEARED),
)
_TENANTS = (
    (
        "Công ty TNHH Gỗ Ví Dụ (hư cấu)",
        "ván ép xuất khẩu",
        "1621",
        "2.50",
        85,
        120,
        "A1",
        c.ProjectStage.OPERATING,
    ),
    (
        "Công ty CP Quế Minh Họa (hư cấu)",
        "tinh dầu quế",
        "2029",
        "1.80",
        42,
        64,
        "A2",
        c.ProjectStage.OPERATING,
    ),
    (
        "Công ty TNHH Cơ khí Mẫu (hư cấu)",
        "linh kiện cơ khí",
        "2592",
        "3.20",
        310,
        None,
        "A3",
        c.ProjectStage.CONSTRUCTION,
    ),
    ("HTX Chè Tham Khảo (hư cấu)", "chè xanh", "1076", "4.10", 28, 45, "B1", c.ProjectStage.OPERATING),
)
_WORKS = (
    (c.WorkKind.ROADS, c.WorkStatus.IN_USE),
    (c.WorkKind.WATER, c.WorkStatus.IN_USE),
    (c.WorkKind.POWER, c.WorkStatus.IN_USE),
    (c.WorkKind.WASTEWATER_COLLECTION, c.WorkStatus.FINISHED),
    (c.WorkKind.WASTEWATER_TREATMENT, c.WorkStatus.BUILDING),
    (c.WorkKind.FIRE, c.WorkStatus.BUILDING),
    (c.WorkKind.SOLID_WASTE, c.WorkStatus.NOT_STARTED),
)


def load_illustration() -> bool:
    """Add the illustration unless it is there; return whether it was added."""
    if m.Cluster.objects.filter(code=CODE).exists():
        return False
    with transaction.atomic():
        cluster = _cluster()
        builder = _save(m.Investor(name="Công ty CP Hạ tầng Ví Dụ (hư cấu)", country="Việt Nam"))
        _decide(cluster, builder)
        _build(cluster, builder)
        _let(cluster)
        _clear(cluster)
        _inspect(cluster)
    return True


def _save(record: models.Model, cluster: m.Cluster | None = None) -> Any:
    return save_record(record=record, reason=REASON, cluster=cluster)


def _paper(title: str, day: dt.date, number: str = "") -> dict[str, Any]:
    return {
        "source_class": SourceClass.REPORT,
        "source_title": f"{title} (hư cấu)",
        "source_number": number,
        "source_date": day,
    }


def _cluster() -> m.Cluster:
    province = Province.objects.in_force().get(code="15")
    commune = Commune.objects.in_force().get(province=province, name_vi="Cam Đường")
    return open_cluster(
        province=province,
        name="Minh Họa (dữ liệu hư cấu)",
        code=CODE,
        reason=REASON,
        is_illustration=True,
        place_as_recorded="phường Nam Cường, thành phố Lào Cai, tỉnh Lào Cai",
        longitude=commune.longitude,
        latitude=commune.latitude,
        notes="Cụm hư cấu, chỉ để giới thiệu cổng thông tin.",
    )


def _decide(cluster: m.Cluster, builder: m.Investor) -> None:
    commune = Commune.objects.in_force().get(province=cluster.province, name_vi="Cam Đường")
    for kind, day, number, sets in (
        (
            c.DecisionKind.ESTABLISH,
            dt.date(2022, 3, 15),
            "01/QĐ-MH",
            {
                "commune": commune,
                "area_ha": Decimal("38.50"),
                "cluster_type": c.ClusterType.ORDINARY,
                "investor": builder,
                "main_lines": "Chế biến gỗ, quế, chè; cơ khí",
            },
        ),
        (
            c.DecisionKind.DETAILED_PLAN,
            dt.date(2022, 11, 8),
            "02/QĐ-MH",
            {"industrial_land_ha": Decimal("28.60")},
        ),
        (c.DecisionKind.INFRASTRUCTURE, dt.date(2023, 4, 20), "03/QĐ-MH", {"stage": c.Stage.CONSTRUCTION}),
    ):
        record_decision(
            cluster=cluster,
            kind=kind,
            sets=sets,
            effective_on=day,
            issued_on=day,
            number=number,
            issuer=COMMITTEE,
            signer="Nguyễn Văn Mẫu",
            user=None,
            reason=REASON,
        )
    record_decision(
        cluster=cluster,
        kind=c.DecisionKind.STAGE,
        sets={"stage": c.Stage.OPERATING},
        effective_on=dt.date(2024, 9, 1),
        user=None,
        reason=REASON,
        **_paper("Báo cáo đưa dự án đầu tiên vào hoạt động", dt.date(2024, 9, 5), "12/BC-MH"),
    )


def _build(cluster: m.Cluster, builder: m.Investor) -> None:
    day = dt.date(2026, 10, 30)
    billion = 1_000_000_000
    project = _save(
        m.InfrastructureProject(
            cluster=cluster,
            investor=builder,
            name="Đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp Minh Họa",
            total_investment=286 * billion,
            approved_on=dt.date(2023, 4, 20),
            starts_on=dt.date(2023, 6, 1),
            ends_on=dt.date(2026, 12, 31),
            status=c.WorkStatus.BUILDING,
            **_paper("Quyết định phê duyệt dự án", dt.date(2023, 4, 20), "03/QĐ-MH"),
        )
    )
    for item, amount in (
        (m.CostItem.CLEARANCE, 82),
        (m.CostItem.CONSTRUCTION, 151),
        (m.CostItem.EQUIPMENT, 22),
        (m.CostItem.CONSULTANCY, 13),
        (m.CostItem.CONTINGENCY, 18),
    ):
        _save(m.CostLine(project=project, item=item, amount=amount * billion))
    for kind, amount in (
        (m.CapitalKind.OWN, 90),
        (m.CapitalKind.LOAN, 156),
        (m.CapitalKind.STATE_SUPPORT, 40),
    ):
        _save(m.CapitalSource(project=project, kind=kind, amount=amount * billion))
    for paid_on, amount in ((dt.date(2024, 12, 14), 96), (dt.date(2025, 12, 14), 158), (day, 203)):
        _save(
            m.PaidCapital(
                project=project,
                as_of=paid_on,
                amount=amount * billion,
                **_paper("Báo cáo của chủ đầu tư hạ tầng", paid_on),
            ),
            cluster,
        )
    for work, status in _WORKS:
        _save(
            m.SharedWork(
                cluster=cluster, kind=work, status=status, as_of=day, **_paper("Biên bản kiểm tra", day)
            )
        )
    _save(
        m.WastewaterPlant(
            cluster=cluster,
            capacity_m3_day=Decimal(1200),
            status=c.WorkStatus.BUILDING,
            as_of=day,
            **_paper("Biên bản kiểm tra", day),
        ),
        cluster,
    )


def _let(cluster: m.Cluster) -> None:
    day = dt.date(2026, 10, 30)
    plots = {
        code: _save(
            m.Plot(
                cluster=cluster,
                code=code,
                area_ha=Decimal(area),
                status=status,
                as_of=day,
                price_per_m2=850_000 if status == c.PlotStatus.FREE else None,
                lines="Chế biến gỗ, nông lâm sản; cơ khí",
                utilities="Đường nội bộ, điện 22 kV, nước sạch",
                **_paper("Bảng theo dõi lô đất của chủ đầu tư", day),
            ),
            cluster,
        )
        for code, area, status in _PLOTS
    }
    for name, product, line, land, capital, workers, plot, stage in _TENANTS:
        tenant = _save(
            m.Investor(
                name=name,
                kind=c.InvestorKind.COOPERATIVE if name.startswith("HTX") else c.InvestorKind.ENTERPRISE,
                country="Nhật Bản" if "Cơ khí" in name else "Việt Nam",
            )
        )
        project = m.SecondaryProject(
            cluster=cluster,
            investor=tenant,
            name=f"{name} – {product}",
            product=product,
            industry=m.Industry.objects.filter(edition=2018, code=line).first(),
            land_ha=Decimal(land),
            capital=capital * 1_000_000_000,
            is_foreign="Cơ khí" in name,
            stage=stage,
            group=c.TenantGroup.SUPPORTING if "Cơ khí" in name else c.TenantGroup.SMALL,
            workers=workers,
            leased_on=dt.date(2024, 5, 10),
            as_of=day,
            **_paper("Báo cáo của dự án", day),
        )
        save_record(
            record=project,
            reason=REASON,
            cluster=cluster,
            then=lambda project=project, plot=plot: project.plots.set([plots[plot]]),
        )
    for indicator, value in ((c.Indicator.SERVICED, "19.40"), (c.Indicator.APPROVED, "2.00")):
        add_observation(
            cluster=cluster,
            indicator=indicator,
            value=Decimal(value),
            as_of=day,
            user=None,
            reason=REASON,
            **_paper("Báo cáo của chủ đầu tư hạ tầng", day, "45/BC-MH"),
        )


def _clear(cluster: m.Cluster) -> None:
    for day, households, area, paid in (
        (dt.date(2023, 12, 31), 41, "18.20", 39),
        (dt.date(2025, 6, 30), 77, "30.10", 66),
        (dt.date(2026, 11, 13), 88, "34.25", 76),
    ):
        _save(
            m.LandClearance(
                cluster=cluster,
                as_of=day,
                households_total=96,
                households_settled=households,
                area_total_ha=Decimal("38.50"),
                area_cleared_ha=Decimal(area),
                cost_total=82_000_000_000,
                cost_paid=paid * 1_000_000_000,
                **_paper("Báo cáo giải phóng mặt bằng", day),
            ),
            cluster,
        )
    for kind, planned, done in (
        (c.MilestoneKind.DETAILED_PLAN, dt.date(2022, 12, 31), dt.date(2022, 11, 8)),
        (c.MilestoneKind.INFRASTRUCTURE_PROJECT, dt.date(2023, 3, 31), dt.date(2023, 4, 20)),
        (c.MilestoneKind.GROUND_BREAKING, dt.date(2023, 6, 1), dt.date(2023, 6, 19)),
        (c.MilestoneKind.FIRST_TENANT, dt.date(2024, 9, 1), dt.date(2024, 9, 1)),
        (c.MilestoneKind.LAND_CLEARANCE, dt.date(2026, 6, 30), None),
        (c.MilestoneKind.WASTEWATER, dt.date(2026, 12, 31), None),
    ):
        _save(
            m.Milestone(
                cluster=cluster,
                kind=kind,
                planned_on=planned,
                done_on=done,
                **_paper("Kế hoạch tiến độ", planned),
            )
        )
    _save(
        m.Obstacle(
            cluster=cluster,
            what="8 hộ tại lô C1, C2 chưa nhận tiền bồi thường",
            cause="Chưa thống nhất đơn giá đất trồng cây lâu năm",
            who_must_act="Ủy ban nhân dân phường Cam Đường",
            what_is_asked="Đối thoại với 8 hộ, trình phê duyệt phương án bồi thường bổ sung",
            due_on=dt.date(2026, 10, 31),
            reported_on=dt.date(2026, 9, 18),
            **_paper("Báo cáo vướng mắc giải phóng mặt bằng", dt.date(2026, 9, 18), "38/BC-MH"),
        )
    )


def _inspect(cluster: m.Cluster) -> None:
    day = dt.date(2026, 5, 21)
    inspection = _save(
        m.Inspection(
            cluster=cluster,
            inspected_on=day,
            authority="Sở Nông nghiệp và Môi trường",
            subject="Thu gom nước thải và phòng cháy của cụm",
            conclusion="Hệ thống thu gom đã hoàn thành; trạm xử lý chậm so với kế hoạch.",
            **_paper("Kết luận kiểm tra", day, "07/KL-MH"),
        )
    )
    _save(
        m.Violation(
            inspection=inspection,
            what="Chưa vận hành trạm xử lý nước thải khi đã có dự án hoạt động",
            legal_basis="Luật Bảo vệ môi trường, Điều 52 (nêu làm ví dụ)",
            remedy="Hoàn thành và vận hành trạm",
            due_on=dt.date(2026, 12, 31),
        )
    )
