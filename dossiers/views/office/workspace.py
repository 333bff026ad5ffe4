"""The page of one dossier."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import SignedInRequest, requires
from accounts.roles import Function
from accounts.services.access import log_access
from dossiers.views.office.access import dossier_for
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
        "dossier": dossier,
        "sections": sections_of(workspace),
        "offers": paper_offers(dossier, request.user),
    }
    return render(request, "dossiers/office/workspace.html", context)


def sections_of(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the parts of the page that have something to show, for its menu."""
    found = [
        ("actions", _("What can be done")),
        ("clock", _("Clock")),
        ("law", _("Law of the case")),
        ("applications", _("Applications")),
        ("supplements", _("Supplements")),
    ]
    if workspace.examines:
        found += [("opinions", _("Opinions")), ("council", _("Council"))]
        if workspace.checklist is not None:
            found.append(("rules", _("Rules")))
    found += [(panel.code, str(panel.title)) for panel in workspace.panels]
    found += [
        ("papers", _("Papers of authorities")),
        ("conditions", _("Conditions")),
        ("complaints", _("Complaints")),
        ("events", _("What happened")),
    ]
    return found
