"""Forms of opinion requests: ask, answer, record what came on paper, take back."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from core.forms import DayField
from dossiers.choices import Stance
from dossiers.forms.office.base import DossierForm
from dossiers.models import Dossier, OpinionRequest
from dossiers.services.opinions import ask_for_opinions, give_opinion, take_back_request
from law.words import Text


def agencies_of(dossier: Dossier) -> list[Organisation]:
    """List the agencies of the province that can be asked, by name: other departments and the communes concerned."""
    rows = Organisation.objects.active().filter(
        province_id=dossier.province_id, kind=OrganisationKind.OTHER_DEPARTMENT
    )
    return list(rows.order_by("name", "pk"))


class AskOpinionsForm(DossierForm):
    """Ask agencies."""

    title = _("Ask for opinions")
    lead = _(
        "Without a day, the answer is due as the province has ruled. What silence means is the province's rule too; "
        "without one it is only marked."
    )
    submit = _("Send the requests")
    question = _("The agencies are asked now. Continue?")
    done = _("The agencies are asked.")
    anchor = "opinions"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(one.pk): one for one in agencies_of(self.dossier)}
        self.fields["organisations"] = forms.MultipleChoiceField(
            label=_("Agencies"),
            choices=[(key, one.name) for key, one in self.agencies.items()],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choice-list"}),
            help_text="" if self.agencies else _("No other department of the province is registered."),
        )
        self.fields["question"] = forms.CharField(
            label=_("What they are asked"), widget=forms.Textarea(attrs={"rows": 4})
        )
        self.fields["due_on"] = DayField(label=_("Answer due"), required=False)
        self.fields["letter_number"] = forms.CharField(
            label=_("Number of the letter"), max_length=80, required=False
        )

    def apply(self) -> list[OpinionRequest]:
        """Ask."""
        data = self.cleaned_data
        return ask_for_opinions(
            dossier=self.dossier,
            organisations=[self.agencies[key] for key in data["organisations"]],
            question=data["question"],
            due_on=data["due_on"],
            letter_number=data["letter_number"],
            actor=self.user,
            seen=self.version,
        )


class OpinionForm(DossierForm):
    """Give an opinion for one's own agency."""

    title = _("Opinion of the agency")
    submit = _("Send the opinion")
    question: Text = _("The opinion is final once it is sent. Continue?")
    done = _("The opinion is given.")
    anchor = "opinions"
    stance = forms.ChoiceField(
        label=_("Opinion"),
        choices=[(one.value, capfirst(str(one.label))) for one in Stance],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Remarks or reasons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Needed unless the agency simply agrees."),
    )
    upload = forms.FileField(
        label=_("Letter of answer"),
        required=False,
        help_text=_("PDF or Word, up to 25 MB; size and SHA-256 are kept."),
    )
    names = {"file": "upload"}

    def __init__(self, *args: Any, request: OpinionRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def apply(self) -> OpinionRequest:
        """Give it."""
        data = self.cleaned_data
        return give_opinion(
            request=self.request,
            stance=Stance(data["stance"]),
            answer=data["answer"],
            upload=data["upload"],
            actor=self.user,
        )


class RecordOpinionForm(OpinionForm):
    """Record the opinion of an agency that answered on paper."""

    title = _("Record an opinion that came on paper")
    submit = _("Record the opinion")
    question = ""
    done = _("The opinion is recorded.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead = self.request.organisation.name


class TakeBackForm(DossierForm):
    """Take a request back."""

    title = _("Take the request back")
    submit = _("Take it back")
    done = _("The request is taken back.")
    anchor = "opinions"
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: OpinionRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.lead = request.organisation.name

    def apply(self) -> OpinionRequest:
        """Take it back."""
        return take_back_request(request=self.request, reason=self.cleaned_data["reason"], actor=self.user)
