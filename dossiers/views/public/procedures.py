"""Procedure pages: made from the table and the regimes, so that they say what the portal does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers.procedures import elsewhere, procedure, procedures
from dossiers.procedures.diagram import diagram_of
from dossiers.procedures.facts import facts_of
from law.regimes import Regime


@require_safe
def procedure_list(request: HttpRequest) -> HttpResponse:
    """List the procedures of the portal and what it does not run."""
    regime = Regime.on(timezone.localdate())
    found = [facts_of(one, regime) for one in procedures() if regime.code in one.regimes]
    context = {"found": found, "regime": regime, "elsewhere": elsewhere()}
    return render(request, "dossiers/public/procedures.html", context)


@require_safe
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a procedure under the law in force, or under the one that ``?regime=`` names."""
    try:
        found = procedure(code)
    except LookupError as error:
        raise Http404 from error
    present = Regime.on(timezone.localdate())
    asked = request.GET.get("regime", "")
    regime = Regime.by_code(asked) if asked in found.regimes else present
    address = reverse("dossiers:procedure", args=[code])
    context = {
        "facts": facts_of(found, regime),
        "diagram": diagram_of(found, regime),
        "is_present": regime.code == present.code,
        "pickers": [
            (_since(one), f"{address}?regime={one}" if one != present.code else address, one == regime.code)
            for one in reversed(found.regimes)
        ],
    }
    return render(request, "dossiers/public/procedure.html", context)


def _since(code: str) -> str:
    """Return the name of a tab: the code of the regime and the day since which cases follow it."""
    return _("%(code)s, since %(day)s") % {
        "code": code,
        "day": date_format(Regime.by_code(code).valid_from, "d/m/Y"),
    }
