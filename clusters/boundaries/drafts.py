"""A boundary that is being prepared: kept in the person's session until it is recorded or thrown away.

Nothing of it is in the registry; whoever looks at the cluster meanwhile sees the recorded boundary.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from clusters.boundaries.geometry import Ring, mended, open_ring, rings_of
from clusters.boundaries.limits import objection_to
from clusters.boundaries.readings import Reading, reading_of, with_key
from clusters.models import Cluster
from places.vn2000 import meridians_for

_KEY = "boundary_drafts"
#: As many clusters a person may have boundaries in preparation for; the oldest gives way.
_KEPT = 4


@dataclass(frozen=True)
class Draft:
    """Numbers with their meaning, where they came from, what was assumed, and the meridian of the table on screen."""

    reading: Reading
    meridian: float
    origin: str = ""
    notes: tuple[str, ...] = ()

    def table(self) -> list[Ring]:
        """Return the rings as (X, Y) in metres of the table's meridian."""
        return self.reading.in_metres_of(self.meridian)

    def with_table(self, rings: list[Ring]) -> "Draft":
        """Return the draft with the points of an edited table."""
        return replace(self, reading=reading_of(rings, meridian=self.meridian))

    def with_geometry(self, geometry: dict[str, Any]) -> "Draft":
        """Return the draft with a polygon in WGS 84, as drawn on the map or mended."""
        return replace(self, reading=reading_of(rings_of(geometry)))

    def with_meaning(self, key: str) -> "Draft":
        """Return the draft with its numbers read in another way; unchanged for a key that names none."""
        reading = with_key(self.reading, key)
        if reading is None:
            return self
        return replace(self, reading=reading, meridian=reading.meridian or self.meridian)

    def read_with(self, meridian: float) -> "Draft":
        """Return the same metres with another meridian; a drawing in degrees only changes its table."""
        if self.reading.in_metres:
            return replace(self, reading=replace(self.reading, meridian=meridian), meridian=meridian)
        return replace(self, meridian=meridian)

    def mended(self) -> "Draft":
        """Return the draft with its crossings resolved; unchanged if nothing is left of it."""
        geometry = self.reading.geometry()
        fixed = mended(geometry) if geometry else None
        return self if fixed is None else self.with_geometry(fixed)


def new_draft(cluster: Cluster, reading: Reading, *, origin: str, notes: list[str] | None = None) -> Draft:
    """Return a draft whose table stands in the meridian of the numbers, or in the official one of the province."""
    official = meridians_for(cluster.province.code)[0].degrees
    return Draft(reading, reading.meridian or official, origin, tuple(notes or ()))


def drawn_draft(cluster: Cluster, geometry: dict[str, Any], *, origin: str) -> Draft:
    """Return a draft that starts from a polygon in WGS 84."""
    return new_draft(cluster, reading_of(rings_of(geometry)), origin=origin)


def polygon_from_map(value: Any) -> dict[str, Any] | None:
    """Return a GeoJSON polygon as the map sends it, or None if it is none."""
    try:
        rings = [open_ring([(float(p[0]), float(p[1])) for p in ring]) for ring in rings_of(value)]
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    if not rings or any(len(ring) < 3 for ring in rings):
        return None
    if not all(abs(first) <= 180 and abs(second) <= 90 for ring in rings for first, second in ring):
        return None
    if objection_to(rings):
        return None
    kept: dict[str, Any] = {"type": value["type"], "coordinates": value["coordinates"]}
    return kept


def load_draft(session: MutableMapping[str, Any], cluster: Cluster) -> Draft | None:
    """Return the draft of the person for the cluster, if there is one."""
    kept = session.get(_KEY, {}).get(cluster.code)
    if kept is None:
        return None
    meaning = {name: kept[name] for name in ("swapped", "converted_with")}
    reading = reading_of(kept["rings"], meridian=kept["meridian"], **meaning)
    return Draft(reading, kept["table_meridian"], kept["origin"], tuple(kept["notes"]))


def save_draft(session: MutableMapping[str, Any], cluster: Cluster, draft: Draft) -> None:
    """Keep the draft in the session."""
    drafts = dict(session.get(_KEY, {}))
    drafts.pop(cluster.code, None)
    drafts[cluster.code] = {
        "rings": [[list(pair) for pair in ring] for ring in draft.reading.rings],
        "meridian": draft.reading.meridian,
        "swapped": draft.reading.swapped,
        "converted_with": draft.reading.converted_with,
        "table_meridian": draft.meridian,
        "origin": draft.origin,
        "notes": list(draft.notes),
    }
    session[_KEY] = dict(list(drafts.items())[-_KEPT:])


def drop_draft(session: MutableMapping[str, Any], cluster: Cluster) -> None:
    """Throw the draft away."""
    drafts = dict(session.get(_KEY, {}))
    if drafts.pop(cluster.code, None) is not None:
        session[_KEY] = drafts
