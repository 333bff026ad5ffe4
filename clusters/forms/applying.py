"""The pages of the wizard to establish or expand a cluster: which control each answer gets, and how it is kept."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusters.choices import ESTABLISHED_STAGES, ClusterType, Stage
from clusters.forms.dates import DayField
from clusters.forms.targets import EstablishedClusterField, PlannedLineField, RegisteredClusterField
from clusters.models import Cluster, PlannedCluster
from clusters.procedures.answers import Answers, Field, fields_of
from clusters.targets import written
from core.amounts import dong_in_words
from core.forms import HectareFormField, MoneyFormField, NumberField
from dossiers.forms import SectionForm
from dossiers.models import Application
from law.regimes import Regime
from law.vocabulary import ReportHeading
from law.words import Text
from places.models import Province

COMMITMENT = _(
    "We commit ourselves to what the application says, to the truth of its papers, and to the duties that the law "
    "lays on the infrastructure investor of a cluster."
)
HELP: dict[str, Text] = {
    "name": _("As the List has it. A small change can be made in the decision itself."),
    "area_ha": _("The whole area the cluster is to have; “12.500 m2” is read as 1,25 ha."),
    "place": _("As in the List: hamlet, commune, province."),
    "legal_paper_number": _("Number of the enterprise registration, or of the decision that set you up."),
    "representative": _("The person whose signature stands under the request."),
    "industrial_land_ha": _("The part of the area that is to be leased for production."),
    "main_lines": _("For which production the cluster is meant, as in the List or narrower."),
    "priority_land_ha": _("Say it by group below; this number stays readable and is not used."),
    "high_tech_land_ha": _("At least; 0 if none. The three together are part of the industrial land."),
    "small_firms_land_ha": _("At least; 0 if none."),
    "start_ups_land_ha": _("At least; 0 if none."),
    "target_firms": _("Which enterprises you want to win: lines, size, where from."),
    "infrastructure_scale": _(
        "Roads, water supply, drainage, wastewater treatment with capacity, power, lighting."
    ),
    "demand_ha": _("Sum of the land in letters of interest that you have."),
    "total_investment": _("Without the land. You may write “420 tỷ” or all the digits."),
    "equity": _("Own capital, loans and other capital must add up to the total."),
    "incentives": _("Leave empty if you ask for none."),
    "report_headings": _("Tick what your report has; the law asks for all of them."),
    "commitment": COMMITMENT,
}
LABELS: dict[str, Text] = {"commitment": _("We commit ourselves to this")}
_SHORT, _LONG = 300, 5000


class ClusterSectionForm(SectionForm):
    """One page of the wizard: the fields of a section under the law of the application."""

    def __init__(self, application: Application, regime: Regime, section: str, data: Any = None) -> None:
        self._answers = Answers(application.data)
        self._fields = {
            field.name: field
            for field in fields_of(application.procedure_code, regime.code, application.data)
            if field.section == section
        }
        super().__init__(data, initial={name: _initial(self._answers, f) for name, f in self._fields.items()})
        self.needed = frozenset(name for name, field in self._fields.items() if field.is_required)
        for name, field in self._fields.items():
            self.fields[name] = _control(field, regime, application.procedure_code)

    def answers(self) -> dict[str, Any]:
        """Return what was typed, as it is kept; choosing a line of the List fills what is still empty from it."""
        kept = {name: _kept(value) for name, value in self.cleaned_data.items() if name in self.fields}
        for name in ("planned_cluster", "cluster"):
            chosen = self.cleaned_data.get(name)
            for other, value in taken_from(chosen).items():
                if other not in kept and not self._answers.text(other):
                    kept[other] = value
        return kept

    def remark(self, name: str) -> str:
        """Say an amount of money in words."""
        if self._fields[name].kind != "dong":
            return ""
        amount = self._answers.number(name)
        if self.is_bound and name not in self.errors:
            amount = self.cleaned_data.get(name, amount)
        return dong_in_words(amount) if amount is not None else ""


class TargetForm(SectionForm):
    """Which province, and what in it: the subclass adds the fields that ``targets`` names, of which one is filled."""

    targets: tuple[str, ...] = ()
    province = forms.ModelChoiceField(
        label=_("Province"), queryset=Province.objects.none(), required=False, empty_label=_("all provinces")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        province: Any = self.fields["province"]
        province.queryset = Province.objects.in_force().order_by("sort_key")
        code = (data or {}).get("province", "")
        chosen = province.queryset.filter(pk=code).first() if str(code).isdigit() else None
        for name in self.targets:
            target: Any = self.fields[name]
            target.province = target.widget.province = chosen

    def answers(self) -> dict[str, Any]:
        """Return the chosen target and what is known of it."""
        for name in self.targets:
            if target := self.cleaned_data.get(name):
                return {name: target.pk, **taken_from(target)}
        return {}


class EstablishTargetForm(TargetForm):
    """Which line of a province's List, or which planned cluster of the registry."""

    targets = ("planned_cluster", "cluster")
    planned_cluster = PlannedLineField(label=_("Line of the province's List"), required=False)
    cluster = RegisteredClusterField(label=_("Or a planned cluster of the registry"), required=False)

    def clean_planned_cluster(self) -> PlannedCluster | None:
        """Refuse a line whose cluster is established: it can only be expanded."""
        line: PlannedCluster | None = self.cleaned_data.get("planned_cluster")
        if line is not None and line.cluster is not None and line.cluster.stage in ESTABLISHED_STAGES:
            raise forms.ValidationError(
                _(
                    "%(cluster)s is established already. Choose “Expand an industrial cluster” to make it larger."
                )
                % {"cluster": line.cluster.name}
            )
        return line


class ExpandTargetForm(TargetForm):
    """Which established cluster of a province."""

    targets = ("cluster",)
    cluster = EstablishedClusterField(label=_("Established cluster"), required=False)


def taken_from(target: PlannedCluster | Cluster | None) -> dict[str, Any]:
    """Return the answers that a line of the List or a cluster gives by itself."""
    if target is None:
        return {}
    known = {"name": target.name, "cluster_type": ClusterType.ORDINARY.value}
    known["place"] = written(target).partition(", ")[2]
    if isinstance(target, PlannedCluster):
        known |= {"main_lines": target.main_lines}
        if target.area_ha is not None:
            known["area_ha"] = _kept(target.area_ha)
    else:
        known["cluster_type"] = target.cluster_type or known["cluster_type"]
        if target.stage == Stage.PLANNED and target.area_ha is not None:
            known["area_ha"] = _kept(target.area_ha)
    return {name: value for name, value in known.items() if value}


def _control(field: Field, regime: Regime, procedure_code: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": LABELS.get(field.name) or capfirst(str(field.label)),
        "required": False,
        "help_text": HELP.get(field.name, field.help),
        "disabled": field.is_retired,
    }
    if field.kind == "planned":
        return PlannedLineField(**_without_empty_help(common))
    if field.kind == "cluster":
        kind = EstablishedClusterField if procedure_code == "expand_cluster" else RegisteredClusterField
        return kind(**_without_empty_help(common))
    if field.kind == "ha":
        return HectareFormField(max_digits=10, decimal_places=4, **common)
    if field.kind == "dong":
        return MoneyFormField(max_digits=18, **common)
    if field.kind in ("percent", "number"):
        return NumberField(**common)
    if field.kind == "date":
        return DayField(**common)
    if field.kind == "bool":
        return forms.BooleanField(**common)
    if field.kind == "cluster_type":
        return forms.ChoiceField(choices=[("", _("choose")), *_types(regime)], **common)
    if field.kind == "headings":
        return forms.MultipleChoiceField(
            choices=_headings(regime), widget=forms.CheckboxSelectMultiple, **common
        )
    if field.kind == "email":
        return forms.EmailField(max_length=_SHORT, **common)
    if field.kind == "long":
        return forms.CharField(max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(max_length=_SHORT, **common)


def _without_empty_help(common: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in common.items() if name != "help_text" or value}


def _types(regime: Regime) -> list[tuple[str, Text]]:
    """The types of cluster the law of the case names, the ordinary one first."""
    named = {kind.value for kind in regime.kinds.value or ()}
    return [
        (kind.value, kind.label)
        for kind in ClusterType
        if kind is ClusterType.ORDINARY or kind.value in named or not named
    ]


def _headings(regime: Regime) -> list[tuple[str, Text]]:
    return [(one.value, one.label) for one in regime.report_headings.value or tuple(ReportHeading)]


def _initial(answers: Answers, field: Field) -> Any:
    """Return a kept answer as its control takes it."""
    if field.kind in ("ha", "dong", "percent", "number"):
        return answers.number(field.name)
    if field.kind == "date":
        return answers.date(field.name)
    if field.kind == "bool":
        return answers.flag(field.name)
    if field.kind in ("planned", "cluster"):
        return answers.key(field.name)
    if field.kind == "headings":
        return answers.several(field.name)
    return answers.text(field.name)


def _kept(value: Any) -> Any:
    """Return a typed value as it is kept: numbers and days as text, a record by its key."""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, PlannedCluster | Cluster):
        return value.pk
    return "" if value is None else value
