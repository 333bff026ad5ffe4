"""Begin an application: for which organisation, about what, alone or in an open notice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.models import Application, Notice
from dossiers.procedures import procedure
from dossiers.services.filing import discard_draft, start_application
from dossiers.views.applicant.access import number_asked, own_draft, own_organisations
from law.regimes import Regime


@requires(Function.FILE_DOSSIER)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Show what is begun and for whom; a POST makes the draft and leads to its first page."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        table = procedure(asked.get("procedure", ""))
    except LookupError as error:
        raise Http404 from error
    organisations = list(own_organisations(request.user))
    notice = _notice(table.code, asked.get("dossier", ""))
    target = _target(request, table, notice)
    chosen = next((o for o in organisations if str(o.pk) == asked.get("organisation", "")), None)
    chosen = chosen or (organisations[0] if len(organisations) == 1 else None)
    if request.method == "POST" and chosen is not None:
        earlier = (
            Application.objects.of(request.user)
            .filter(organisation=chosen, procedure_code=table.code)
            .order_by("-updated_at", "-pk")
            .first()
        ) or Application.objects.of(request.user).filter(organisation=chosen).order_by("-pk").first()
        made = start_application(
            procedure_code=table.code,
            organisation=chosen,
            user=request.user,
            dossier=notice.dossier if notice else None,
            **{**(table.carried_over(earlier) if earlier else {}), **target},
        )
        messages.success(request, _("The draft is begun. Every field is kept as soon as you leave it."))
        return redirect("dossiers:draft", pk=made.pk)
    context = {
        "procedure": table,
        "regime": notice.dossier.regime if notice else Regime.on(timezone.localdate()),
        "organisations": organisations,
        "notice": notice,
        "target": target,
        "drafts": Application.objects.of(request.user)
        .drafts()
        .filter(procedure_code=table.code)
        .select_related("organisation")
        .order_by("-updated_at", "-pk")[:5],
        "asked": {name: asked.get(name, "") for name in ("planned_cluster", "cluster", "dossier")},
        "hidden": [(name, asked[name]) for name in asked if name not in _OWN_FIELDS],
        "is_unchosen": request.method == "POST",
    }
    return render(request, "dossiers/applicant/begin.html", context)


@requires(Function.FILE_DOSSIER)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away with its papers."""
    draft = own_draft(request, pk)
    discard_draft(application=draft, user=request.user)
    messages.success(request, _("The draft and its papers are removed."))
    return redirect("dossiers:mine")


_OWN_FIELDS = ("csrfmiddlewaretoken", "organisation")


def _notice(procedure_code: str, code: str) -> Notice | None:
    """Return the open notice an address names; one that closed meanwhile is not found."""
    if not code:
        return None
    rows = Notice.objects.open().select_related("dossier")
    return get_object_or_404(rows, dossier__procedure_code=procedure_code, dossier__code=code)


def _target(request: HttpRequest, table: Any, notice: Notice | None) -> dict[str, Any]:
    """Return the first answers: those of the thing asked for, checked by the procedure's own form."""
    if notice is not None:
        return dict(table.target_of_case(notice.dossier))
    form = table.target_form()
    data = {}
    for name in form.fields:
        key = number_asked(request, name) if name != "province" else None
        if key is not None:
            data[name] = form.fields[name].prepare_value(key)
    if not data:
        return {}
    bound = table.target_form(data)
    return dict(bound.answers()) if bound.is_valid() else {}
