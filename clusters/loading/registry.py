"""Put the collected clusters into the registry through the same services an officer uses."""

import datetime as dt
import json
from typing import Any

from django.db import transaction

from clusters.choices import DecisionKind, Indicator, InvestorKind, ProjectStage, Stage
from clusters.loading.sources import (
    BOUNDARIES,
    CLUSTERS,
    PROJECTS,
    SOURCE_CLASSES,
    billions,
    decision_numbers,
    exact_day,
    number,
    rows,
    source_day,
    split_investor,
)
from clusters.models import Cluster, InfrastructureProject, Investor, SecondaryProject
from clusters.services.decisions import open_cluster, record_decision
from clusters.services.observations import add_observation
from clusters.services.records import save_record
from core.models import SourceClass
from places.models import Commune, Province

REASON = "thu thập từ nguồn công khai, chờ Sở Công Thương xác nhận"
DAY_BEFORE_DECISION_105 = dt.date(2009, 10, 4)
_STAGES = {
    "planned": Stage.PLANNED,
    "established": Stage.ESTABLISHED,
    "operating": Stage.OPERATING,
    "": Stage.PLANNED,
}
_PROJECT_STAGES = {
    "operating": ProjectStage.OPERATING,
    "under_construction": ProjectStage.CONSTRUCTION,
    "suspended": ProjectStage.SUSPENDED,
}
_PUBLIC_UNITS = ("UBND", "Ban QLDA", "Trung tâm")


def code_of(row: dict[str, str], key: str = "id") -> str:
    """Return the registry code of a collected row: its number within its province's series."""
    return f"CCN-{row['province_code']}-{row[key].rsplit('-', 1)[1]}"


def load_clusters() -> int:
    """Add the collected clusters that are not yet in the registry, with boundaries and tenants; return how many."""
    provinces = {province.code: province for province in Province.objects.in_force()}
    communes = {commune.code: commune for commune in Commune.objects.in_force()}
    boundaries = _boundaries()
    known = set(Cluster.objects.order_by().values_list("code", flat=True))
    added = 0
    for row in rows(CLUSTERS):
        if code_of(row) in known:
            continue
        with transaction.atomic():
            _load_cluster(row, provinces[row["province_code"]], communes, boundaries.get(row["id"]))
        added += 1
    if added:
        _load_projects()
    return added


def _load_cluster(
    row: dict[str, str], province: Province, communes: dict[str, Commune], boundary: dict[str, Any] | None
) -> None:
    places = [communes[code.strip()] for code in row["commune_code"].split(";") if code.strip() in communes]
    issued_on = exact_day(row["decision_date"])
    cluster = open_cluster(
        province=province,
        name=row["name"],
        code=code_of(row),
        reason=REASON,
        address=row["address"],
        place_as_recorded=", ".join(
            text for text in (row["commune_text"], row["district_old"], row["province_old"]) if text
        ),
        longitude=number(row["lon"]),
        latitude=number(row["lat"]),
        position_is_exact=row["coord_check"] == "in_commune" and boundary is not None,
        boundary_source=boundary["source"] if boundary else "",
        formed_before_2009=bool(issued_on and issued_on <= DAY_BEFORE_DECISION_105),
        notes=_notes(row),
    )
    cluster.other_communes.set(places[1:])
    source = _source(row)
    _record_papers(cluster, row, issued_on, source)
    day = source_day(row["as_of"])
    investor, appointed = split_investor(row["investor"])
    builder = _investor(investor, row) if investor and appointed else None
    record_decision(
        cluster=cluster,
        kind=DecisionKind.OPENING,
        effective_on=max(day.day, issued_on or day.day),
        user=None,
        reason=REASON,
        summary=_summary(row, day.text),
        sets={
            "stage": _STAGES[row["status"]],
            "commune": places[0] if places else None,
            "area_ha": number(row["area_ha"]),
            "industrial_land_ha": number(row["industrial_land_ha"]),
            "investor": builder,
            "main_lines": row["industries"] or None,
            "boundary": boundary["geometry"] if boundary else None,
        },
        **source,
    )
    _observe(cluster, row, source)
    if builder is not None and row["total_invest_bn_vnd"]:
        save_record(
            record=InfrastructureProject(
                cluster=cluster,
                investor=builder,
                name=f"Đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp {cluster.name}",
                total_investment=billions(row["total_invest_bn_vnd"]),
                **source,
            ),
            reason=REASON,
            cluster=cluster,
        )


def _record_papers(
    cluster: Cluster, row: dict[str, str], issued_on: dt.date | None, source: dict[str, Any]
) -> None:
    """Record the decisions of which the source gives number and full date; what they lay down it does not tell."""
    issuer = f"Ủy ban nhân dân {(row['province_old'] and 'tỉnh ' + row['province_old']) or 'cấp tỉnh'}"
    if row["province_old"] == "Hà Nội":
        issuer = "Ủy ban nhân dân thành phố Hà Nội"
    papers: list[tuple[DecisionKind, str, dt.date]] = []
    if row["decision_no"] and issued_on:
        is_detailed_plan = "là quyết định quy hoạch chi tiết" in row["notes"]
        kind = DecisionKind.DETAILED_PLAN if is_detailed_plan else DecisionKind.ESTABLISH
        papers.append((kind, row["decision_no"], issued_on))
    for text in (row["other_decisions"], row["notes"]):
        if text.startswith(("điều chỉnh:", "đc ")):
            papers += [(DecisionKind.ADJUST, paper, day) for paper, day in decision_numbers(text) if day]
    for kind, paper, day in papers:
        record_decision(
            cluster=cluster,
            kind=kind,
            sets={},
            effective_on=day,
            issued_on=day,
            number=paper,
            issuer=issuer,
            user=None,
            reason=REASON,
            place_as_issued=cluster.place_as_recorded,
            **source,
        )


def _observe(cluster: Cluster, row: dict[str, str], source: dict[str, Any]) -> None:
    day = source_day(row["as_of"])
    for indicator, text in (
        (Indicator.LEASED, row["leased_ha"]),
        (Indicator.PROJECTS, row["n_projects"]),
        (Indicator.STATED_OCCUPANCY, row["occupancy_pct"]),
        (Indicator.WORKERS, row["workers"]),
    ):
        value = number(text)
        if value is not None:
            add_observation(
                cluster=cluster,
                indicator=indicator,
                value=value,
                as_of=day.day,
                as_of_text=day.text,
                user=None,
                reason=REASON,
                **source,
            )


def _load_projects() -> None:
    clusters = {cluster.code: cluster for cluster in Cluster.objects.select_related("province")}
    known = set(SecondaryProject.objects.order_by().values_list("cluster__code", "name"))
    for row in rows(PROJECTS):
        cluster = clusters[code_of(row, "cluster_id")]
        name = " – ".join(filter(None, [row["enterprise"], row["product"]]))[:300]
        if (cluster.code, name) in known:
            continue
        save_record(
            record=SecondaryProject(
                cluster=cluster,
                investor=_investor(row["enterprise"], row),
                name=name,
                product=row["product"],
                capacity=row["capacity"],
                land_ha=number(row["area_ha"]),
                capital=billions(row["capital_bn_vnd"]),
                stage=_PROJECT_STAGES[row["status"]],
                is_foreign=row["notes"].startswith("FDI"),
                as_of=source_day(row["as_of"]).day,
                notes=row["notes"],
                source_class=SourceClass.OFFICIAL_COPY,
                source_title="Danh sách dự án trong cụm công nghiệp, trang bản đồ của Sở Công Thương Lào Cai",
                source_url=row["source_url"],
            ),
            reason=REASON,
            cluster=cluster,
        )


def _investor(name: str, row: dict[str, str]) -> Investor:
    known = Investor.objects.filter(name=name).order_by("pk").first()
    if known is not None:
        return known
    is_public = name.startswith(_PUBLIC_UNITS)
    kind = InvestorKind.ENTERPRISE
    if is_public:
        kind = InvestorKind.PUBLIC_UNIT
    elif name.startswith(("HTX", "Hợp tác xã")):
        kind = InvestorKind.COOPERATIVE
    return save_record(
        record=Investor(
            name=name,
            kind=kind,
            grandfathering_basis=f"theo nguồn: {row['source_title']}"[:200] if is_public else "",
        ),
        reason=REASON,
    )


def _source(row: dict[str, str]) -> dict[str, Any]:
    return {
        "source_class": SOURCE_CLASSES[row["source_class"]],
        "source_title": (row["source_title"] or row["source_url"])[:300],
        "source_url": row["source_url"][:500],
    }


def _summary(row: dict[str, str], date_text: str) -> str:
    dated = f"Ngày số liệu theo nguồn: {date_text}." if date_text else ""
    return " ".join(part for part in (row["status_source_text"], dated) if part)


def _notes(row: dict[str, str]) -> str:
    investor, appointed = split_investor(row["investor"])
    wish = f"{investor} đề xuất hoặc quan tâm làm chủ đầu tư hạ tầng" if investor and not appointed else ""
    parts = [row["notes"], row["investor_type"], row["other_decisions"], wish]
    return "; ".join(part for part in dict.fromkeys(parts) if part)


def _boundaries() -> dict[str, dict[str, Any]]:
    collection = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    return {
        feature["properties"]["cluster_id"]: {
            "geometry": feature["geometry"],
            "source": f"{feature['properties']['source_repo']} ({feature['properties']['source']})",
        }
        for feature in collection["features"]
    }
