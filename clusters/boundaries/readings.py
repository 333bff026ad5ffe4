"""What the numbers of a boundary can mean: which meridian, which axis first; and which meaning fits the commune.

A reading keeps the numbers as they came. The same table read with another central meridian moves by some 26 km for
every 15 minutes, so that the declared commune tells a wrong one apart.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from clusters.boundaries.geometry import Ring, geometry_of, to_solid
from clusters.boundaries.location import Home, place_names
from places.vn2000 import from_wgs84, meridians_for, national_meridians, to_wgs84

#: Where a polygon of Viet Nam can lie at all, with its islands (degrees: west, south, east, north).
COUNTRY = (100.0, 5.0, 120.0, 25.0)


@dataclass(frozen=True)
class Reading:
    """Numbers with one meaning.

    In VN-2000 (``meridian`` set, degrees) rings hold (X, Y) = (northing, easting) in metres; without a meridian they
    hold (longitude, latitude). ``swapped`` says that the two columns are taken the other way round;
    ``converted_with`` that degrees were computed from VN-2000 with that meridian instead of ``meridian``.
    """

    rings: tuple[tuple[tuple[float, float], ...], ...]
    meridian: float | None = None
    swapped: bool = False
    converted_with: float | None = None

    @property
    def in_metres(self) -> bool:
        """Whether the numbers are VN-2000 metres."""
        return self.meridian is not None and self.converted_with is None

    @property
    def key(self) -> str:
        """A name for this meaning that a button can carry."""
        return f"{_plain(self.meridian)}:{int(self.swapped)}:{_plain(self.converted_with)}"

    @property
    def label(self) -> str:
        """The meaning in words."""
        if self.converted_with is not None and self.meridian is not None:
            words = {"right": meridian_label(self.meridian), "wrong": meridian_label(self.converted_with)}
            if self.swapped:
                return (
                    _(
                        "with latitude and longitude exchanged and converted with %(right)s instead of %(wrong)s"
                    )
                    % words
                )
            return _("converted again with %(right)s instead of %(wrong)s") % words
        if self.meridian is None:
            return _("with latitude and longitude exchanged") if self.swapped else _("as it was drawn")
        words = {"meridian": meridian_label(self.meridian)}
        if self.swapped:
            return _("with %(meridian)s and X and Y exchanged") % words
        return _("with %(meridian)s") % words

    def in_degrees(self) -> list[Ring]:
        """Return the rings as (longitude, latitude); infinite where the numbers have no such meaning."""
        return [[self._point(pair) for pair in ring] for ring in self.rings]

    def geometry(self) -> dict[str, Any] | None:
        """Return the polygon in WGS 84, or None where the numbers lead off the map."""
        rings = self.in_degrees()
        if not all(math.isfinite(value) for ring in rings for pair in ring for value in pair):
            return None
        if not all(abs(first) <= 180 and abs(second) <= 90 for ring in rings for first, second in ring):
            return None
        return geometry_of(rings)

    def in_metres_of(self, meridian: float) -> list[Ring]:
        """Return the rings as (X, Y) of a meridian: the very numbers where they came so, computed otherwise."""
        if self.in_metres and meridian == self.meridian:
            return [[(pair[1], pair[0]) if self.swapped else pair for pair in ring] for ring in self.rings]
        return [[from_wgs84(*pair, meridian) for pair in ring] for ring in self.in_degrees()]

    def _point(self, pair: tuple[float, float]) -> tuple[float, float]:
        first, second = (pair[1], pair[0]) if self.swapped else pair
        if self.meridian is None:
            return first, second
        if self.converted_with is not None:
            return to_wgs84(*from_wgs84(first, second, self.converted_with), self.meridian)
        return to_wgs84(first, second, self.meridian)


@dataclass(frozen=True)
class Fit:
    """A meaning under which the polygon lies where it should."""

    reading: Reading
    place: str


def reading_of(rings: Sequence[Ring], **meaning: Any) -> Reading:
    """Return a reading of rings."""
    return Reading(tuple(tuple((float(a), float(b)) for a, b in ring) for ring in rings), **meaning)


def with_key(reading: Reading, key: str) -> Reading | None:
    """Return the same numbers with the meaning a button names, or None for a key that names none."""
    parts = key.split(":")
    try:
        meridian, swapped, converted = _number(parts[0]), parts[1] == "1", _number(parts[2])
    except (IndexError, ValueError):
        return None
    known = {None, *national_meridians()}
    if meridian not in known or converted not in known or (converted is not None and meridian is None):
        return None
    if reading.in_metres and (meridian is None or converted is not None):
        return None
    if not reading.in_metres and meridian is not None and converted is None:
        return None
    return replace(reading, meridian=meridian, swapped=swapped, converted_with=converted)


def fits(reading: Reading, home: Home, province_code: str) -> list[Fit]:
    """Return the other meanings under which the polygon would lie where it should, the likeliest first."""
    found = []
    for other in _others(reading, province_code):
        made = _quick_shape(other)
        if made is not None and home.holds(made):
            found.append(Fit(other, home.name))
    return found


def place_of(reading: Reading) -> str:
    """Return the province the polygon lies in, or words for elsewhere."""
    made = _quick_shape(reading)
    if made is None:
        return _("no place on the map of the country")
    point = made.representative_point()
    return place_names([(point.x, point.y)])[0] or _("no province of the country")


def meridian_label(degrees: float) -> str:
    """Write a central meridian as papers do: 104°45'."""
    whole = int(degrees)
    return f"{whole}°{round((degrees - whole) * 60):02d}'"


def _others(reading: Reading, province_code: str) -> Iterator[Reading]:
    own = [item.degrees for item in meridians_for(province_code)]
    everywhere = [*own, *(degrees for degrees in national_meridians() if degrees not in own)]
    if reading.in_metres:
        for swapped in (reading.swapped, not reading.swapped):
            for meridian in everywhere:
                if (meridian, swapped) != (reading.meridian, reading.swapped):
                    yield replace(reading, meridian=meridian, swapped=swapped)
        return
    drawn = replace(reading, meridian=None, swapped=False, converted_with=None)
    yield from (one for one in (drawn, replace(drawn, swapped=True)) if one != reading)
    for swapped in (reading.swapped, not reading.swapped):
        for right in own:
            for wrong in everywhere:
                if wrong != right:
                    yield replace(drawn, meridian=right, converted_with=wrong, swapped=swapped)


def _quick_shape(reading: Reading) -> Any:
    """Return a solid shape if the polygon lies in this part of the world at all."""
    first = reading.rings[0][0]
    longitude, latitude = reading._point(first)
    west, south, east, north = COUNTRY
    if not (west <= longitude <= east and south <= latitude <= north):
        return None
    return to_solid(reading.geometry())


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _number(text: str) -> float | None:
    return float(text) if text else None
