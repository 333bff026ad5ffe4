"""Fill an empty database with a nation of clusters: 1x is 1,000 clusters with 12,000 projects.

Rows are written past services, history and figures of one cluster at a time: a nation is made in minutes, not hours.
The figures are computed by the portal's own statement afterwards.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from django.db import connection, transaction

from clusters.choices import (
    ClusterType,
    DecisionKind,
    Indicator,
    MilestoneKind,
    PlotStatus,
    ProjectStage,
    Stage,
    WorkStatus,
)
from clusters.models import (
    Cluster,
    Decision,
    Industry,
    InfrastructureProject,
    Inspection,
    Investor,
    LandClearance,
    Milestone,
    Observation,
    Obstacle,
    Plot,
    SecondaryProject,
    Violation,
    WastewaterPlant,
)
from clusters.services.figures import refresh_figures
from clusters.services.searching import investor_keys
from core.text import fold, sort_key
from places.models import Commune

CLUSTERS, PROJECTS_EACH, INVESTORS, PLOTS_EACH = 1_000, 12, 3_000, 5
BATCH = 2_000
SYLLABLES = [
    "An",
    "Bình",
    "Cẩm",
    "Châu",
    "Đông",
    "Đại",
    "Gia",
    "Giang",
    "Hà",
    "Hải",
    "Hòa",
    "Hưng",
    "Khánh",
    "Kim",
    "Lạc",
    "Long",
    "Lộc",
    "Minh",
    "Mỹ",
    "Nam",
    "Nghĩa",
    "Ngọc",
    "Ninh",
    "Phong",
    "Phú",
    "Phúc",
    "Quang",
    "Quế",
    "Sơn",
    "Tân",
    "Thái",
    "Thanh",
    "Thịnh",
    "Thượng",
    "Thủy",
    "Tiên",
    "Trung",
    "Tường",
    "Vân",
    "Văn",
    "Việt",
    "Vĩnh",
    "Xuân",
    "Yên",
]
STAGES = [Stage.PLANNED] * 5 + [Stage.ESTABLISHED] * 2 + [Stage.DETAILED_PLAN] + [Stage.OPERATING] * 7
SOURCE = {"source_title": "Báo cáo tổng hợp", "source_class": "report"}


def fill(scale: int) -> None:
    """Write ``scale`` nations into the database; the same scale always gives the same rows."""
    chance = random.Random(scale)
    with transaction.atomic(), connection.cursor() as cursor:
        # The history of a million invented rows would only cost time.
        cursor.execute("SET LOCAL session_replication_role = replica")
        communes = list(
            Commune.objects.in_force()
            .select_related("province")
            .order_by("pk")
            .only("pk", "name_vi", "province")
        )
        industries = list(
            Industry.objects.filter(edition=2018, level=4).order_by("pk").values_list("pk", flat=True)
        )
        _write(Investor, _investors(INVESTORS * scale))
        investors = list(Investor.objects.order_by("pk").values_list("pk", flat=True))
        _write(Cluster, _clusters(CLUSTERS * scale, communes, investors, chance))
        clusters = list(
            Cluster.objects.order_by("pk").values_list("pk", "name", "area_ha", "industrial_land_ha", "stage")
        )
        _write(Decision, _decisions(clusters))
        _write(Observation, _observations(clusters, chance))
        _write(Plot, _plots(clusters, chance))
        _write(SecondaryProject, _projects(clusters, investors, industries, chance))
        _write(InfrastructureProject, _works(clusters, chance))
        _write(Milestone, _milestones(clusters, chance))
        _write(Obstacle, _obstacles(clusters, chance))
        _write(LandClearance, _clearances(clusters, chance))
        _write(WastewaterPlant, _plants(clusters, chance))
        _write(Inspection, _inspections(clusters))
        _write(Violation, _violations(Inspection.objects.order_by("pk").values_list("pk", flat=True), chance))
        refresh_figures()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(model: type, rows: Iterator) -> None:
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def _investors(count: int) -> Iterator[Investor]:
    for number in range(count):
        name = f"Công ty cổ phần Thử nghiệm {number}"
        yield Investor(name=name, **investor_keys(name))


def _clusters(count: int, communes: list, investors: list[int], chance: random.Random) -> Iterator[Cluster]:
    home = [commune for commune in communes if commune.province.code == "15"]
    for number in range(count):
        # One in ten lies in the province of the demo officer, so that a page of fifty rows is full at every scale.
        pool = home if number % 10 == 0 else communes
        commune = pool[(number * 7919) % len(pool)]
        name = f"{chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)} {number % 97 + 1}"
        area = Decimal(chance.randint(500, 7500)) / 100
        stage = chance.choice(STAGES)
        code = f"CCN-{commune.province.code}-{number:06d}"
        yield Cluster(
            code=code,
            name=name,
            province=commune.province,
            commune=commune,
            stage=stage,
            cluster_type=chance.choice(ClusterType.values),
            area_ha=area,
            industrial_land_ha=None if stage == Stage.PLANNED else area * Decimal("0.7"),
            investor_id=chance.choice(investors) if stage != Stage.PLANNED else None,
            established_on=None
            if stage == Stage.PLANNED
            else dt.date(2018, 1, 1) + dt.timedelta(number % 2500),
            formed_before_2009=number % 50 == 0,
            search=fold(f"{code} {name} {commune.name_vi} {commune.province.name_vi} {number}/QĐ-UBND"),
            sort_key=sort_key(name),
        )


def _decisions(clusters: list) -> Iterator[Decision]:
    for number, (pk, name, area, land, stage) in enumerate(clusters):
        yield Decision(
            cluster_id=pk,
            kind=DecisionKind.OPENING,
            number=f"{number}/QĐ-UBND",
            effective_on=dt.date(2020, 1, 1),
            sets_name=name,
            sets_area_ha=area,
            sets_industrial_land_ha=land,
            sets_stage=stage,
            reason="benchmark",
            **SOURCE,
        )


def _observations(clusters: list, chance: random.Random) -> Iterator[Observation]:
    for pk, _name, _area, land, stage in clusters:
        if stage != Stage.OPERATING:
            continue
        # One cluster in five missed the last report, so that the board of quality finds something.
        for year in (2024, 2025) if pk % 5 == 0 else (2024, 2025, 2026):
            yield Observation(
                cluster_id=pk,
                indicator=Indicator.LEASED,
                value=land * Decimal(chance.randint(10, 95)) / 100,
                as_of=dt.date(year, 6, 14),
                **SOURCE,
            )


def _plots(clusters: list, chance: random.Random) -> Iterator[Plot]:
    for pk, _name, _area, _land, stage in clusters:
        for number in range(PLOTS_EACH if stage == Stage.OPERATING else 0):
            yield Plot(
                cluster_id=pk,
                code=f"L{number + 1}",
                area_ha=Decimal(chance.randint(30, 500)) / 100,
                status=chance.choice(PlotStatus.values),
                as_of=dt.date(2026, 10, 1),
                **SOURCE,
            )


def _projects(
    clusters: list, investors: list[int], industries: list[int], chance: random.Random
) -> Iterator[SecondaryProject]:
    for pk, cluster, _area, land, _stage in clusters:
        for number in range(PROJECTS_EACH):
            name = f"Nhà máy {chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)} {number}"
            yield SecondaryProject(
                cluster_id=pk,
                investor_id=chance.choice(investors),
                industry_id=chance.choice(industries),
                name=name,
                stage=chance.choice(ProjectStage.values),
                land_ha=(land or Decimal(10)) / (PROJECTS_EACH + 3),
                capital=chance.randint(5, 900) * 10**9,
                is_foreign=chance.random() < 0.12,
                workers=chance.randint(0, 400),
                as_of=dt.date(2025, 12, 14) if number % 4 == 0 else dt.date(2026, 6, 14),
                search=fold(f"{name} {cluster}"),
                sort_key=sort_key(name),
                **SOURCE,
            )


def _works(clusters: list, chance: random.Random) -> Iterator[InfrastructureProject]:
    for pk, cluster, _area, _land, stage in clusters:
        if stage != Stage.PLANNED:
            yield InfrastructureProject(
                cluster_id=pk,
                name=f"Hạ tầng {cluster}",
                total_investment=chance.randint(50, 900) * 10**9,
                starts_on=dt.date(2021, 1, 1),
                ends_on=dt.date(2024, 1, 1) + dt.timedelta(pk % 2000),
                status=chance.choice(WorkStatus.values),
                **SOURCE,
            )


def _milestones(clusters: list, chance: random.Random) -> Iterator[Milestone]:
    for pk, _cluster, _area, _land, stage in clusters:
        for number, kind in enumerate(MilestoneKind.values[:4] if stage != Stage.PLANNED else ()):
            planned = dt.date(2023 + number, 6, 30)
            yield Milestone(
                cluster_id=pk,
                kind=kind,
                planned_on=planned,
                done_on=planned if chance.random() < 0.8 else None,
                **SOURCE,
            )


def _obstacles(clusters: list, chance: random.Random) -> Iterator[Obstacle]:
    for pk, _cluster, _area, _land, stage in clusters:
        if stage != Stage.PLANNED and pk % 4 == 0:
            yield Obstacle(
                cluster_id=pk,
                what="Một số hộ chưa nhận tiền bồi thường",
                who_must_act="Ủy ban nhân dân xã",
                what_is_asked="Vận động các hộ",
                reported_on=dt.date(2026, 3, 1),
                due_on=dt.date(2026, 6, 30),
                resolved_on=dt.date(2026, 6, 1) if chance.random() < 0.5 else None,
                **SOURCE,
            )


def _clearances(clusters: list, chance: random.Random) -> Iterator[LandClearance]:
    for pk, _cluster, area, _land, stage in clusters:
        if stage in (Stage.ESTABLISHED, Stage.DETAILED_PLAN):
            for month in (3, 6, 9):
                cleared = area * Decimal(month * 10 + chance.randint(0, 10)) / 100
                yield LandClearance(
                    cluster_id=pk,
                    as_of=dt.date(2026, month, 15),
                    area_total_ha=area,
                    area_cleared_ha=cleared,
                    **SOURCE,
                )


def _plants(clusters: list, chance: random.Random) -> Iterator[WastewaterPlant]:
    for pk, _cluster, _area, _land, stage in clusters:
        if stage == Stage.OPERATING and pk % 2 == 0:
            yield WastewaterPlant(
                cluster_id=pk,
                capacity_m3_day=Decimal(chance.randint(2, 30) * 100),
                status=chance.choice(WorkStatus.values),
                meets_standard=chance.random() < 0.8,
                as_of=dt.date(2026, 6, 14),
                **SOURCE,
            )


def _inspections(clusters: list) -> Iterator[Inspection]:
    for pk, _cluster, _area, _land, stage in clusters:
        if stage == Stage.OPERATING and pk % 3 == 0:
            yield Inspection(
                cluster_id=pk,
                inspected_on=dt.date(2026, 4, 10),
                authority="Sở Công Thương",
                subject="Bảo vệ môi trường",
                **SOURCE,
            )


def _violations(inspections: Iterable[int], chance: random.Random) -> Iterator[Violation]:
    for pk in inspections:
        yield Violation(
            inspection_id=pk,
            what="Chưa có giấy phép môi trường",
            legal_basis="Luật Bảo vệ môi trường, Điều 39",
            due_on=dt.date(2026, 7, 31),
            remedied_on=dt.date(2026, 7, 1) if chance.random() < 0.7 else None,
        )
