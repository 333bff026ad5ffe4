"""Forms for papers: of a draft, of an answer to a supplement, and of an organisation's store."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers.models import OrganisationPaper
from dossiers.procedures.parts import DocumentKind
from dossiers.services.documents import TAKEN

ACCEPTED = ",".join(f".{extension}" for extension in TAKEN)


class PaperForm(forms.Form):
    """A file for one kind of paper, with its variety where the law names several."""

    variety = forms.ChoiceField(label=_("Which kind of proof it is"))
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, kind: DocumentKind, *args: Any, is_demanded: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = is_demanded
        variety: Any = self.fields["variety"]
        variety.choices = [("", _("choose")), *kind.varieties]
        if not kind.varieties:
            del self.fields["variety"]


class KeepForm(forms.Form):
    """How long a paper is valid that goes into the organisation's store; empty days mean no limit."""

    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_to = forms.DateField(
        label=_("Valid to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day of validity cannot come before the first."))
        return cleaned


class StorePaperForm(forms.ModelForm):
    """Title and validity of a paper in the store."""

    class Meta:
        model = OrganisationPaper
        fields = ("title", "valid_from", "valid_to")
        widgets = {
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


def validity_of(paper: OrganisationPaper) -> tuple[str, bool]:
    """Say in words whether a paper of the store is valid today, and whether it can be used."""
    today = timezone.localdate()
    if paper.valid_to is not None and paper.valid_to < today:
        return str(_("no longer valid")), False
    if paper.valid_from is not None and paper.valid_from > today:
        return str(_("not valid yet")), False
    return str(_("valid")), True
