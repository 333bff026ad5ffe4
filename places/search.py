"""Find a place of any time by its name, and say what it became."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    F,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from places.choices import SuccessionKind
from places.models import Commune, CommuneSuccession, District, Province
from places.names import NameQuery, split_address

Place = Province | District | Commune

LEVELS: tuple[tuple[str, type[Place]], ...] = (
    ("province", Province),
    ("district", District),
    ("commune", Commune),
)
LEVEL_LABELS: dict[str, Promise] = {
    "province": _("Province level"),
    "district": _("District level"),
    "commune": _("Commune level"),
}


@dataclass(frozen=True)
class Became:
    """A unit in force that a former unit went into; ``kind`` is blank for provinces and districts."""

    place: Province | Commune
    kind: str = ""
    note: str = ""

    @property
    def kind_label(self) -> str:
        """The kind of succession in the reader's language."""
        return str(SuccessionKind(self.kind).label) if self.kind else ""


@dataclass(frozen=True)
class PlaceMatch:
    """A place found, with what it became when it is no longer in force."""

    place: Place
    level: str
    in_force: bool
    became: tuple[Became, ...]

    @property
    def level_label(self) -> str:
        """The level in the reader's language."""
        return str(LEVEL_LABELS[self.level])

    @property
    def context(self) -> tuple[Place, ...]:
        """The wider units of its own time, nearest first."""
        if isinstance(self.place, Province):
            return ()
        district = self.place.district if isinstance(self.place, Commune) else None
        return (district, self.place.province) if district else (self.place.province,)

    @property
    def address(self) -> str:
        """Its Vietnamese name with those of the wider units, which finds this place alone among all of the name."""
        return ", ".join(unit.full_name_vi for unit in (self.place, *self.context))


def find_places(
    text: str,
    *,
    limit: int = 20,
    levels: Iterable[str] | None = None,
    on: dt.date | None = None,
    is_whole: bool = False,
) -> list[PlaceMatch]:
    """Return places of any time whose name matches, best first.

    Tone marks, capitals and abbreviated kinds ("tp.", "h.") do not matter; "Văn Yên, Yên Bái" narrows by the
    wider units of any time. Exact names come before beginnings, beginnings before the middle; names whose tone
    marks agree before others; units in force before former ones. A former unit that was only carried over under
    the same name is left out. ``on``: today unless given. ``is_whole``: the name typed is complete, which for
    communes an index answers; others are not looked for.
    """
    name, wider = split_address(text)
    if not name:
        return []
    day = on or timezone.localdate()
    wanted = set(levels) if levels is not None else {level for level, _model in LEVELS}
    ranked: list[tuple[tuple[Any, ...], str, Place]] = []
    for order, (level, model) in enumerate(LEVELS):
        for place in _ranked(model, name, wider, limit, is_whole=is_whole) if level in wanted else ():
            key = (
                place.rank,
                not _toned_alike(name, place),
                not place.is_in_force(day),
                order,
                place.sort_key,
                place.pk,
            )
            ranked.append((key, level, place))
    ranked.sort(key=lambda item: item[0])
    # More than asked for, because units carried over under the same name are left out.
    best = [(level, place) for _key, level, place in ranked[: limit * 2]]
    _fetch_successors([place for _level, place in best])
    matches: list[PlaceMatch] = []
    for level, place in best:
        in_force = place.is_in_force(day)
        became = () if in_force else _became(place)
        if in_force or not _carried_over(place, became):
            matches.append(PlaceMatch(place, level, in_force, became))
    return matches[:limit]


_WIDER: dict[type[Place], tuple[str, ...]] = {
    Province: ("region",),
    District: ("province",),
    Commune: ("province", "district"),
}


def _ranked(
    model: type[Place], name: NameQuery, wider: Sequence[NameQuery], limit: int, *, is_whole: bool
) -> QuerySet:
    rank = Case(
        When(name.exact(), then=Value(0)),
        When(name.exact_bare(), then=Value(1)),
        When(name.prefix(), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    # Two letters stand in the middle of nearly every name; they only ask for beginnings.
    part = name.inside() if len(name.full) > 2 else name.prefix()
    matching = name.exact() if is_whole else part | name.exact_bare()
    rows = model.objects.filter(matching).annotate(rank=rank)
    for query in wider:
        rows = rows.filter(_within(model, query))
    return rows.select_related(*_WIDER[model]).order_by(
        "rank", F("valid_from").asc(nulls_last=True), "sort_key", "pk"
    )[: limit * 2]


def _toned_alike(name: NameQuery, place: Place) -> bool:
    """Say whether the tone marks agree; a name typed without any agrees with every place."""
    return name.typed.isascii() or name.typed in unicodedata.normalize("NFC", place.full_name_vi.lower())


def _within(model: type[Place], query: NameQuery) -> Q:
    """Match units inside the wider unit, whichever of the two is former."""
    named = query.exact() | query.exact_bare() | query.prefix()
    if model is Province:
        return named
    provinces: set[int] = set()
    for pk, successor in Province.objects.filter(named).values_list("pk", "successor"):
        provinces.update((pk, successor or pk))
    former = Province.objects.filter(successor__in=provinces).values_list("pk", flat=True)
    inside = Q(province__in=[*provinces, *former])
    if model is Commune:
        districts = list(District.objects.filter(named).values_list("pk", flat=True))
        formed = CommuneSuccession.objects.filter(old_district__in=districts)
        inside |= Q(district__in=districts) | Q(pk__in=formed.values("new"))
    return inside


def _fetch_successors(places: Sequence[Place]) -> None:
    """Fetch what the places became in a fixed number of queries."""
    prefetch_related_objects(
        [place for place in places if isinstance(place, Province)], "successor__predecessors"
    )
    successions = CommuneSuccession.objects.select_related("new__province").order_by(
        "new__province__sort_key", "new__sort_key", "new_id"
    )
    for model in (District, Commune):
        prefetch_related_objects(
            [place for place in places if isinstance(place, model) and place.valid_to],
            Prefetch("succession_to", successions),
        )


def _became(place: Place) -> tuple[Became, ...]:
    if isinstance(place, Province):
        return (Became(place.successor),) if place.successor else ()
    if isinstance(place, District):
        communes = {link.new_id: link.new for link in place.succession_to.all()}
        return tuple(map(Became, communes.values()))
    return tuple(Became(link.new, link.kind, link.note) for link in place.succession_to.all())


def _carried_over(place: Place, became: tuple[Became, ...]) -> bool:
    if isinstance(place, Province):
        successor = place.successor
        return (
            successor is not None
            and successor.name_vi == place.name_vi
            and len(successor.predecessors.all()) == 1
        )
    return isinstance(place, Commune) and [item.kind for item in became] == [SuccessionKind.UNCHANGED]


def communes_of(text: str) -> QuerySet:
    """Return the communes in force that a typed name concerns, whatever level or time the name is of.

    A province means its communes, a former province or district the communes it went into. Only exact names count,
    or, where there is none, names that begin as typed; an unknown name gives an empty queryset.
    """
    name, wider = split_address(text)
    for named in (name.exact(), name.exact_bare(), name.prefix()) if name else ():
        communes = _communes_named(named, wider)
        if communes.exists():
            return communes
    return Commune.objects.none()


def commune_ids_called(text: str) -> list[int]:
    """Return the keys of the communes in force that a complete name concerns, as :func:`communes_of` means it.

    One query where the name is known with its kind as typed, two where it is not.
    """
    name, wider = split_address(text)
    if not name:
        return []
    ways = [name.exact()] if name.full == name.bare else [name.exact(), name.exact_bare()]
    for named in ways:
        found = list(_communes_named(named, wider).order_by().values_list("pk", flat=True))
        if found:
            return found
    return []


def _communes_named(named: Q, wider: Sequence[NameQuery]) -> QuerySet:
    units: dict[str, QuerySet] = {}
    for level, model in LEVELS:
        rows = model.objects.filter(named)
        for query in wider:
            rows = rows.filter(_within(model, query))
        units[level] = rows.order_by()
    formed = CommuneSuccession.objects.order_by()
    ways = [
        units["commune"].values("pk"),
        Commune.objects.filter(province__in=units["province"]).order_by().values("pk"),
        formed.filter(old__in=units["commune"]).values("new"),
        formed.filter(old_district__in=units["district"]).values("new"),
        formed.filter(old_district__province__in=units["province"]).values("new"),
    ]
    # A union of short lists, each found by an index; alternatives in one condition would join every succession.
    first, *others = ways
    return Commune.objects.in_force().filter(pk__in=first.union(*others))
