"""Entering moving figures: one at a time, several from one paper, and correcting what was entered wrongly."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clusters.choices import AREA_INDICATORS, COUNT_INDICATORS, Indicator
from clusters.forms.dates import DayField
from clusters.forms.records.base import Conflict, as_found, lay_over
from clusters.models import Cluster, Observation
from core.forms import NumberField
from core.models import SourceClass

#: What is remembered of the last entry, so that a stack of figures from one report is typed once.
REMEMBERED = ("as_of", "source_title", "source_number", "source_date", "source_class")
#: The columns that a correction can change.
CORRECTED = (*REMEMBERED, "value", "note")
_SESSION_KEY = "observation-source"


class SourceForm(forms.Form):
    """The paper that a figure was read from."""

    as_of = DayField(label=_("As of"))
    source_title = forms.CharField(label=_("Source document"), max_length=300)
    source_number = forms.CharField(label=_("Number of the document"), max_length=80, required=False)
    source_date = DayField(label=_("Date of the document"), required=False)
    source_class = forms.ChoiceField(label=_("Kind of source"), choices=SourceClass.choices, required=False)

    def clean_source_class(self) -> str:
        """Take an authority's own paper where nothing was chosen."""
        return self.cleaned_data["source_class"] or SourceClass.OFFICIAL

    @property
    def source(self) -> dict[str, Any]:
        """The columns that say where the figure comes from."""
        return {name: self.cleaned_data[name] for name in REMEMBERED if name != "as_of"}


def remembered_source(request: HttpRequest) -> dict[str, Any]:
    """Return the source of the person's last entry, as initial values of a form."""
    kept = dict(request.session.get(_SESSION_KEY, {}))
    for name in ("as_of", "source_date"):
        kept[name] = dt.date.fromisoformat(kept[name]) if kept.get(name) else None
    return kept


def remember_source(request: HttpRequest, form: SourceForm) -> None:
    """Keep the source of an entry for the next one in this session."""
    kept = {name: form.cleaned_data[name] for name in REMEMBERED}
    for name in ("as_of", "source_date"):
        kept[name] = kept[name].isoformat() if kept[name] else ""
    request.session[_SESSION_KEY] = kept


def indicator_choices() -> list[tuple[str, Any]]:
    """Return the figures by group, so that a long list is found by its first letters."""
    groups = [(_("Land"), AREA_INDICATORS), (_("Projects and people"), COUNT_INDICATORS)]
    shown = [(label, [(item.value, item.label) for item in items]) for label, items in groups]
    rest = [item for item in Indicator if item not in (*AREA_INDICATORS, *COUNT_INDICATORS)]
    return [("", "—"), *shown, (_("Other"), [(item.value, item.label) for item in rest])]


class ObservationForm(SourceForm):
    """One figure from one paper, in the order in which it is read."""

    indicator = forms.ChoiceField(label=_("Figure"))
    value = NumberField(label=_("Value"), max_digits=18, decimal_places=5)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    field_order = [
        "indicator",
        "value",
        "as_of",
        "source_title",
        "source_number",
        "source_date",
        "source_class",
        "note",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "observation")
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices()

    @classmethod
    def for_person(cls, request: HttpRequest, cluster: Cluster) -> "ObservationForm":
        """Return an empty form that remembers the source of the last entry."""
        return cls(initial=remembered_source(request))


class ObservationGridForm(SourceForm):
    """Several figures from one paper: fill in what it states, leave the others empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for indicator in Indicator:
            self.fields[indicator.value] = NumberField(
                label=indicator.label, max_digits=18, decimal_places=5, required=False
            )

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """The fields of the figures."""
        return [self[indicator.value] for indicator in Indicator]

    @property
    def source_fields(self) -> list[forms.BoundField]:
        """The fields of the paper."""
        return [
            self[name] for name in ("as_of", "source_title", "source_number", "source_date", "source_class")
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one figure."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.figures:
            raise forms.ValidationError(_("Enter at least one figure."))
        return cleaned

    @property
    def figures(self) -> dict[Indicator, Decimal]:
        """The figures that were filled in."""
        return {
            item: self.cleaned_data[item] for item in Indicator if self.cleaned_data.get(item) is not None
        }


class ObservationCorrectionForm(SourceForm):
    """What was entered, to be mended; the history keeps what stood there. ``seen_at`` is the state it was read in."""

    conflicts: Sequence[Conflict] = ()

    value = NumberField(label=_("Value"), max_digits=18, decimal_places=5)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Reason for the correction"), max_length=300, help_text=_("Stands in the history.")
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = [
        "value",
        "as_of",
        "source_title",
        "source_number",
        "source_date",
        "source_class",
        "note",
        "reason",
    ]

    @classmethod
    def initial_of(cls, observation: Observation) -> dict[str, Any]:
        """Return the stored values as the form shows them."""
        stored = {name: getattr(observation, name) for name in CORRECTED}
        return {**stored, "seen_at": observation.updated_at.isoformat()}

    @property
    def changes(self) -> dict[str, Any]:
        """The columns as they are to be."""
        return {name: self.cleaned_data[name] for name in CORRECTED}

    def was_overtaken(self, observation: Observation) -> bool:
        """Say whether the figure changed after the person opened the form."""
        return str(self.data.get("seen_at", "")) != observation.updated_at.isoformat()

    def meet(self, observation: Observation) -> None:
        """Show what another person stored meanwhile field by field; nothing typed is lost."""
        found = as_found(observation, str(self.data.get("seen_at", "")))
        self.conflicts = lay_over(self, observation, found, CORRECTED)


class ReasonForm(forms.Form):
    """Why a record is removed."""

    reason = forms.CharField(label=_("Reason for the removal"), max_length=300)
