"""What of a cluster no decision lays down: address, position, notes, publication, confirmation."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Cluster
from core.forms import NumberField, draw_with
from places.models import Commune
from places.suggestions import by_code, suggest

_DEGREES = re.compile(r"[0-9]{1,3}[.,][0-9]+")
#: Columns of the cluster itself; further communes are rows of their own.
DETAILS = (
    "address",
    "place_as_recorded",
    "longitude",
    "latitude",
    "position_is_exact",
    "formed_before_2009",
    "in_mountainous_district",
    "is_confirmed",
    "is_published",
    "notes",
)


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed meanwhile: what is stored now, and what this person typed."""

    label: str
    stored: str
    typed: str


class CommunesField(forms.CharField):
    """Further communes of one province, typed as names or codes, separated by semicolons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.province: Any = None

    def prepare_value(self, value: Any) -> Any:
        """Show stored communes by name."""
        return "; ".join(place.full_name for place in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[Commune]:
        """Read the communes; the message names the one that was not found."""
        return [self._one(part) for part in str(value or "").split(";") if part.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare by what is shown."""
        return (self.prepare_value(initial) or "") != str(data or "").strip()

    def _one(self, text: str) -> Commune:
        text = text.strip()
        found = by_code(text, ("commune",))
        offers = (
            [found]
            if found
            else [item.place for item in suggest(text, levels=("commune",), province=self.province)]
        )
        named = [place for place in offers if place.full_name.casefold() == text.casefold()] or offers
        if len(named) != 1:
            raise ValidationError(
                _("“%(text)s” is not one commune in force. Type its full name or code."),
                params={"text": text},
            )
        return named[0]


class DegreesField(NumberField):
    """Degrees as people copy them from a map: one separator is always the decimal one, no degree has thousands."""

    def to_python(self, value: Any) -> Decimal | None:
        """Read ``104.009`` and ``104,009`` alike."""
        text = str(value).strip()
        return super().to_python(Decimal(text.replace(",", ".")) if _DEGREES.fullmatch(text) else value)


class ClusterDetailsForm(forms.Form):
    """The details of a cluster, with a reason; ``seen_at`` tells which state the person looked at."""

    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    place_as_recorded = forms.CharField(
        label=gettext_lazy("Place as the first papers name it"), max_length=300, required=False
    )
    other_communes = CommunesField(
        label=gettext_lazy("Further communes"),
        required=False,
        help_text=gettext_lazy("Names or codes, separated by semicolons. The lead commune is a legal fact."),
    )
    latitude = DegreesField(
        label=gettext_lazy("Latitude (degrees)"), min_value=8, max_value=24, decimal_places=7, required=False
    )
    longitude = DegreesField(
        label=gettext_lazy("Longitude (degrees)"),
        min_value=102,
        max_value=118,
        decimal_places=7,
        required=False,
    )
    position_is_exact = forms.BooleanField(
        label=gettext_lazy("Position given by the authority"), required=False
    )
    formed_before_2009 = forms.BooleanField(
        label=gettext_lazy("Formed before 5 October 2009"),
        required=False,
        help_text=gettext_lazy("Art. 35.4: to be settled before 31 December 2026."),
    )
    in_mountainous_district = forms.BooleanField(
        label=gettext_lazy("In a mountainous district"), required=False
    )
    is_confirmed = forms.BooleanField(
        label=gettext_lazy("Confirmed by the department"),
        required=False,
        help_text=gettext_lazy("Until then the page says: collected from public sources, to be confirmed."),
    )
    is_published = forms.BooleanField(label=gettext_lazy("Published"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history."),
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        self.cluster = cluster
        communes = list(cluster.other_communes.order_by("sort_key", "pk"))
        stored = {name: getattr(cluster, name) for name in DETAILS}
        for axis in ("longitude", "latitude"):
            # A float would be shown by the form with every digit of its binary value.
            stored[axis] = None if stored[axis] is None else Decimal(f"{stored[axis]:.7f}").normalize()
        super().__init__(
            *args,
            initial={**stored, "other_communes": communes, "seen_at": cluster.updated_at.isoformat()},
            **kwargs,
        )
        self.fields["other_communes"].province = cluster.province

    def clean(self) -> dict[str, Any]:
        """Ask for both coordinates or neither."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (cleaned["latitude"] is None) != (cleaned["longitude"] is None):
            self.add_error("latitude", _("Give latitude and longitude together, or neither."))
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        """The columns as they are to be."""
        values = {name: self.cleaned_data[name] for name in DETAILS}
        for axis in ("longitude", "latitude"):
            values[axis] = None if values[axis] is None else float(values[axis])
        return values

    def was_overtaken(self) -> bool:
        """Say whether the cluster changed after the person opened the form."""
        try:
            seen = dt.datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return True
        return self.cluster.updated_at != seen

    def conflicts(self) -> list[Conflict]:
        """Return the fields in which what is stored now differs from what was typed."""
        return [
            Conflict(
                str(self.fields[name].label), _shown(self.initial[name]), _shown(self.cleaned_data[name])
            )
            for name in self.changed_data
            if name not in ("reason", "seen_at")
        ]

    def accept_newer(self) -> None:
        """Let the next attempt rest on what is stored now; the input stays as it was typed."""
        draw_with(self, seen_at=self.cluster.updated_at.isoformat())


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(place.full_name for place in value)
    return "" if value is None else str(value)
