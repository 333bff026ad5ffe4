"""What the dossiers of clusters add to the office's pages: forms, the answers in words, the panel of the case."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.choices import ClusterType, DecisionKind
from clusters.models import Cluster, ClusterCase, PlannedCluster
from clusters.procedures.answers import SECTIONS, Answers, Field, fields_of
from clusters.procedures.checking import occupancy_of
from clusters.procedures.guards import JUDGED
from core.templatetags.portal import dong, ha, number
from dossiers.choices import Part
from dossiers.models import Application, Dossier
from dossiers.procedures.parts import AnswerRow, Panel
from dossiers.services.actors import acts_as
from law.rules import Checklist
from law.vocabulary import ReportHeading


def action_form(action: str) -> type[Form] | None:
    """Return the form of an action that needs facts."""
    from clusters.forms import cases

    forms: Mapping[str, type[Form]] = {
        "publish_notice": cases.NoticeForm,
        "open_applications": cases.OpeningForm,
        "decide": cases.DecisionEntryForm,
        "complete": cases.CompletionForm,
    }
    return forms.get(action)


def question_form(question: str) -> type[Form] | None:
    """Return the form that settles a question of a rule: the average of V12, or a condition without figures."""
    from clusters.forms import cases

    forms: Mapping[str, type[Form]] = {"average": cases.AverageForm, "judgement": cases.JudgementForm}
    return forms.get(question)


def answer_rows(applications: Sequence[Application]) -> list[AnswerRow]:
    """List the answers of the applications beside one another, in the order of the wizard."""
    if not applications:
        return []
    first = applications[0]
    regime_code = first.dossier.regime_code if first.dossier else ""
    fields = fields_of(first.procedure_code, regime_code, *(one.data for one in applications))
    said = [Answers(one.data) for one in applications]
    names = _names_of_targets(said)
    sections = dict(SECTIONS)
    return [
        AnswerRow(
            section=str(sections[field.section]),
            label=field.label,
            values=tuple(_worded(field, answers, names) for answers in said),
            is_personal=field.is_personal,
        )
        for field in fields
        if field.kind != "headings" or any(answers.several(field.name) for answers in said)
    ]


def panels(dossier: Dossier, user: Any, checklist: Checklist | None = None) -> list[Panel]:
    """Return the panel of the case: what is asked for, the occupancy test with both averages, what was decided."""
    case = (
        ClusterCase.objects.select_related("cluster", "planned_cluster__plan", "decision")
        .filter(dossier=dossier)
        .first()
    )
    if case is None:
        return []
    test = None
    if case.kind == DecisionKind.ESTABLISH:
        test = occupancy_of(dossier, case, timezone.localdate())
    limit = dossier.regime.thresholds.establish_occupancy
    may_settle = dossier.is_open and acts_as(user, Part.DEPARTMENT, dossier)
    lacking = [one.rule.code for one in checklist.not_computable] if checklist and may_settle else []
    return [
        Panel(
            code="cluster-case",
            title=gettext_lazy("The cluster"),
            template="clusters/cases/panel.html",
            context={
                "case": case,
                "dossier": dossier,
                "test": test,
                "limit": limit,
                "unleased_limit": dossier.regime.thresholds.establish_unleased,
                "disagree": test is not None and limit.is_set and test.disagree(limit),
                "may_settle": may_settle,
                "to_judge": [code for code in lacking if code in JUDGED and code not in case.judgements],
            },
        )
    ]


def _names_of_targets(said: Sequence[Answers]) -> dict[str, str]:
    lines = {key for answers in said if (key := answers.key("planned_cluster"))}
    clusters = {key for answers in said if (key := answers.key("cluster"))}
    names = {f"planned:{one.pk}": one.name for one in PlannedCluster.objects.filter(pk__in=lines)}
    return names | {f"cluster:{one.pk}": one.name for one in Cluster.objects.filter(pk__in=clusters)}


def _worded(field: Field, answers: Answers, names: Mapping[str, str]) -> str:
    """Write one answer in the reader's language; empty where nothing usable stands."""
    name = field.name
    if field.kind in ("planned", "cluster"):
        key = answers.key(name)
        return names.get(f"{field.kind}:{key}", "") if key else ""
    if field.kind == "bool":
        return _("yes") if answers.flag(name) else _("no")
    if field.kind == "date":
        day = answers.date(name)
        return str(date_format(day, "d/m/Y")) if day else ""
    if field.kind in _NUMBERS:
        value = answers.number(name)
        return _NUMBERS[field.kind](value) if value is not None else ""
    if field.kind == "cluster_type":
        kind = answers.text(name)
        return str(ClusterType(kind).label) if kind in ClusterType.values else kind
    if field.kind == "headings":
        return _worded_headings(answers.several(name))
    return answers.text(name)


def _worded_headings(given: Sequence[str]) -> str:
    """Count the headings of the report, and name those that lack."""
    lacking = [str(one.label) for one in ReportHeading if one.value not in given]
    count = _("%(given)s of %(all)s") % {"given": len(given), "all": len(ReportHeading)}
    return f"{count}. " + _("Not there: %(names)s") % {"names": "; ".join(lacking)} if lacking else count


def _percent(value: Decimal) -> str:
    return f"{number(value)} %"


_NUMBERS: Mapping[str, Any] = {"ha": ha, "dong": dong, "number": number, "percent": _percent}
