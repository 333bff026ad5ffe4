"""The form that adds a paper of an authority to a dossier."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from dossiers.choices import Part
from dossiers.forms.office.base import DossierForm
from dossiers.models import Document, Dossier
from dossiers.procedures.parts import DocumentKind
from dossiers.services.actors import parts_of
from dossiers.services.documents import add_authority_paper


def papers_made_by(user: Any, dossier: Dossier) -> list[DocumentKind]:
    """List the kinds of papers that the person's parts make in the dossier."""
    parts = parts_of(user, dossier) - {Part.APPLICANT}
    kinds = dossier.procedure.document_kinds(dossier.regime)
    return [kind for kind in kinds if kind.by in parts]


class PaperForm(DossierForm):
    """Add a paper, or a newer version of one."""

    title = _("Add a paper")
    submit = _("Add the paper")
    done = _("The paper is in the dossier.")
    anchor = "papers"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = papers_made_by(self.user, self.dossier)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of paper"), choices=[(kind.code, capfirst(str(kind.label))) for kind in kinds]
        )
        self.fields["upload"] = forms.FileField(
            label=_("File"), help_text=_("PDF or Word, up to 25 MB; size and SHA-256 are kept.")
        )
        self.fields["number"] = forms.CharField(label=_("Number"), max_length=80, required=False)
        self.fields["dated"] = DayField(label=_("Date"), required=False)
        self.papers = {
            str(one.pk): one
            for one in Document.objects.current()
            .filter(dossier=self.dossier, application__isnull=True, kind__in=[kind.code for kind in kinds])
            .select_related("file")
            .order_by("kind", "pk")
        }
        if self.papers:
            self.fields["replaces"] = forms.ChoiceField(
                label=_("Takes the place of"),
                required=False,
                choices=[("", _("a new paper")), *((key, one.file.name) for key, one in self.papers.items())],
                help_text=_("The earlier version stays readable."),
            )

    names = {"file": "upload"}

    def apply(self) -> Document:
        """Add it."""
        data = self.cleaned_data
        return add_authority_paper(
            dossier=self.dossier,
            kind=data["kind"],
            upload=data["upload"],
            user=self.user,
            replaces=self.papers.get(data.get("replaces", "")),
            number=data["number"],
            dated=data["dated"],
        )
