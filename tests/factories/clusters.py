"""The registry's rows. Clusters are made through the real services, so their facts rest on recorded decisions."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from clusters.choices import (
    ClusterType,
    DecisionKind,
    Indicator,
    InvestorKind,
    MilestoneKind,
    PlotStatus,
    ProjectStage,
    Stage,
    TenantGroup,
    WorkKind,
    WorkStatus,
)
from clusters.models import (
    CapitalKind,
    CapitalSource,
    Cluster,
    ConversionPlan,
    CostItem,
    CostLine,
    Decision,
    DevelopmentPlan,
    Figures,
    Industry,
    InfrastructureProject,
    Inspection,
    Investor,
    LandClearance,
    Milestone,
    Observation,
    Obstacle,
    PaidCapital,
    PlannedCluster,
    Plot,
    SecondaryProject,
    SharedWork,
    Violation,
    WastewaterPlant,
)
from clusters.services.decisions import open_cluster, record_decision
from clusters.services.figures import refresh_figures
from clusters.services.observations import add_observation
from core.text import fold, sort_key
from tests.factories.accounts import province

ESTABLISHED = dt.date(2025, 9, 15)
SOURCE = {"source_title": "Báo cáo số 12/BC-SCT", "source_number": "12/BC-SCT"}


class InvestorFactory(DjangoModelFactory):
    """An enterprise without tax code."""

    class Meta:
        model = Investor

    class Params:
        cooperative = factory.Trait(kind=InvestorKind.COOPERATIVE)
        public_unit = factory.Trait(
            kind=InvestorKind.PUBLIC_UNIT, grandfathering_basis="QĐ 12/QĐ-UBND ngày 10/3/2020"
        )

    name = factory.Sequence(lambda n: f"Công ty cổ phần Hạ tầng Thử {n}")
    search = factory.LazyAttribute(lambda made: fold(f"{made.name} {made.tax_code}"))
    sort_key = factory.LazyAttribute(lambda made: sort_key(made.name))
    tax_code = ""


class ClusterFactory(DjangoModelFactory):
    """A cluster of Lào Cai established in 2025 with 60 ha, of which 45 ha industrial land.

    ``facts`` add to or replace what the founding decision lays down; ``user`` is who records it. Traits name the
    stage: ``planned``, ``construction``, ``operating``, ``withdrawn``, ``abolished``; ``opening`` makes it a record
    from a public source, ``unpublished`` keeps it from the public.
    """

    class Meta:
        model = Cluster

    class Params:
        planned = factory.Trait(kind=DecisionKind.OPENING, stage=Stage.PLANNED, established_on=None)
        construction = factory.Trait(kind=DecisionKind.OPENING, stage=Stage.CONSTRUCTION)
        operating = factory.Trait(kind=DecisionKind.OPENING, stage=Stage.OPERATING)
        withdrawn = factory.Trait(kind=DecisionKind.OPENING, stage=Stage.WITHDRAWN)
        abolished = factory.Trait(kind=DecisionKind.OPENING, stage=Stage.ABOLISHED)
        opening = factory.Trait(kind=DecisionKind.OPENING)
        unpublished = factory.Trait(is_published=False)
        before_2009 = factory.Trait(formed_before_2009=True)

    province = factory.LazyFunction(province)
    name = factory.Sequence(lambda n: f"CCN Thử nghiệm {n}")
    kind = DecisionKind.OPENING
    stage = Stage.ESTABLISHED
    cluster_type = ClusterType.ORDINARY
    commune = None
    area_ha = Decimal("60")
    industrial_land_ha = Decimal("45")
    investor = None
    main_lines = "Chế biến nông, lâm sản"
    established_on = ESTABLISHED
    effective_on = ESTABLISHED
    issued_on = ESTABLISHED
    number = factory.Sequence(lambda n: f"{n + 100}/QĐ-UBND")
    user = None
    facts: dict[str, Any] = {}

    @classmethod
    def _create(cls, model_class: type[Cluster], *args: Any, **made: Any) -> Cluster:
        paper = {
            "number": made.pop("number"),
            "issued_on": made.pop("issued_on"),
            "issuer": "UBND tỉnh Lào Cai",
        }
        kind, user = made.pop("kind"), made.pop("user")
        effective_on = made.pop("effective_on")
        sets = {
            name: made.pop(name)
            for name in (
                "stage",
                "cluster_type",
                "commune",
                "area_ha",
                "industrial_land_ha",
                "investor",
                "main_lines",
                "established_on",
            )
        }
        sets |= {"name": made["name"], **made.pop("facts")}
        cluster = open_cluster(
            province=made.pop("province"), name=made.pop("name"), reason="Tạo để thử", user=user, **made
        )
        record_decision(
            cluster=cluster,
            kind=kind,
            sets=sets,
            effective_on=effective_on,
            user=user,
            reason="Tạo để thử",
            **paper,
        )
        return Cluster.objects.get(pk=cluster.pk)

    @classmethod
    def _build(cls, model_class: type[Cluster], *args: Any, **made: Any) -> Cluster:
        raise NotImplementedError("A cluster's facts rest on recorded decisions: create it.")


class DecisionFactory(DjangoModelFactory):
    """A further decision of a cluster, recorded through the service: an adjustment of its main lines."""

    class Meta:
        model = Decision

    cluster = factory.SubFactory(ClusterFactory)
    kind = DecisionKind.ADJUST
    sets = factory.LazyFunction(lambda: {"main_lines": "Cơ khí, vật liệu xây dựng"})
    number = factory.Sequence(lambda n: f"{n + 500}/QĐ-UBND")
    issued_on = dt.date(2026, 3, 2)
    effective_on = factory.SelfAttribute("issued_on")
    issuer = "UBND tỉnh Lào Cai"
    user = None
    reason = "Ghi quyết định mới"

    @classmethod
    def _create(cls, model_class: type[Decision], *args: Any, **made: Any) -> Decision:
        return record_decision(**made)


class ObservationFactory(DjangoModelFactory):
    """Leased land of 20 ha at the end of June 2026, added through the service."""

    class Meta:
        model = Observation

    class Params:
        workers = factory.Trait(indicator=Indicator.WORKERS, value=Decimal(350))
        approved = factory.Trait(indicator=Indicator.APPROVED, value=Decimal(5))

    cluster = factory.SubFactory(ClusterFactory)
    indicator = Indicator.LEASED
    value = Decimal("20")
    as_of = dt.date(2026, 6, 30)
    source_title = SOURCE["source_title"]
    source_number = SOURCE["source_number"]
    user = None

    @classmethod
    def _create(cls, model_class: type[Observation], *args: Any, **made: Any) -> Observation:
        return add_observation(**made)


class _ClusterPartFactory(DjangoModelFactory):
    """A row of a cluster, with a source, and the cluster's figures brought up to date after it."""

    class Meta:
        abstract = True

    cluster = factory.SubFactory(ClusterFactory)
    source_title = SOURCE["source_title"]
    source_number = SOURCE["source_number"]

    @classmethod
    def _create(cls, model_class: type, *args: Any, **made: Any) -> Any:
        row = super()._create(model_class, *args, **made)
        refresh_figures([row.cluster_id])
        return row


class PlotFactory(_ClusterPartFactory):
    """A free plot of 2.5 ha."""

    class Meta:
        model = Plot

    class Params:
        leased = factory.Trait(status=PlotStatus.LEASED)
        not_cleared = factory.Trait(status=PlotStatus.NOT_CLEARED)

    code = factory.Sequence(lambda n: f"LO-{n + 1:03d}")
    area_ha = Decimal("2.5")
    status = PlotStatus.FREE
    as_of = dt.date(2026, 6, 30)
    price_per_m2 = Decimal(900_000)


class SecondaryProjectFactory(_ClusterPartFactory):
    """A domestic project that operates on 3 ha of leased land with 120 workers."""

    class Meta:
        model = SecondaryProject
        skip_postgeneration_save = True

    class Params:
        approved = factory.Trait(
            stage=ProjectStage.APPROVED, leased_on=None, operating_from=None, workers=None
        )
        foreign = factory.Trait(is_foreign=True, foreign_capital=Decimal(150_000_000_000))
        ended = factory.Trait(stage=ProjectStage.ENDED, ended_on=dt.date(2026, 1, 31))

    investor = factory.SubFactory(InvestorFactory)
    name = factory.Sequence(lambda n: f"Nhà máy chế biến gỗ số {n + 1}")
    product = "Gỗ ván ép"
    stage = ProjectStage.OPERATING
    group = TenantGroup.NONE
    capital = Decimal(150_000_000_000)
    land_ha = Decimal("3")
    certificate_number = factory.Sequence(lambda n: f"{n + 1000}/GCN")
    approved_on = dt.date(2025, 10, 1)
    leased_on = dt.date(2025, 12, 1)
    operating_from = dt.date(2026, 5, 1)
    jobs_planned = 150
    workers = 120
    as_of = dt.date(2026, 6, 30)
    sort_key = factory.LazyAttribute(lambda made: sort_key(made.name))
    search = factory.LazyAttribute(lambda made: fold(f"{made.name} {made.investor.name} {made.product}"))


class InfrastructureProjectFactory(_ClusterPartFactory):
    """An infrastructure project of 300 billion dong that is being built."""

    class Meta:
        model = InfrastructureProject

    name = factory.Sequence(lambda n: f"Dự án đầu tư xây dựng hạ tầng kỹ thuật {n + 1}")
    total_investment = Decimal(300_000_000_000)
    approved_on = dt.date(2025, 12, 20)
    starts_on = dt.date(2026, 1, 1)
    ends_on = dt.date(2028, 12, 31)
    status = WorkStatus.BUILDING


class _InfrastructurePartFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    project = factory.SubFactory(InfrastructureProjectFactory)

    @classmethod
    def _create(cls, model_class: type, *args: Any, **made: Any) -> Any:
        row = super()._create(model_class, *args, **made)
        refresh_figures([row.project.cluster_id])
        return row


class CostLineFactory(_InfrastructurePartFactory):
    """A construction cost of 180 billion dong."""

    class Meta:
        model = CostLine

    item = CostItem.CONSTRUCTION
    amount = Decimal(180_000_000_000)


class CapitalSourceFactory(_InfrastructurePartFactory):
    """Own capital of 60 billion dong."""

    class Meta:
        model = CapitalSource

    kind = CapitalKind.OWN
    amount = Decimal(60_000_000_000)


class PaidCapitalFactory(_InfrastructurePartFactory):
    """45 billion dong paid in by the end of June 2026."""

    class Meta:
        model = PaidCapital

    as_of = dt.date(2026, 6, 30)
    amount = Decimal(45_000_000_000)
    source_title = SOURCE["source_title"]
    source_number = SOURCE["source_number"]


class SharedWorkFactory(_ClusterPartFactory):
    """Roads being built."""

    class Meta:
        model = SharedWork

    kind = WorkKind.ROADS
    status = WorkStatus.BUILDING
    as_of = dt.date(2026, 6, 30)


class WastewaterPlantFactory(_ClusterPartFactory):
    """A wastewater plant in use that meets the standard."""

    class Meta:
        model = WastewaterPlant

    capacity_m3_day = Decimal(1500)
    status = WorkStatus.IN_USE
    meets_standard = True
    permit_number = "55/GPMT-UBND"
    as_of = dt.date(2026, 6, 30)


class LandClearanceFactory(_ClusterPartFactory):
    """Clearance two thirds done at the end of June 2026."""

    class Meta:
        model = LandClearance

    as_of = dt.date(2026, 6, 30)
    households_total = 120
    households_settled = 80
    area_total_ha = Decimal("60")
    area_cleared_ha = Decimal("40")
    cost_total = Decimal(90_000_000_000)
    cost_paid = Decimal(60_000_000_000)


class MilestoneFactory(_ClusterPartFactory):
    """The detailed plan, approved on time."""

    class Meta:
        model = Milestone

    kind = MilestoneKind.DETAILED_PLAN
    planned_on = dt.date(2026, 1, 31)
    done_on = dt.date(2026, 1, 20)


class ObstacleFactory(_ClusterPartFactory):
    """An open obstacle that is past its date."""

    class Meta:
        model = Obstacle

    class Params:
        resolved = factory.Trait(
            resolved_on=dt.date(2026, 9, 1), resolution="Đã thống nhất đơn giá bồi thường"
        )

    what = "12 hộ chưa đồng ý phương án bồi thường"
    cause = "Đơn giá bồi thường chưa sát giá thị trường"
    who_must_act = "UBND xã"
    what_is_asked = "Vận động, trình lại phương án bồi thường"
    due_on = dt.date(2026, 8, 31)
    reported_on = dt.date(2026, 6, 30)


class InspectionFactory(_ClusterPartFactory):
    """An inspection of fire protection."""

    class Meta:
        model = Inspection

    inspected_on = dt.date(2026, 5, 12)
    authority = "Sở Công Thương"
    subject = "Phòng cháy, chữa cháy"
    conclusion = "Cơ bản đáp ứng, còn một tồn tại"


class ViolationFactory(DjangoModelFactory):
    """A violation that is not yet mended."""

    class Meta:
        model = Violation

    inspection = factory.SubFactory(InspectionFactory)
    what = "Thiếu bể nước chữa cháy"
    legal_basis = "Nghị định 136/2020/NĐ-CP, Điều 5"
    fine = Decimal(30_000_000)
    remedy = "Xây bể nước chữa cháy"
    due_on = dt.date(2026, 9, 30)


class DevelopmentPlanFactory(DjangoModelFactory):
    """An approved plan of Lào Cai to 2030."""

    class Meta:
        model = DevelopmentPlan

    class Params:
        draft = factory.Trait(approved_on=None, decision_number="")

    province = factory.LazyFunction(province)
    title = "Phương án phát triển cụm công nghiệp tỉnh Lào Cai đến năm 2030"
    version = factory.Sequence(lambda n: n + 1)
    period_from = 2021
    period_to = 2030
    decision_number = "316/QĐ-TTg"
    approved_on = dt.date(2023, 3, 28)
    source_title = "Quyết định 316/QĐ-TTg"


class PlannedClusterFactory(DjangoModelFactory):
    """A line of the plan's List without a cluster yet."""

    class Meta:
        model = PlannedCluster

    plan = factory.SubFactory(DevelopmentPlanFactory)
    name = factory.Sequence(lambda n: f"CCN Quy hoạch {n + 1}")
    place_text = "Xã Thử nghiệm"
    area_ha = Decimal("50")
    main_lines = "Chế biến nông sản"
    land_status = "Đất trồng lúa và đất rừng sản xuất"
    justification = "Gần vùng nguyên liệu"
    environmental_distance = "Cách khu dân cư 500 m"
    total_investment = Decimal(250_000_000_000)


class ConversionPlanFactory(DjangoModelFactory):
    """What becomes of a planned cluster that was withdrawn."""

    class Meta:
        model = ConversionPlan

    planned_cluster = factory.SubFactory(PlannedClusterFactory)
    withdrawn_on = dt.date(2026, 2, 1)
    reason = "Chồng lấn quy hoạch đô thị"
    land_use_after = "Đất ở đô thị"
    tenants = "Không có dự án"
    finish_by = dt.date(2027, 12, 31)
    source_title = "Nghị quyết 5/NQ-HĐND"


def industry(code: str = "16210", edition: int = 2018) -> Industry:
    """Return a line of the VSIC that ships with the project."""
    return Industry.objects.get(edition=edition, code=code)


def figures_of(cluster: Cluster) -> Figures:
    """Return the stored figures of a cluster as they are now."""
    return Figures.objects.get(cluster=cluster)
