"""Keep the folded search text of clusters and investors, and the key that orders their names."""

from typing import Any

from clusters.models import Cluster, Decision
from clusters.services.tax import searchable
from core.text import fold, sort_key
from places.models import Commune


def refresh_search(cluster: Cluster) -> None:
    """Fill ``search`` and ``sort_key`` (unsaved) from everything by which a person may look for the cluster.

    That is its code and names past and present, its place today, the places those were made from (vanished
    communes, districts and provinces included), its investor and the numbers of its decisions.
    """
    words: list[str] = [cluster.code, cluster.name, cluster.address, cluster.place_as_recorded]
    words.append(cluster.province.full_name_vi)
    if cluster.commune is not None:
        words.append(cluster.commune.full_name_vi)
        formerly = Commune.objects.filter(successors=cluster.commune).order_by("pk")
        for old, province, district in formerly.values_list(
            "full_name_vi", "province__name_vi", "district__full_name_vi"
        ):
            words += [old, province, district or ""]
    touching = Commune.objects.filter(clusters_touching=cluster).order_by("pk")
    words += touching.values_list("full_name_vi", flat=True)
    if cluster.investor is not None:
        words += [cluster.investor.name, searchable(cluster.investor.tax_code)]
    for number, place, name in (
        Decision.objects.filter(cluster=cluster)
        .order_by("pk")
        .values_list("number", "place_as_issued", "sets_name")
    ):
        words += [number, place, name]
    cluster.search = words_of(*words)
    cluster.sort_key = sort_key(cluster.name)[:500]


def investor_keys(name: str, tax_code: str = "") -> dict[str, Any]:
    """Return ``search`` and ``sort_key`` of an investor, for everything that writes one.

    Personal data is no part of them: a person's number or name must not be found by who may not read it.
    """
    return {"search": words_of(name, searchable(tax_code)), "sort_key": sort_key(name)[:600]}


def words_of(*texts: str) -> str:
    """Return every word of these texts once, folded: enough to be found, and short."""
    return " ".join(dict.fromkeys(fold(" ".join(texts)).split()))
