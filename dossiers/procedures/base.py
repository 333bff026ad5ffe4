"""What a procedure is: its table, and what only the room that runs it can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from dossiers.procedures.parts import (
    AnswerRow,
    Contact,
    DocumentKind,
    DraftOffer,
    Missing,
    Panel,
    Place,
    Section,
)
from dossiers.procedures.transitions import State, Transition
from law.provisions import Limit, Mark
from law.regimes import Regime
from law.rules import Checklist
from law.vocabulary import Step
from law.words import Text

if TYPE_CHECKING:
    from django.forms import Form

    from accounts.models import Organisation
    from dossiers.forms import SectionForm
    from dossiers.models import Application, CouncilMember, Dossier


class Procedure:
    """A procedure: the table, and the answers of the concrete room. One instance each, entered with ``@register``."""

    code: ClassVar[str] = ""
    title: ClassVar[Text] = ""
    #: Who needs it, in one sentence: what somebody reads who does not know the name of the procedure.
    purpose: ClassVar[Text] = ""
    #: What the applicant gets in the end.
    result: ClassVar[Text] = ""
    fee: ClassVar[Text] = ""
    complaint: ClassVar[Text] = ""
    legal_basis: ClassVar[Text] = ""
    #: Regimes whose law ``legal_basis`` and the table cite; under older law no article is claimed. Empty: all.
    cited_under: ClassVar[tuple[str, ...]] = ()
    #: Regimes under which the procedure exists.
    regimes: ClassVar[tuple[str, ...]] = ()
    states: ClassVar[tuple[State, ...]] = ()
    transitions: ClassVar[tuple[Transition, ...]] = ()
    #: The state of a case all of whose applications were withdrawn.
    withdrawn_state: ClassVar[str] = "withdrawn"
    #: States in which the department asks for supplements and opinions, and in which a council works.
    supplement_states: ClassVar[tuple[str, ...]] = ()
    opinion_states: ClassVar[tuple[str, ...]] = ()
    council_states: ClassVar[tuple[str, ...]] = ()
    #: The kind of the applicant's own request in ``draft_titles``, empty where the procedure has no form for it.
    request_kind: ClassVar[str] = ""

    # --- The table ----------------------------------------------------------------------------------------------

    def state(self, code: str) -> State:
        """Return a state; raise LookupError for one the table does not have."""
        for state in self.states:
            if state.code == code:
                return state
        raise LookupError(f"{self.code} has no state {code!r}.")

    def transition(self, action: str, regime: Regime) -> Transition:
        """Return the line of an action under a regime; raise LookupError for one the table does not have."""
        for transition in self.table(regime):
            if transition.action == action:
                return transition
        raise LookupError(f"{self.code} has no action {action!r} under {regime.code}.")

    def table(self, regime: Regime) -> list[Transition]:
        """List the transitions that the regime knows, in the order of the table."""
        known = [transition for transition in self.transitions if transition.applies(regime)]
        return known if self.is_cited(regime) else [replace(one, legal_basis="") for one in known]

    def is_cited(self, regime: Regime) -> bool:
        """Say whether the articles that the procedure names are those of the regime's law."""
        return not self.cited_under or regime.code in self.cited_under

    def states_of(self, regime: Regime) -> list[State]:
        """List the states a dossier can be in under a regime, in the order of the table."""
        reached = {self.initial(regime)}
        table = self.table(regime)
        while more := {t.target for t in table if reached.intersection(t.sources)} - reached:
            reached |= more
        return [state for state in self.states if state.code in reached]

    def initial(self, regime: Regime) -> str:
        """Return the state a dossier is in when its first application is filed."""
        raise NotImplementedError(f"{type(self).__name__} does not say where it begins.")

    def has_window(self, regime: Regime) -> bool:
        """Say whether rivals may apply until a closing time, sealed until the opening."""
        return False

    def limit(self, regime: Regime, step: Step) -> Limit:
        """Return the time limit of a step under a regime."""
        return regime.limit(step)

    def is_limit_unknown(self, regime: Regime, step: Step) -> bool:
        """Say whether no source tells how many days a step has, which is not the same as a law that sets none."""
        return self.limit(regime, step).mark is Mark.NOT_FOUND

    def check_table(self) -> None:
        """Raise ValueError where the table contradicts itself: unknown states, an action twice in one regime."""
        known = {state.code for state in self.states}
        for regime in (Regime.by_code(code) for code in self.regimes):
            table = self.table(regime)
            named = {code for t in table for code in (*t.sources, t.target)} | {self.initial(regime)}
            if unknown := named - known:
                raise ValueError(f"{self.code}: no such states: {sorted(unknown)}.")
            actions = [t.action for t in table]
            if doubled := {action for action in actions if actions.count(action) > 1}:
                raise ValueError(f"{self.code}: twice under {regime.code}: {sorted(doubled)}.")

    # --- What only the concrete room knows ----------------------------------------------------------------------

    def document_kinds(self, regime: Regime, facts: Mapping[str, Any] | None = None) -> list[DocumentKind]:
        """List the kinds of papers under a regime, the applicant's first; ``facts`` are answers of the wizard."""
        raise NotImplementedError(f"{type(self).__name__} does not say which papers it asks for.")

    def missing(self, application: "Application", regime: Regime) -> list[Missing]:
        """List everything the application still lacks before it can be filed."""
        raise NotImplementedError(f"{type(self).__name__} does not say what an application needs.")

    def target_key(self, application: "Application") -> str:
        """Return what names the thing asked for, the same for all who ask for it."""
        raise NotImplementedError(f"{type(self).__name__} does not say what is asked for.")

    def matter(self, application: "Application") -> str:
        """Return the matter in one line, in Vietnamese: it stands on papers."""
        raise NotImplementedError(f"{type(self).__name__} does not say what a dossier is about.")

    def place(self, application: "Application") -> Place:
        """Return where the dossier belongs."""
        raise NotImplementedError(f"{type(self).__name__} does not say where a dossier belongs.")

    def opened(self, dossier: "Dossier", application: "Application") -> None:
        """Make the room's own rows when the first application opens a case; runs in the same transaction."""

    def joined(self, dossier: "Dossier", application: "Application") -> None:
        """React when a further application is filed in an open case; runs in the same transaction."""

    def checklist(self, dossier: "Dossier") -> Checklist | None:
        """Return the rules of the dossier with their numbers, all evaluated together."""
        return None

    def field_labels(self) -> Mapping[str, Text]:
        """Return the names of the wizard's fields, for supplement requests and differences."""
        return {}

    # --- The wizard ---------------------------------------------------------------------------------------------

    def wizard_sections(self, regime: Regime) -> list[Section]:
        """List the pages of the filing wizard under a regime, in the order an applicant fills them."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its wizard asks.")

    def section_form(self, section: str, application: "Application", data: Any = None) -> "SectionForm":
        """Return the form of a page of the wizard: filled from the application, or bound to what was typed."""
        raise NotImplementedError(f"{type(self).__name__} has no form for {section!r}.")

    def target_form(self, data: Any = None) -> "SectionForm":
        """Return the form in which somebody without an account says what the question is about."""
        raise NotImplementedError(f"{type(self).__name__} does not ask what it is about.")

    def target_of_case(self, dossier: "Dossier") -> dict[str, Any]:
        """Return the answers that a draft begins with whose owner wants to join an open case."""
        return {}

    def carried_over(self, earlier: "Application") -> dict[str, Any]:
        """Return the answers of an earlier application of the organisation that a new draft may begin with."""
        return {}

    # --- What the concrete room adds to the office's pages --------------------------------------------------------

    def action_form(self, action: str) -> "type[Form] | None":
        """Return the form that asks for the facts of an action; None where a reason and papers are all it takes."""
        return None

    def question_form(self, question: str) -> "type[Form] | None":
        """Return the form by which a person settles a question that a rule leaves open."""
        return None

    def panels(self, dossier: "Dossier", user: Any, checklist: Checklist | None = None) -> list[Panel]:
        """List the room's own parts of the dossier's page; ``checklist`` is given where the person sees the rules."""
        return []

    def answer_rows(self, applications: "Sequence[Application]") -> list[AnswerRow]:
        """List what the applications answer, field by field, for reading them side by side."""
        return []

    def starting_criteria(self, regime: Regime) -> list[tuple[str, Text, Decimal]]:
        """List sub-criteria to start from: criterion of the law, title, most points. One each by default."""
        return [
            (str(criterion.value), criterion.label, provision.value)
            for criterion, provision in regime.score_maxima.items()
            if provision.value is not None
        ]

    def applicants(self, application: "Application") -> "list[Organisation]":
        """List the organisations whose people hear of the application."""
        return [application.organisation]

    def contact(self, application: "Application") -> Contact:
        """Return how the applicant is reached: personal data, for who may see them."""
        return Contact()

    # --- Papers drafted from a dossier --------------------------------------------------------------------------

    def drafts(self, dossier: "Dossier") -> list[DraftOffer]:
        """List the papers that can be drafted in the present state."""
        return []

    def draft_titles(self) -> Mapping[str, Text]:
        """Name every paper the procedure drafts, by kind: those whose model a department may replace."""
        return {}

    def draft_placeholders(self, kind: str) -> Mapping[str, Any]:
        """Return what a model document of the kind may ask for, with labels; raise LookupError for an unknown kind."""
        raise LookupError(f"{self.code} drafts no {kind!r}.")

    def draft_model(self, kind: str) -> bytes:
        """Return the portal's own model document; raise LookupError for an unknown kind."""
        raise LookupError(f"{self.code} drafts no {kind!r}.")

    def render_draft(
        self,
        kind: str,
        dossier: "Dossier",
        application: "Application | None" = None,
        member: "CouncilMember | None" = None,
        model: bytes | None = None,
    ) -> bytes:
        """Return a draft as .docx, from ``model`` where a department has its own; raise LookupError, ModelRefused."""
        raise LookupError(f"{self.code} drafts no {kind!r}.")

    def request_docx(self, application: "Application", model: bytes | None = None) -> bytes:
        """Return the applicant's request as .docx, filled from the wizard, for an application or a draft of one."""
        raise LookupError(f"{self.code} has no form for a request.")
