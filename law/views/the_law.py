from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from law.comparison import compare_regimes
from law.instruments import INSTRUMENTS
from law.models import CalendarDay
from law.questions import OPEN_QUESTIONS
from law.regimes import NoRegimeError, Regime
from law.regimes.transition import TRANSITIONS
from law.rules import all_rules
from law.sources import SOURCES


def the_law(request: HttpRequest) -> HttpResponse:
    """Show every regime side by side, or one beside the regime before it (``?regime=R5``), and what stands around."""
    try:
        chosen = Regime.by_code(request.GET.get("regime", ""))
    except NoRegimeError:
        chosen = None
    regimes = list(Regime.all())
    shown = [regime for regime in (chosen.previous, chosen) if regime] if chosen else regimes
    today = timezone.localdate()
    address = reverse("law")
    context = {
        "regimes": shown,
        "chosen": chosen,
        "present": Regime.on(today),
        "pickers": [
            (_("All side by side"), address, chosen is None),
            *[(regime.code, f"{address}?regime={regime.code}", regime is chosen) for regime in regimes],
        ],
        "groups": compare_regimes(shown),
        "transitions": TRANSITIONS,
        "instruments": sorted(INSTRUMENTS.values(), key=lambda one: (one.issued is None, one.issued)),
        "rules": [
            (rule, [regime.code for regime in regimes if rule.applies(regime)]) for rule in all_rules()
        ],
        "everywhere": len(regimes),
        "questions": OPEN_QUESTIONS,
        "sources": SOURCES.values(),
        "year": str(today.year),  # never "2.026"
        "days": CalendarDay.objects.visible_to(request.user).of_year(today.year).exclude(kind="ordinary"),
    }
    return render(request, "law/the_law.html", context)
