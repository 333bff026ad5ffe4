"""The table of a procedure: its states and transitions, and an action under way.

The table is readable on one screen. ``dossiers.services.fire`` runs it, the pages list from it what can be done and why
not, and the public page, the diagram and the matrix test are made from it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dossiers.choices import Part
from law.calendars import WorkingCalendar
from law.models import CalendarDay
from law.regimes import Regime
from law.rules import Checklist
from law.vocabulary import Step
from law.words import Text

if TYPE_CHECKING:
    from dossiers.models import Dossier
    from dossiers.procedures.base import Procedure


@dataclass(frozen=True, kw_only=True)
class State:
    """A state: its name in words, who must move the dossier on, and whether it is the end."""

    code: str
    label: Text
    waits_for: Part
    step: Step | None = None
    is_end: bool = False
    #: What comes next, for the applicant's page.
    next: Text = ""


class Clock(Enum):
    """What a transition does to the clock of the dossier."""

    NONE = "none"
    #: End the running step today, if one runs.
    END = "end"
    #: End the running step and start the one of the state that is entered; the same step simply goes on.
    NEXT = "next"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A condition for an action. ``check`` returns the sentences that say what stands in the way, none if nothing."""

    code: str
    check: "Callable[[Firing], Iterable[str]]"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One line of the table: who may do what in which states, what must be there, and what follows."""

    action: str
    label: Text
    part: Part
    sources: tuple[str, ...]
    target: str
    legal_basis: Text = ""
    guards: tuple[Guard, ...] = ()
    documents: tuple[str, ...] = ()
    clock: Clock = Clock.NEXT
    effect: "Callable[[Firing], None] | None" = None
    #: The day the step that begins is counted from; today unless the procedure says otherwise.
    starts_on: "Callable[[Firing], dt.date] | None" = None
    #: The day the running step ended on, where that is not the day of the action.
    ends_on: "Callable[[Firing], dt.date] | None" = None
    asks_reason: bool = False
    is_internal: bool = False
    regimes: tuple[str, ...] = ()
    #: The sentence of the question before it is done; empty for actions that can be taken back.
    confirm: Text = ""

    def applies(self, regime: Regime) -> bool:
        """Say whether the law of the case knows this action."""
        return not self.regimes or regime.code in self.regimes


class Rules:
    """The rule checklist of a dossier as it stands, computed when it is first asked for and then the same.

    Made anew for every page and every action, so that nothing is decided on what held a while ago.
    """

    def __init__(self, dossier: "Dossier") -> None:
        self.dossier = dossier

    @cached_property
    def checklist(self) -> Checklist | None:
        """The rules with their numbers, all evaluated together."""
        return self.dossier.procedure.checklist(self.dossier)


@dataclass
class Firing:
    """An action under way: what its guards and its effect may look at. ``facts`` are the values that came with it."""

    dossier: "Dossier"
    transition: Transition
    actor: Any
    now: dt.datetime
    today: dt.date
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    #: What the effect wants said on the timeline.
    said: dict[str, Any] = field(default_factory=dict)
    #: Whether this is only a question what could be done; facts are not known yet.
    is_question: bool = False
    #: The rules as the page that asks has them, shared by all its actions; an action that is done computes its own.
    rules: Rules | None = None

    @property
    def checklist(self) -> Checklist | None:
        """The rules of the dossier with their numbers, computed once for all guards."""
        if self.rules is None:
            self.rules = Rules(self.dossier)
        return self.rules.checklist

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working-day calendar, read once for all that the action counts."""
        return CalendarDay.objects.calendar()

    @property
    def procedure(self) -> "Procedure":
        """The procedure of the dossier."""
        return self.dossier.procedure
