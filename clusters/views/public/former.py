"""What became of a place that somebody typed by a name no longer in force."""

from django.http import HttpRequest

from places.names import split_address
from places.search import PlaceMatch, find_places

_AT_MOST = 4


def former_places(request: HttpRequest) -> list[PlaceMatch]:
    """Return the former units whose name ``?q=`` is: provinces and districts, or communes whose name is gone.

    A province that went into one of the same name is left out: whoever types it means the one in force.
    """
    text = request.GET.get("q", "").strip()[:120]
    name, _wider = split_address(text)
    if not name:
        return []
    found = find_places(text, limit=_AT_MOST, levels=("province", "district"))
    wider = [match for match in found if f"|{name.full}" in match.place.search]
    if wider:
        return [match for match in wider if match.became and not _keeps_its_name(match)]
    named = find_places(text, limit=_AT_MOST, levels=("commune",), is_whole=True)
    # Where a commune of today has the name, the clusters found are its own.
    return [] if any(match.in_force for match in named) else [match for match in named if match.became]


def _keeps_its_name(match: PlaceMatch) -> bool:
    return match.level == "province" and match.place.name_vi == match.became[0].place.name_vi
