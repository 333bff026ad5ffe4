"""Forms in which an applicant acts on an application that is filed or about to be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.choices import ReturnMethod


class FilingForm(forms.Form):
    """How the result is returned, and that everything was looked through."""

    return_method = forms.ChoiceField(label=_("How do you want the result?"), choices=ReturnMethod.choices)
    looked_through = forms.BooleanField(
        label=_("I have looked through all answers and papers above; they are right and complete."),
        error_messages={"required": _("Look through the application and tick this, then file.")},
    )


class WithdrawForm(forms.Form):
    """Why an application is taken back; ``seen`` is the version of the dossier the person looked at."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The authority reads it. A withdrawn application cannot be taken up again; you may file a new one."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ComplaintForm(forms.Form):
    """A complaint about how a dossier is handled."""

    text = forms.CharField(
        label=_("What is the complaint about?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What happened, when, and what you ask for. The leader of the unit answers here."),
    )


class AnswerForm(forms.Form):
    """Words to one item of a supplement request; a file or a changed field may come with them."""

    answer = forms.CharField(
        label=_("Your answer"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, position: int, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_item{position}_%s")
        super().__init__(*args, **kwargs)
