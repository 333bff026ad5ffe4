"""Keep the folded search text of clusters: names of today and of the time of their papers."""

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
        for old in formerly.select_related("district", "province"):
            words += [
                old.full_name_vi,
                old.province.name_vi,
                old.district.full_name_vi if old.district else "",
            ]
    for other in Commune.objects.filter(clusters_touching=cluster).order_by("pk"):
        words.append(other.full_name_vi)
    if cluster.investor is not None:
        words += [cluster.investor.name, searchable(cluster.investor.tax_code)]
    for number, place, name in (
        Decision.objects.filter(cluster=cluster)
        .order_by("pk")
        .values_list("number", "place_as_issued", "sets_name")
    ):
        words += [number, place, name]
    # A word once is enough to be found, and keeps the column short.
    cluster.search = " ".join(dict.fromkeys(" ".join(map(fold, words)).split()))
    cluster.sort_key = sort_key(cluster.name)[:500]
