"""What is no boundary but a scribble: it is refused before anything is computed with it."""

from collections.abc import Sequence

import numpy
import shapely
from django.utils.translation import gettext as _

from clusters.boundaries.geometry import Ring

#: More points than this are a drawing program's curve, not the corners of a decision.
MAX_POINTS = 2000
#: More rings than this are a map of plots.
MAX_RINGS = 100
#: A line that crosses itself more often than this has its points in no order; resolving it would take minutes.
MAX_CROSSINGS = 200


def objection_to(rings: Sequence[Ring]) -> str:
    """Return why rings are too many, too long or too tangled to be a boundary; empty when they are not."""
    points = sum(len(ring) for ring in rings)
    if points > MAX_POINTS:
        return _(
            "The boundary has %(count)s points; at most %(limit)s are taken. Thin the line out first."
        ) % {"count": points, "limit": MAX_POINTS}
    if len(rings) > MAX_RINGS:
        return _(
            "The boundary has %(count)s rings; at most %(limit)s are taken. Leave out what is not the outline."
        ) % {"count": len(rings), "limit": MAX_RINGS}
    if any(_crossing_sides(ring) > MAX_CROSSINGS for ring in rings):
        return _(
            "The line crosses itself more than %(limit)s times: its points are in no order along the boundary. "
            "Sort the rows by point number."
        ) % {"limit": MAX_CROSSINGS}
    return ""


def _crossing_sides(ring: Ring) -> int:
    """Count the pairs of sides that meet, without those that follow one another."""
    if len(ring) < 4:
        return 0
    corners = numpy.array(ring)
    sides = shapely.linestrings(numpy.stack([corners, numpy.roll(corners, -1, axis=0)], axis=1))
    one, other = shapely.STRtree(sides).query(sides, predicate="intersects")
    return int((one < other).sum()) - len(ring)
