"""Recording a decision, in the order in which an officer reads the paper."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.choices import ClusterType, DecisionKind, Stage
from clusters.facts import label_of
from clusters.forms.dates import DayField
from clusters.forms.pickers import InvestorField
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.services.decisions import CLEARABLE
from clusters.services.replay import facts_on
from core.forms import EmptyJSONField, HectareFormField, draw_with, written
from core.models import SourceClass, StoredFile
from places.forms import CommuneChoiceField

K = DecisionKind
#: The facts a paper of each kind lays down as a rule, in its order; all others stand under "further facts".
MAIN_FACTS: dict[DecisionKind, tuple[str, ...]] = {
    K.OPENING: (
        "name",
        "cluster_type",
        "stage",
        "commune",
        "area_ha",
        "industrial_land_ha",
        "investor",
        "main_lines",
        "established_on",
    ),
    K.ESTABLISH: ("name", "cluster_type", "commune", "area_ha", "investor", "main_lines"),
    K.EXPAND: ("area_ha", "industrial_land_ha"),
    K.ADJUST: ("name", "area_ha", "industrial_land_ha", "commune", "main_lines"),
    K.DETAILED_PLAN: ("industrial_land_ha", "area_ha"),
    K.INFRASTRUCTURE: ("investor", "stage"),
    K.ASSIGN_INVESTOR: ("investor",),
    K.STAGE: ("stage",),
    K.WITHDRAW: (),
    K.ABOLISH: (),
    K.CORRECT: (
        "name",
        "cluster_type",
        "stage",
        "commune",
        "area_ha",
        "industrial_land_ha",
        "investor",
        "main_lines",
        "established_on",
    ),
}
#: Kinds an officer can choose for a cluster that stands; a correction starts from the record that it mends.
CHOOSABLE = (
    K.ESTABLISH,
    K.EXPAND,
    K.ADJUST,
    K.DETAILED_PLAN,
    K.INFRASTRUCTURE,
    K.ASSIGN_INVESTOR,
    K.STAGE,
    K.WITHDRAW,
    K.ABOLISH,
)
OPENING_KINDS = (K.ESTABLISH, K.OPENING)
PAPER = ("number", "issued_on", "issuer", "signer", "received_on", "place_as_issued", "summary")
REASON_LENGTH = 300


class DecisionForm(forms.Form):
    """A decision about one cluster. ``seen`` is the newest record the person saw when the page was opened."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of decision"), choices=[])
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As it stands on the paper."),
    )
    issued_on = DayField(label=gettext_lazy("Issued on"), required=False)
    issuer = forms.CharField(label=gettext_lazy("Issued by"), max_length=200, required=False)
    signer = forms.CharField(label=gettext_lazy("Signed by"), max_length=150, required=False)
    effective_on = DayField(
        label=gettext_lazy("In effect from"),
        required=False,
        help_text=gettext_lazy("Empty: from the day it was issued."),
    )
    received_on = DayField(
        label=gettext_lazy("Dossier received on"),
        required=False,
        help_text=gettext_lazy(
            "Decides which law governs the case. Empty: the law of the day of the decision."
        ),
    )
    place_as_issued = forms.CharField(
        label=gettext_lazy("Place as the paper names it"), max_length=300, required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("Content in short"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    source_url = forms.CharField(label=gettext_lazy("Address of the source"), max_length=500, required=False)
    source_class = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=SourceClass.choices, required=False
    )
    file = forms.FileField(label=gettext_lazy("File of the decision"), required=False)
    file_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    cluster_type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[("", gettext_lazy("as before")), *ClusterType.choices],
        required=False,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=[("", gettext_lazy("as follows from the kind of decision")), *Stage.choices],
        required=False,
    )
    commune = CommuneChoiceField(label=gettext_lazy("Commune (lead)"), required=False)
    added_area_ha = HectareFormField(
        label=gettext_lazy("Area added (ha)"),
        max_digits=12,
        decimal_places=5,
        required=False,
        help_text=gettext_lazy("Either this or the new total; the other one is computed."),
    )
    area_ha = HectareFormField(
        label=gettext_lazy("Total area (ha)"), max_digits=12, decimal_places=5, required=False
    )
    industrial_land_ha = HectareFormField(
        label=gettext_lazy("Industrial land (ha)"), max_digits=12, decimal_places=5, required=False
    )
    investor = InvestorField(label=gettext_lazy("Infrastructure investor"), required=False)
    main_lines = forms.CharField(
        label=gettext_lazy("Main lines of production"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    established_on = DayField(label=gettext_lazy("Established on"), required=False)
    boundary = EmptyJSONField(
        label=gettext_lazy("Boundary (GeoJSON, WGS 84)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    clears = forms.MultipleChoiceField(
        label=gettext_lazy("Facts the decision takes away"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    reason = forms.CharField(
        label=gettext_lazy("Reason for the record"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Why it is recorded now; stands in the history."),
    )
    warning_reason = forms.CharField(
        label=gettext_lazy("Why it is recorded although a rule warns"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=gettext_lazy("Needed where the check on this page warns."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    kinds: Iterable[DecisionKind] = CHOOSABLE

    def __init__(
        self, *args: Any, cluster: Cluster, user: Any, corrects: Decision | None = None, **kwargs: Any
    ) -> None:
        self.cluster, self.user, self.corrects = cluster, user, corrects
        #: Records that somebody else added meanwhile, to be shown beside the message.
        self.newer: list[Decision] = []
        super().__init__(*args, **kwargs)
        kinds = (K.CORRECT,) if corrects else tuple(self.kinds)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["clears"].choices = [(fact, label_of(fact)) for fact in CLEARABLE]
        if cluster.province_id:
            self.fields["commune"].province = cluster.province

    # --- What the page is laid out by ---------------------------------------------------------------------------
    @property
    def chosen_kind(self) -> DecisionKind:
        """The kind the form is laid out for."""
        value = self["kind"].value()
        known = [kind for kind, _label in self.fields["kind"].choices]
        return DecisionKind(value if value in known else known[0])

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        """What the paper says of itself."""
        return [
            self[name] for name in ("number", "issued_on", "issuer", "signer", "effective_on", "received_on")
        ]

    @property
    def main_facts(self) -> list[forms.BoundField]:
        """The facts a paper of this kind lays down as a rule."""
        return [self[name] for name in self._main_names()]

    @property
    def further_facts(self) -> list[forms.BoundField]:
        """All other facts a paper can lay down, and what describes the paper further."""
        main = self._main_names()
        names = [
            *LEGAL_FACTS,
            "added_area_ha",
            "clears",
            "place_as_issued",
            "summary",
            "source_class",
            "source_url",
        ]
        return [self[name] for name in names if name not in main]

    @property
    def has_further_input(self) -> bool:
        """Whether something stands in a folded field, so that it must not stay folded."""
        preset = {"source_class": SourceClass.OFFICIAL.value}
        return any(
            field.errors or (self.is_bound and field.value() and field.value() != preset.get(field.name))
            for field in self.further_facts
        )

    def _main_names(self) -> tuple[str, ...]:
        kind = self.chosen_kind
        return ("added_area_ha", *MAIN_FACTS[kind]) if kind == K.EXPAND else MAIN_FACTS[kind]

    @property
    def places(self) -> dict[str, str]:
        """For each fact the kinds under which it stands in front, for the script that moves fields."""
        kinds = {
            name: [kind.value for kind, facts in MAIN_FACTS.items() if name in facts] for name in LEGAL_FACTS
        }
        return {name: " ".join(found) for name, found in kinds.items()} | {"added_area_ha": K.EXPAND.value}

    # --- What was typed -----------------------------------------------------------------------------------------
    def clean_boundary(self) -> Any:
        """Take a polygon, alone or as a feature."""
        value = self.cleaned_data["boundary"]
        if isinstance(value, dict) and value.get("type") == "Feature":
            value = value.get("geometry")
        if value and (not isinstance(value, dict) or value.get("type") not in ("Polygon", "MultiPolygon")):
            raise ValidationError(_("Give a GeoJSON polygon: {“type”: “Polygon”, “coordinates”: …}."))
        return value

    def clean_file_key(self) -> StoredFile | None:
        """Find the file that this person sent a moment ago."""
        key: uuid.UUID | None = self.cleaned_data["file_key"]
        if key is None:
            return None
        stored = StoredFile.objects.filter(key=key, uploaded_by=self.user).first()
        if stored is None:
            raise ValidationError(_("The file that was sent is no longer there. Send it again."))
        return stored

    def clean(self) -> dict[str, Any]:
        """Fill what follows from what was typed: the day of effect, the total area from the area added."""
        cleaned = super().clean() or self.cleaned_data
        if "effective_on" not in self.errors:
            cleaned["effective_on"] = cleaned.get("effective_on") or cleaned.get("issued_on")
            if cleaned["effective_on"] is None and "issued_on" not in self.errors:
                self.add_error("issued_on", _("Enter the date of the decision."))
        self._balance_area(cleaned)
        return cleaned

    def _balance_area(self, cleaned: dict[str, Any]) -> None:
        """Compute the new total from the area added, or hold both against one another."""
        added, total, day = cleaned.get("added_area_ha"), cleaned.get("area_ha"), cleaned.get("effective_on")
        if added is None or day is None or cleaned.get("kind") != K.EXPAND:
            return
        before = facts_on(self.cluster, day).area_ha or Decimal(0)
        if total is None:
            cleaned["area_ha"] = before + added
        elif total != before + added:
            self.add_error(
                "area_ha",
                _("%(before)s ha before and %(added)s ha added make %(sum)s ha, not %(total)s ha.")
                % {
                    name: written(value)
                    for name, value in (
                        ("before", before),
                        ("added", added),
                        ("sum", before + added),
                        ("total", total),
                    )
                },
            )

    @property
    def stored_file(self) -> StoredFile | None:
        """The file that was sent earlier and is kept while the form has errors."""
        found = getattr(self, "cleaned_data", {}).get("file_key")
        return found if isinstance(found, StoredFile) else None

    @property
    def sets(self) -> dict[str, Any]:
        """The facts the paper lays down."""
        values = {fact: self.cleaned_data.get(fact) for fact in LEGAL_FACTS}
        return {fact: value for fact, value in values.items() if value not in (None, "")}

    @property
    def paper(self) -> dict[str, Any]:
        """The columns that describe the paper."""
        columns = {name: self.cleaned_data.get(name) for name in PAPER}
        texts = {name: value or "" for name, value in columns.items() if not name.endswith("_on")}
        days = {name: value for name, value in columns.items() if name.endswith("_on")}
        source = {
            "source_class": self.cleaned_data.get("source_class") or SourceClass.OFFICIAL,
            "source_url": self.cleaned_data.get("source_url") or "",
        }
        return {**texts, **days, **source, "corrects": self.corrects}

    @property
    def full_reason(self) -> str:
        """The reason with that for a warning behind it."""
        parts = [self.cleaned_data.get("reason", ""), self.cleaned_data.get("warning_reason", "")]
        return " – ".join(part.strip() for part in parts if part)[:REASON_LENGTH]

    def unsaved_decision(self) -> Decision:
        """Return the decision as typed so far, for a preview; fields with mistakes count as empty."""
        facts = {f"sets_{fact}": value for fact, value in self.sets.items()}
        return Decision(
            cluster=self.cluster,
            kind=self.cleaned_data["kind"],
            effective_on=self.cleaned_data["effective_on"],
            clears=self.cleaned_data.get("clears") or [],
            reason=self.full_reason,
            **facts,
            **self.paper,
        )

    def take_errors(self, error: ValidationError) -> None:
        """Show what the service refused, each message at its field where the form has one."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = name.removeprefix("sets_")
            self.add_error(field if field in self.fields else None, errors)

    def see_newer(self, newest: int) -> None:
        """Let the next attempt rest on what is recorded now; the input stays as it was typed."""
        draw_with(self, seen=str(newest))


class NewClusterForm(DecisionForm):
    """A cluster that is not in the registry yet, with the decision that opens its record."""

    kinds = OPENING_KINDS
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Empty: the next code of the province."),
        validators=[
            RegexValidator(r"^[A-Z0-9-]+\Z", gettext_lazy("Use capital letters, digits and hyphens."))
        ],
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["cluster_type"].choices = ClusterType.choices

    def clean_code(self) -> str:
        """Refuse a code that is taken."""
        code: str = self.cleaned_data["code"]
        if code and Cluster.objects.filter(code=code).exists():
            raise ValidationError(_("The code %(code)s is taken."), params={"code": code})
        return code


def initial_of_correction(decision: Decision) -> dict[str, Any]:
    """Return what a recorded decision says, as the start of the record that takes its place."""
    facts = {fact: getattr(decision, f"sets_{fact}") for fact in LEGAL_FACTS}
    paper = {
        name: getattr(decision, name)
        for name in (*PAPER, "effective_on", "clears", "source_class", "source_url")
    }
    return {**facts, **paper, "kind": K.CORRECT.value}
