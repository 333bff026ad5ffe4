"""Opinions: the department asks, records, reminds, takes back; a consulted officer sees what was asked, and answers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from core.lists import FilteredListView
from dossiers.choices import Part
from dossiers.filters import OpinionFilter
from dossiers.forms.office.base import DossierForm
from dossiers.forms.office.opinions import AskOpinionsForm, OpinionForm, RecordOpinionForm, TakeBackForm
from dossiers.models import Application, Document, Dossier, OpinionRequest
from dossiers.services.opinions import remind_of_opinion
from dossiers.tables import OpinionTable
from dossiers.views.office.acts import ActNowView, ActView


class OpinionListView(RequiresFunction, FilteredListView):
    """What the person's own agencies are asked; what is open and due first stands first."""

    function = Function.GIVE_OPINION
    list_name = "opinions"
    model = OpinionRequest
    filterset_class = OpinionFilter
    table_class = OpinionTable
    template_name = "dossiers/office/opinion_list.html"
    fixed_columns = ("dossier",)
    export_columns = {"dossier": "dossier__code", "asked_by": "asked_by__full_name"}

    def rows(self) -> QuerySet:
        """Return the requests, never those of others about the same dossier."""
        return (
            OpinionRequest.objects.asked_of(self.request.user)
            .select_related("dossier", "asked_by")
            .order_by("-answered_at", "due_on", "pk")
        )


class OpinionView(ActView):
    """The request put to one's agency: the question, the papers it is about, and the form of the answer."""

    function = Function.GIVE_OPINION
    form_class = OpinionForm
    template_name = "dossiers/office/opinion.html"

    def find(self) -> Dossier:
        """Find the dossier by the request, which alone opens it."""
        return self.opinion.dossier

    @property
    def opinion(self) -> OpinionRequest:
        """The request of one's own agency."""
        if not hasattr(self, "_opinion"):
            rows = OpinionRequest.objects.asked_of(self.request.user).select_related(
                "dossier__province", "dossier__commune", "organisation", "asked_by", "document__file"
            )
            self._opinion = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._opinion

    def form_kwargs(self) -> dict[str, Any]:
        """Add the request."""
        return {**super().form_kwargs(), "request": self.opinion}

    @property
    def back(self) -> str:
        """The list of requests: the dossier's own page is not the agency's."""
        return reverse("dossiers:opinion_list")

    def after(self, form: DossierForm) -> str:
        """Return to the list."""
        return self.back

    def show(self, form: DossierForm, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the request with the opened applications."""
        dossier = self.dossier
        papers: list[Document] = []
        applications: list[Application] = []
        if not dossier.is_sealed:
            applications = list(
                Application.objects.filter(dossier=dossier)
                .live()
                .select_related("organisation")
                .order_by("filed_at", "pk")
            )
            papers = list(
                Document.objects.readable_by_officer(self.request.user)
                .current()
                .filter(application__in=[one.pk for one in applications])
                .select_related("file")
                .order_by("kind", "pk")
            )
        kinds = {kind.code: kind.label for kind in dossier.procedure.document_kinds(dossier.regime)}
        return super().show(
            form,
            status,
            opinion=self.opinion,
            applications=[
                (one, [(kinds.get(p.kind, p.kind), p) for p in papers if p.application_id == one.pk])
                for one in applications
            ],
            breadcrumbs=[(_("Opinions asked"), self.back), (dossier.code, "")],
            **extra,
        )


class OpinionAskView(ActView):
    """Ask agencies."""

    form_class = AskOpinionsForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER


class _OfOpinion:
    """What the department's acts on one request share."""

    dossier: Any
    kwargs: dict[str, Any]

    @property
    def opinion(self) -> OpinionRequest:
        """The request."""
        rows = OpinionRequest.objects.select_related("organisation")
        return get_object_or_404(rows, dossier=self.dossier, pk=self.kwargs["pk"])

    def form_kwargs(self) -> dict[str, Any]:
        """Add the request."""
        return {**super().form_kwargs(), "request": self.opinion}  # type: ignore[misc]  # of the view beside


class OpinionRecordView(_OfOpinion, ActView):
    """Record an opinion that came on paper."""

    form_class = RecordOpinionForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER


class OpinionTakeBackView(_OfOpinion, ActView):
    """Take a request back."""

    form_class = TakeBackForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER


class OpinionRemindView(_OfOpinion, ActNowView):
    """Remind the agency."""

    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def act(self) -> str:
        """Remind."""
        remind_of_opinion(request=self.opinion, actor=self.request.user, seen=self.seen)
        return _("The agency is reminded.")
