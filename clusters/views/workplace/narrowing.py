"""Where a board looks: the clusters in a person's scope, narrowed to a province, a commune, a cluster."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.models import Cluster
from places.models import Commune, Province

#: Stands in the address for clusters that lie in no commune.
NO_COMMUNE = "none"


@dataclass(frozen=True)
class Narrowing:
    """The places a board is narrowed to. Clusters of the demo's illustration are counted nowhere."""

    user: Any
    provinces: tuple[Province, ...]
    province: Province | None = None
    commune: Commune | None = None
    without_commune: bool = False
    cluster: Cluster | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Narrowing":
        """Read the places from the address; raise Http404 for one out of scope or unknown."""
        asked = {name: request.GET.get(name, "") for name in ("province", "commune", "cluster")}
        scope = scope_of(request.user, Function.VIEW_REGISTRY)
        provinces = Province.objects.in_force()
        if not scope.national:
            in_communes = Commune.objects.filter(pk__in=scope.commune_ids).values("province_id")
            provinces = provinces.filter(pk__in=scope.province_ids) | provinces.filter(pk__in=in_communes)
        known = tuple(provinces.order_by("sort_key", "pk"))
        province = _one(known, asked["province"]) or (known[0] if len(known) == 1 else None)
        commune = None
        if asked["commune"] and asked["commune"] != NO_COMMUNE:
            commune = _found(Commune.objects.filter(pk=_number(asked["commune"])))
        cluster = None
        if asked["cluster"]:
            visible = Cluster.objects.visible_to(request.user, Function.VIEW_REGISTRY)
            cluster = _found(visible.filter(code=asked["cluster"]).select_related("province", "commune"))
        return cls(request.user, known, province, commune, asked["commune"] == NO_COMMUNE, cluster)

    @property
    def clusters(self) -> QuerySet[Cluster]:
        """The clusters the board looks at."""
        rows = Cluster.objects.visible_to(self.user, Function.VIEW_REGISTRY)
        if self.cluster is not None:
            return rows.filter(pk=self.cluster.pk)
        rows = rows.counted()
        if self.province is not None:
            rows = rows.filter(province=self.province)
        if self.commune is not None:
            rows = rows.filter(commune=self.commune)
        elif self.without_commune:
            rows = rows.filter(commune__isnull=True)
        return rows

    @property
    def by(self) -> str:
        """The column of clusters that names the places one step further down."""
        if self.commune is not None or self.without_commune or self.cluster is not None:
            return "pk"
        return "province_id" if self.province is None else "commune_id"

    @property
    def kept(self) -> list[int] | None:
        """The provinces whose kept counts are the counts of these clusters; None where there are none."""
        scope = scope_of(self.user, Function.VIEW_REGISTRY)
        if self.by == "pk" or (scope.commune_ids and not scope.national):
            return None
        return [self.province.pk] if self.province is not None else [one.pk for one in self.provinces]

    @cached_property
    def query(self) -> dict[str, Any]:
        """The places as parameters of an address."""
        query: dict[str, Any] = {}
        if self.province is not None and len(self.provinces) > 1:
            query["province"] = self.province.pk
        if self.commune is not None:
            query["commune"] = self.commune.pk
        elif self.without_commune:
            query["commune"] = NO_COMMUNE
        if self.cluster is not None:
            query["cluster"] = self.cluster.code
        return query

    @property
    def conditions(self) -> list[tuple[Any, str]]:
        """The places in words, for a file that says which rows it holds."""
        places: list[tuple[Any, str]] = []
        if self.province is not None:
            places.append((_("Province"), self.province.full_name))
        if self.commune is not None:
            places.append((_("Commune"), self.commune.full_name))
        elif self.without_commune:
            places.append((_("Commune"), _("No commune")))
        if self.cluster is not None:
            places.append((_("Cluster"), self.cluster.name))
        return places

    def query_of(self, key: int | None, cluster: Cluster | None = None) -> dict[str, Any]:
        """Return the parameters of a place one step further down."""
        if self.by == "province_id":
            return {"province": key}
        if self.by == "commune_id":
            return {**self.query, "commune": NO_COMMUNE if key is None else key}
        return {"cluster": cluster.code} if cluster else self.query

    def names_of(self, keys: list[int | None]) -> dict[int | None, Any]:
        """Return what is called by these keys of the next step; one query at most."""
        if self.by == "province_id":
            return {province.pk: province for province in self.provinces}
        known = [key for key in keys if key is not None]
        if self.by == "commune_id":
            return {commune.pk: commune for commune in Commune.objects.filter(pk__in=known).order_by("pk")}
        rows = Cluster.objects.filter(pk__in=known).only("code", "name", "sort_key")
        return {cluster.pk: cluster for cluster in rows.order_by("pk")}

    def trail(self, page: str, title: Any) -> list[tuple[Any, str]]:
        """Return the steps from the whole board to here, for the path above the page."""
        steps: list[tuple[Any, str]] = [(title, page)]
        query: dict[str, Any] = {}
        if self.province is not None and len(self.provinces) > 1:
            query["province"] = self.province.pk
            steps.append((self.province.full_name, f"{page}?{urlencode(query)}"))
        if self.commune is not None:
            steps.append(
                (self.commune.full_name, f"{page}?{urlencode({**query, 'commune': self.commune.pk})}")
            )
        elif self.without_commune:
            steps.append((_("No commune"), f"{page}?{urlencode({**query, 'commune': NO_COMMUNE})}"))
        if self.cluster is not None:
            steps.append((self.cluster.name, f"{page}?{urlencode({'cluster': self.cluster.code})}"))
        return steps

    def may(self, function: Function, cluster: Cluster) -> bool:
        """Say whether the person has the function where the cluster lies; asks the database nothing."""
        scope = scope_of(self.user, function)
        return scope.covers(province_id=cluster.province_id, commune_id=cluster.commune_id)


def _one(provinces: tuple[Province, ...], asked: str) -> Province | None:
    if not asked:
        return None
    key = _number(asked)
    for province in provinces:
        if province.pk == key:
            return province
    raise Http404


def _number(asked: str) -> int:
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return int(asked)


def _found(rows: QuerySet) -> Any:
    row = rows.first() if rows.ordered else rows.order_by("pk").first()
    if row is None:
        raise Http404
    return row
