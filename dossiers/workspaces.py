"""What the page of one dossier shows an officer, each part read once, at the same cost whatever it holds."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language

from accounts.roles import Function
from accounts.scope import scope_of
from dossiers.choices import Part
from dossiers.lights import Light, light_of, light_of_row
from dossiers.models import (
    Application,
    Complaint,
    Condition,
    Council,
    Document,
    Dossier,
    Event,
    OpinionRequest,
    StepRun,
    SupplementItem,
    SupplementRequest,
)
from dossiers.procedures.parts import AnswerRow, DocumentKind, Panel
from dossiers.procedures.transitions import Rules
from dossiers.services.actors import acts_as
from dossiers.services.clocks import deadline_of
from dossiers.services.firing import Available, available
from dossiers.services.law import pinned, regimes_to_choose
from dossiers.services.sheets import missing_sheets, totals
from law.regimes.transition import Pinned
from law.rules import Checklist
from law.vocabulary import Step


@dataclass(frozen=True)
class RunLine:
    """One run of a step: its name, its days, how it ended, and its trace in the reader's language."""

    run: StepRun
    label: str
    trace: tuple[str, ...]
    light: Light | None = None
    #: Whether no source tells how many days the step has.
    is_unknown: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper with what its kind is called, and the versions it took the place of, newest first."""

    document: Document
    label: str
    earlier: tuple[Document, ...] = ()


@dataclass
class Workspace:
    """The dossier as one person sees it."""

    dossier: Dossier
    user: Any

    # --- Head ---------------------------------------------------------------------------------------------------

    @cached_property
    def today(self) -> dt.date:
        """The day of the page."""
        return timezone.localdate()

    @cached_property
    def standing(self) -> Light:
        """The light of the dossier."""
        if self.running is not None and self.running.light is not None:
            return self.running.light
        return light_of_row(self.dossier, self.today)

    @cached_property
    def pinned(self) -> Pinned:
        """Which law the case follows, why, and what is open."""
        return pinned(self.dossier)

    @cached_property
    def may_settle_law(self) -> bool:
        """Whether the person settles an open question of the law."""
        return self.is_department and len(regimes_to_choose(self.dossier)) > 1

    @cached_property
    def settled_law(self) -> Event | None:
        """The last time somebody settled the law, if ever."""
        return next((event for event in self.events if event.action == "regime_settled"), None)

    @cached_property
    def is_department(self) -> bool:
        """Whether the person acts for the department that examines."""
        return acts_as(self.user, Part.DEPARTMENT, self.dossier)

    @cached_property
    def is_committee(self) -> bool:
        """Whether the person acts for the office of the People's Committee."""
        return acts_as(self.user, Part.COMMITTEE, self.dossier)

    @cached_property
    def supervises(self) -> bool:
        """Whether the person leads over the dossier."""
        return self.dossier.province_id in scope_of(self.user, Function.SUPERVISE_DOSSIERS).province_ids

    @cached_property
    def examines(self) -> bool:
        """Whether the person sees opinions, rules and the council: those who examine, decide or lead."""
        return self.is_department or self.is_committee or self.supervises

    @cached_property
    def may_assign(self) -> bool:
        """Whether the person can give the dossier to somebody."""
        part = Part(self.dossier.waiting_for)
        if not self.dossier.is_open or part in (Part.APPLICANT, Part.NOBODY, Part.SYSTEM):
            return False
        return self.supervises or acts_as(self.user, part, self.dossier)

    # --- Actions ------------------------------------------------------------------------------------------------

    @cached_property
    def actions(self) -> list[Available]:
        """What can be done, the person's own first, with every reason why something cannot."""
        return available(self.dossier, self.user, rules=self._rules)

    @property
    def own_actions(self) -> list[Available]:
        """What the person can do, or could if nothing stood in the way."""
        return [one for one in self.actions if one.is_mine and one.is_now]

    @property
    def other_actions(self) -> list[Available]:
        """What others do, or what comes in another state."""
        return [one for one in self.actions if not (one.is_mine and one.is_now)]

    @property
    def may_ask_supplement(self) -> bool:
        """Whether a supplement can be asked for now."""
        return self.is_department and self.dossier.state in self.dossier.procedure.supplement_states

    @property
    def may_ask_opinions(self) -> bool:
        """Whether opinions can be asked for now."""
        return self.is_department and self.dossier.state in self.dossier.procedure.opinion_states

    # --- Clock --------------------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> list[RunLine]:
        """Every step that ran, the running one last."""
        language = (get_language() or "vi")[:2]
        rows = (
            StepRun.objects.filter(dossier=self.dossier)
            .select_related("dossier")
            .prefetch_related("extensions__granted_by")
            .order_by("started_at", "pk")
        )
        lines = []
        for run in rows:
            run.dossier = self.dossier
            step = Step(run.step)
            label = capfirst(str(step.label))
            unknown = self.dossier.procedure.is_limit_unknown(self.dossier.regime, step)
            if run.ended_at is not None:
                kept = run.trace.get(language) or run.trace.get("vi") or ()
                lines.append(RunLine(run, label, tuple(kept), is_unknown=unknown))
                continue
            deadline = deadline_of(run)
            if deadline is None:
                lines.append(RunLine(run, label, (), is_unknown=unknown))
            else:
                trace = tuple(str(step) for step in deadline.trace)
                lines.append(RunLine(run, label, trace, light_of(deadline, self.today)))
        return lines

    @cached_property
    def running(self) -> RunLine | None:
        """The step that runs."""
        return next((line for line in self.runs if line.run.ended_at is None), None)

    @cached_property
    def may_extend(self) -> bool:
        """Whether the person can give the running step more time."""
        if self.running is None or self.running.light is None:
            return False
        return acts_as(self.user, Part(self.running.run.part), self.dossier) or acts_as(
            self.user, Part.DEPARTMENT_LEADER, self.dossier
        )

    # --- Applications and papers --------------------------------------------------------------------------------

    @cached_property
    def applications(self) -> list[Application]:
        """The filed applications; none before the opening, whoever asks."""
        if self.dossier.is_sealed:
            return []
        return list(
            Application.objects.filter(dossier=self.dossier)
            .filed()
            .select_related("organisation", "filed_by")
            .order_by("filed_at", "pk")
        )

    @cached_property
    def may_see_personal(self) -> bool:
        """Whether the person sees personal data of applicants here."""
        return self.dossier.province_id in scope_of(self.user, Function.VIEW_PERSONAL_DATA).province_ids

    @cached_property
    def answers(self) -> list[AnswerRow]:
        """The answers side by side; personal ones only for who may see them."""
        if not self.applications:
            return []
        rows = self.dossier.procedure.answer_rows(self.applications)
        return [row for row in rows if self.may_see_personal or not row.is_personal]

    @property
    def shows_personal(self) -> list[str]:
        """The names of the personal fields that the page shows."""
        return [str(row.label) for row in self.answers if row.is_personal]

    @cached_property
    def kinds(self) -> dict[str, DocumentKind]:
        """The kinds of papers by code."""
        return {kind.code: kind for kind in self.dossier.procedure.document_kinds(self.dossier.regime)}

    @cached_property
    def _papers(self) -> dict[int | None, list[Paper]]:
        """Every paper by the key of its application (None: of an authority), each with its earlier versions."""
        own = Q(dossier=self.dossier, application__isnull=True)
        rows = (
            Document.objects.filter(
                own | Q(application__in=[one.pk for one in self.applications]), removed_at__isnull=True
            )
            .select_related("file", "added_by")
            .order_by("kind", "pk")
        )
        by_key = {row.pk: row for row in rows}
        replaced = {row.replaces_id for row in by_key.values() if row.replaces_id}
        found: dict[int | None, list[Paper]] = {}
        for row in by_key.values():
            if row.pk in replaced:
                continue
            earlier = []
            before = by_key.get(row.replaces_id or 0)
            while before is not None:
                earlier.append(before)
                before = by_key.get(before.replaces_id or 0)
            kind = self.kinds.get(row.kind)
            label = capfirst(str(kind.label)) if kind else row.kind
            variety = dict(kind.varieties).get(row.variety) if kind else None
            if variety:
                label = f"{label}: {variety}"
            found.setdefault(row.application_id, []).append(Paper(row, label, tuple(earlier)))
        return found

    @property
    def papers(self) -> list[Paper]:
        """The papers of the authorities."""
        return self._papers.get(None, [])

    @property
    def applications_with_papers(self) -> list[tuple[Application, list[Paper]]]:
        """Each application with its papers."""
        return [(one, self._papers.get(one.pk, [])) for one in self.applications]

    @cached_property
    def may_add_paper(self) -> bool:
        """Whether the person's part makes papers here."""
        return self.dossier.is_open and any(
            acts_as(self.user, part, self.dossier)
            for part in {kind.by for kind in self.kinds.values()} - {Part.APPLICANT}
        )

    # --- What was asked of others -------------------------------------------------------------------------------

    @cached_property
    def supplements(self) -> list[SupplementRequest]:
        """The supplement requests with their items."""
        items = SupplementItem.objects.select_related("answer_document__file").order_by("position")
        return list(
            SupplementRequest.objects.filter(dossier=self.dossier)
            .select_related("application__organisation", "asked_by", "pause", "closed_by")
            .prefetch_related(Prefetch("items", queryset=items))
            .order_by("number")
        )

    @cached_property
    def target_names(self) -> dict[str, str]:
        """The names of documents and fields by the target of a supplement's item."""
        names = {f"document:{code}": capfirst(str(kind.label)) for code, kind in self.kinds.items()}
        labels = self.dossier.procedure.field_labels()
        return names | {f"field:{name}": capfirst(str(label)) for name, label in labels.items()}

    @cached_property
    def opinions(self) -> list[OpinionRequest]:
        """The requests for opinions; for those who examine."""
        if not self.examines:
            return []
        return list(
            OpinionRequest.objects.filter(dossier=self.dossier)
            .select_related("organisation", "asked_by", "answered_by", "document__file")
            .order_by("asked_at", "pk")
        )

    @cached_property
    def council(self) -> Council | None:
        """The council; for those who examine."""
        if not self.examines:
            return None
        council = Council.objects.filter(dossier=self.dossier).select_related("chosen__organisation").first()
        if council is not None:
            council.dossier = self.dossier
        return council

    @cached_property
    def council_lines(self) -> dict[str, Any]:
        """How far the council is: members with their statements, sheets missing, totals."""
        if self.council is None:
            return {}
        standing = totals(self.council)
        return {
            "members": list(self.council.members.select_related("organisation").order_by("pk")),
            "missing": missing_sheets(self.council),
            "totals": [(one, standing[one.pk]["total"]) for one in self.applications if one.pk in standing],
        }

    # --- Rules, conditions, complaints, events ------------------------------------------------------------------

    @cached_property
    def _rules(self) -> Rules:
        """The rules, computed once for the list of actions, the checklist and the panels."""
        return Rules(self.dossier)

    @cached_property
    def checklist(self) -> Checklist | None:
        """The rules with their numbers, once there is something to hold them against."""
        return self._rules.checklist if self.examines and not self.dossier.is_sealed else None

    @cached_property
    def panels(self) -> list[Panel]:
        """What the concrete room adds."""
        return self.dossier.procedure.panels(self.dossier, self.user, self.checklist)

    @cached_property
    def conditions(self) -> list[Condition]:
        """Conditions of the decision."""
        rows = Condition.objects.filter(dossier=self.dossier).select_related("checked_by")
        return list(rows.order_by("check_on", "pk"))

    @cached_property
    def complaints(self) -> list[Complaint]:
        """Complaints of applicants; who complains is sealed with the application."""
        rows = Complaint.objects.visible_to(self.user).filter(dossier=self.dossier)
        return list(
            rows.select_related("application__organisation", "made_by", "answered_by").order_by("-made_at")
        )

    @cached_property
    def events(self) -> list[Event]:
        """What happened, newest first; what belongs to a sealed application is not there."""
        rows = (
            Event.objects.visible_to(self.user)
            .filter(dossier=self.dossier)
            .select_related("application__organisation")
            .order_by("-at", "-pk")
        )
        found = list(rows)
        for event in found:
            event.dossier = self.dossier
        return found
