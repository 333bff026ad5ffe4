"""Up to four clusters side by side, with the differences in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusters.filters.clusters import best_match_first, found_by
from clusters.land import with_free_land
from clusters.mapping import place_name
from clusters.models import Cluster
from clusters.staleness import is_stale
from core.templatetags.portal import day, ha, number, percent

AT_MOST = 4
_OFFERED = 8


@dataclass(frozen=True)
class Cell:
    """One value of one cluster; ``mark`` says in words how it stands out."""

    cluster: Cluster
    text: str
    note: str = ""
    stale: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """One thing compared; ``verdict`` says in words whether the clusters agree on it."""

    label: str
    cells: list[Cell]
    verdict: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compare the clusters that ``?c=`` names; ``?q=`` looks for one to add."""
    asked = list(dict.fromkeys(code for code in request.GET.getlist("c") if code))
    visible = with_free_land(Cluster.objects.visible_to(request.user).with_listing())
    by_code = {cluster.code: cluster for cluster in visible.filter(code__in=asked[: AT_MOST * 5])}
    found = [by_code[code] for code in asked if code in by_code]
    chosen = found[:AT_MOST]
    codes = [cluster.code for cluster in chosen]
    text = request.GET.get("q", "").strip()[:120]
    offers = []
    if text and len(chosen) < AT_MOST:
        rows = Cluster.objects.visible_to(request.user).with_listing().filter(found_by(text))
        offers = list(best_match_first(rows.exclude(code__in=codes), text)[:_OFFERED])
    context = {
        "chosen": [
            (cluster, address([code for code in codes if code != cluster.code])) for cluster in chosen
        ],
        "rows": compared(chosen) if chosen else [],
        "left_out": [cluster.name for cluster in found[AT_MOST:]],
        "unknown": [code for code in asked if code not in by_code][:AT_MOST],
        "at_most": AT_MOST,
        "is_full": len(chosen) == AT_MOST,
        "text": text,
        "offers": [(cluster, place_name(cluster), address([*codes, cluster.code])) for cluster in offers],
    }
    return render(request, "clusters/public/compare.html", context)


def address(codes: list[str]) -> str:
    """Return the address that compares these clusters."""
    query = urlencode([("c", code) for code in codes])
    return f"{reverse('compare')}?{query}" if query else reverse("compare")


def compared(clusters: list[Cluster]) -> list[Row]:
    """Return the rows of the comparison. Unknown figures take no part in "highest" and "lowest"."""
    return [
        _words(_("Place"), clusters, place_name),
        _words(_("Stage"), clusters, lambda cluster: str(cluster.get_stage_display())),
        _words(_("Type"), clusters, lambda cluster: str(cluster.get_cluster_type_display())),
        _figures(_("Area"), clusters, "area_ha", ha),
        _figures(_("Industrial land"), clusters, "industrial_land_ha", ha),
        _figures(_("Free land"), clusters, "free_ha", ha, "free_as_of"),
        _figures(_("Largest free plot"), clusters, "largest_plot_ha", ha, "free_as_of"),
        _figures(_("Leased"), clusters, "figures.leased_ha", ha, "figures.leased_as_of"),
        _figures(
            _("Occupancy, legal formula"),
            clusters,
            "figures.occupancy_legal",
            percent,
            "figures.leased_as_of",
        ),
        _figures(
            _("Occupancy, report formula"),
            clusters,
            "figures.occupancy_report",
            percent,
            "figures.leased_as_of",
        ),
        _figures(_("Secondary projects"), clusters, "figures.projects", number, "figures.projects_as_of"),
        _figures(_("Workers"), clusters, "figures.workers", number, "figures.workers_as_of"),
        _words(_("Central wastewater treatment"), clusters, _wastewater),
        _words(
            _("Main lines of production"), clusters, lambda cluster: cluster.main_lines or _("not recorded")
        ),
        _words(
            _("Infrastructure investor"),
            clusters,
            lambda cluster: cluster.investor.name if cluster.investor else _("none recorded"),
        ),
    ]


def _words(label: str, clusters: list[Cluster], read: Any) -> Row:
    texts = [str(read(cluster)) for cluster in clusters]
    cells = [Cell(cluster, text) for cluster, text in zip(clusters, texts, strict=True)]
    return Row(label, cells, _verdict(texts))


def _figures(label: str, clusters: list[Cluster], path: str, write: Any, dated: str = "") -> Row:
    values = [_follow(cluster, path) for cluster in clusters]
    known = [value for value in values if value is not None]
    cells = []
    for cluster, value in zip(clusters, values, strict=True):
        as_of = _follow(cluster, dated) if dated else None
        cells.append(
            Cell(
                cluster,
                _text(cluster, path, value, write),
                _("as of %(day)s") % {"day": day(as_of)} if value is not None and as_of else "",
                bool(dated) and value is not None and is_stale(as_of, cluster.province_id),
                _mark(value, known),
            )
        )
    return Row(label, cells, _verdict(known) if len(known) > 1 else _("too little reported"))


def _verdict(values: list[Any]) -> str:
    return _("they differ") if len(set(values)) > 1 else _("all the same")


def _text(cluster: Cluster, path: str, value: Any, write: Any) -> str:
    if value is None:
        return percent(None) if write is percent else _("not reported")
    if path == "figures.occupancy_legal" and _follow(cluster, "figures.approved_ha") is None:
        # Land approved but not reported could only add.
        return _("at least %(value)s") % {"value": write(value)}
    if path == "free_ha" and _follow(cluster, "free_is_upper_bound"):
        return _("at most %(value)s") % {"value": write(value)}
    return write(value)


def _mark(value: Decimal | int | None, known: list[Any]) -> str:
    if value is None or len(set(known)) < 2:
        return ""
    if value == max(known):
        return _("highest")
    return _("lowest") if value == min(known) else ""


def _follow(cluster: Cluster, path: str) -> Any:
    value: Any = cluster
    for name in path.split("."):
        # A cluster nothing was ever reported of has no figures.
        value = getattr(value, name, None)
    return value


def _wastewater(cluster: Cluster) -> str:
    state = _follow(cluster, "figures.has_wastewater_plant")
    if state is None:
        return _("not reported")
    return _("in use") if state else _("not in use")
