"""What a procedure asks and how long it takes, for readers: made from the table and the regime, never written twice."""

from dataclasses import dataclass

from dossiers.choices import Part
from dossiers.procedures.base import Procedure
from dossiers.procedures.parts import DocumentKind
from dossiers.procedures.transitions import Transition
from law.provisions import Cited, DayUnit, Limit, Mark, count_of_days
from law.regimes import Regime
from law.vocabulary import Step
from law.words import Text


@dataclass(frozen=True)
class StepFacts:
    """One step of the law: who does it, in how many days, by which article, and what comes of it."""

    step: Step
    who: str
    limit: Limit
    next: Text

    @property
    def is_unknown(self) -> bool:
        """Whether no source tells how many days the step has."""
        return self.limit.mark is Mark.NOT_FOUND


@dataclass(frozen=True)
class Move:
    """One line of the table for readers, numbered as in the diagram."""

    number: int
    transition: Transition
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class ProcedureFacts:
    """Everything a procedure page says about a procedure under a regime."""

    procedure: Procedure
    regime: Regime
    documents: list[DocumentKind]
    steps: list[StepFacts]
    moves: list[Move]

    @property
    def totals(self) -> list[str]:
        """The days of all steps together, working and calendar days apart: the two are never added."""
        sums = dict.fromkeys(DayUnit, 0)
        for one in self.steps:
            if one.limit.amount is not None:
                sums[one.limit.unit] += one.limit.amount
        return [str(count_of_days(days, unit)) for unit, days in sums.items() if days]

    @property
    def legal_basis(self) -> Text:
        """The articles of the whole procedure; empty where those of the regime's law are not known."""
        return self.procedure.legal_basis if self.procedure.is_cited(self.regime) else ""

    @property
    def supplement(self) -> Limit | None:
        """What the law says about the time an applicant takes for a supplement."""
        return self.regime.limits.get(Step.SUPPLEMENT)

    @property
    def is_unverified(self) -> bool:
        """Whether anything here was not read in the text of the law itself."""
        cited: list[Cited] = [one.limit for one in self.steps] + [one.cited for one in self.documents]
        return any(not one.verified for one in cited)


def facts_of(procedure: Procedure, regime: Regime) -> ProcedureFacts:
    """Return what readers are told of a procedure under a regime."""
    return ProcedureFacts(
        procedure=procedure,
        regime=regime,
        documents=[one for one in procedure.document_kinds(regime) if one.by is Part.APPLICANT],
        steps=_steps(procedure, regime),
        moves=moves(procedure, regime),
    )


def moves(procedure: Procedure, regime: Regime) -> list[Move]:
    """List the lines of the table with the states a dossier of the regime can be in, numbered from 1."""
    labels = {state.code: str(state.label) for state in procedure.states_of(regime)}
    return [
        Move(
            number=number,
            transition=line,
            sources=tuple(labels[code] for code in line.sources if code in labels),
            target=labels[line.target],
        )
        for number, line in enumerate(_reachable(procedure, regime), start=1)
    ]


def _reachable(procedure: Procedure, regime: Regime) -> list[Transition]:
    known = {state.code for state in procedure.states_of(regime)}
    return [line for line in procedure.table(regime) if known.intersection(line.sources)]


def _steps(procedure: Procedure, regime: Regime) -> list[StepFacts]:
    found: dict[Step, StepFacts] = {}
    for state in procedure.states_of(regime):
        if state.step is None or state.step in found:
            continue
        # The law says who does the step; where it does not, the table does.
        actor = regime.actors.get(state.step)
        who = actor.text if actor is not None and actor.is_set else str(state.waits_for.label)
        found[state.step] = StepFacts(state.step, who, procedure.limit(regime, state.step), state.next)
    return list(found.values())
