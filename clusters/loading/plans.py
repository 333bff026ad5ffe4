"""The development plan of Lao Cai (Decision 525/QĐ-UBND, 25 February 2026) with the lines the sources quote."""

import datetime as dt
import re
from decimal import Decimal

from clusters.loading.registry import REASON, code_of
from clusters.loading.sources import CLUSTERS, billions, number, rows
from clusters.models import Cluster, DevelopmentPlan, PlannedCluster
from clusters.services.records import save_record
from core.models import SourceClass
from places.models import Commune, Province

NUMBER = "525/QĐ-UBND"


def load_plan() -> bool:
    """Add the plan and its List unless it is there; return whether it was added."""
    province = Province.objects.in_force().get(code="15")
    if DevelopmentPlan.objects.filter(province=province, decision_number=NUMBER).exists():
        return False
    plan = save_record(
        record=DevelopmentPlan(
            province=province,
            title="Phương án phát triển cụm công nghiệp tỉnh Lào Cai đến năm 2030, tầm nhìn đến năm 2050",
            version=1,
            period_to=2030,
            decision_number=NUMBER,
            approved_on=dt.date(2026, 2, 25),
            notes="Báo cáo của Sở Công Thương nêu 56 cụm, 3.052,81 ha đến năm 2030; Danh mục ở đây gồm các dòng mà "
            "nguồn công khai trích dẫn, trong đó có cụm sau năm 2030.",
            source_class=SourceClass.OFFICIAL_COPY,
            source_title="QĐ 525/QĐ-UBND ngày 25/02/2026, Phụ lục III (quy hoạch tỉnh Lào Cai)",
            source_number=NUMBER,
            source_date=dt.date(2026, 2, 25),
        ),
        reason=REASON,
    )
    clusters = {cluster.code: cluster for cluster in Cluster.objects.filter(province=province)}
    communes = {commune.code: commune for commune in Commune.objects.in_force().filter(province=province)}
    for row in rows(CLUSTERS):
        if row["province_code"] != "15" or "525" not in _mentions(row):
            continue
        cluster = clusters[code_of(row)]
        save_record(
            record=PlannedCluster(
                plan=plan,
                cluster=cluster,
                name=row["name"],
                commune=communes.get(row["commune_code"].split(";")[0].strip()),
                place_text=row["commune_text"],
                area_ha=_planned_area(row),
                main_lines=row["industries"],
                total_investment=billions(row["total_invest_bn_vnd"]),
                boundary=cluster.boundary,
            ),
            reason=REASON,
        )
    return True


def _mentions(row: dict[str, str]) -> str:
    return " ".join((row["other_decisions"], row["source_title"], row["status_source_text"]))


def _planned_area(row: dict[str, str]) -> Decimal | None:
    """Return the area of the List: for an expansion ("mở rộng +25 ha") what stands today and what is added."""
    area = number(row["area_ha"])
    added = re.search(r"QĐ 525 mở rộng \+([\d,]+) ha", row["status_source_text"])
    if area is None or added is None:
        return area
    return area + Decimal(added[1].replace(",", "."))
