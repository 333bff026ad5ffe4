"""Secondary projects, and the picker of industries."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.permissions import requires
from accounts.roles import Function
from clusters.forms.records.fields import find_industries, written
from clusters.forms.records.projects import ProjectForm
from clusters.models import SecondaryProject
from clusters.services.projects import project_checklist
from clusters.views.records.parents import CLUSTER
from clusters.views.records.screens import RecordScreen, Words


def project_extra(project: SecondaryProject, request: HttpRequest) -> dict[str, Any]:
    """Return the plots, the inspections, and the rules that the start of the project does not meet."""
    return {
        "plots": list(project.plots.order_by("code", "pk")),
        "inspections": list(project.inspections.order_by("-inspected_on", "-pk")),
        "findings": project_checklist(project).warnings,
    }


PROJECT = RecordScreen(
    name="project",
    path="projects",
    list_name="project_list",
    anchor="projects",
    model=SecondaryProject,
    form=ProjectForm,
    parent=CLUSTER,
    words=Words(_("Secondary project"), _("Secondary projects"), _("New secondary project")),
    joins=("cluster", "investor", "industry"),
    page_template="clusters/records/project.html",
    around=project_extra,
)


@require_GET
@requires(Function.VIEW_REGISTRY)
def suggest_industries(request: HttpRequest) -> JsonResponse:
    """Answer the picker of industries: ``q`` is a code or words of the name, without regard to tones."""
    found = find_industries(request.GET.get("q", "")[:120])
    message = ngettext("%(count)d industry found", "%(count)d industries found", len(found)) % {
        "count": len(found)
    }
    return JsonResponse(
        {"results": [{"text": written(row), "hint": ""} for row in found], "message": message}
    )
