"""Bringing a boundary, and recording the one that was prepared: with a new decision, or as a correction."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.boundaries.checks import BoundaryCheck
from clusters.boundaries.drafts import Draft, new_draft
from clusters.boundaries.reading import EXTENSIONS, Numbers, read_file, read_text
from clusters.boundaries.readings import meridian_label, place_of, reading_of
from clusters.choices import DecisionKind
from clusters.forms.decisions import DecisionForm
from clusters.models import LEGAL_FACTS, Cluster, Decision
from clusters.querysets import DecisionQuerySet
from clusters.services.replay import facts_on
from places.vn2000 import meridians_for, national_meridians

#: Kinds of paper that lay down a boundary.
BOUNDARY_KINDS = (
    DecisionKind.ADJUST,
    DecisionKind.EXPAND,
    DecisionKind.ESTABLISH,
    DecisionKind.DETAILED_PLAN,
)
_PAPER_OF_RECORD = (
    "number",
    "issued_on",
    "issuer",
    "signer",
    "received_on",
    "place_as_issued",
    "summary",
    "source_class",
    "source_title",
    "source_number",
    "source_date",
    "source_url",
)
SOURCE_LENGTH = 300


def meridian_choices(province_code: str) -> list[tuple[str, str]]:
    """Return the central meridians to offer, those of the province first and with what they belong to."""
    own = meridians_for(province_code)
    choices = [(f"{item.degrees:g}", _own_label(item)) for item in own]
    known = {item.degrees for item in own}
    return choices + [
        (f"{degrees:g}", meridian_label(degrees)) for degrees in national_meridians() if degrees not in known
    ]


class BoundaryReadForm(forms.Form):
    """A file or pasted text; the meridian is asked where the province and the file leave it open."""

    file = forms.FileField(
        label=gettext_lazy("File with the boundary"),
        required=False,
        help_text=gettext_lazy(
            "GeoJSON, KML, KMZ, or a table of points as .xlsx, .xls, .ods, .csv or .txt; at most 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in EXTENSIONS)}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the points here"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "coordinates", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Rows with point number, X (northing) and Y (easting) as they stand in the decision; "
            "a blank row begins a further ring. GeoJSON and KML can be pasted too."
        ),
    )
    meridian = forms.ChoiceField(
        label=gettext_lazy("Central meridian of the table"),
        required=False,
        help_text=gettext_lazy("Stands on the paper as “kinh tuyến trục”. Not needed for GeoJSON and KML."),
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cluster = cluster
        self.draft: Draft | None = None
        choices = meridian_choices(cluster.province.code)
        self.own = meridians_for(cluster.province.code)
        blank = (
            _("choose")
            if len(self.own) > 1
            else _("as is usual in the province: %(meridian)s")
            % {"meridian": meridian_label(self.own[0].degrees)}
        )
        self.fields["meridian"].choices = [("", blank), *choices]

    def clean(self) -> dict[str, Any]:
        """Read what was brought; the draft stands in ``draft``."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        upload, text = cleaned.get("file"), cleaned.get("text") or ""
        if not upload and not text.strip():
            self.add_error("file", _("Choose a file, or paste the points."))
            return cleaned
        try:
            numbers = read_file(upload.name, upload.read()) if upload else read_text(text)
        except ValidationError as error:
            self.add_error("file" if upload else "text", error)
            return cleaned
        self._make_draft(numbers, upload.name if upload else _("pasted table"), cleaned.get("meridian") or "")
        return cleaned

    def _make_draft(self, numbers: Numbers, origin: str, chosen: str) -> None:
        notes = list(numbers.notes)
        if not numbers.in_metres:
            self.draft = new_draft(self.cluster, reading_of(numbers.rings), origin=origin, notes=notes)
            return
        meridian = float(chosen) if chosen else numbers.stated_meridian
        if meridian is None and len(self.own) == 1:
            meridian = self.own[0].degrees
        if meridian is None:
            self.add_error("meridian", self._question(numbers))
            return
        if numbers.stated_meridian is not None and not chosen:
            notes.append(_("The table itself names %(meridian)s.") % {"meridian": meridian_label(meridian)})
        elif numbers.stated_meridian not in (None, meridian):
            notes.append(
                _("The table itself names %(stated)s, you chose %(chosen)s.")
                % {
                    "stated": meridian_label(numbers.stated_meridian or 0),
                    "chosen": meridian_label(meridian),
                }
            )
        reading = reading_of(numbers.rings, meridian=meridian)
        self.draft = new_draft(self.cluster, reading, origin=origin, notes=notes)

    def _question(self, numbers: Numbers) -> str:
        """Say between which meridians the person must choose, and where each would put the polygon."""
        offers = "; ".join(
            _("with %(meridian)s it lies in %(place)s")
            % {
                "meridian": meridian_label(item.degrees),
                "place": place_of(reading_of(numbers.rings, meridian=item.degrees)),
            }
            for item in self.own
        )
        return _(
            "Papers of this province use several central meridians. Choose the one on the paper: %(offers)s."
        ) % {"offers": offers}


class BoundaryDecisionForm(DecisionForm):
    """A decision that lays down the prepared boundary, and perhaps the area with it."""

    kinds = BOUNDARY_KINDS
    boundary_source = forms.CharField(
        label=gettext_lazy("Source of the boundary"),
        max_length=SOURCE_LENGTH,
        help_text=gettext_lazy("The map or table it was taken from, for instance the annex of the decision."),
    )

    def __init__(self, *args: Any, check: BoundaryCheck, **kwargs: Any) -> None:
        self.check, self.geometry = check, check.geometry
        super().__init__(*args, **kwargs)
        # The boundary comes from the draft, and a decision about a boundary lays down no more than the area with it.
        for name in (*(set(LEGAL_FACTS) - {"area_ha", "industrial_land_ha"}), "added_area_ha", "clears"):
            self.fields.pop(name, None)

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The facts that change with a boundary."""
        return [self[name] for name in ("area_ha", "industrial_land_ha")]

    @property
    def sets(self) -> dict[str, Any]:
        """The boundary, and the areas that were entered."""
        areas = {name: self.cleaned_data.get(name) for name in ("area_ha", "industrial_land_ha")}
        return {"boundary": self.geometry} | {name: area for name, area in areas.items() if area is not None}

    def clean(self) -> dict[str, Any]:
        """Fill the day of effect; nothing is taken away by such a decision."""
        cleaned = super().clean()
        cleaned["clears"] = []
        ask_for_reason(self, self.check)
        return cleaned


class BoundaryCorrectionForm(forms.Form):
    """A boundary that an earlier record should have carried: the record is repeated with this boundary."""

    record = forms.ModelChoiceField(
        label=gettext_lazy("Record to correct"),
        queryset=Decision.objects.none(),
        empty_label=None,
        help_text=gettext_lazy(
            "The record whose paper lays down this boundary. It stays in the timeline, struck out."
        ),
    )
    boundary_source = forms.CharField(label=gettext_lazy("Source of the boundary"), max_length=SOURCE_LENGTH)
    reason = forms.CharField(
        label=gettext_lazy("What was wrong with the drawing"),
        max_length=200,
        help_text=gettext_lazy("Stands in the history."),
    )
    warning_reason = forms.CharField(
        label=gettext_lazy("Why it is recorded although a check warns"), max_length=200, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cluster: Cluster, check: BoundaryCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check, self.geometry = check, check.geometry
        self.fields["record"].queryset = correctable(cluster)
        self.fields["record"].label_from_instance = record_label

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a check warns."""
        cleaned = super().clean() or self.cleaned_data
        ask_for_reason(self, self.check)
        return cleaned

    @property
    def sets(self) -> dict[str, Any]:
        """Everything the earlier record says, with the new boundary."""
        earlier = self.cleaned_data["record"]
        facts = {fact: getattr(earlier, f"sets_{fact}") for fact in LEGAL_FACTS}
        return {fact: value for fact, value in facts.items() if value not in (None, "")} | {
            "boundary": self.geometry
        }

    @property
    def paper(self) -> dict[str, Any]:
        """What describes the paper, as the earlier record has it."""
        earlier = self.cleaned_data["record"]
        return {name: getattr(earlier, name) for name in _PAPER_OF_RECORD} | {"corrects": earlier}

    @property
    def full_reason(self) -> str:
        """The reason with that for a warning behind it."""
        parts = [self.cleaned_data.get("reason", ""), self.cleaned_data.get("warning_reason", "")]
        return " – ".join(part.strip() for part in parts if part)[:300]


def correctable(cluster: Cluster) -> DecisionQuerySet:
    """Return the records that can be given the boundary; older ones than its present source would change nothing."""
    records = Decision.objects.filter(cluster=cluster).standing()
    source = facts_on(cluster).source_of("boundary")
    if source is not None:
        records = records.filter(effective_on__gte=source.effective_on)
    return records.order_by("-effective_on", "-pk")


def ask_for_reason(form: forms.Form, check: BoundaryCheck) -> None:
    """Add an error where the check warns and nobody says why the boundary is recorded all the same."""
    if check.warnings and not form.cleaned_data.get("warning_reason"):
        form.add_error(
            "warning_reason",
            ngettext(
                "The check of the boundary warns of %(count)s thing. Say why it is recorded all the same.",
                "The check of the boundary warns of %(count)s things. Say why it is recorded all the same.",
                len(check.warnings),
            )
            % {"count": len(check.warnings)},
        )


def record_label(decision: Decision) -> str:
    """Write a record as a choice: kind, number, day."""
    words = f"{decision.get_kind_display()} {decision.number}".strip()
    drawn = _(", has a boundary") if decision.sets_boundary else ""
    return f"{words}, {decision.effective_on:%d/%m/%Y}{drawn}"


def _own_label(item: Any) -> str:
    words = meridian_label(item.degrees)
    if item.former_provinces:
        return f"{words} – {', '.join(item.former_provinces)}"
    return words
