"""What a picker of lines of the List or of clusters offers while somebody types."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clusters.targets import find_established, find_lines, find_registered, written
from core.templatetags.portal import ha
from places.models import Province

_FINDERS: Mapping[str, Callable[[str, Province | None], Sequence[Any]]] = {
    "planned": find_lines,
    "established": find_established,
    "registered": find_registered,
}


@require_safe
def suggest_targets(request: HttpRequest, kind: str) -> JsonResponse:
    """Answer a picker: ``q`` is what was typed, ``province`` (a code in force) narrows it."""
    if kind not in _FINDERS:
        raise Http404
    code = request.GET.get("province", "")
    province = Province.objects.in_force().filter(code=code).first() if code else None
    found = _FINDERS[kind](request.GET.get("q", "")[:120], province)
    message = ngettext("%(count)d found", "%(count)d found", len(found)) % {"count": len(found)}
    offers = [{"text": written(row), "hint": ha(row.area_ha), "code": str(row.pk)} for row in found]
    return JsonResponse({"results": offers, "message": message})
