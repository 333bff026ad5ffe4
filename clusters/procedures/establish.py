"""Establish or expand a cluster with the choice of its infrastructure investor: what only this room can answer.

The table that the dossiers run on stands in ``table.py``.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext_lazy as _

from clusters.choices import ClusterType, DecisionKind
from clusters.forms.applying import (
    ClusterSectionForm,
    EstablishTargetForm,
    ExpandTargetForm,
    taken_from,
)
from clusters.models import Cluster, ClusterCase, PlannedCluster
from clusters.procedures import office
from clusters.procedures.answers import BY_NAME, PRIORITY_LAND, SECTIONS, Answers, fields_of
from clusters.procedures.drafting import Drafting
from clusters.procedures.papers import document_kinds
from clusters.procedures.table import STATES, TRANSITIONS, WITH_NOTICE
from core.templatetags.portal import number
from dossiers.choices import Part
from dossiers.forms import SectionForm
from dossiers.models import Application, Document, Dossier
from dossiers.procedures import Section, State, Transition, register
from dossiers.procedures.parts import AnswerRow, DocumentKind, Missing, Panel, Place
from dossiers.services.filing import regime_for
from law.citations import cite
from law.regimes import Regime
from law.rules import Checklist
from law.words import Text


class ClusterProcedure(Drafting):
    """What establishing and expanding have in common."""

    kind: ClassVar[DecisionKind]
    fee: ClassVar[Text] = _("none named by the decree")
    complaint: ClassVar[Text] = _(
        "On the dossier's page, to the leader of the unit that has it; in writing to the provincial People's Committee."
    )
    legal_basis: ClassVar[Text] = cite("ND32", "8", "9", "10", "11", "12", "13")
    # The articles of Decree 68/2017 and 66/2020 are known for the steps alone, which cite them.
    cited_under: ClassVar[tuple[str, ...]] = WITH_NOTICE
    regimes: ClassVar[tuple[str, ...]] = ("R1", "R1b", "R2", "R3", "R4", "R5")
    states: ClassVar[tuple[State, ...]] = STATES
    transitions: ClassVar[tuple[Transition, ...]] = TRANSITIONS
    supplement_states: ClassVar[tuple[str, ...]] = ("submitted", "appraisal")
    opinion_states: ClassVar[tuple[str, ...]] = ("submitted", "appraisal", "returned")
    council_states: ClassVar[tuple[str, ...]] = ("submitted", "appraisal", "returned")

    def initial(self, regime: Regime) -> str:
        """Begin with the announcement, or with the submission where the law knows none."""
        return "received" if self.has_window(regime) else "opened"

    def has_window(self, regime: Regime) -> bool:
        """Say whether the law has others apply after a notice."""
        return regime.code in WITH_NOTICE

    def document_kinds(self, regime: Regime, facts: Mapping[str, Any] | None = None) -> list[DocumentKind]:
        """List the papers the regime asks for, and those the authorities make."""
        return document_kinds(regime)

    def field_labels(self) -> Mapping[str, Text]:
        """Name the fields of the wizard."""
        return {name: field.label for name, field in BY_NAME.items()}

    def wizard_sections(self, regime: Regime) -> list[Section]:
        """List the sections of Model 01 and of the investment report."""
        return [Section(code=code, title=title, takes_papers=code == "papers") for code, title in SECTIONS]

    def section_form(self, section: str, application: Application, data: Any = None) -> SectionForm:
        """Ask for the fields of a section under the law the application would follow."""
        return ClusterSectionForm(application, regime_for(application), section, data)

    def target_form(self, data: Any = None) -> SectionForm:
        """Ask for the line of the List."""
        return EstablishTargetForm(data)

    def target_of_case(self, dossier: Dossier) -> dict[str, Any]:
        """Begin with the line or the cluster that the case is about."""
        case = ClusterCase.objects.select_related("planned_cluster__plan__province", "cluster").get(
            dossier=dossier
        )
        if case.planned_cluster is not None and self.kind == DecisionKind.ESTABLISH:
            return {"planned_cluster": case.planned_cluster_id, **taken_from(case.planned_cluster)}
        return {"cluster": case.cluster_id, **taken_from(case.cluster)}

    def carried_over(self, earlier: Application) -> dict[str, Any]:
        """Carry over what an organisation says of itself: it is asked once."""
        return {
            name: earlier.data[name]
            for name, field in BY_NAME.items()
            if field.section == "applicant" and earlier.data.get(name) not in (None, "")
        }

    def missing(self, application: Application, regime: Regime) -> list[Missing]:
        """List fields not filled, contradictions between them, and papers not there (Art. 9)."""
        answers = Answers(application.data)
        sections = dict(SECTIONS)
        found = [
            Missing(
                target=f"field:{field.name}",
                label=field.label,
                sentence=_("Fill it in.") if field.kind != "bool" else _("Tick it to go on."),
                section=field.section,
            )
            for field in fields_of(self.code, regime.code)
            if field.is_required and not answers.is_filled(field)
        ]
        found += self._contradictions(answers)
        present = set(
            Document.objects.current().filter(application=application).values_list("kind", flat=True)
        )
        found += [
            Missing(
                target=f"document:{kind.code}", label=kind.label, sentence=_("Upload it."), section="papers"
            )
            for kind in self.document_kinds(regime)
            if kind.by is Part.APPLICANT and kind.is_required and kind.code not in present
        ]
        order = {name: position for position, name in enumerate(sections)}
        return sorted(found, key=lambda one: order[one.section])

    def _contradictions(self, answers: Answers) -> list[Missing]:
        found = []
        if answers.key("planned_cluster") is None and answers.key("cluster") is None:
            found.append(_wrong("cluster", _("Choose what the application is about."), "target"))
        area, industrial = answers.number("area_ha"), answers.number("industrial_land_ha")
        if area is not None and area <= 0:
            found.append(_wrong("area_ha", _("The area must be more than 0 ha."), "target"))
        if area is not None and industrial is not None and industrial > area:
            found.append(
                _wrong("industrial_land_ha", _("There cannot be more industrial land than area."), "project")
            )
        kept = [(name, answers.number(name)) for name in PRIORITY_LAND]
        found += [
            _wrong(name, _("Land cannot be less than 0 ha."), "project")
            for name, part in kept
            if part is not None and part < 0
        ]
        together = answers.priority_land()
        if together is not None and industrial is not None and together > industrial:
            sentence = _(
                "The land for the three groups adds up to %(sum)s ha, but there are only %(land)s ha of industrial "
                "land."
            ) % {"sum": number(together), "land": number(industrial)}
            found.append(_wrong("high_tech_land_ha", sentence, "project"))
        total = answers.number("total_investment")
        parts = [answers.number(name) for name in ("equity", "loans", "other_capital")]
        given = [part for part in parts if part is not None]
        if total is not None and given and sum(given) != total:
            found.append(
                _wrong(
                    "total_investment",
                    _("Own capital, loans and other capital must add up to the total investment."),
                    "capital",
                )
            )
        starts, finishes = answers.date("starts_on"), answers.date("finishes_on")
        if starts and finishes and finishes < starts:
            found.append(_wrong("finishes_on", _("Construction cannot end before it starts."), "project"))
        return found

    def place(self, application: Application) -> Place:
        """Take the place from the line of the List or from the cluster."""
        line, cluster = self._target(application)
        commune = line.commune if line is not None else cluster.commune if cluster is not None else None
        province = line.plan.province if line is not None else cluster.province  # type: ignore[union-attr]
        others = tuple(cluster.other_communes.all()) if cluster is not None else ()
        return Place(province=province, commune=commune, others=others)

    def target_key(self, application: Application) -> str:
        """Name the line of the List, or the cluster."""
        line, cluster = self._target(application)
        if cluster is None and line is not None and line.cluster_id:
            return f"cluster:{line.cluster_id}"
        return f"cluster:{cluster.pk}" if cluster is not None else f"planned:{line.pk}"  # type: ignore[union-attr]

    def matter(self, application: Application) -> str:
        """Say in Vietnamese what is asked for; it stands on papers."""
        verb = "Thành lập" if self.kind == DecisionKind.ESTABLISH else "Mở rộng"
        # Names are written with and without the words for "industrial cluster".
        name = re.sub(r"^(cụm công nghiệp|CCN)\s+", "", Answers(application.data).text("name"), flags=re.I)
        return f"{verb} cụm công nghiệp {name}".strip()

    def opened(self, dossier: Dossier, application: Application) -> None:
        """Make the case row from the first request."""
        answers = Answers(application.data)
        line, cluster = self._target(application)
        ClusterCase.objects.create(
            dossier=dossier,
            kind=self.kind,
            planned_cluster=line,
            cluster=cluster or (line.cluster if line else None),
            name=answers.text("name")[:200],
            area_ha=answers.number("area_ha") or Decimal(0),
            cluster_type=answers.text("cluster_type") or ClusterType.ORDINARY,
            main_lines=answers.text("main_lines"),
            first_applicant=str(application.organisation)[:255],
        )

    def checklist(self, dossier: Dossier) -> Checklist | None:
        """Evaluate every rule about the case under its regime."""
        from clusters.procedures.checking import case_checklist

        return case_checklist(dossier)

    def action_form(self, action: str) -> type[Form] | None:
        """Return the form of an action that needs facts."""
        return office.action_form(action)

    def question_form(self, question: str) -> type[Form] | None:
        """Return the form that settles which average the occupancy test goes by."""
        return office.question_form(question)

    def panels(self, dossier: Dossier, user: Any, checklist: Checklist | None = None) -> list[Panel]:
        """Show the case with its occupancy test."""
        return office.panels(dossier, user, checklist)

    def answer_rows(self, applications: Sequence[Application]) -> list[AnswerRow]:
        """Word the answers of the wizard."""
        return office.answer_rows(applications)

    def _target(self, application: Application) -> tuple[PlannedCluster | None, Cluster | None]:
        answers = Answers(application.data)
        line, cluster = None, None
        if planned := answers.key("planned_cluster"):
            lines = PlannedCluster.objects.select_related("plan__province", "commune", "cluster")
            line = lines.filter(pk=planned).first()
        if known := answers.key("cluster"):
            cluster = Cluster.objects.select_related("province", "commune").filter(pk=known).first()
        if line is None and cluster is None:
            raise ValidationError(
                {"target": _("Choose the line of the List or the cluster the application is about.")}
            )
        return line, cluster


def _wrong(name: str, sentence: Text, section: str) -> Missing:
    return Missing(target=f"field:{name}", label=BY_NAME[name].label, sentence=sentence, section=section)


@register
class EstablishCluster(ClusterProcedure):
    """Establish a cluster."""

    code = "establish_cluster"
    kind = DecisionKind.ESTABLISH
    title = _("Establish an industrial cluster")
    purpose = _(
        "You want to build and run the infrastructure of a new cluster that stands on the province's List."
    )
    result = _(
        "decision of the provincial People's Committee to establish the cluster and assign its investor"
    )


@register
class ExpandCluster(ClusterProcedure):
    """Expand a cluster."""

    code = "expand_cluster"
    kind = DecisionKind.EXPAND
    title = _("Expand an industrial cluster")
    purpose = _(
        "You want to make an established cluster larger and build the infrastructure of the new part."
    )
    result = _("decision of the provincial People's Committee to expand the cluster")

    def target_form(self, data: Any = None) -> SectionForm:
        """Ask for the established cluster."""
        return ExpandTargetForm(data)
