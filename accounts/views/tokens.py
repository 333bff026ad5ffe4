from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.tokens import TokenForm
from accounts.models import ApiToken
from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.services import create_token, revoke_token
from accounts.services.tokens import MAX_ACTIVE, USE_DAYS
from accounts.views.paging import page_of


@require_safe
@login_required
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's own tokens with their use, the newest first."""
    own = _with_use(ApiToken.objects.filter(user=request.user))
    return render(request, "accounts/tokens.html", {"tokens": own, "days": USE_DAYS, "limit": MAX_ACTIVE})


@never_cache
@login_required
@reauthentication_required
def token_create(request: SignedInRequest) -> HttpResponse:
    """Make a token and show its secret, this once: it is kept nowhere."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = create_token(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "accounts/token_created.html", {"token": token, "secret": secret})
    return render(request, "accounts/token_form.html", {"form": form})


@require_POST
@login_required
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke one's own token, or anybody's for those who manage accounts."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    revoke_token(token=token, actor=request.user)
    messages.success(request, _("The token “%(token)s” opens nothing any more.") % {"token": token})
    return redirect("accounts:tokens" if token.user_id == request.user.pk else "accounts:all_tokens")


@require_safe
@requires(Function.MANAGE_ORGANISATIONS)
def all_tokens(request: SignedInRequest) -> HttpResponse:
    """List everybody's tokens with their use, the newest first."""
    everybodys = _with_use(ApiToken.objects.visible_to(request.user)).select_related("user")
    page = page_of(request, everybodys)
    return render(request, "accounts/all_tokens.html", {"page": page, "days": USE_DAYS})


def _with_use(rows: QuerySet) -> QuerySet:
    return rows.with_use(days=USE_DAYS).order_by("-created_at", "-pk")
