"""Gather what the rules about an expansion look at (V16, V17)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from clusters.choices import WorkKind, WorkStatus
from clusters.models import Cluster, SharedWork, WastewaterPlant
from clusters.rules.expansion import ExpansionSubject
from clusters.services.figures import figures_on
from clusters.services.replay import facts_on
from law.vocabulary import Work

# The works of the law, and the kinds the registry keeps them under; each kind must be in use.
KINDS_OF_WORK: Mapping[Work, tuple[WorkKind, ...]] = {
    Work.ROADS: (WorkKind.ROADS,),
    Work.WATER_SUPPLY: (WorkKind.WATER,),
    Work.WASTEWATER: (WorkKind.WASTEWATER_COLLECTION, WorkKind.WASTEWATER_TREATMENT),
    Work.WASTE: (WorkKind.SOLID_WASTE,),
    Work.FIRE_PROTECTION: (WorkKind.FIRE,),
}


def expansion_subject(*, cluster: Cluster, on: dt.date, demand_ha: Decimal | None = None) -> ExpansionSubject:
    """Return the cluster as it stands before an expansion on the day, with the demand (ha) the dossier names.

    Land and figures are those of the day. Works have no dated states: they are as the registry knows them now.
    """
    facts = facts_on(cluster, on)
    figures = figures_on(cluster, on, facts.industrial_land_ha)
    return ExpansionSubject(
        on=on,
        industrial_land_ha=facts.industrial_land_ha,
        leased_ha=figures.leased_ha,
        approved_ha=figures.approved_ha,
        demand_ha=demand_ha,
        works=works_in_use(cluster),
        formed_before_2009=cluster.formed_before_2009,
        established_on=facts.established_on,
    )


def works_in_use(cluster: Cluster) -> dict[Work, bool | None]:
    """Return of each work of the law whether it is finished and in use; None where nothing is recorded.

    The plant's own record outweighs the line "wastewater treatment" among the works.
    """
    statuses = {
        WorkKind(kind): status == WorkStatus.IN_USE
        for kind, status in SharedWork.objects.filter(cluster=cluster)
        .order_by("pk")
        .values_list("kind", "status")
    }
    plant = WastewaterPlant.objects.filter(cluster=cluster).first()
    if plant is not None:
        statuses[WorkKind.WASTEWATER_TREATMENT] = plant.status == WorkStatus.IN_USE
    return {
        work: _all_in_use([statuses.get(kind) for kind in kinds]) for work, kinds in KINDS_OF_WORK.items()
    }


def _all_in_use(states: list[bool | None]) -> bool | None:
    if False in states:
        return False
    return None if None in states else True
