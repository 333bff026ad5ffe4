"""Actions of a dossier's table, and the small acts beside them: assign, extend, settle, note, answer."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.roles import Function
from dossiers.choices import Part
from dossiers.forms.office.actions import action_form
from dossiers.forms.office.base import DossierForm
from dossiers.forms.office.papers import PaperForm
from dossiers.forms.office.people import (
    AssignForm,
    CheckConditionForm,
    ComplaintAnswerForm,
    ConditionForm,
    ExtendForm,
    RegimeForm,
)
from dossiers.models import Complaint, Condition
from dossiers.services.firing import Available, available
from dossiers.views.office.acts import ActView


class ActionView(ActView):
    """Fire an action of the table; whoever cannot reads all the reasons instead of the form."""

    @cached_property
    def available(self) -> Available:
        """The action as it stands for this person."""
        for one in available(self.dossier, self.request.user):
            if one.transition.action == self.kwargs["action"]:
                return one
        raise Http404

    def make_form(self, *data: Any) -> DossierForm:
        """Make the form of the concrete room, or the plain one."""
        form_class = action_form(self.dossier, self.kwargs["action"])
        return form_class(*data, **self.form_kwargs(), available=self.available)

    def show(self, form: DossierForm, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the form, or why there is none; whose action it is not is never shown what it would begin with."""
        is_stopped = not self.available.is_mine or not (self.available.can_begin or form.is_bound)
        return super().show(form, status, reasons=self.available.reasons if is_stopped else (), **extra)


class ActionPreview(ActionView):
    """Answer the form of an action, while it is filled in, with what it would do; nothing is written."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Compute the preview of the concrete room's form, for those whose action it is."""
        if not self.available.is_mine:
            raise Http404
        form: Any = self.make_form(request.POST)
        if not hasattr(form, "preview"):
            raise Http404
        form.is_valid()
        return render(request, form.preview_template, {"form": form, **form.preview()})


class QuestionView(ActView):
    """Settle a question that a rule leaves to a person."""

    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def make_form(self, *data: Any) -> DossierForm:
        """Make the concrete room's form."""
        form_class: Any = self.dossier.procedure.question_form(self.kwargs["question"])
        if form_class is None:
            raise Http404
        return form_class(*data, **self.form_kwargs())


class AssignView(ActView):
    """Give the dossier to a colleague, or take it."""

    form_class = AssignForm


class ExtendView(ActView):
    """Give the running step more time."""

    form_class = ExtendForm


class RegimeView(ActView):
    """Settle which law the case follows."""

    form_class = RegimeForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER


class PaperView(ActView):
    """Add a paper of an authority."""

    form_class = PaperForm


class ConditionAddView(ActView):
    """Note a condition of the decision."""

    form_class = ConditionForm
    parts = (Part.DEPARTMENT, Part.COMMITTEE)


class ConditionCheckView(ActView):
    """Say whether a condition was kept."""

    form_class = CheckConditionForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def form_kwargs(self) -> dict[str, Any]:
        """Add the condition."""
        condition = get_object_or_404(Condition, dossier=self.dossier, pk=self.kwargs["pk"])
        return {**super().form_kwargs(), "condition": condition}


class ComplaintAnswerView(ActView):
    """Answer a complaint."""

    form_class = ComplaintAnswerForm
    function = Function.SUPERVISE_DOSSIERS

    def form_kwargs(self) -> dict[str, Any]:
        """Add the complaint, once it may be read."""
        complaints = Complaint.objects.visible_to(self.request.user).select_related("application")
        complaint = get_object_or_404(complaints, dossier=self.dossier, pk=self.kwargs["pk"])
        return {**super().form_kwargs(), "complaint": complaint}
