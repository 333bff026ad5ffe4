"""What the rules about a case look at: a dossier to establish or expand a cluster, from first request to decision.

Every part that the case has not reached yet is None or empty; the rules about it then say that they do not apply yet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from clusters.choices import DecisionKind
from dossiers.scoring import Ranking
from law.calendars import WorkingCalendar
from law.clock import Extension, Pause
from law.local_rules import NO_LOCAL_RULES, LocalRules
from law.regimes import Regime
from law.vocabulary import CouncilPost, DecisionItem, Document, FinancialProof, ReportHeading, Step


@dataclass(frozen=True, kw_only=True)
class Application:
    """One candidate's dossier. Money in VND; None is unknown.

    ``originals`` are those among the ``sets``. ``refused_late`` tells that it was refused because it came late.
    """

    key: str
    name: str
    filed_at: dt.datetime | None = None
    refused_late: bool = False
    withdrawn: bool = False
    documents: frozenset[Document] = frozenset()
    proofs: frozenset[FinancialProof] = frozenset()
    headings: frozenset[ReportHeading] = frozenset()
    sets: int | None = None
    originals: int | None = None
    has_e_file: bool | None = None
    total_investment: Decimal | None = None
    equity: Decimal | None = None
    has_real_estate_line: bool | None = None

    @property
    def stands(self) -> bool:
        """Whether the dossier takes part: neither refused as late nor withdrawn."""
        return not self.refused_late and not self.withdrawn


@dataclass(frozen=True, kw_only=True)
class CouncilMember:
    """A person on the council. ``person`` identifies them; ``declared`` tells whether they stated their interests.

    ``conflict`` tells that they stated one, ``scores`` that a score sheet of theirs counts.
    """

    person: str
    name: str
    post: CouncilPost
    declared: bool = False
    conflict: bool = False
    scores: bool = True


@dataclass(frozen=True, kw_only=True)
class Council:
    """The council that scores; the secretary is not a member."""

    chair: CouncilMember | None
    vice_chairs: tuple[CouncilMember, ...] = ()
    members: tuple[CouncilMember, ...] = ()
    secretary: CouncilMember | None = None

    @property
    def everybody(self) -> tuple[CouncilMember, ...]:
        """Chair, vice-chairs and members."""
        return (*((self.chair,) if self.chair else ()), *self.vice_chairs, *self.members)


@dataclass(frozen=True, kw_only=True)
class DecisionContent:
    """What the decision says. An item without content is filled when the decision says that there is none.

    ``lines`` are the lines of business it names, ``list_lines`` those of the province's List (None: not compared, by
    the same words or codes). ``investor`` is the key of the application whose candidate it assigns.
    """

    items: frozenset[DecisionItem]
    investor: str | None = None
    lines: tuple[str, ...] = ()
    list_lines: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class DetailedPlan:
    """The detailed plan beside the investment report, areas in ha.

    ``outside_ha`` is ground that only one of the two boundaries covers; None where they were not laid over another.
    """

    area_ha: Decimal | None
    report_area_ha: Decimal | None
    outside_ha: Decimal | None = None
    explanation: str = ""
    has_environment_works: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """An agency asked for its opinion."""

    agency: str
    asked_on: dt.date
    answered_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseSubject:
    """A case under its pinned regime, as it stands on a day.

    Days are those of receipt as the office counts them. ``closes_at`` is the first moment at which dossiers are no
    longer received: midnight after the last day where the notice states no hour. ``decision_file_on`` is the day the
    provincial committee had the set and the appraisal report; the day of the report where left out. ``pauses`` and
    ``extensions`` are those of each step's own clock. ``documents`` are papers of the case that no candidate files: the
    submission. ``lead_named_by`` is the provincial committee's paper.
    """

    regime: Regime
    kind: DecisionKind
    on: dt.date
    calendar: WorkingCalendar
    first_request_on: dt.date | None = None
    notice_on: dt.date | None = None
    closes_at: dt.datetime | None = None
    submitted_on: dt.date | None = None
    full_file_on: dt.date | None = None
    appraisal_report_on: dt.date | None = None
    decision_file_on: dt.date | None = None
    decision_on: dt.date | None = None
    sent_at: dt.datetime | None = None
    pauses: Mapping[Step, Sequence[Pause]] = field(default_factory=dict)
    extensions: Mapping[Step, Sequence[Extension]] = field(default_factory=dict)
    applications: tuple[Application, ...] = ()
    documents: frozenset[Document] = frozenset()
    units: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    lead_named_by: str = ""
    council: Council | None = None
    ranking: Ranking | None = None
    decision: DecisionContent | None = None
    detailed_plan: DetailedPlan | None = None
    area_ha: Decimal | None = None
    opinions: tuple[Opinion, ...] = ()
    local: LocalRules = NO_LOCAL_RULES

    @property
    def standing(self) -> tuple[Application, ...]:
        """The dossiers that take part."""
        return tuple(application for application in self.applications if application.stands)

    @property
    def closing_on(self) -> dt.date | None:
        """The last day on which dossiers are received as stated, in Vietnam."""
        return None if self.closes_at is None else local_day(self.closes_at - dt.timedelta(microseconds=1))

    @property
    def kind_is_tested(self) -> bool:
        """Whether the case establishes or expands a cluster."""
        return self.kind in (DecisionKind.ESTABLISH, DecisionKind.EXPAND)

    def name_of(self, key: str | None) -> str:
        """Return the name of the candidate with the key, or the key where there is none."""
        return next((one.name for one in self.applications if one.key == key), key or "")


def local_day(moment: dt.datetime) -> dt.date:
    """Return the day of a moment in the portal's time zone; one without zone is taken as local."""
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
