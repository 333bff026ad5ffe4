"""Forms of supplement requests: ask item by item, close item by item."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from dossiers.choices import Part
from dossiers.forms.office.base import DossierForm
from dossiers.forms.office.rows import Row, RowsForm
from dossiers.models import Application, Dossier, SupplementRequest
from dossiers.services.supplements import Wanted, ask_for_supplement, close_supplement


def targets_of(dossier: Dossier) -> list[Any]:
    """Return the documents and fields that an item can point at, in two groups."""
    kinds = dossier.procedure.document_kinds(dossier.regime)
    return [
        ("", _("choose a document or field")),
        (
            _("Documents"),
            [(f"document:{k.code}", capfirst(str(k.label))) for k in kinds if k.by is Part.APPLICANT],
        ),
        (
            _("Fields of the application"),
            [
                (f"field:{name}", capfirst(str(label)))
                for name, label in dossier.procedure.field_labels().items()
            ],
        ),
    ]


class ItemRow(Row):
    """One thing to mend."""

    target = forms.ChoiceField(label=_("Document or field"), required=False)
    wrong = forms.CharField(
        label=_("What is wrong"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remedy = forms.CharField(
        label=_("How to mend it"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, targets: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets


class SupplementForm(RowsForm):
    """Ask an applicant to mend an application."""

    title = _("Ask for a supplement")
    lead = _(
        "The clock stops today, until the request is closed. Name everything at once: each item with the document or "
        "field, what is wrong, and how to mend it."
    )
    submit = _("Send the request")
    question = _("The applicant gets the request now and the clock stops. Continue?")
    done = _("The supplement is asked for; the clock stands still.")
    anchor = "supplements"
    row_class = ItemRow
    row_prefix = "items"
    row_label = _("Item")

    def __init__(self, *args: Any, applications: list[Application], **kwargs: Any) -> None:
        self.applications = {str(one.pk): one for one in applications if one.is_live}
        super().__init__(*args, **kwargs)
        self.fields["application"] = forms.ChoiceField(
            label=_("Application"), choices=[(key, str(one)) for key, one in self.applications.items()]
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why a supplement is needed"),
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("One sentence; it opens the letter."),
        )
        self.fields["answer_by"] = DayField(label=_("Please answer by"), required=False)
        self.fields["letter_number"] = forms.CharField(
            label=_("Number of the letter"), max_length=80, required=False
        )

    def row_kwargs(self) -> dict[str, Any]:
        """Give every row what it can point at."""
        return {"targets": targets_of(self.dossier)}

    def apply(self) -> SupplementRequest:
        """Ask."""
        data = self.cleaned_data
        return ask_for_supplement(
            dossier=self.dossier,
            application=self.applications[data["application"]],
            items=[Wanted(row["target"], row["wrong"], row["remedy"]) for row in self.filled()],
            reason=data["reason"],
            answer_by=data["answer_by"],
            letter_number=data["letter_number"],
            actor=self.user,
            seen=self.version,
        )


class CloseSupplementForm(DossierForm):
    """Close a request: which items are mended."""

    title = _("Close the supplement request")
    submit = _("Close the request")
    question = _("The clock goes on. Continue?")
    done = _("The request is closed; the clock goes on.")
    anchor = "supplements"

    def __init__(self, *args: Any, request: SupplementRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.items = list(request.items.all())
        names = dict(_flat(targets_of(self.dossier)))
        if request.answered_at is None:
            self.lead = _(
                "Nobody has answered in full yet: say below why the request is closed all the same."
            )
        for item in self.items:
            self.fields[f"settled_{item.position}"] = forms.BooleanField(
                label=_("%(n)s. %(target)s: settled")
                % {"n": item.position, "target": names.get(item.target, item.target)},
                required=False,
                initial=item.answered_at is not None,
                help_text=item.answer or item.wrong,
            )
        self.fields["note"] = forms.CharField(
            label=_("Remark"), required=request.answered_at is None, widget=forms.Textarea(attrs={"rows": 3})
        )

    def apply(self) -> SupplementRequest:
        """Close."""
        return close_supplement(
            request=self.request,
            settled={item.position: self.cleaned_data[f"settled_{item.position}"] for item in self.items},
            note=self.cleaned_data["note"],
            actor=self.user,
            seen=self.version,
        )


def _flat(choices: list[Any]) -> list[tuple[str, Any]]:
    return [pair for _key, group in choices if isinstance(group, list) for pair in group]
