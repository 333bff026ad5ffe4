from django.http import HttpResponse
from django.shortcuts import render

from accounts.models import AccessLogEntry
from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.views.paging import page_of


@requires(Function.MANAGE_ORGANISATIONS)
def access_log(request: SignedInRequest) -> HttpResponse:
    """List who read personal data, the latest first; the data themselves do not stand here."""
    entries = AccessLogEntry.objects.select_related("user").order_by("-at", "-pk")
    return render(request, "accounts/access_log.html", {"page": page_of(request, entries)})
