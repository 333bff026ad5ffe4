"""What a place picker offers while somebody types, and how what was typed is read when it arrives."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.models import Commune, District, Province
from places.search import Place, PlaceMatch, find_places


@dataclass(frozen=True)
class Suggestion:
    """One line of a picker: the place, the text put into the field, and a remark beside it."""

    place: Place
    text: str
    hint: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return what the script of the picker needs."""
        return {"text": self.text, "hint": self.hint, "code": self.place.code}


def address(place: Place) -> str:
    """Return a name that a picker reads back: "Xã Mậu A, Tỉnh Lào Cai" in the reader's language."""
    if isinstance(place, Province):
        return place.full_name
    wider = [place.district.full_name] if isinstance(place, Commune) and place.district else []
    return ", ".join([place.full_name, *wider, place.province.full_name])


def suggest(
    text: str,
    *,
    levels: Collection[str] = ("province", "commune"),
    province: Province | None = None,
    current: bool = True,
    limit: int = 12,
) -> list[Suggestion]:
    """Return what to offer for the text typed so far.

    With ``current`` only units in force are offered: a former one brings those it became, with a hint that says so.
    ``province`` (in force) keeps the communes inside it.
    """
    asked = {*levels, "district", "commune", "province"} if current else set(levels)
    offered: dict[tuple[type, int], Suggestion] = {}
    for match in find_places(text, levels=asked, limit=limit * 3):
        for place, hint in _offers(match, current):
            if _level(place) not in levels or not _inside(place, province):
                continue
            offered.setdefault((type(place), place.pk), Suggestion(place, address(place), hint))
    return list(offered.values())[:limit]


def by_code(code: str, levels: Collection[str]) -> Place | None:
    """Return the unit in force with this code."""
    if "commune" in levels and len(code) == 5:
        return Commune.objects.in_force().filter(code=code).select_related("province").first()
    if "province" in levels and len(code) == 2:
        return Province.objects.in_force().filter(code=code).first()
    return None


def _offers(match: PlaceMatch, current: bool) -> list[tuple[Place, str]]:
    if match.in_force or not current:
        hint = "" if match.in_force else _("until 30 June 2025")
        return [(match.place, hint)]
    former = ", ".join(place.full_name for place in (match.place, *match.context[:1]))
    return [(item.place, _("formerly %(place)s") % {"place": former}) for item in match.became]


def _level(place: Place) -> str:
    return (
        "province"
        if isinstance(place, Province)
        else "district"
        if isinstance(place, District)
        else "commune"
    )


def _inside(place: Place, province: Province | None) -> bool:
    if province is None or isinstance(place, Province):
        return province is None
    return place.province_id == province.pk or place.province.successor_id == province.pk
