from django.http import HttpRequest, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from places.models import Province
from places.search import LEVEL_LABELS
from places.suggestions import suggest


@require_GET
@cache_control(private=True, max_age=600)
@vary_on_headers("Cookie", "Accept-Language")
def suggest_places(request: HttpRequest) -> JsonResponse:
    """Answer a place picker: ``q``, ``levels`` (comma separated), ``province`` (code in force)."""
    text = request.GET.get("q", "")[:120]
    levels = [level for level in request.GET.get("levels", "").split(",") if level in LEVEL_LABELS]
    code = request.GET.get("province", "")
    province = Province.objects.in_force().filter(code=code).first() if code else None
    offers = suggest(text, levels=levels or ("province", "commune"), province=province)
    message = ngettext("%(count)d place found", "%(count)d places found", len(offers)) % {
        "count": len(offers)
    }
    return JsonResponse({"results": [offer.as_dict() for offer in offers], "message": message})
