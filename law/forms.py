"""Forms of the calendar and of provincial parameters. Every change names its paper and its reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Function
from accounts.scope import scope_of
from law.models import DayKind, ProvincialParameter
from places.models import Province


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class ReasonForm(forms.Form):
    """The number of the paper behind a change, and why."""

    notice_number = forms.CharField(label=_("Number of the notice"), max_length=160)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class DayForm(ReasonForm):
    """A day off or a working day in exchange."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    kind = forms.ChoiceField(
        label=_("Kind of day"),
        choices=[(kind.value, kind.label) for kind in (DayKind.DAY_OFF, DayKind.WORKING)],
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)

    field_order = ["day", "kind", "name", "name_en", "notice_number", "reason"]


class ParameterForm(forms.ModelForm):
    """A value that a province set by a decision."""

    reason = forms.CharField(label=_("Reason"), max_length=300)

    class Meta:
        model = ProvincialParameter
        fields = [
            "province",
            "key",
            "value_number",
            "value_text",
            "unit",
            "enabled",
            "valid_from",
            "valid_to",
            "decision_number",
            "decision_date",
            "source",
            "verified",
        ]
        widgets = {"valid_from": DateInput, "valid_to": DateInput, "decision_date": DateInput}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_of(user, Function.KEEP_LOCAL_RULES)
        provinces = Province.objects.in_force()
        field = self.fields["province"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = provinces if scope.national else provinces.filter(pk__in=scope.province_ids)


class EndForm(forms.Form):
    """The last day of a parameter, and why it ends."""

    last_day = forms.DateField(label=_("Last day in force"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)
