"""The front door: what this portal's registry says now, what others published, the map, the doors."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.choices import ESTABLISHED_STAGES, Stage
from clusters.mapping import MAP_ATTRIBUTION
from clusters.models import Cluster
from clusters.occupancy import rate
from clusters.statistics import published_figures
from places.models import Province

# What is counted in every province, and what may be unknown in one.
_COUNTED = (
    "clusters",
    "established",
    "operating",
    "planned",
    "confirmed",
    "area_known",
    "occupancy_clusters",
)
_MAYBE_KNOWN = ("total_area_ha", "total_projects", "total_workers", "taken", "land", "oldest", "newest")


@dataclass(frozen=True)
class NationalFigures:
    """Totals over the published clusters of this registry. Areas in ha, occupancy in per cent or None."""

    clusters: int
    established: int
    operating: int
    planned: int
    provinces: int
    confirmed: int
    total_area_ha: Decimal | None
    area_known: int
    total_projects: int | None
    total_workers: int | None
    occupancy: Decimal | None
    occupancy_clusters: int
    oldest: dt.date | None
    newest: dt.date | None
    clusters_by_province: dict[int, int]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the national figures of the registry apart from published statistics, the map and the doors."""
    clusters = Cluster.objects.visible_to(request.user).published().counted()
    figures = national_figures(clusters)
    context = {
        "figures": figures,
        "today": timezone.localdate(),
        "published": published_figures(),
        "map_attribution": MAP_ATTRIBUTION,
        "provinces": _provinces(figures.clusters_by_province),
    }
    return render(request, "clusters/public/home.html", context)


def national_figures(clusters: QuerySet) -> NationalFigures:
    """Add up the figures of clusters in one query; occupancy only over clusters where it can be computed."""
    # "Established" counts what an establishing decision in force says, not what is operating without one.
    computable = Q(figures__leased_ha__isnull=False, industrial_land_ha__gt=0)
    taken = F("figures__leased_ha") + Coalesce(F("figures__approved_ha"), Decimal(0))
    # Province by province: the provinces are counted and shown with the same pass over the clusters.
    rows = list(
        clusters.order_by()
        .values("province_id")
        .annotate(
            clusters=Count("pk"),
            established=Count("pk", filter=Q(stage__in=ESTABLISHED_STAGES)),
            operating=Count("pk", filter=Q(stage=Stage.OPERATING)),
            planned=Count("pk", filter=Q(stage=Stage.PLANNED)),
            confirmed=Count("pk", filter=Q(is_confirmed=True)),
            total_area_ha=Sum("area_ha"),
            area_known=Count("area_ha"),
            total_projects=Sum("figures__projects"),
            total_workers=Sum("figures__workers"),
            occupancy_clusters=Count("pk", filter=computable),
            taken=Sum(taken, filter=computable),
            land=Sum("industrial_land_ha", filter=computable),
            oldest=Min("figures__leased_as_of", filter=computable),
            newest=Max("figures__leased_as_of", filter=computable),
        )
    )
    known = {key: _known(rows, key) for key in _MAYBE_KNOWN}
    return NationalFigures(
        **{key: sum(row[key] for row in rows) for key in _COUNTED},
        provinces=len(rows),
        total_area_ha=_total(known["total_area_ha"]),
        total_projects=_total(known["total_projects"]),
        total_workers=_total(known["total_workers"]),
        occupancy=rate(_total(known["taken"]), _total(known["land"])),
        oldest=min(known["oldest"], default=None),
        newest=max(known["newest"], default=None),
        clusters_by_province={row["province_id"]: row["clusters"] for row in rows},
    )


def _known(rows: list[dict[str, Any]], key: str) -> list[Any]:
    return [row[key] for row in rows if row[key] is not None]


def _total(values: list[Any]) -> Any:
    """Return the sum; of nothing known it is unknown, not zero."""
    return sum(values[1:], values[0]) if values else None


def _provinces(counts: dict[int, int]) -> list[Province]:
    """Return the provinces in force with the number of their clusters as ``cluster_count``."""
    provinces = list(Province.objects.in_force().order_by("sort_key", "pk"))
    for province in provinces:
        province.cluster_count = counts.get(province.pk, 0)
    return provinces
