"""Tracking by code and secret: state, days and next step, and nothing about persons."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.choices import Outcome
from dossiers.forms.public import TrackForm
from dossiers.models import Application
from dossiers.services.tracking import TooManyTries, find_by_slip
from dossiers.standing import running_of, standing_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret; the answer comes to a POST, so that no secret stands in an address or a log."""
    status = 200
    context: dict[str, Any] = {"found": None, "refused": ""}
    if request.method == "POST":
        form = TrackForm(request.POST)
        if form.is_valid():
            try:
                application = find_by_slip(**form.cleaned_data, address=_address(request))
            except TooManyTries as refused:
                context["refused"], status = str(refused), 429
            else:
                if application is None:
                    form.add_error(
                        None,
                        _(
                            "No application has this code and secret together. Compare both with the receipt slip."
                        ),
                    )
                else:
                    context["found"] = _shown(application)
    else:
        form = TrackForm(initial={"code": request.GET.get("code", "")[:40]})
    return render(request, "dossiers/public/track.html", {**context, "form": form}, status=status)


def _shown(application: Application) -> dict[str, Any]:
    dossier: Any = application.dossier
    waiting = application.supplements.filter(closed_at__isnull=True, answered_at__isnull=True)
    return {
        "application": application,
        "dossier": dossier,
        "procedure": dossier.procedure.title,
        "standing": standing_of(dossier, name_unit=True),
        "running": running_of(dossier),
        "supplements": list(waiting.prefetch_related("items").order_by("number")),
        "is_withdrawn": application.outcome == Outcome.WITHDRAWN,
        "outcome": application.get_outcome_display() if application.outcome else "",
    }


def _address(request: HttpRequest) -> str:
    """Return where a question comes from; behind the portal's own proxy it is the last address that proxy saw."""
    if settings.HTTPS and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
