"""Public notices: where others may still apply, and for how long."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers.models import Notice
from dossiers.paging import page_of
from dossiers.standing import time_left


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List open notices, the one that closes first on top, or closed ones with ``?view=closed``."""
    now = timezone.now()
    shown = Notice.objects.visible_to(request.user).select_related("dossier__province", "dossier__commune")
    opened = shown.open(now)
    is_closed = request.GET.get("view") == "closed"
    if is_closed:
        rows = shown.exclude(pk__in=opened.order_by().values("pk")).order_by("-closes_on", "-pk")
    else:
        rows = opened.order_by("dossier__closes_at", "pk")
    page = page_of(request, rows)
    address = reverse("dossiers:notices")
    context = {
        "page": page,
        "rows": [_row(one, now) for one in page],
        "is_closed": is_closed,
        "tabs": [
            (_("Open"), address, not is_closed),
            (_("Closed"), f"{address}?view=closed", is_closed),
        ],
    }
    return render(request, "dossiers/public/notices.html", context)


@require_safe
def notice_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one notice; what lies in the dossier behind it is not shown."""
    found = get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("dossier__province", "dossier__commune"),
        dossier__code=code,
    )
    return render(request, "dossiers/public/notice.html", {"row": _row(found, timezone.now())})


def _row(notice: Notice, now: Any) -> dict[str, Any]:
    dossier = notice.dossier
    is_open = dossier.is_open and dossier.closes_at is not None and dossier.closes_at > now
    query = urlencode({"procedure": dossier.procedure_code, "dossier": dossier.code})
    return {
        "notice": notice,
        "dossier": dossier,
        "procedure": dossier.procedure.title,
        "is_open": is_open,
        "left": time_left(dossier.closes_at, now) if is_open and dossier.closes_at else "",
        "state": dossier.get_state_display(),
        "join_url": f"{reverse('dossiers:begin')}?{query}" if is_open else "",
    }
