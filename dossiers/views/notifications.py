"""The bell's page: what a person was told, what is unread, and how they want to be told."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import SignedInRequest
from accounts.views.paging import page_of
from dossiers.forms.notifications import DeliveriesForm
from dossiers.models import Notification
from dossiers.services.inbox import mark_read
from dossiers.services.wording import path_of, sentence_of


@require_GET
@login_required
def notifications(request: SignedInRequest) -> HttpResponse:
    """List a person's notifications, the latest first; ``?unread=1`` leaves out what was read."""
    rows = Notification.objects.visible_to(request.user).select_related("dossier", "application")
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        rows = rows.unread()
    page = page_of(request, rows)
    return render(
        request,
        "dossiers/notifications/list.html",
        {
            "page": page,
            "shown": [{"row": row, "sentence": sentence_of(row)} for row in page.object_list],
            "only_unread": only_unread,
        },
    )


@require_GET
@login_required
def open_notification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to what a notification is about; being opened it is read."""
    rows = Notification.objects.visible_to(request.user).select_related("dossier", "application", "user")
    row = get_object_or_404(rows, pk=pk)
    mark_read(user=request.user, keys=[row.pk])
    return redirect(path_of(row))


@require_POST
@login_required
def read_notifications(request: SignedInRequest) -> HttpResponse:
    """Mark one (``notification``) or all notifications read."""
    given = request.POST.get("notification", "")
    count = mark_read(user=request.user, keys=[int(given)] if given.isdecimal() else None)
    messages.success(
        request,
        ngettext("%(count)s message was marked read.", "%(count)s messages were marked read.", count)
        % {"count": count},
    )
    return redirect("dossiers:notifications")


@login_required
def notification_settings(request: SignedInRequest) -> HttpResponse:
    """Let a person choose, topic by topic, how they hear of it besides the portal."""
    form = DeliveriesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice was saved."))
        return redirect("dossiers:notification_settings")
    context: dict[str, Any] = {"form": form}
    return render(request, "dossiers/notifications/settings.html", context)
