"""What every form that acts on a dossier has in common: the version its page showed, and the errors of services."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import draw_with
from dossiers.models import Dossier
from dossiers.services.events import ChangedMeanwhile
from law.words import Text


class DossierForm(forms.Form):
    """A form that acts on one dossier through a service; subclasses say what they do in :meth:`apply`.

    ``seen`` carries the version of the dossier that the person looked at. After somebody else was faster the message
    tells what happened, what was typed stays, and the next attempt rests on what is there now.
    """

    title: ClassVar[Text] = ""
    #: What the form is for, below its heading.
    lead: Text = ""
    submit: Text = _("Save")
    #: The question before it is sent; empty where it can be taken back.
    question: Text = ""
    #: The sentence after it was done.
    done: Text = _("Saved.")
    #: The part of the dossier's page that shows the result.
    anchor: ClassVar[str] = ""
    #: The template that lays the fields out.
    body: ClassVar[str] = "dossiers/office/form_body.html"
    #: Needs room or scripts of its own, so it is not shown within the dossier's page.
    is_wide: ClassVar[bool] = False
    #: Scripts beyond those of the fields.
    scripts: ClassVar[tuple[str, ...]] = ()
    #: Where a service names a field otherwise than the form does.
    names: ClassVar[dict[str, str]] = {}

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, dossier: Dossier, user: Any, **kwargs: Any) -> None:
        self.dossier, self.user = dossier, user
        kwargs["initial"] = {"seen": dossier.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.newer: list[Any] = []

    def apply(self) -> Any:
        """Do what the form asks for; raises ValidationError with what stands in the way."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does.")

    @property
    def confirmation(self) -> Text:
        """The question, under a name that no field has: in a template ``form.question`` is the field of that name."""
        return self.question

    @property
    def version(self) -> int | None:
        """The version of the dossier that the page showed."""
        return self.cleaned_data.get("seen")

    def take_errors(self, error: ValidationError) -> None:
        """Show what a service refused: at its field where the form has one, else above."""
        if isinstance(error, ChangedMeanwhile):
            self.newer = error.events
            self.rest_on_now()
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = self.names.get(name, name)
            self.add_error(field if field in self.fields else None, errors)

    def rest_on_now(self) -> None:
        """Let the next attempt rest on what is there now; the input stays as it was typed."""
        self.dossier.refresh_from_db()
        draw_with(self, seen=str(self.dossier.version))
