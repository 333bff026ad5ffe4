"""What an application can be about, found by what people know of it: a name, a place of any time, no tone marks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from clusters.choices import ESTABLISHED_STAGES, Stage
from clusters.filters.clusters import best_match_first, found_by
from clusters.models import Cluster, DevelopmentPlan, PlannedCluster
from core.text import fold, sort_key
from places.models import Province
from places.search import commune_ids_called

OFFERED = 12


def lines_in_force(province: Province | None = None) -> QuerySet[PlannedCluster]:
    """Return the lines of the Lists in force today, of a province or of all."""
    plans = DevelopmentPlan.objects.in_force(timezone.localdate())
    if province is not None:
        plans = plans.filter(province=province)
    lines = PlannedCluster.objects.filter(plan__in=plans.order_by().values("pk"))
    return lines.select_related("plan__province", "commune__province", "cluster")


def find_lines(text: str, province: Province | None = None, *, limit: int = OFFERED) -> list[PlannedCluster]:
    """Return lines whose name and place hold every word typed, or that lie in what a former place became."""
    words = fold(text).split()
    if not words:
        return []
    lines, there = lines_in_force(province), set(commune_ids_called(text))
    # A List has some dozens of lines and the country some thousands; they keep neither a folded text of their own
    # nor a key that orders them as a Vietnamese dictionary does.
    columns = (
        "name",
        "place_text",
        "commune__full_name_vi",
        "commune__full_name_en",
        "plan__province__full_name_vi",
        "plan__province__full_name_en",
    )
    called = []
    for key, commune_id, *texts in lines.order_by("pk").values_list("pk", "commune_id", *columns):
        known = fold(" ".join(one for one in texts if one))
        if commune_id in there or all(word in known for word in words):
            called.append((sort_key(texts[0]), key))
    offered = [key for _name, key in sorted(called)[:limit]]
    found = lines.in_bulk(offered)
    return [found[key] for key in offered]


def find_established(text: str, province: Province | None = None, *, limit: int = OFFERED) -> list[Cluster]:
    """Return established clusters, published ones, that are found by what was typed."""
    return _find_clusters(text, province, ESTABLISHED_STAGES, limit)


def find_registered(text: str, province: Province | None = None, *, limit: int = OFFERED) -> list[Cluster]:
    """Return planned clusters of the registry, published ones: not every province has its List in the portal."""
    return _find_clusters(text, province, (Stage.PLANNED,), limit)


def _find_clusters(
    text: str, province: Province | None, stages: Sequence[Stage], limit: int
) -> list[Cluster]:
    if not fold(text):
        return []
    rows = Cluster.objects.published().filter(found_by(text), stage__in=stages)
    if province is not None:
        rows = rows.filter(province=province)
    return list(best_match_first(rows.select_related("province", "commune__province"), text)[:limit])


def written(target: Any) -> str:
    """Return a line or a cluster as a field reads it back: name, commune, province."""
    if isinstance(target, Cluster):
        parts = [target.name, target.commune.full_name if target.commune else "", target.province.full_name]
    else:
        place = target.commune.full_name if target.commune else target.place_text
        parts = [target.name, place, target.plan.province.full_name]
    return ", ".join(part for part in parts if part)
