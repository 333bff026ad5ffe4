"""Development plans: what a List lacks, what overlaps in it, how two versions differ, and their life.

Source: Decree 32/2024/ND-CP Arts 4-7.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from shapely.errors import GEOSException
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from clusters.models import ConversionPlan, DevelopmentPlan, PlannedCluster
from clusters.services.records import save_record
from core.history import because
from core.text import fold, sort_key

#: What Art. 4.2 đ asks of every line of the List.
CONTENT = (
    "name",
    "commune",
    "area_ha",
    "main_lines",
    "environmental_distance",
    "land_status",
    "justification",
    "total_investment",
)
#: What two versions are compared by.
COMPARED = (
    "name",
    "commune",
    "place_text",
    "area_ha",
    "main_lines",
    "land_status",
    "justification",
    "environmental_distance",
    "total_investment",
    "link_description",
)
#: One degree squared in hectares near 16 degrees north is good enough to say how much overlaps.
_HECTARES_PER_SQUARE_DEGREE = Decimal(1_183_000)
#: Slivers below this (ha) come from drawing and are no overlap.
_SLIVER_HA = Decimal("0.05")


@dataclass(frozen=True)
class Completeness:
    """Which of the contents of Art. 4.2 a line has; ``percent`` is the share of those that are filled in."""

    line: PlannedCluster
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Filled contents in per cent, rounded down so that only a complete line reads 100."""
        return (len(CONTENT) - len(self.missing)) * 100 // len(CONTENT)

    @property
    def missing_labels(self) -> list[str]:
        """The names of what is missing."""
        return [label_of(name) for name in self.missing]


@dataclass(frozen=True)
class Overlap:
    """Two lines that cannot both stand as they are. ``kind``: ``cluster``, ``name`` or ``boundary`` (then in ha)."""

    kind: str
    first: PlannedCluster
    second: PlannedCluster
    hectares: Decimal | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, in words."""
        if self.kind == "cluster":
            return _("The same cluster stands in the List twice.")
        if self.kind == "name":
            return _("Two lines have the same name in the same commune.")
        return _("The boundaries overlap.")


@dataclass(frozen=True)
class FieldDifference:
    """One content of a line in both versions, in words."""

    label: str
    old: Any
    new: Any


@dataclass(frozen=True)
class LineDifference:
    """A line that both versions have, and what changed in it."""

    old: PlannedCluster
    new: PlannedCluster
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions of a plan: lines only in the new one, only in the old one, changed, and the number unchanged."""

    added: tuple[PlannedCluster, ...]
    removed: tuple[PlannedCluster, ...]
    changed: tuple[LineDifference, ...]
    unchanged: int


@dataclass(frozen=True)
class Totals:
    """Lines that stand: their number, area in ha, and how many have no area."""

    lines: int
    area_ha: Decimal
    without_area: int
    withdrawn: int


def label_of(name: str) -> str:
    """Return the name of a content of a line."""
    column = PlannedCluster._meta.get_field(name)
    return str(capfirst(getattr(column, "verbose_name", name)))


def lines_of(plan: DevelopmentPlan) -> list[PlannedCluster]:
    """Return the lines of a plan by name with what pages show of them: four queries whatever their number."""
    lines = (
        PlannedCluster.objects.filter(plan=plan)
        .select_related("commune", "cluster", "withdrawal")
        .prefetch_related(
            models.Prefetch("linked_to", queryset=PlannedCluster.objects.order_by("name", "pk"))
        )
        .order_by("pk")
    )
    # A List has some dozens of lines: ordered here as a Vietnamese dictionary does, they need no stored key.
    return sorted(lines, key=lambda line: sort_key(line.name))


def standing(lines: Iterable[PlannedCluster]) -> list[PlannedCluster]:
    """Leave out withdrawn lines."""
    return [line for line in lines if not is_withdrawn(line)]


def is_withdrawn(line: PlannedCluster) -> bool:
    """Say whether the line was withdrawn."""
    return getattr(line, "withdrawal", None) is not None


def totals(lines: Iterable[PlannedCluster]) -> Totals:
    """Count and add up the lines that stand."""
    rows = list(lines)
    stands = standing(rows)
    areas = [line.area_ha for line in stands if line.area_ha is not None]
    return Totals(len(stands), sum(areas, Decimal(0)), len(stands) - len(areas), len(rows) - len(stands))


def completeness(line: PlannedCluster) -> Completeness:
    """Say which contents of Art. 4.2 the line lacks."""
    missing = tuple(
        name for name in CONTENT if getattr(line, "commune_id" if name == "commune" else name) in (None, "")
    )
    return Completeness(line, missing)


def overlaps(lines: Iterable[PlannedCluster]) -> list[Overlap]:
    """Find lines of one List with the same cluster, the same name in a commune, or overlapping boundaries."""
    rows = standing(lines)
    drawn = {line.pk: geometry for line in rows if (geometry := _geometry(line)) is not None}
    found = []
    for first, second in combinations(rows, 2):
        if first.cluster_id and first.cluster_id == second.cluster_id:
            found.append(Overlap("cluster", first, second))
        if _key(first) == _key(second):
            found.append(Overlap("name", first, second))
        if first.pk in drawn and second.pk in drawn:
            shared = _shared_hectares(drawn[first.pk], drawn[second.pk])
            if shared > _SLIVER_HA:
                found.append(Overlap("boundary", first, second, shared))
    return found


def compare(old: Sequence[PlannedCluster], new: Sequence[PlannedCluster]) -> Comparison:
    """Compare two versions line by line; a line is the same by its cluster, else by name and commune, else by name."""
    waiting = list(standing(old))
    changed, added, unchanged = [], [], 0
    for line in standing(new):
        before = _counterpart(line, waiting)
        if before is None:
            added.append(line)
            continue
        waiting.remove(before)
        fields = tuple(_differences(before, line))
        if fields:
            changed.append(LineDifference(before, line, fields))
        else:
            unchanged += 1
    return Comparison(tuple(added), tuple(waiting), tuple(changed), unchanged)


@transaction.atomic
def copy_plan(*, plan: DevelopmentPlan, reason: str) -> DevelopmentPlan:
    """Make the next version of a plan as a draft: every line that stands, with boundaries and links."""
    versions = (
        DevelopmentPlan.objects.select_for_update().filter(province=plan.province_id).order_by("-version")
    )
    newest = versions.first()
    copy = DevelopmentPlan(
        province=plan.province,
        title=plan.title,
        version=(newest.version if newest else 0) + 1,
        period_from=plan.period_from,
        period_to=plan.period_to,
        source_class=plan.source_class,
        source_title=plan.source_title,
        source_number=plan.source_number,
        source_date=plan.source_date,
        source_url=plan.source_url,
    )
    save_record(record=copy, reason=reason)
    made: dict[Any, PlannedCluster] = {}
    lines = standing(lines_of(plan))
    with because(reason):
        for line in lines:
            values = {name: getattr(line, name) for name in (*COMPARED, "cluster_id", "boundary")}
            made[line.pk] = PlannedCluster.objects.create(plan=copy, **values)
        for line in lines:
            made[line.pk].linked_to.set(
                [made[other.pk] for other in line.linked_to.all() if other.pk in made]
            )
    return copy


@transaction.atomic
def save_plan(*, plan: DevelopmentPlan, reason: str) -> DevelopmentPlan:
    """Save a plan; a version that is approved supersedes, on its day, the versions in force before it."""
    save_record(record=plan, reason=reason)
    if plan.approved_on:
        older = (
            DevelopmentPlan.objects.select_for_update()
            .filter(province=plan.province_id, version__lt=plan.version, approved_on__lt=plan.approved_on)
            .filter(superseded_on__isnull=True)
        )
        for earlier in older.order_by("pk"):
            earlier.superseded_on = plan.approved_on
            save_record(record=earlier, reason=reason)
    return plan


def withdraw_planned_cluster(*, withdrawal: ConversionPlan, reason: str) -> ConversionPlan:
    """Withdraw a line of the plan, with what becomes of land, projects and works.

    The cluster that hangs on the line stays as its decisions left it: withdrawing it is a decision of its own. Raise
    ValidationError without a conversion plan or for a line that was withdrawn before.
    """
    line = withdrawal.planned_cluster
    if withdrawal.pk is None and ConversionPlan.objects.filter(planned_cluster=line).exists():
        raise ValidationError(_("“%(name)s” was withdrawn before.") % {"name": line.name})
    return save_record(record=withdrawal, reason=reason)


def in_force_on(province_id: int, day: dt.date) -> DevelopmentPlan | None:
    """Return the version of a province's plan in force on a day."""
    return DevelopmentPlan.objects.filter(province=province_id).in_force(day).order_by("-version").first()


def _key(line: PlannedCluster) -> tuple[str, Any]:
    return _bare(line.name), line.commune_id or fold(line.place_text)


def _bare(name: str) -> str:
    return fold(name).removeprefix("cum cong nghiep ").removeprefix("ccn ")


def _counterpart(line: PlannedCluster, candidates: list[PlannedCluster]) -> PlannedCluster | None:
    """Find the same line in the other version."""
    tests = (
        lambda other: line.cluster_id is not None and other.cluster_id == line.cluster_id,
        lambda other: _key(other) == _key(line),
        lambda other: _bare(other.name) == _bare(line.name),
    )
    for same in tests:
        found = [other for other in candidates if same(other)]
        if len(found) == 1:
            return found[0]
    return None


def _differences(old: PlannedCluster, new: PlannedCluster) -> Iterable[FieldDifference]:
    for name in COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if before != after and not (before in (None, "") and after in (None, "")):
            yield FieldDifference(label_of(name), before, after)
    if (old.boundary or None) != (new.boundary or None):
        yield FieldDifference(
            label_of("boundary"),
            _("drawn") if old.boundary else None,
            _("drawn otherwise") if old.boundary and new.boundary else (_("drawn") if new.boundary else None),
        )


def _geometry(line: PlannedCluster) -> BaseGeometry | None:
    drawn = line.boundary or (line.cluster.boundary if line.cluster else None)
    if not drawn:
        return None
    try:
        geometry = shape(drawn)
        return geometry if geometry.is_valid else geometry.buffer(0)
    except (GEOSException, ValueError, KeyError, TypeError, AttributeError):
        return None


def _shared_hectares(first: BaseGeometry, second: BaseGeometry) -> Decimal:
    if not first.intersects(second):
        return Decimal(0)
    return (Decimal(str(first.intersection(second).area)) * _HECTARES_PER_SQUARE_DEGREE).quantize(
        Decimal("0.01")
    )


def readable_polygon(geometry: dict[str, Any]) -> bool:
    """Say whether a GeoJSON geometry can be measured and lies in Viet Nam (WGS 84)."""
    try:
        drawn = shape(geometry)
        west, south, east, north = drawn.bounds
    except (GEOSException, ValueError, KeyError, TypeError, AttributeError):
        return False
    return not drawn.is_empty and 102 <= west <= east <= 118 and 6 <= south <= north <= 24
