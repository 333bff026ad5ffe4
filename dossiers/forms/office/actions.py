"""The form of an action of a procedure's table: its reason, its papers, and what the concrete room asks besides."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dossiers.forms.office.base import DossierForm
from dossiers.models import Document, Dossier
from dossiers.services.documents import add_authority_paper
from dossiers.services.events import lock
from dossiers.services.firing import Available, fire

PAPER = "paper_"


class ActionForm(DossierForm):
    """Fire one action. The concrete room extends it by the fields its effect needs (``facts``).

    Papers that the action demands and the dossier lacks are taken with it; one that was taken stays in the dossier when
    something else is still wrong, so that it is not chosen twice.
    """

    #: Fields of this form that are no facts of the action.
    own: ClassVar[tuple[str, ...]] = ("seen", "note")

    def __init__(self, *args: Any, available: Available, **kwargs: Any) -> None:
        self.available = available
        #: Papers that were taken although something else was still wrong.
        self.kept: list[Document] = []
        super().__init__(*args, **kwargs)
        transition = available.transition
        self.lead = transition.legal_basis
        self.submit = transition.label
        self.question = transition.confirm
        kinds = {kind.code: kind for kind in self.dossier.procedure.document_kinds(self.dossier.regime)}
        for code in available.lacking:
            self.fields[f"{PAPER}{code}"] = forms.FileField(
                label=capfirst(str(kinds[code].label)),
                help_text=_("PDF or Word, up to 25 MB; size and SHA-256 are kept."),
            )
        self.fields["note"] = forms.CharField(
            label=_("Reason") if transition.asks_reason else _("Remark"),
            required=transition.asks_reason,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The applicant and the history show it.") if transition.asks_reason else "",
        )

    @property
    def title(self) -> Any:  # type: ignore[override]  # of the action, not of the class
        """The action in words."""
        return self.available.transition.label

    @property
    def done(self) -> Any:  # type: ignore[override]
        """What was done, and where the dossier is now."""
        self.dossier.refresh_from_db()
        return _("Done: %(action)s. The dossier is now: %(state)s.") % {
            "action": self.available.transition.label,
            "state": self.dossier.get_state_display(),
        }

    def facts(self) -> dict[str, Any]:
        """Return what the effect of the action needs."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in self.own and not name.startswith(PAPER)
        }

    def apply(self) -> Any:
        """Keep the papers, then fire."""
        seen = self.version
        if papers := self._papers():
            seen = self._keep(papers, seen)
        return fire(
            self.dossier,
            self.available.transition.action,
            actor=self.user,
            seen=seen,
            note=self.cleaned_data["note"],
            **self.facts(),
        )

    def _papers(self) -> dict[str, Any]:
        return {
            name.removeprefix(PAPER): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PAPER) and value
        }

    def _keep(self, papers: dict[str, Any], seen: int | None) -> int:
        """Add the papers and return the version that the dossier then has; nothing if somebody was faster."""
        with transaction.atomic():
            lock(self.dossier, seen=seen, actor=self.user)
            for kind, upload in papers.items():
                try:
                    add_authority_paper(dossier=self.dossier, kind=kind, upload=upload, user=self.user)
                except ValidationError as error:
                    raise ValidationError({f"{PAPER}{kind}": error.messages}) from error
        for kind in papers:
            del self.fields[f"{PAPER}{kind}"]
        self.rest_on_now()
        self.kept = list(
            Document.objects.current()
            .filter(dossier=self.dossier, application__isnull=True, kind__in=papers)
            .select_related("file")
            .order_by("pk")
        )
        return self.dossier.version


def action_form(dossier: Dossier, action: str) -> type[ActionForm]:
    """Return the form of an action: the concrete room's where its effect needs facts, else the plain one."""
    asked: Any = dossier.procedure.action_form(action)
    return asked or ActionForm
