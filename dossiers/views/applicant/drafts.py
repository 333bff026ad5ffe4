"""The filing wizard: one page a section, every field kept when it is left, nothing lost when two people write."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.forms import SectionForm
from dossiers.models import Application
from dossiers.procedures.parts import Section
from dossiers.services.filing import DraftChanged, save_answers
from dossiers.views.applicant.access import filed_meanwhile, number_asked, own_draft, table_of
from dossiers.views.applicant.missing import progress_of
from dossiers.views.applicant.papers import paper_kinds


@requires(Function.FILE_DOSSIER)
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the first page that still lacks something: one goes on where one stopped, on any device."""
    if elsewhere := filed_meanwhile(request, pk):
        return elsewhere
    progress = progress_of(own_draft(request, pk))
    unfinished = next((one for one in progress.sections if one.missing), None)
    if unfinished is None:
        return redirect("dossiers:review", pk=pk)
    return redirect("dossiers:draft_section", pk=pk, section=unfinished.code)


@requires(Function.FILE_DOSSIER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Show a page of the wizard; a POST (without scripts) keeps what changed on it and goes on."""
    if elsewhere := filed_meanwhile(request, pk):
        return elsewhere
    application = own_draft(request, pk)
    table, regime = table_of(application)
    sections = table.wizard_sections(regime)
    present = next((one for one in sections if one.code == section), None)
    if present is None:
        raise Http404
    conflicts: list[Conflict] = []
    form: SectionForm | None = None
    if not present.takes_papers:
        form = table.section_form(section, application, request.POST if request.method == "POST" else None)
        if request.method == "POST":
            conflicts = _keep_page(request, application, form)
            if not conflicts and form.is_valid():
                return redirect(_after(application, sections, present))
    context = {
        "application": application,
        "procedure": table,
        "regime": regime,
        "section": present,
        "form": form,
        "papers": paper_kinds(application) if present.takes_papers else [],
        "progress": progress_of(application),
        "conflicts": conflicts,
        "next_url": _after(application, sections, present),
    }
    return render(request, "dossiers/applicant/section.html", context)


@requires(Function.FILE_DOSSIER)
@never_cache
@require_POST
def draft_answers(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one field of a page: ``section``, ``field``, its value by its name, ``seen``: the version it was read at.

    200: kept, with the new version, the value as it now stands and what is still missing. 409: somebody else changed
    the same field; both values. 422: the value cannot be read, with sentences; nothing is kept.
    """
    application = own_draft(request, pk)
    table, regime = table_of(application)
    section, name = request.POST.get("section", ""), request.POST.get("field", "")
    if not any(one.code == section and not one.takes_papers for one in table.wizard_sections(regime)):
        raise Http404
    form = table.section_form(section, application, request.POST)
    if name not in form.fields:
        raise Http404
    form.keep_only([name])
    if not form.is_valid():
        return JsonResponse(
            {"errors": [str(one) for one in form.errors.get(name, form.non_field_errors())]}, status=422
        )
    try:
        save_answers(
            application=application,
            answers=form.answers(),
            user=request.user,
            seen=number_asked(request, "seen"),
        )
    except DraftChanged as changed:
        return JsonResponse(
            {"conflict": _as_json(Conflict(form, changed.application, section, name))}, status=409
        )
    return JsonResponse(_kept(request, application, section, name))


class Conflict:
    """A field that was changed elsewhere while it was being typed here: both values, and the version that is newer."""

    def __init__(self, typed: SectionForm, application: Application, section: str, name: str) -> None:
        table, _regime = table_of(application)
        stored = {line.name: line for line in table.section_form(section, application).lines}[name]
        mine = {line.name: line for line in typed.lines}[name]
        self.name, self.label = name, str(stored.field.label)
        self.field_id = stored.field.id_for_label
        self.mine, self.theirs = mine.words, stored.words
        self.stored = stored.typed
        self.version = application.data_version


def _as_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "name": conflict.name,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "stored": conflict.stored,
        "version": conflict.version,
        "sentence": _(
            "Somebody else changed this field while you were writing. Choose which value is right."
        ),
    }


def _kept(request: HttpRequest, application: Application, section: str, name: str) -> dict[str, Any]:
    """Say how the page stands now: all its values, since one answer may have filled others."""
    table, _regime = table_of(application)
    lines = {line.name: line for line in table.section_form(section, application).lines}
    marks = application.data.get("_versions", {})
    filled = {
        other: line.typed
        for other, line in lines.items()
        if other != name and marks.get(other) == application.data_version
    }
    return {
        "version": application.data_version,
        "value": lines[name].typed,
        "remark": lines[name].remark,
        "filled": filled,
        "progress": render_to_string(
            "dossiers/applicant/_progress.html", {"progress": progress_of(application)}, request
        ),
    }


def _keep_page(request: HttpRequest, application: Application, form: SectionForm) -> list[Conflict]:
    """Keep every field of the page that was changed on it; return those that somebody else changed as well."""
    form.is_valid()
    section = str(request.resolver_match.kwargs["section"]) if request.resolver_match else ""
    seen = number_asked(request, "seen")
    answers = form.answers()
    changed = {
        name: value
        for name, value in answers.items()
        if name not in form.fields or (name not in form.errors and _is_changed(application, name, value))
    }
    marks = application.data.get("_versions", {})
    contested = [name for name in changed if seen is not None and marks.get(name, 0) > seen]
    free = {name: value for name, value in changed.items() if name not in contested}
    try:
        if free:
            save_answers(application=application, answers=free, user=request.user, seen=seen)
    except DraftChanged as late:
        application.data, application.data_version = late.application.data, late.application.data_version
        contested += [
            name for name in free if late.application.data.get("_versions", {}).get(name, 0) > (seen or 0)
        ]
    if form.errors:
        messages.warning(request, _("What could be read is kept. Correct the fields marked below."))
    return [Conflict(form, application, section, name) for name in contested if name in form.fields]


def _is_changed(application: Application, name: str, value: Any) -> bool:
    return (application.data.get(name) or "") != (value or "")


def _after(application: Application, sections: list[Section], present: Section) -> str:
    """Return the page after this one; after the last comes the review."""
    place = sections.index(present) + 1
    if place < len(sections):
        return reverse("dossiers:draft_section", args=[application.pk, sections[place].code])
    return reverse("dossiers:review", args=[application.pk])
