"""My dossiers: where each is, since when, due when and what comes next; and the page of one."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.choices import Outcome
from dossiers.models import Application, Complaint, Document, Event, StepRun, SupplementRequest
from dossiers.paging import page_of
from dossiers.procedures import procedure, procedures
from dossiers.services.clocks import Step
from dossiers.services.events import label_of
from dossiers.standing import running_of, standing_of
from dossiers.views.applicant.access import own_applications, own_filed, table_of
from dossiers.views.applicant.papers import current_papers
from dossiers.views.applicant.review import answered_sections
from dossiers.views.papers.offers import application_papers


@requires(Function.FILE_DOSSIER)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List drafts and filed applications of one's organisations, waiting for an answer first, then in process."""
    waiting = SupplementRequest.objects.filter(
        application=OuterRef("pk"), closed_at__isnull=True, answered_at__isnull=True
    )
    own = own_applications(request.user)
    filed = (
        own.filed()
        .annotate(waiting=Exists(waiting.order_by()))
        .order_by("-waiting", "-dossier__is_open", "-filed_at", "-pk")
    )
    page = page_of(request, filed)
    drafts = own.drafts().order_by("-updated_at", "-pk")[:50]
    context = {
        "drafts": [(one, procedure(one.procedure_code).title) for one in drafts],
        "page": page,
        "rows": [_row(one) for one in page],
        "procedures": procedures(),
    }
    return render(request, "dossiers/applicant/mine.html", context)


@requires(Function.FILE_DOSSIER)
@never_cache
@require_safe
def application_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one filed application: its way so far, clock, papers, supplements, complaints, result."""
    application = own_filed(request, pk)
    dossier: Any = application.dossier
    table, regime = table_of(application)
    labels = {kind.code: kind.label for kind in table.document_kinds(regime)}
    own = {document.pk for document in current_papers(application)}
    documents = (
        Document.objects.visible_to(request.user)
        .filter(
            Q(application=application) | Q(application__isnull=True, dossier=dossier), removed_at__isnull=True
        )
        .select_related("file", "replaced_by")
        .order_by("application_id", "kind", "pk")
    )
    context = {
        "application": application,
        "dossier": dossier,
        "procedure": table,
        "regime": regime,
        "standing": standing_of(dossier, name_unit=True),
        "running": running_of(dossier),
        "past": [_ended(run) for run in StepRun.objects.filter(dossier=dossier, ended_at__isnull=False)],
        "events": timeline(request.user, application),
        "offers": application_papers(application, request.user),
        "documents": [(one, labels.get(one.kind, one.kind), one.pk in own) for one in documents],
        "supplements": list(
            SupplementRequest.objects.visible_to(request.user)
            .filter(application=application)
            .prefetch_related("items")
            .order_by("-number")
        ),
        "complaints": list(
            Complaint.objects.visible_to(request.user)
            .filter(application=application)
            .select_related("made_by")
        ),
        "sections": answered_sections(application),
        "can_withdraw": dossier.is_open and application.is_live,
        "is_over": bool(application.outcome),
        "is_chosen": application.outcome == Outcome.CHOSEN,
        "is_withdrawn": application.outcome == Outcome.WITHDRAWN,
    }
    return render(request, "dossiers/applicant/application.html", context)


def timeline(user: Any, application: Application) -> list[dict[str, Any]]:
    """Return what happened, the newest on top, as far as an applicant may know it.

    People of authorities and of other applicants are not named, only their unit; one's own people are.
    """
    dossier: Any = application.dossier
    rows = (
        Event.objects.visible_to(user)
        .filter(Q(application=application) | Q(application__isnull=True), dossier=dossier)
        .order_by("-at", "-pk")
    )
    own_unit = str(application.organisation)
    return [
        {
            "what": label_of(dossier, event.action),
            "state": str(dossier.procedure.state(event.to_state).label) if event.to_state else "",
            "who": _who(event, own_unit),
            "at": event.at,
            "note": event.note,
        }
        for event in rows
    ]


def _who(event: Event, own_unit: str) -> str:
    if event.actor_unit and event.actor_unit == own_unit:
        return f"{event.actor_name}, {event.actor_unit}"
    return event.actor_unit or _("the portal")


def _row(application: Any) -> dict[str, Any]:
    dossier = application.dossier
    return {
        "application": application,
        "dossier": dossier,
        "procedure": dossier.procedure.title,
        "standing": standing_of(dossier),
        "waiting": application.waiting,
        "outcome": application.get_outcome_display() if application.outcome else "",
        "url": reverse("dossiers:application", args=[application.pk]),
    }


def _ended(run: StepRun) -> dict[str, Any]:
    """Return an ended step as it was frozen, with its trace in the reader's language."""
    return {
        "step": str(Step(run.step).label),
        "run": run,
        "punctuality": run.get_punctuality_display(),
        "trace": run.trace.get((get_language() or "vi")[:2], []),
    }
