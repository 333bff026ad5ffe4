from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.services import unlock


@requires(Function.MANAGE_ORGANISATIONS)
def lockouts(request: SignedInRequest) -> HttpResponse:
    """List the sign-ins that are locked or about to be, the latest first."""
    attempts = AccessAttempt.objects.order_by("-attempt_time", "-pk")[:200]
    context = {"attempts": attempts, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/lockouts.html", context)


@require_POST
@requires(Function.MANAGE_ORGANISATIONS)
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Unlock an account."""
    attempt = get_object_or_404(AccessAttempt, pk=pk)
    unlock(attempt=attempt, actor=request.user)
    messages.success(request, _("%(email)s can sign in again.") % {"email": attempt.username})
    return redirect("accounts:lockouts")
