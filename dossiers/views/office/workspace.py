"""The page of one dossier."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.services.access import log_access
from dossiers.views.office.access import dossier_for
from dossiers.views.office.sections import acts_of, sections_of
from dossiers.views.papers.offers import paper_offers
from dossiers.workspaces import Workspace


@requires(Function.VIEW_DOSSIERS)
@require_GET
def show_workspace(request: SignedInRequest, code: str) -> HttpResponse:
    """Show everything of one dossier on one page; that personal data was shown is written down."""
    dossier = dossier_for(request.user, code)
    workspace = Workspace(dossier, request.user)
    if fields := workspace.shows_personal:
        log_access(
            user=request.user,
            obj=dossier,
            fields=fields,
            path=request.path,
            reason=_("page of the dossier"),
        )
    context = {
        "work": workspace,
        "acts": acts_of(workspace),
        "dossier": dossier,
        "sections": sections_of(workspace),
        "offers": paper_offers(dossier, request.user),
    }
    return render(request, "dossiers/office/workspace.html", context)
