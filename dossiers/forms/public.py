"""Forms for everybody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """What stands on a receipt slip."""

    code = forms.CharField(
        label=_("Dossier code"),
        max_length=40,
        help_text=_("As on the receipt slip, for example H15.04543-261105-0001."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=40,
        help_text=_("Eight letters and digits below the code; capitals and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
