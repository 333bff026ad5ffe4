from django import forms
from django.utils.translation import gettext_lazy, ngettext

from accounts.services.tokens import VALIDITIES


def _validities() -> list[tuple[int, str]]:
    return [
        (days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in VALIDITIES
    ]


class TokenForm(forms.Form):
    """What a token is for, and for how long it is good."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy(
            "The program or the report that will read, for example “Quarterly tables in Excel”."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Good for"), coerce=int, initial=90, choices=_validities)
