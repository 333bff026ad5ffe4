"""What do I need? From what somebody wants to do to documents, steps, days, and the beginning of an application."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dossiers.choices import Part
from dossiers.forms import SectionForm
from dossiers.models import Application, Dossier, Notice
from dossiers.procedures import elsewhere, procedures
from dossiers.procedures.base import Procedure
from dossiers.procedures.facts import facts_of
from dossiers.services.actors import unit_of
from law.regimes import Regime


@require_safe
def what_do_i_need(request: HttpRequest) -> HttpResponse:
    """Ask what somebody wants (``?procedure=``) and for which place, and answer with the facts of the law in force."""
    regime = Regime.on(timezone.localdate())
    offered = [one for one in procedures() if regime.code in one.regimes]
    chosen = next((one for one in offered if one.code == request.GET.get("procedure")), None)
    context: dict[str, Any] = {
        "procedures": offered,
        "elsewhere": elsewhere(),
        "chosen": chosen,
        "regime": regime,
        "case": None,
        "form": None,
        "facts": None,
        "is_asked": False,
        "begin_url": "",
    }
    if chosen is not None:
        is_asked = any(name not in ("procedure", "province") for name in request.GET)
        form = chosen.target_form(request.GET if len(request.GET) > 1 else None)
        case = _case(chosen, form) if is_asked and form.is_valid() else None
        context |= {
            "form": form,
            "is_asked": is_asked,
            "facts": facts_of(chosen, regime),
            "case": case,
            "begin_url": case["begin_url"] if case else begin_address(chosen),
        }
    return render(request, "dossiers/public/need.html", context)


def begin_address(chosen: Procedure, **query: Any) -> str:
    """Return the address at which an application is begun, after signing in."""
    return f"{reverse('dossiers:begin')}?{urlencode({'procedure': chosen.code, **query})}"


def _case(chosen: Procedure, form: SectionForm) -> dict[str, Any] | None:
    """Return what is known of the thing asked for: its place, who receives it, and the open notice for it, if any."""
    answers = form.answers()
    if not answers:
        return None
    asked = Application(procedure_code=chosen.code, data=answers)
    place = chosen.place(asked)
    notice = (
        Notice.objects.open()
        .filter(dossier__procedure_code=chosen.code, dossier__target_key=chosen.target_key(asked))
        .select_related("dossier")
        .first()
    )
    receiver = unit_of(Part.RECEIVER, Dossier(province=place.province, commune=place.commune))
    target = {name: value for name, value in answers.items() if isinstance(value, int)}
    return {
        "matter": chosen.matter(asked),
        "place": place,
        "receiver": receiver,
        "notice": notice,
        "begin_url": begin_address(chosen, **target),
    }
