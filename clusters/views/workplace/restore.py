"""Versions of a record side by side, and putting one back after a preview of what that changes and contradicts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import can, demand, requires
from accounts.roles import Function
from accounts.services import log_access
from clusters.freestanding import ALL_KINDS, FreeKind, event_of_plan
from clusters.models import Cluster
from clusters.services.restore import (
    RestorePreview,
    newest_version,
    preview_restore,
    restore_version,
    version_name,
)
from clusters.timelines import Kind
from core.changes import changes_where, differences
from core.forms import draw_with


class RestoreForm(forms.Form):
    """Why a version is put back. ``seen`` is the newest version when the preview was made."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for restoring"),
        max_length=200,
        help_text=gettext_lazy("Stands in the history, with the version it was restored from."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


def kind_of(name: str) -> Kind:
    """Return the kind of record with a name; raise Http404 for another."""
    if name not in ALL_KINDS:
        raise Http404
    return ALL_KINDS[name]


def newest_of(kind: Kind, pk: int, user: Any, function: Function) -> tuple[Any, Cluster | None]:
    """Return the newest row of history of a record and its cluster; raise Http404 out of the person's reach.

    An investor, a plan and what hangs on a plan have no cluster.
    """
    event = kind.events.filter(pgh_obj_id=pk).order_by("-pgh_id").first()
    if event is None:
        raise Http404
    if isinstance(kind, FreeKind):
        if not kind.is_reached(event, user, function):
            raise Http404
        return event, None
    clusters = Cluster.objects.visible_to(user, function).select_related("province", "commune", "investor")
    return event, get_object_or_404(clusters, pk=kind.cluster_key(event) or 0)


@requires(Function.VIEW_HISTORY)
def show_versions(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show the versions of a record, and two of them side by side: any two, the last two unless asked otherwise."""
    sort = kind_of(kind)
    newest, cluster = newest_of(sort, pk, request.user, Function.VIEW_HISTORY)
    versions = [change for _key, change in changes_where(sort.model, pgh_obj_id=pk)]
    keys = [change.version for change in versions]
    left = _asked(request, "a", keys, keys[1] if len(keys) > 1 else keys[0])
    right = _asked(request, "b", keys, keys[0])
    events = sort.events.in_bulk([left, right])
    hidden = _hidden(request, sort, pk)
    by_key = {change.version: change for change in versions}
    return render(
        request,
        "clusters/boards/versions.html",
        {
            "kind": sort,
            "pk": pk,
            "cluster": cluster,
            "name": version_name(sort, newest),
            "versions": versions,
            "left": by_key[left],
            "right": by_key[right],
            "differences": differences(sort.model, events[left], events[right]),
            "hidden": hidden,
            **_place(sort, newest, cluster, _("Versions")),
            "is_removed": newest.pgh_label == "delete",
            "newest": newest.pgh_id,
            "may_restore": _may_restore(request, sort, newest, cluster),
        },
    )


@requires(Function.VIEW_HISTORY)
def restore_record(request: HttpRequest, kind: str, pk: int, version: int) -> HttpResponse:
    """Show what restoring a version would do, and do it with a reason."""
    sort = kind_of(kind)
    demand(request.user, sort.function)
    newest, cluster = newest_of(sort, pk, request.user, sort.function)
    hidden = _hidden(request, sort, pk)
    event = get_object_or_404(sort.events.filter(pgh_obj_id=pk).select_related("pgh_context"), pk=version)
    form = RestoreForm(initial={"seen": newest_version(sort, pk)})
    if request.method == "POST":
        form = RestoreForm(request.POST)
        if form.is_valid() and _restore(request, sort, event, cluster, form, hidden):
            messages.success(
                request,
                _("Restored: %(record)s. The history says from which version.")
                % {"record": version_name(sort, event)},
            )
            return redirect("registry:versions", kind=sort.name, pk=pk)
        draw_with(form, seen=str(newest_version(sort, pk)))
    preview = preview_restore(kind=sort, event=event, cluster=cluster, user=request.user, hidden=hidden)
    return _preview_page(request, preview, form, _place(sort, newest, cluster, _("Restore")))


def _may_restore(request: HttpRequest, kind: Kind, newest: Any, cluster: Cluster | None) -> bool:
    if not can(request.user, kind.function):
        return False
    if isinstance(kind, FreeKind):
        return kind.is_reached(newest, request.user, kind.function)
    visible = Cluster.objects.visible_to(request.user, kind.function)
    return cluster is not None and visible.filter(pk=cluster.pk).exists()


def _hidden(request: HttpRequest, kind: Kind, pk: int) -> frozenset[str]:
    """Return the columns with a person's data that this reader may not see; that others are read is logged."""
    if not isinstance(kind, FreeKind):
        return frozenset()
    events = list(kind.events.filter(pgh_obj_id=pk).order_by("-pgh_id"))
    personal = kind.personal(events)
    if not can(request.user, Function.VIEW_PERSONAL_DATA):
        return personal
    held = sorted(name for name in personal if any(getattr(event, name) for event in events))
    if held:
        user: Any = request.user
        log_access(user=user, obj=kind.model(pk=pk, name=events[0].name), fields=held, path=request.path)
    return frozenset()


def _place(kind: Kind, newest: Any, cluster: Cluster | None, here: str) -> dict[str, Any]:
    """Return the path above a page of a record that has no cluster, and the page one goes back to."""
    if not isinstance(kind, FreeKind):
        return {"crumbs": [], "back": ""}
    screen, key = kind.up(newest)
    lists = (
        (_("Investors"), "investor_list") if screen == "investor" else (_("Development plans"), "plan_list")
    )
    name = version_name(ALL_KINDS["developmentplan"], event_of_plan(newest)) if screen == "plan" else ""
    back = reverse(f"registry:{screen}", args=[key]) if key else ""
    crumbs = [(lists[0], reverse(f"registry:{lists[1]}"))]
    if back:
        crumbs.append((name or version_name(kind, newest), back))
    return {"crumbs": [*crumbs, (here, "")], "back": back}


def _restore(
    request: HttpRequest,
    kind: Kind,
    event: Any,
    cluster: Cluster | None,
    form: RestoreForm,
    hidden: frozenset[str],
) -> bool:
    try:
        restore_version(
            kind=kind,
            event=event,
            cluster=cluster,
            user=request.user,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            hidden=hidden,
        )
    except ValidationError as error:
        for sentence in error.messages:
            form.add_error(None, sentence)
        return False
    return True


def _preview_page(
    request: HttpRequest, preview: RestorePreview, form: RestoreForm, place: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {
        "preview": preview,
        "cluster": preview.cluster,
        "form": form,
        "name": version_name(preview.kind, preview.event),
        "may_decide": can(request.user, Function.RECORD_DECISION),
        "brings_parts": preview.cluster is None,
        **place,
    }
    return render(request, "clusters/boards/restore.html", context, status=status)


def _asked(request: HttpRequest, name: str, keys: list[int], otherwise: int) -> int:
    asked = request.GET.get(name, "")
    key = int(asked) if asked.isdecimal() and len(asked) < 18 else otherwise
    return key if key in keys else otherwise
