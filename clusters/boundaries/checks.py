"""Everything there is to say about a boundary before it is recorded: each a sentence with numbers and a remedy."""

from dataclasses import dataclass, field
from decimal import Decimal
from math import pi
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from clusters.boundaries.geometry import (
    SMALLEST_PART_HA,
    area_ha,
    crossings,
    length_m,
    rings_of,
    to_shape,
    to_solid,
)
from clusters.boundaries.location import Home, home_of
from clusters.boundaries.readings import Fit, Reading, fits, place_of
from clusters.mapping import AREA_TOLERANCE
from clusters.models import Cluster
from clusters.rules.neighbours import Neighbour, neighbours_around
from core.templatetags.portal import ha, number

#: How thin a part may be: 1 is a circle, 0 a line. A road of 10 m and 2 km length has 0.03.
THINNEST = 0.01
#: More of the polygon than this (ha) outside the commune is worth a word.
SMALLEST_OUTSIDE_HA = 0.05
_SHOWN = 6


@dataclass(frozen=True)
class BoundaryFinding:
    """One thing about a boundary: ``error`` must be mended, ``warning`` asks for a reason, ``ok`` is as it should be.

    ``points`` are the places on the map (longitude, latitude); ``fits`` other meanings of the numbers.
    """

    code: str
    level: str
    sentence: str
    remedy: str = ""
    points: tuple[tuple[float, float], ...] = ()
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True)
class BoundaryCheck:
    """All findings about one boundary, the worst first."""

    geometry: dict[str, Any] | None
    area_ha: Decimal | None
    findings: tuple[BoundaryFinding, ...] = ()
    neighbours: tuple[Neighbour, ...] = field(default=())

    @property
    def errors(self) -> list[BoundaryFinding]:
        """What must be mended before the boundary can be recorded."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def warnings(self) -> list[BoundaryFinding]:
        """What asks for a reason."""
        return [finding for finding in self.findings if finding.level == "warning"]

    @property
    def is_sound(self) -> bool:
        """Whether it can be recorded."""
        return self.geometry is not None and not self.errors

    @property
    def can_be_mended(self) -> bool:
        """Whether the crossings can be resolved by the portal."""
        return any(finding.code == "crossing" for finding in self.findings)


def check_boundary(cluster: Cluster, reading: Reading, *, paper_ha: Decimal | None = None) -> BoundaryCheck:
    """Check numbers with one meaning against the cluster: its commune, its area on paper (ha), its neighbours."""
    geometry = reading.geometry()
    drawn = to_shape(geometry)
    home = home_of(cluster)
    if drawn is None or geometry is None:
        return BoundaryCheck(None, None, (_off_the_map(cluster, reading, home),))
    solid = to_solid(geometry)
    findings = [
        *_location(cluster, reading, solid, home),
        *_validity(geometry, drawn, solid),
        *_slivers(solid),
        *_area(solid, paper_ha),
    ]
    neighbours = neighbours_around(cluster, geometry)
    findings += _neighbours(neighbours)
    order = {"error": 0, "warning": 1, "ok": 2}
    measured = Decimal(str(area_ha(solid))).quantize(Decimal("0.01")) if solid is not None else None
    return BoundaryCheck(
        geometry,
        measured,
        tuple(sorted(findings, key=lambda one: (order[one.level], one.code != "place"))),
        neighbours,
    )


def _off_the_map(cluster: Cluster, reading: Reading, home: Home | None) -> BoundaryFinding:
    others = tuple(fits(reading, home, cluster.province.code)) if home else ()
    return BoundaryFinding(
        "place",
        "error",
        _("Read like this, the numbers lead to no place on the map of the country."),
        _remedy_of(others),
        fits=others,
    )


def _location(
    cluster: Cluster, reading: Reading, solid: BaseGeometry | None, home: Home | None
) -> list[BoundaryFinding]:
    if solid is None or home is None:
        return []
    if home.holds(solid):
        outside = home.outside_ha(solid)
        if outside < SMALLEST_OUTSIDE_HA:
            return [
                BoundaryFinding("place", "ok", _("The polygon lies in %(place)s.") % {"place": home.name})
            ]
        return [
            BoundaryFinding(
                "place",
                "warning",
                _("%(area)s of the polygon lie outside %(place)s.")
                % {"area": ha(outside, 2), "place": home.name},
                _("If the cluster lies in several communes, enter the further ones in its details."),
            )
        ]
    others = tuple(fits(reading, home, cluster.province.code))
    sentences = [_("The polygon lies outside %(place)s.") % {"place": home.name}]
    sentences += [
        _("%(how)s the polygon lies in %(place)s;") % {"how": _capital(fit.reading.label), "place": fit.place}
        for fit in others[:1]
    ]
    sentences.append(
        (_("%(how)s it lies in %(place)s.") if others else _("Read %(how)s, it lies in %(place)s."))
        % {"how": reading.label, "place": place_of(reading)}
    )
    return [
        BoundaryFinding("place", "warning", " ".join(sentences), _remedy_of(others), _middle(solid), others)
    ]


def _remedy_of(others: tuple[Fit, ...]) -> str:
    if others:
        return _(
            "Check the central meridian and the order of the columns on the paper; then take the reading that fits."
        )
    return _(
        "No other meridian brings it there. Check the points against the paper, and the commune of the cluster."
    )


def _validity(
    geometry: dict[str, Any], drawn: BaseGeometry, solid: BaseGeometry | None
) -> list[BoundaryFinding]:
    if drawn.is_valid:
        rings = rings_of(geometry)
        return [
            BoundaryFinding(
                "valid",
                "ok",
                ngettext(
                    "The line is closed and does not cross itself: %(points)s points in %(count)s ring.",
                    "The line is closed and does not cross itself: %(points)s points in %(count)s rings.",
                    len(rings),
                )
                % {"points": sum(len(ring) for ring in rings), "count": len(rings)},
            )
        ]
    found = crossings(rings_of(geometry))
    remedy = _("Correct the order of the points, or take the mended ring and check it on the map.")
    if solid is not None:
        remedy += " " + _("The mended ring encloses %(area)s.") % {"area": ha(area_ha(solid), 2)}
    if not found:
        return [
            BoundaryFinding("crossing", "error", _("The rings of the boundary overlap one another."), remedy)
        ]
    places = [
        _("%(sides)s at %(latitude)s; %(longitude)s")
        % {
            "sides": _(" and ").join(f"{first}–{second}" for first, second in crossing.sides),
            "latitude": number(crossing.latitude, 5),
            "longitude": number(crossing.longitude, 5),
        }
        for crossing in found[:_SHOWN]
    ]
    return [
        BoundaryFinding(
            "crossing",
            "error",
            ngettext(
                "The line crosses itself in %(count)s place: sides %(places)s.",
                "The line crosses itself in %(count)s places: sides %(places)s.",
                len(found),
            )
            % {"count": len(found), "places": ", ".join(places)},
            remedy,
            tuple((crossing.longitude, crossing.latitude) for crossing in found),
        )
    ]


def _slivers(solid: BaseGeometry | None) -> list[BoundaryFinding]:
    if solid is None:
        return []
    findings = []
    parts = list(getattr(solid, "geoms", [solid]))
    holes = [Polygon(ring) for part in parts for ring in part.interiors]
    for what, pieces in ((_("part"), parts), (_("hole"), holes)):
        for piece in pieces:
            area, length = area_ha(piece), length_m(piece)
            thinness = 4 * pi * area * 10_000 / (length * length) if length else 0
            if area >= SMALLEST_PART_HA and thinness >= THINNEST:
                continue
            findings.append(
                BoundaryFinding(
                    "sliver",
                    "warning",
                    _("A %(what)s of only %(area)s m², %(length)s m around, looks like a slip of the pen.")
                    % {"what": what, "area": number(area * 10_000, 1), "length": number(length, 0)},
                    _("Delete its points, unless the decision really has it."),
                    _middle(piece),
                )
            )
    return findings


def _area(solid: BaseGeometry | None, paper_ha: Decimal | None) -> list[BoundaryFinding]:
    if solid is None:
        return []
    drawn = area_ha(solid)
    if not paper_ha:
        return [
            BoundaryFinding(
                "area",
                "ok",
                _("The boundary encloses %(area)s; no area is recorded to compare it with.")
                % {"area": ha(drawn, 2)},
            )
        ]
    off = drawn - float(paper_ha)
    share = off / float(paper_ha) * 100
    words = {
        "drawn": ha(drawn, 2),
        "paper": ha(paper_ha, 2),
        "off": ha(abs(off), 2),
        "share": number(abs(share), 1),
        "tolerance": number(AREA_TOLERANCE * 100, 1),
    }
    if abs(off) <= float(paper_ha * AREA_TOLERANCE):
        sentence = _(
            "The boundary encloses %(drawn)s; on paper %(paper)s: "
            "%(share)s %% off, within the tolerance of %(tolerance)s %%."
        )
        return [BoundaryFinding("area", "ok", sentence % words)]
    sentence = (
        _(
            "The boundary encloses %(drawn)s, %(off)s (%(share)s %%) more than the "
            "%(paper)s on paper; tolerance %(tolerance)s %%."
        )
        if off > 0
        else _(
            "The boundary encloses %(drawn)s, %(off)s (%(share)s %%) less than the "
            "%(paper)s on paper; tolerance %(tolerance)s %%."
        )
    )
    return [
        BoundaryFinding(
            "area",
            "warning",
            sentence % words,
            _(
                "Look for a missing or wrong point; or the area on paper is another one (detailed plan, expansion)."
            ),
        )
    ]


def _neighbours(neighbours: tuple[Neighbour, ...]) -> list[BoundaryFinding]:
    findings = []
    for one in neighbours:
        if one.overlaps:
            findings.append(
                BoundaryFinding(
                    "overlap",
                    "warning",
                    _("V53: the boundary overlaps that of %(name)s (%(code)s) by %(area)s.")
                    % {"name": one.name, "code": one.code, "area": ha(one.overlap_ha, 2)},
                    _("Compare both boundaries with their decisions; one of them claims the other's ground."),
                    _middle(to_solid(one.overlap)),
                )
            )
        elif not one.linked:
            findings.append(
                BoundaryFinding(
                    "adjacent",
                    "warning",
                    _(
                        "V54: the boundary touches that of %(name)s (%(code)s), "
                        "and no link between the two is recorded."
                    )
                    % {"name": one.name, "code": one.code},
                    _(
                        "Record the link (lines, waste, energy) in the development plan, "
                        "or check the line between them."
                    ),
                )
            )
        else:
            findings.append(
                BoundaryFinding(
                    "adjacent",
                    "ok",
                    _("It touches %(name)s; a link between the two is recorded.") % {"name": one.name},
                )
            )
    if not findings:
        findings.append(
            BoundaryFinding("adjacent", "ok", _("It touches or overlaps no other cluster of the province."))
        )
    return findings


def _middle(made: BaseGeometry | None) -> tuple[tuple[float, float], ...]:
    if made is None or made.is_empty:
        return ()
    point = made.representative_point()
    return ((point.x, point.y),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
