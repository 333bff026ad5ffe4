"""Gather the established clusters of a territory on a day for the occupancy test (V10-V12, V14)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.choices import ESTABLISHED_STAGES, ClusterType, DecisionKind
from clusters.models import Cluster, Decision
from clusters.rules.occupancy_test import CountedCluster, OccupancyTest, SettledAverage
from clusters.services.figures import figures_of
from law.local_rules import local_rules
from law.regimes import Regime
from law.vocabulary import OccupancyUnit
from law.words import Text, say
from places.choices import SuccessionKind
from places.models import Commune, District, Province

# What a commune in force took over whole; a cluster of a commune that was divided is placed by its own record only.
_WHOLE = (
    SuccessionKind.UNCHANGED,
    SuccessionKind.RENAMED,
    SuccessionKind.KIND_CHANGED,
    SuccessionKind.WHOLE,
)

_FACTS = ("stage", "commune_id", "industrial_land_ha", "name")


@dataclass(frozen=True)
class _Territory:
    """The communes whose clusters count (None: the whole province), or why that is not known."""

    name: str = ""
    communes: frozenset[int] | None = frozenset()
    basis: Text = ""
    problem: Text = ""


def occupancy_test(
    *,
    province: Province,
    commune: Commune | None,
    regime: Regime,
    on: dt.date,
    exclude: Cluster | None = None,
    kind: DecisionKind = DecisionKind.ESTABLISH,
    cluster_type: ClusterType = ClusterType.ORDINARY,
    settled: SettledAverage | None = None,
    district: District | None = None,
) -> OccupancyTest:
    """Return the test for a cluster in the commune: the clusters of the regime's territory at the end of the day.

    ``exclude`` is the cluster to be established itself; ``district`` the former district where the commune was made
    from several, without which that territory is not known. A commune in force counts for each former district that it
    took land from. A cluster counts once, by its lead commune, as the decisions
    in effect on the day have it; its figures are those of the day. Three queries at most beside the territory's.
    """
    unit = regime.test_unit.value
    territory = _territory(unit, province, commune, on, district)
    clusters: tuple[CountedCluster, ...] = ()
    if territory.name:
        clusters = _established(territory.communes, province, on, exclude.pk if exclude else None)
    return OccupancyTest(
        kind=kind,
        cluster_type=cluster_type,
        unit=unit,
        unit_name=territory.name,
        on=on,
        clusters=clusters,
        settled=settled,
        unit_basis=territory.basis,
        unit_problem=territory.problem,
    )


def _territory(
    unit: OccupancyUnit | None,
    province: Province,
    commune: Commune | None,
    on: dt.date,
    district: District | None,
) -> _Territory:
    if unit is None:
        # Decree 68/2017 speaks of the district too, but no source for it was read.
        return _Territory(problem=_("The territory of the test under this law is not known from any source."))
    basis: Text = ""
    if unit is OccupancyUnit.AS_DECIDED:
        decided = local_rules(province, on).occupancy_unit
        if decided.value not in OccupancyUnit.values:
            return _Territory()
        unit, basis = OccupancyUnit(decided.value), decided.article
    if unit is OccupancyUnit.PROVINCE:
        return _Territory(province.full_name, None, basis)
    if commune is None:
        return _Territory(basis=basis, problem=_("The commune of the cluster is not recorded."))
    if unit is OccupancyUnit.COMMUNE:
        return _Territory(commune.full_name, _with_predecessors(commune), basis)
    districts = [district] if district else _districts(commune)
    if len(districts) != 1:
        return _Territory(
            basis=basis,
            problem=say(
                _("%(commune)s lies in %(count)s former districts: name the one the test is made for."),
                commune=commune.full_name,
                count=len(districts),
            ),
        )
    return _Territory(districts[0].full_name, _of_district(districts[0]), basis)


def _with_predecessors(commune: Commune) -> frozenset[int]:
    merged = commune.succession_from.filter(kind__in=_WHOLE, old__isnull=False)
    return frozenset({commune.pk, *merged.values_list("old_id", flat=True)})


def _districts(commune: Commune) -> list[District]:
    if commune.district_id:
        return [commune.district] if commune.district else []
    return list(District.objects.filter(succession_to__new=commune).distinct().order_by("pk"))


def _of_district(district: District) -> frozenset[int]:
    inside = Commune.objects.filter(Q(district=district) | Q(succession_from__old_district=district))
    return frozenset(inside.values_list("pk", flat=True))


def _established(
    communes: frozenset[int] | None, province: Province, on: dt.date, excluded: int | None
) -> tuple[CountedCluster, ...]:
    facts = {
        pk: known
        for pk, known in _facts_on(province, on).items()
        if pk != excluded
        and known["stage"] in ESTABLISHED_STAGES
        and (communes is None or known["commune_id"] in communes)
    }
    figures = figures_of(facts, on)
    counted = (
        CountedCluster(
            name=known["name"],
            industrial_ha=known["industrial_land_ha"],
            leased_ha=figures[pk].leased_ha,
            approved_ha=figures[pk].approved_ha,
            as_of=figures[pk].leased_as_of,
        )
        for pk, known in facts.items()
    )
    return tuple(sorted(counted, key=lambda one: one.name))


def _facts_on(province: Province, on: dt.date) -> dict[int, dict[str, Any]]:
    """Replay, for all clusters of the province at once, the facts the test needs; boundaries stay unread."""
    # A cluster belongs to the province of today, whatever province the case began in.
    provinces = {province.pk, province.successor_id}
    papers = (
        Decision.objects.standing()
        .filter(cluster__province__in=provinces, cluster__is_illustration=False, effective_on__lte=on)
        .in_replay_order()
        .values("cluster_id", "clears", *(f"sets_{fact}" for fact in _FACTS))
    )
    found: dict[int, dict[str, Any]] = {}
    for paper in papers:
        facts = found.setdefault(paper["cluster_id"], dict.fromkeys(_FACTS))
        for cleared in paper["clears"]:
            facts["commune_id" if cleared == "commune" else cleared] = None
        for fact in _FACTS:
            if paper[f"sets_{fact}"] not in (None, ""):
                facts[fact] = paper[f"sets_{fact}"]
    return found
