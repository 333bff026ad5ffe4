"""Choosing a workbook, naming its columns, saying why."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from clusters.forms.dates import DayField
from clusters.importing.fields import title_of, with_header_unit
from clusters.importing.reading import table_of
from clusters.importing.specs import SPECS, specs_for
from clusters.models import DevelopmentPlan, ImportBatch
from core.workbooks.cells import text_of
from core.workbooks.guards import TYPES
from core.workbooks.headers import Table
from core.workbooks.reading import Workbook

_ACCEPTED = ",".join(f".{extension}" for extension in TYPES)
_HEADER = re.compile(r"\s*(\d{1,7})\s*(?:[-–]\s*(\d{1,7})\s*)?")
_SAMPLES = 3
_MAX_HEADER_ROWS = 6


class WorkbookForm(forms.Form):
    """A workbook, and what it holds if the person says so."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy(
            ".xlsx, .xls, .ods or .csv as you have it, up to 60 MB. Macros are never run."
        ),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        # Refused by the check of every upload, which names the file.
        allow_empty_file=True,
    )
    kind = forms.ChoiceField(label=gettext_lazy("What it holds"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(spec.kind.value, capfirst(str(spec.kind.label))) for spec in specs_for(user)]
        self.fields["kind"].choices = [("", _("find out from the titles")), *choices]


class ReplaceForm(forms.Form):
    """The corrected workbook."""

    file = forms.FileField(
        label=gettext_lazy("Corrected workbook"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        allow_empty_file=True,
    )


class ReasonForm(forms.Form):
    """Why something is saved or taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Stands in the history of every record."),
    )


class ColumnsForm(forms.Form):
    """Where the table stands, which column fills which field, and what holds for the whole file."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    header = forms.CharField(
        label=gettext_lazy("Rows of the header"),
        max_length=20,
        help_text=gettext_lazy("As Excel numbers them, like 3 or 3-4."),
    )

    def __init__(self, *args: Any, batch: ImportBatch, workbook: Workbook, user: Any, **kwargs: Any) -> None:
        self.batch, self.workbook = batch, workbook
        self.spec = SPECS[batch.kind]
        self.table: Table | None = None
        try:
            self.table = table_of(batch, workbook, self.spec.all_fields())
        except ValidationError:
            self.table = None
        kwargs["initial"] = self._initial() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(sheet.name, sheet.name) for sheet in workbook.sheets]
        self._add_defaults(user)
        self._add_columns()

    def _initial(self) -> dict[str, Any]:
        rows = [row + 1 for row in self.batch.header_rows]
        header = f"{rows[0]}-{rows[-1]}" if len(rows) > 1 else str(rows[0]) if rows else "1"
        initial: dict[str, Any] = {"sheet": self.batch.sheet, "header": header}
        for key, position in self.batch.mapping.items():
            initial[f"column_{key}"] = str(position)
        for key, value in self.batch.defaults.items():
            is_day = key in ("as_of", "source_date") and value
            initial[f"default_{key}"] = "/".join(reversed(value.split("-"))) if is_day else value
        return initial

    def _add_defaults(self, user: Any) -> None:
        labels = {
            "as_of": (_("State of the day"), _("For rows that name no day of their own.")),
            "source_title": (_("Source"), _("The paper the figures come from.")),
            "source_number": (_("Number of the source"), ""),
            "source_date": (_("Date of the source"), ""),
        }
        for key in self.spec.defaults:
            if key == "plan":
                plans = DevelopmentPlan.objects.visible_to(user, Function.EDIT_PLAN)
                plans = plans.filter(province=self.batch.province_id).order_by("-version", "pk")
                self.fields["default_plan"] = forms.ModelChoiceField(
                    label=_("Development plan"), queryset=plans, empty_label=None
                )
                continue
            label, help_text = labels[key]
            needed = key in ("as_of", "source_title")
            field: forms.Field
            if key in ("as_of", "source_date"):
                field = DayField(label=label, help_text=help_text, required=needed)
            else:
                limit = 300 if key == "source_title" else 80
                field = forms.CharField(label=label, help_text=help_text, required=needed, max_length=limit)
            self.fields[f"default_{key}"] = field

    def _add_columns(self) -> None:
        header = self.table.header if self.table else []
        choices = [("", _("– not in the file –"))]
        choices += [
            (str(at), f"{one.address.rstrip('0123456789')}: {one.title or '?'}")
            for at, one in enumerate(header)
        ]
        for field in self.spec.all_fields():
            self.fields[f"column_{field.key}"] = forms.ChoiceField(
                label=title_of(field), choices=choices, required=False, help_text=str(field.note)
            )

    @property
    def default_fields(self) -> list[forms.BoundField]:
        """What holds for the whole file."""
        return [self[name] for name in self.fields if name.startswith("default_")]

    @property
    def column_rows(self) -> list[dict[str, Any]]:
        """Each field with its control, whether it is required, and samples from the column chosen."""
        rows = []
        for field in self.spec.all_fields():
            bound = self[f"column_{field.key}"]
            position = str(bound.value() or "")
            samples: list[str] = []
            unit = ""
            if self.table and position.isdigit() and int(position) < len(self.table.header):
                values = self.table.column_values(int(position), 60)
                samples = list(dict.fromkeys(filter(None, (text_of(value)[:40] for value in values))))[
                    :_SAMPLES
                ]
                _field, unit = with_header_unit(field, self.table.header[int(position)].title)
            rows.append({"field": bound, "required": field.required, "samples": samples, "unit": unit})
        return rows

    @property
    def unused(self) -> list[str]:
        """Titles of columns that fill no field."""
        taken = set(self.batch.mapping.values())
        header = self.table.header if self.table else []
        return [one.title for at, one in enumerate(header) if at not in taken and one.title]

    def clean_header(self) -> list[int]:
        """Return the rows counted from 0."""
        match = _HEADER.fullmatch(self.cleaned_data["header"])
        if match is None:
            raise ValidationError(_("Write the number of the row, like 3, or of two rows, like 3-4."))
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last or last - first >= _MAX_HEADER_ROWS:
            raise ValidationError(_("A header has one to six rows, from top to bottom."))
        return list(range(first - 1, last))

    @property
    def mapping(self) -> dict[str, int]:
        """The columns chosen, by key of the field."""
        chosen = {field.key: self.cleaned_data.get(f"column_{field.key}") for field in self.spec.all_fields()}
        return {key: int(position) for key, position in chosen.items() if position}

    @property
    def defaults(self) -> dict[str, Any]:
        """What holds for the whole file, as it is stored."""
        values: dict[str, Any] = {}
        for key in self.spec.defaults:
            value = self.cleaned_data.get(f"default_{key}")
            if key == "plan":
                value = value.pk if value else None
            values[key] = value.isoformat() if hasattr(value, "isoformat") else value
        return values
