"""For every check of both boards: what it finds, and what it lets pass."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from clusters.choices import DecisionKind, Indicator, MilestoneKind, TenantGroup, WorkStatus
from clusters.models import CapitalKind, Cluster, Decision
from clusters.services.figures import refresh_figures
from core.models import StoredFile
from places.models import Commune
from tests.factories.accounts import GIA_LAI, TAY_SON, commune, province
from tests.factories.clusters import (
    CapitalSourceFactory,
    ClusterFactory,
    DecisionFactory,
    DevelopmentPlanFactory,
    InfrastructureProjectFactory,
    InspectionFactory,
    InvestorFactory,
    LandClearanceFactory,
    MilestoneFactory,
    ObservationFactory,
    ObstacleFactory,
    PlannedClusterFactory,
    PlotFactory,
    SecondaryProjectFactory,
    ViolationFactory,
    WastewaterPlantFactory,
    industry,
)

#: The day on which the checks are asked.
DAY = dt.date(2026, 11, 21)
LONG_AGO = dt.date(2024, 6, 30)
LATELY = dt.date(2026, 10, 31)
#: A tax code whose check digit holds, and one whose does not.
GOOD_CODE, BAD_CODE = "0100109106", "0100109107"

D = Decimal
Case = Callable[[], Any]


def square(side: float) -> dict[str, Any]:
    """Return a square in Lào Cai with a side in degrees."""
    x, y = 104.0, 22.3
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def _paper(**paper: Any) -> Cluster:
    cluster = ClusterFactory(opening=True)
    DecisionFactory(cluster=cluster, **paper)
    return cluster


def _file() -> StoredFile:
    return StoredFile.objects.create(name="qd.pdf", content_type="application/pdf", size=1, sha256="0" * 64)


def _observed(indicator: Indicator, value: str, as_of: dt.date = LATELY, **made: Any) -> Cluster:
    cluster = ClusterFactory(**made)
    ObservationFactory(cluster=cluster, indicator=indicator, value=D(value), as_of=as_of)
    return cluster


def _stated(value: str) -> Cluster:
    cluster = _observed(Indicator.LEASED, "18")
    ObservationFactory(cluster=cluster, indicator=Indicator.STATED_OCCUPANCY, value=D(value), as_of=LATELY)
    return cluster


def _tenants(leased: str, count: int = 1) -> Cluster:
    cluster = _observed(Indicator.LEASED, leased)
    for _ in range(count):
        SecondaryProjectFactory(cluster=cluster, land_ha=D(5))
    return cluster


def _counted(reported: str, recorded: int) -> Cluster:
    cluster = _observed(Indicator.PROJECTS, reported)
    for _ in range(recorded):
        SecondaryProjectFactory(cluster=cluster)
    return cluster


def _taken(leased: str) -> Cluster:
    cluster = ClusterFactory(industrial_land_ha=None)
    ObservationFactory(cluster=cluster, value=D(leased), as_of=LATELY)
    DecisionFactory(cluster=cluster, kind=DecisionKind.DETAILED_PLAN, sets={"industrial_land_ha": D(45)})
    return cluster


def _planned(area: str) -> Any:
    plan = DevelopmentPlanFactory()
    return PlannedClusterFactory(plan=plan, cluster=ClusterFactory(), area_ha=D(area))


def _investor(**investor: Any) -> Cluster:
    return ClusterFactory(investor=InvestorFactory(**investor))


def _tenant(**investor: Any) -> Any:
    return SecondaryProjectFactory(investor=InvestorFactory(**investor))


def _idle(leased: str, established_on: dt.date = dt.date(2020, 1, 1)) -> Cluster:
    return _observed(Indicator.LEASED, leased, established_on=established_on)


def _priority(tenant: TenantGroup | None = None, *, aided: bool = False) -> Any:
    cluster = ClusterFactory(established_on=dt.date(2026, 10, 1), effective_on=dt.date(2026, 10, 1))
    if tenant:
        SecondaryProjectFactory(cluster=cluster, group=tenant)
    if aided:
        CapitalSourceFactory(
            project=InfrastructureProjectFactory(cluster=cluster), kind=CapitalKind.STATE_SUPPORT
        )
    return MilestoneFactory(cluster=cluster, kind=MilestoneKind.WORKS_FINISHED, done_on=dt.date(2024, 11, 1))


def _in_gone_commune() -> Cluster:
    cluster = ClusterFactory(commune=commune())
    Commune.objects.filter(pk=cluster.commune_id).update(valid_to=dt.date(2026, 6, 30))
    return cluster


def _unnumbered() -> Decision:
    # The service refuses it; rows loaded from old lists may lack it.
    return Decision.objects.create(
        cluster=ClusterFactory(), kind=DecisionKind.ADJUST, effective_on=LATELY, reason="Tạo để thử"
    )


def _pointed() -> Cluster:
    return ClusterFactory(longitude=104.0, latitude=22.3)


def _old(**made: Any) -> Cluster:
    return ClusterFactory(before_2009=True, **made)


def _settled() -> Cluster:
    cluster = _old()
    DecisionFactory(cluster=cluster, kind=DecisionKind.ESTABLISH, sets={"area_ha": D(50)})
    return cluster


#: Code of the check: what fails it, what passes it.
CASES: dict[str, tuple[Case, Case]] = {
    "P01": (ClusterFactory, lambda: _paper()),
    "P02": (lambda: _paper(), lambda: _paper(file=_file())),
    "P03": (_unnumbered, lambda: _paper()),
    "P04": (lambda: ClusterFactory(established_on=None), ClusterFactory),
    "P05": (lambda: ClusterFactory(area_ha=None), ClusterFactory),
    "P06": (ClusterFactory, lambda: ClusterFactory(is_confirmed=True)),
    "F01": (
        lambda: ClusterFactory(operating=True),
        lambda: _observed(Indicator.LEASED, "20", operating=True),
    ),
    "F02": (
        lambda: _observed(Indicator.LEASED, "20", LONG_AGO),
        lambda: _observed(Indicator.LEASED, "20"),
    ),
    "F03": (
        lambda: _observed(Indicator.PROJECTS, "3", LONG_AGO),
        lambda: _observed(Indicator.PROJECTS, "3"),
    ),
    "F04": (
        lambda: _observed(Indicator.WORKERS, "300", LONG_AGO),
        lambda: _observed(Indicator.WORKERS, "300"),
    ),
    "F05": (
        lambda: SecondaryProjectFactory(as_of=LONG_AGO),
        lambda: SecondaryProjectFactory(as_of=LATELY),
    ),
    "F06": (lambda: PlotFactory(as_of=LONG_AGO), lambda: PlotFactory(as_of=LONG_AGO, leased=True)),
    "F07": (LandClearanceFactory, lambda: LandClearanceFactory(as_of=DAY)),
    "F08": (lambda: ObservationFactory(as_of_text="2026"), ObservationFactory),
    "C01": (lambda: _stated("75"), lambda: _stated("40.4")),
    "C02": (lambda: _tenants("4"), lambda: _tenants("5")),
    "C03": (lambda: _counted("1", 2), lambda: _counted("2", 2)),
    "C04": (lambda: _counted("3", 2), lambda: _counted("2", 2)),
    "C05": (
        lambda: ClusterFactory(facts={"boundary": square(0.009)}),
        lambda: ClusterFactory(facts={"boundary": square(0.00726)}),
    ),
    "C06": (lambda: _planned("54"), lambda: _planned("55")),
    "C07": (
        lambda: ClusterFactory(area_ha=D(40), industrial_land_ha=D(41)),
        lambda: ClusterFactory(area_ha=D(41), industrial_land_ha=D(41)),
    ),
    "C08": (lambda: _taken("46"), lambda: _taken("45")),
    "L01": (
        lambda: ClusterFactory(area_ha=D("4.99"), industrial_land_ha=D(3)),
        lambda: ClusterFactory(area_ha=D(5), industrial_land_ha=D(3)),
    ),
    "L02": (
        lambda: ClusterFactory(area_ha=D("75.01")),
        lambda: ClusterFactory(area_ha=D(90), before_2009=True),
    ),
    "L03": (
        lambda: ClusterFactory(established_on=dt.date(2016, 5, 1)),
        lambda: ClusterFactory(established_on=dt.date(2016, 5, 1), area_ha=D(50)),
    ),
    "G01": (ClusterFactory, lambda: ClusterFactory(commune=commune())),
    "G02": (
        _in_gone_commune,
        lambda: ClusterFactory(commune=commune(TAY_SON), province=province(GIA_LAI)),
    ),
    "G03": (ClusterFactory, _pointed),
    "G04": (ClusterFactory, lambda: ClusterFactory(facts={"boundary": square(0.00726)})),
    "R01": (_investor, lambda: _investor(tax_code=GOOD_CODE)),
    "R02": (lambda: _investor(tax_code=BAD_CODE), lambda: _investor(tax_code=GOOD_CODE)),
    "R03": (_tenant, lambda: _tenant(tax_code="012345678901")),
    "R04": (
        lambda: _tenant(tax_code="ABC"),
        lambda: _tenant(tax_code=BAD_CODE, tax_code_confirmed=True),
    ),
    "R05": (
        lambda: ClusterFactory(operating=True),
        lambda: ClusterFactory(operating=True, investor=InvestorFactory()),
    ),
    "R06": (
        lambda: ClusterFactory(operating=True, industrial_land_ha=None),
        lambda: ClusterFactory(operating=True),
    ),
    "R07": (
        lambda: ClusterFactory(operating=True),
        lambda: WastewaterPlantFactory(cluster=ClusterFactory(operating=True)),
    ),
    "R08": (SecondaryProjectFactory, lambda: SecondaryProjectFactory(industry=industry())),
    "R09": (lambda: SecondaryProjectFactory(land_ha=None), SecondaryProjectFactory),
    "R10": (
        lambda: SecondaryProjectFactory(foreign=True, capital=D(1)),
        lambda: SecondaryProjectFactory(foreign=True),
    ),
    "W01": (
        lambda: MilestoneFactory(done_on=None),
        lambda: MilestoneFactory(done_on=None, planned_on=DAY),
    ),
    "W02": (
        lambda: InfrastructureProjectFactory(ends_on=dt.date(2026, 11, 20)),
        lambda: InfrastructureProjectFactory(ends_on=dt.date(2026, 11, 20), status=WorkStatus.IN_USE),
    ),
    "W03": (ObstacleFactory, lambda: ObstacleFactory(resolved=True)),
    "W04": (lambda: _idle("13"), lambda: _idle("13.5")),
    "W05": (_priority, lambda: _priority(TenantGroup.STARTUP)),
    "W06": (
        lambda: ClusterFactory(operating=True),
        lambda: WastewaterPlantFactory(cluster=ClusterFactory(operating=True)),
    ),
    "W07": (lambda: WastewaterPlantFactory(meets_standard=False), WastewaterPlantFactory),
    "W08": (
        lambda: ViolationFactory(inspection=InspectionFactory()),
        lambda: ViolationFactory(remedied_on=LATELY, inspection=InspectionFactory()),
    ),
    "W09": (_old, _settled),
}


def make(case: Case) -> None:
    """Make the rows of a case, and bring the figures up to date."""
    case()
    refresh_figures()
