"""What a regime consists of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from law.instruments import INSTRUMENTS
from law.papers import Instrument
from law.provisions import Limit, Mark, Provision, Threshold
from law.vocabulary import (
    Actor,
    ClusterKind,
    CouncilPost,
    Criterion,
    DecisionItem,
    Document,
    OccupancyUnit,
    ReportHeading,
    Requirement,
    Step,
    Work,
)
from law.words import Text

if TYPE_CHECKING:
    from law.regimes.transition import Pinned


class NoRegimeError(LookupError):
    """The portal knows no law on clusters for the day or code."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The numbers a case or a cluster is held against. Areas in hectares, shares in percent."""

    LABELS: ClassVar[Mapping[str, Text]] = {
        "area_min": _("Smallest area, ordinary cluster"),
        "area_min_small": _("Smallest area, mountainous district or craft-village cluster"),
        "area_max": _("Largest area when established"),
        "area_max_expanded": _("Largest area after expansion"),
        "deviation": _("Area over the plan that the decision itself may grant"),
        "establish_occupancy": _("Establish: average occupancy of the clusters there"),
        "establish_unleased": _("Establish, or instead: industrial land not leased"),
        "expand_occupancy": _("Expand: occupancy (or demand above the industrial land)"),
        "craft_share": _("Craft-village cluster: share of industrial land"),
        "specialised_share": _("Specialised cluster: share of industrial land"),
        "supporting_share": _("Supporting-industry cluster: share of industrial land"),
        "high_tech_share": _("High-tech cluster: share of industrial land"),
        "service_share": _("Land for services: share of the cluster's area"),
        "support_ceiling": _("State support: share of the total investment"),
        "pass_mark": _("Points needed to be assigned as investor"),
        "inspections": _("Inspections of an occupant in a year"),
    }

    area_min: Threshold
    area_min_small: Threshold
    area_max: Threshold
    area_max_expanded: Threshold
    deviation: Threshold
    establish_occupancy: Threshold
    establish_unleased: Threshold
    expand_occupancy: Threshold
    craft_share: Threshold
    specialised_share: Threshold
    supporting_share: Threshold
    high_tech_share: Threshold
    service_share: Threshold
    support_ceiling: Threshold
    pass_mark: Threshold
    inspections: Threshold

    def rows(self) -> list[tuple[str, Text, Threshold]]:
        """List every threshold as (name, label, value), in the order of the table."""
        return [(field.name, self.LABELS[field.name], getattr(self, field.name)) for field in fields(self)]


@dataclass(frozen=True, kw_only=True)
class Regime:
    """The law on clusters as it stood from ``valid_from`` to ``valid_to`` (None: still in force)."""

    code: str
    title: Text
    valid_from: dt.date
    valid_to: dt.date | None
    dates_mark: Mark = Mark.PRIMARY
    dates_note: Text = ""
    instruments: tuple[str, ...]
    limits: Mapping[Step, Limit]
    actors: Mapping[Step, Provision[Actor]]
    thresholds: Thresholds
    test_unit: Provision[OccupancyUnit]
    exempt_from_test: Provision[tuple[ClusterKind, ...]]
    kinds: Provision[tuple[ClusterKind, ...]]
    sets: Provision[int]
    originals: Provision[int]
    e_file: Provision[bool]
    documents: Mapping[Document, Provision[Requirement]]
    report_headings: Provision[tuple[ReportHeading, ...]]
    works: Provision[tuple[Work, ...]]
    works_exempt_before: Provision[dt.date]
    score_maxima: Mapping[Criterion, Provision[Decimal]]
    council_chair: Provision[CouncilPost]
    council_vice_chairs: Provision[tuple[CouncilPost, ...]]
    council_stand_ins: Provision[tuple[CouncilPost, ...]]
    council_secretary: Provision[CouncilPost]
    decision_items: Provision[tuple[DecisionItem, ...]]
    regulation_copy: Limit
    small_only_before: Provision[dt.date]
    large_only_before: Provision[dt.date]
    idle_priority_years: Provision[int]
    shared_works_before_operation: Provision[bool]

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    @classmethod
    def all(cls) -> "tuple[Regime, ...]":
        """List the regimes from the oldest to the one in force."""
        from law.regimes import REGIMES  # the tables are built from this class

        return REGIMES

    @classmethod
    def on(cls, day: dt.date) -> "Regime":
        """Return the regime in force on the day; raise :class:`NoRegimeError` before 5 October 2009."""
        for regime in reversed(cls.all()):
            if day >= regime.valid_from:
                return regime
        raise NoRegimeError(
            f"No national law on clusters is known for {day}: the first is in force from 5/10/2009."
        )

    @classmethod
    def by_code(cls, code: str) -> "Regime":
        """Return the regime with the code (``R2``, ``R1b``); raise :class:`NoRegimeError` for an unknown one."""
        for regime in cls.all():
            if regime.code == code:
                return regime
        raise NoRegimeError(
            f"No regime has the code {code!r}; known are {[regime.code for regime in cls.all()]}."
        )

    @classmethod
    def for_case(
        cls,
        received_on: dt.date,
        *,
        postmarked_on: dt.date | None = None,
        appraisal_began_on: dt.date | None = None,
    ) -> "Pinned":
        """Return the regime a case follows by the transitional articles, with the reason (rule V45).

        ``received_on`` is the day the dossier was received, ``postmarked_on`` the postmark of one sent by post,
        ``appraisal_began_on`` the day the department had the dossier, once that is known.
        """
        from law.regimes.transition import pin

        return pin(received_on, postmarked_on=postmarked_on, appraisal_began_on=appraisal_began_on)

    def limit(self, step: Step) -> Limit:
        """Return the time limit of a step."""
        return self.limits[step]

    @property
    def order(self) -> int:
        """The place of the regime in time, 0 for the oldest."""
        return [regime.code for regime in self.all()].index(self.code)

    @property
    def previous(self) -> "Regime | None":
        """The regime before this one."""
        return self.all()[self.order - 1] if self.order else None

    def since(self, code: str) -> bool:
        """Return whether this regime is the one with ``code`` or a later one."""
        return self.order >= Regime.by_code(code).order

    def laws(self) -> list[Instrument]:
        """List the instruments the regime consists of."""
        return [INSTRUMENTS[code] for code in self.instruments]
