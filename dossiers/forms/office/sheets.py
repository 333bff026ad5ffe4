"""The score sheet of one member for one application."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import NumberField, written
from dossiers.models import Application, CouncilMember, Score, ScoreSheet, SubCriterion
from dossiers.services.sheets import save_sheet


class SheetForm(forms.Form):
    """Points and reasons by sub-criterion, and remarks. Fields may stay empty until the sheet is handed in."""

    def __init__(
        self,
        *args: Any,
        member: CouncilMember,
        application: Application,
        lines: list[SubCriterion],
        sheet: ScoreSheet | None,
        **kwargs: Any,
    ) -> None:
        self.member, self.application, self.lines = member, application, lines
        kept: Mapping[int, Score] = {}
        if sheet is not None:
            kept = {score.sub_criterion_id: score for score in sheet.scores.all()}
        super().__init__(*args, **kwargs)
        for line in lines:
            score = kept.get(line.pk)
            points = NumberField(
                label=line.title,
                required=False,
                decimal_places=2,
                initial=score.points if score else None,
                help_text=_("0 to %(maximum)s points") % {"maximum": written(line.maximum)},
            )
            points.widget.attrs |= {
                "data-points": "",
                "data-criterion": line.criterion,
                "data-maximum": f"{line.maximum.normalize():f}",
            }
            self.fields[f"points_{line.pk}"] = points
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Reason"), max_length=300, required=False, initial=score.reason if score else ""
            )
        self.fields["remark"] = forms.CharField(
            label=_("Remarks on the application"),
            required=False,
            initial=sheet.remark if sheet else "",
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def groups(self) -> list[tuple[str, Decimal, list[tuple[SubCriterion, Any, Any]]]]:
        """Return the lines by criterion: its code, its most points, and each line with its two fields."""
        found: dict[str, list[tuple[SubCriterion, Any, Any]]] = {}
        for line in self.lines:
            found.setdefault(line.criterion, []).append(
                (line, self[f"points_{line.pk}"], self[f"reason_{line.pk}"])
            )
        return [
            (code, sum((line.maximum for line, _points, _reason in rows), Decimal(0)), rows)
            for code, rows in found.items()
        ]

    def take_errors(self, error: ValidationError) -> None:
        """Show what the service refused, at the line where it has one."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def save(self, *, submit: bool) -> ScoreSheet:
        """Keep what was typed, or hand the sheet in; raises ValidationError."""
        data = self.cleaned_data
        return save_sheet(
            member=self.member,
            application=self.application,
            points={
                line.pk: data[f"points_{line.pk}"]
                for line in self.lines
                if data.get(f"points_{line.pk}") is not None
            },
            reasons={line.pk: data.get(f"reason_{line.pk}", "") for line in self.lines},
            remark=data.get("remark", ""),
            user=self.member.user,
            submit=submit,
        )
