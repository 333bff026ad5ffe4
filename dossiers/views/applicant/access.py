"""What the applicant's views share: whose application it is, refusals in words, who files for whom."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect

from accounts.models import Organisation
from accounts.roles import Function
from accounts.scope import scope_of
from dossiers.models import Application
from dossiers.procedures import procedure
from dossiers.procedures.base import Procedure
from dossiers.services.filing import regime_for
from law.regimes import Regime


def own_applications(user: Any) -> QuerySet[Application]:
    """Return the applications of the person's own organisations, with what every page of one shows."""
    return Application.objects.of(user).select_related(
        "organisation", "dossier__province", "dossier__commune"
    )


def own_draft(request: HttpRequest, pk: int) -> Application:
    """Return a draft of the person's organisation; anything else is not found."""
    return get_object_or_404(own_applications(request.user).drafts(), pk=pk)


def filed_meanwhile(request: HttpRequest, pk: int) -> HttpResponseRedirect | None:
    """Lead to the dossier if what is asked for as a draft was filed: by a colleague, or by a double click."""
    if own_applications(request.user).filed().filter(pk=pk).exists():
        return redirect("dossiers:receipt", pk=pk)
    return None


def own_filed(request: HttpRequest, pk: int) -> Application:
    """Return a filed application of the person's organisation; anything else is not found."""
    return get_object_or_404(own_applications(request.user).filed(), pk=pk)


def table_of(application: Application) -> tuple[Procedure, Regime]:
    """Return the procedure of an application and the law it follows, or would follow if it were filed today."""
    return procedure(application.procedure_code), regime_for(application)


def own_organisations(user: Any) -> QuerySet[Organisation]:
    """List the organisations a person files for."""
    keys = scope_of(user, Function.FILE_DOSSIER).organisation_ids
    return Organisation.objects.active().filter(pk__in=keys).order_by("name", "pk")


def sentences(error: ValidationError) -> list[str]:
    """Return everything a refusal says."""
    return [str(one) for one in error.messages]


def number_asked(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of a form or an address, None where there is none; raise Http404 for anything else."""
    value = (request.POST if request.method == "POST" else request.GET).get(name, "")
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 12:
        raise Http404
    return int(value)
