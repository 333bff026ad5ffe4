"""Supplement requests: ask, close, remind."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.roles import Function
from dossiers.choices import Part
from dossiers.forms.office.supplements import CloseSupplementForm, SupplementForm
from dossiers.models import SupplementRequest
from dossiers.services.supplements import remind_of_supplement
from dossiers.views.office.access import opened_applications
from dossiers.views.office.acts import ActNowView, ActView


class SupplementAskView(ActView):
    """Ask an applicant to mend an application, item by item."""

    form_class = SupplementForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def form_kwargs(self) -> dict[str, Any]:
        """Add the applications that can be asked about."""
        return {**super().form_kwargs(), "applications": opened_applications(self.dossier)}


class _OfRequest:
    """What acts on one request share."""

    dossier: Any
    kwargs: dict[str, Any]

    @property
    def supplement(self) -> SupplementRequest:
        """The request with the number."""
        rows = SupplementRequest.objects.select_related("application__organisation")
        return get_object_or_404(rows, dossier=self.dossier, number=self.kwargs["number"])


class SupplementCloseView(_OfRequest, ActView):
    """Close a request."""

    form_class = CloseSupplementForm
    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def form_kwargs(self) -> dict[str, Any]:
        """Add the request."""
        return {**super().form_kwargs(), "request": self.supplement}


class SupplementRemindView(_OfRequest, ActNowView):
    """Remind the applicant."""

    parts = (Part.DEPARTMENT,)
    function = Function.APPRAISE_DOSSIER

    def act(self) -> str:
        """Remind."""
        remind_of_supplement(request=self.supplement, actor=self.request.user, seen=self.seen)
        return _("The applicant is reminded.")
