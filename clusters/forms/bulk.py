"""What is to become of many records: every field is left as it is unless something is entered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.forms.dates import DayField
from clusters.forms.records.fields import IndustryField
from clusters.services.bulk import SOURCE, BulkKind

_FLAGS = [("", gettext_lazy("leave as it is")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class BulkForm(forms.Form):
    """The values for all rows, and the one reason; ``values`` are those that were entered."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history of every row."),
    )

    def __init__(self, *args: Any, kind: BulkKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        reason = self.fields.pop("reason")
        for name in kind.fields:
            self.fields[name] = self._field(name)
        self.fields["reason"] = reason

    def _field(self, name: str) -> forms.Field:
        column: Any = self.kind.model._meta.get_field(name)
        label = capfirst(str(column.verbose_name))
        if name == "industry":
            return IndustryField(label=label, required=False, help_text=_("Empty: leave as it is."))
        if column.choices:
            return forms.ChoiceField(label=label, required=False, choices=[*_FLAGS[:1], *column.choices])
        kinds: dict[str, Any] = {"BooleanField": forms.ChoiceField, "DateField": DayField}
        made = kinds.get(column.get_internal_type(), forms.CharField)
        if made is forms.ChoiceField:
            return forms.ChoiceField(label=label, required=False, choices=_FLAGS)
        more: dict[str, Any] = {"help_text": _("Empty: leave as it is.")}
        if made is forms.CharField:
            more |= {"max_length": column.max_length}
            if column.get_internal_type() == "TextField":
                more["widget"] = forms.Textarea(attrs={"rows": 3})
        return made(label=label, required=False, **more)

    @property
    def values(self) -> dict[str, Any]:
        """The columns to write with their values."""
        found = {}
        for name in self.kind.fields:
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                continue
            flag = self.kind.model._meta.get_field(name).get_internal_type() == "BooleanField"
            found[name] = (value == "yes") if flag else value
        return found

    def clean(self) -> dict[str, Any]:
        """Demand something to change, and for a moving fact its day and its source."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.values:
            raise forms.ValidationError(_("Nothing is to change: enter a value in at least one field."))
        moving = [name for name in self.kind.moving if cleaned.get(name)]
        given = [name for name in SOURCE if cleaned.get(name)] if self.kind.moving else []
        if moving or given:
            for name in ("as_of", "source_title"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A state is one of a day, and known by a paper: enter both."))
        day = cleaned.get("as_of")
        if day and day > timezone.localdate():
            self.add_error(
                "as_of", _("%(day)s has not come yet. Check the year.") % {"day": f"{day:%d/%m/%Y}"}
            )
        return cleaned
