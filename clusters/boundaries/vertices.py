"""The points of a draft as a table that is edited: every row has X, Y, and ways to add and delete a point."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusters.boundaries.drafts import Draft
from clusters.boundaries.geometry import Ring, open_ring
from clusters.boundaries.limits import MAX_POINTS, objection_to
from clusters.boundaries.numbers import is_metres, parse_coordinate


class EditError(Exception):
    """The table cannot be read; ``messages`` are sentences, one a mistake."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


@dataclass(frozen=True)
class Vertex:
    """One row: the ring and place of the point (from 0), its number on screen, and X and Y as written (m)."""

    ring: int
    at: int
    x: str
    y: str

    @property
    def number(self) -> int:
        """The number of the point in its ring, from 1."""
        return self.at + 1

    @property
    def key(self) -> str:
        """What distinguishes the fields of the row."""
        return f"{self.ring}-{self.at}"


def vertex_rows(draft: Draft) -> list[list[Vertex]]:
    """Return the rows of every ring of the draft."""
    return [
        [Vertex(number, at, _written(pair[0]), _written(pair[1])) for at, pair in enumerate(ring)]
        for number, ring in enumerate(draft.table())
    ]


def edited_rings(data: Mapping[str, str], op: str, detail: str) -> list[Ring]:
    """Return the rings of a posted table (metres) after ``insert`` or ``delete`` of the point ``detail`` names.

    Raise EditError with every cell that cannot be read.
    """
    rings: list[Ring] = []
    problems: list[str] = []
    while f"x-{len(rings)}-0" in data and len(rings) <= MAX_POINTS:
        number = len(rings)
        ring: Ring = []
        while f"x-{number}-{len(ring)}" in data:
            at = len(ring)
            ring.append(
                (
                    _coordinate(data, "x", number, at, problems),
                    _coordinate(data, "y", number, at, problems),
                )
            )
        rings.append(ring)
    if problems:
        raise EditError(problems)
    if not rings:
        raise EditError([_("The table of points did not arrive whole. Load the page again.")])
    if op in ("insert", "delete"):
        _apply(rings, op, detail)
    rings = [open_ring(ring) for ring in rings]
    if any(len(ring) < 3 for ring in rings):
        raise EditError([_("A ring needs at least three different points.")])
    objection = objection_to(rings)
    if objection:
        raise EditError([objection])
    return rings


def _apply(rings: list[Ring], op: str, detail: str) -> None:
    try:
        number, at = (int(part) for part in detail.split("-"))
        ring = rings[number]
        here, following = ring[at], ring[(at + 1) % len(ring)]
    except (ValueError, IndexError):
        return
    if op == "insert":
        ring.insert(at + 1, ((here[0] + following[0]) / 2, (here[1] + following[1]) / 2))
    elif len(ring) > 3:
        del ring[at]
    elif len(rings) > 1:
        # The last three points go together: without them there is no ring.
        del rings[number]
    else:
        raise EditError([_("A boundary needs at least three points; this one cannot be deleted.")])


def _coordinate(data: Mapping[str, str], axis: str, ring: int, at: int, problems: list[str]) -> float:
    text = data.get(f"{axis}-{ring}-{at}", "").strip()
    value = parse_coordinate(text)
    if value is not None and is_metres(value):
        return value
    problems.append(
        _("Ring %(ring)s, point %(point)s: “%(text)s” is no %(axis)s in metres. Write it like %(example)s.")
        % {
            "ring": ring + 1,
            "point": at + 1,
            "text": text[:40],
            "axis": axis.upper(),
            "example": _written(2419123.45),
        }
    )
    return 0.0


def _written(metres: float) -> str:
    plain = f"{metres:.3f}"
    return plain if get_language() == "en" else plain.replace(".", ",")
