"""The pages every kind of record has: create, edit, remove, its page, its history."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import RequiresFunction, can
from accounts.roles import Function
from clusters.forms.observations import REMEMBERED, remember_source, remembered_source
from clusters.forms.records.base import RecordForm
from clusters.freestanding import ALL_KINDS
from clusters.services.records import delete_record
from clusters.views.records.display import sections_of
from clusters.views.records.screens import RecordScreen
from core.changes import changes_of


class RemovalForm(forms.Form):
    """Why a record is removed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the removal"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history, which keeps the record as it was."),
    )


class ScreenView(RequiresFunction, View):
    """A page of a screen. ``parent`` and ``record`` are found within the reach of the function, else 404."""

    # Given by ``as_view(screen=...)``, which takes only attributes that the class has.
    screen: RecordScreen = None  # type: ignore[assignment]
    request: Any

    @property
    def function(self) -> Function:  # type: ignore[override]  # the screen names it
        """The function that the page needs."""
        return self.screen.function

    @cached_property
    def parent(self) -> Any:
        """What the record belongs to."""
        return self.screen.parent.find(self.request.user, self.function, self.kwargs)

    @cached_property
    def record(self) -> Any:
        """The record that the address names."""
        rows = self.screen.parent.rows(self.screen.model, self.request.user, self.function, self.parent)
        joins = (*self.screen.joins, *(["source_file"] if _has_source(self.screen.model) else []))
        return get_object_or_404(rows.select_related(*joins) if joins else rows, pk=self.kwargs["pk"])

    @property
    def name(self) -> str:
        """How the record is called."""
        return self.screen.title(self.record)

    def page(self, template: str, **context: Any) -> HttpResponse:
        """Render a page with its path."""
        crumbs = self.screen.parent.crumbs(self.parent)
        if self.screen.list_name and not self.screen.parent.name:
            crumbs = [(self.screen.words.many, reverse(f"registry:{self.screen.list_name}"))]
        context = {
            "screen": self.screen,
            "parent": self.parent,
            "cluster": self.screen.parent.cluster(self.parent),
            "up": self.screen.up(self.parent),
            **context,
        }
        context["breadcrumbs"] = [*crumbs, *context.pop("crumbs", [])]
        return render(self.request, template, context, status=context.pop("status", 200))

    def writes_here(self) -> bool:
        """Say whether the person may change this very record."""
        rows = self.screen.parent.rows(
            self.screen.model, self.request.user, self.screen.function, self.parent
        )
        return can(self.request.user, self.screen.function) and rows.filter(pk=self.record.pk).exists()


class CreateView(ScreenView):
    """Enter a record."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show an empty form, with the source of the person's last entry."""
        kept = remembered_source(request) if _has_source(self.screen.model) else {}
        asked = {name: value for name, value in request.GET.items() if name in self.screen.form.base_fields}
        return self.show(self.form(initial={**kept, **asked}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or show what is wrong."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid() or not write(self.screen, form, self.parent):
            return self.show(form)
        if all(name in form.cleaned_data for name in REMEMBERED):
            remember_source(request, form)  # type: ignore[arg-type]  # has the fields of a SourceForm
        messages.success(request, _("Entered: %(record)s.") % {"record": self.screen.title(form.instance)})
        if "another" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(self.screen.home(form.instance, self.parent))

    def form(self, *args: Any, **kwargs: Any) -> RecordForm:
        """Return the form for this person and parent."""
        return self.screen.form(*args, user=self.request.user, parent=self.parent, **kwargs)

    def show(self, form: RecordForm) -> HttpResponse:
        """Show the form."""
        return self.page(
            self.screen.form_template,
            form=form,
            title=self.screen.words.new,
            crumbs=[(self.screen.words.new, "")],
            status=200,
        )


class EditView(ScreenView):
    """Change a record."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form with what is stored."""
        self.screen.read(self.record, request)
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save; if another person changed the record meanwhile, show both field by field and save nothing."""
        with transaction.atomic():
            rows = self.screen.model._base_manager.select_for_update(of=("self",))
            rows.get(pk=self.record.pk)
            self.record.refresh_from_db()
            form = self.form(request.POST, request.FILES)
            if form.was_overtaken():
                stored = self.screen.model._base_manager.get(pk=self.record.pk)
                form = self.form(request.POST, request.FILES)
                form.meet(stored)
                return self.show(form, status=409)
            if not form.is_valid() or not write(self.screen, form, self.parent):
                return self.show(form)
        messages.success(request, _("Changed: %(record)s.") % {"record": self.screen.title(form.instance)})
        return HttpResponseRedirect(self.screen.home(form.instance, self.parent))

    def form(self, *args: Any, **kwargs: Any) -> RecordForm:
        """Return the form for this person and record."""
        return self.screen.form(
            *args, user=self.request.user, parent=self.parent, instance=self.record, **kwargs
        )

    def show(self, form: RecordForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        title = self.screen.title(self.screen.model._base_manager.get(pk=self.record.pk))
        return self.page(
            self.screen.form_template,
            form=form,
            record=self.record,
            title=title,
            crumbs=[(title, self.screen.home(self.record, self.parent)), (_("Change"), "")],
            delete_url=self.screen.url("delete", self.record),
            status=status,
        )


class DeleteView(ScreenView):
    """Remove a record entered by mistake; the history keeps it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the reason."""
        return self.show(RemovalForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove, or say what still rests on the record."""
        form = RemovalForm(request.POST)
        if form.is_valid():
            name = self.screen.title(self.record)
            try:
                delete_record(
                    record=self.record,
                    reason=form.cleaned_data["reason"],
                    cluster=self.screen.parent.cluster(self.parent),
                )
            except (ProtectedError, RestrictedError) as error:
                form.add_error(None, in_use(name, error))
            else:
                messages.success(request, _("Removed: %(record)s. The history keeps it.") % {"record": name})
                return HttpResponseRedirect(self.screen.up(self.parent))
        return self.show(form)

    def show(self, form: RemovalForm) -> HttpResponse:
        """Show what would be removed, and ask why."""
        self.screen.read(self.record, self.request)
        hidden = self.screen.hidden(self.record, self.request.user)
        return self.page(
            "clusters/records/delete.html",
            form=form,
            record=self.record,
            title=self.name,
            sections=sections_of(self.record, self.screen.form, hidden=hidden)[:1],
            crumbs=[
                (self.name, self.screen.home(self.record, self.parent)),
                (_("Remove"), ""),
            ],
            cancel=self.screen.home(self.record, self.parent),
        )


class RecordView(ScreenView):
    """Everything recorded about one record."""

    @property
    def function(self) -> Function:  # type: ignore[override]  # reading asks for less than writing
        """Reading needs the registry alone."""
        return Function.VIEW_REGISTRY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the record in the sections of its form."""
        self.screen.read(self.record, request)
        hidden = self.screen.hidden(self.record, request.user)
        return self.page(
            self.screen.page_template,
            record=self.record,
            title=self.name,
            sections=sections_of(self.record, self.screen.form, hidden=hidden),
            writes_here=self.writes_here(),
            edit_url=self.screen.url("edit", self.record),
            delete_url=self.screen.url("delete", self.record),
            history_url=self.screen.url("history", self.record),
            crumbs=[(self.name, "")],
            **self.screen.around(self.record, request),
        )


class HistoryView(ScreenView):
    """Who changed what of a record, when and why."""

    @property
    def function(self) -> Function:  # type: ignore[override]  # a function of its own
        """Reading the history is a function of its own."""
        return Function.VIEW_HISTORY

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the changes, the newest first."""
        self.screen.read(self.record, request)
        return self.page(
            "clusters/records/history.html",
            record=self.record,
            title=self.name,
            changes=changes_of(self.record),
            hidden=self.screen.hidden(self.record, request.user),
            versions_url=versions_of(self.record),
            crumbs=[
                (self.name, self.screen.home(self.record, self.parent)),
                (_("Change history"), ""),
            ],
        )


def versions_of(record: Any) -> str:
    """Return the page that compares and restores versions of a record; empty where its kind has none."""
    name = record._meta.model_name
    return reverse("registry:versions", args=[name, record.pk]) if name in ALL_KINDS else ""


def write(screen: RecordScreen, form: RecordForm, parent: Any) -> bool:
    """Save a valid form by the screen's service; put what the service refuses beside its field and return False."""
    try:
        with transaction.atomic():
            screen.save(form, screen.parent.cluster(parent))
    except ValidationError as error:
        problems = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, sentences in problems.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        return False
    return True


def in_use(name: str, error: ProtectedError | RestrictedError) -> str:
    """Name what keeps a record from being removed."""
    rows = getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", ())
    names = "; ".join(sorted({str(row) for row in rows})[:5])
    return _(
        "“%(name)s” cannot be removed: these records rest on it: %(rows)s. Change or remove them first."
    ) % {"name": name, "rows": names}


def _has_source(model: Any) -> bool:
    return any(column.name == "source_title" for column in model._meta.concrete_fields)
