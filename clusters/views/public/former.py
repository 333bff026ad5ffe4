"""What became of a place that somebody typed by a name no longer in force."""

from django.http import HttpRequest

from core.text import fold
from places.search import PlaceMatch, find_places

_AT_MOST = 4


def former_places(request: HttpRequest) -> list[PlaceMatch]:
    """Return the former provinces and districts whose name begins as ``?q=`` does."""
    text = request.GET.get("q", "").strip()[:120]
    if not text:
        return []
    name = fold(text.split(",")[0])
    found = find_places(text, limit=_AT_MOST, levels=("province", "district"))
    return [match for match in found if match.became and f"|{name}" in match.place.search]
