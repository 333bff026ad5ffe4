"""What a picker offers while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import requires
from accounts.roles import Function
from clusters.forms.pickers import written
from clusters.models import Investor
from core.search import contains

OFFERED = 12


@requires(Function.VIEW_REGISTRY)
def suggest_investors(request: HttpRequest) -> HttpResponse:
    """Answer with the options of a list of investors whose name or tax code holds every word typed."""
    text = request.GET.get(request.GET.get("field", ""), "")
    found = Investor.objects.visible_to(request.user, Function.VIEW_REGISTRY).filter(contains(text))
    offers = [written(row) for row in found.order_by("sort_key", "pk")[:OFFERED]] if text.strip() else []
    return render(request, "clusters/registry/widgets/investor_options.html", {"offers": offers})
