"""Changing many records at once: what is to change, what that comes to row by row, and doing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.permissions import RequiresFunction, can
from accounts.roles import Function
from clusters.forms.bulk import BulkForm
from clusters.services.bulk import BULK_KINDS, FUNCTION, BulkKind, change_in_bulk, preview_bulk
from core.lists.bulk import MAX_BULK_ROWS, Outcome, sealed, unsealed


class BulkEditable:
    """A list whose rows can be ticked and changed together; ``bulk_kind`` is a key of ``BULK_KINDS``."""

    bulk_kind: str
    request: HttpRequest

    @property
    def bulk_url(self) -> str:
        """Where the rows chosen are sent, with the filter; empty for people who may not write."""
        if not can(self.request.user, FUNCTION):
            return ""
        return f"{reverse('registry:bulk', args=[self.bulk_kind])}?{self.request.GET.urlencode()}"


class BulkView(RequiresFunction, View):
    """The three steps, all at one address whose query is the filter of the list.

    Rows come as keys (``row``) or, with ``scope`` "all", as everything that matches the filter. Nothing is written
    but what a preview showed to the same person, at most ``MAX_BULK_ROWS`` rows.
    """

    function = FUNCTION
    request: HttpRequest
    kwargs: dict[str, Any]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lead back to the list: rows are chosen there."""
        return HttpResponseRedirect(self.list_url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the values, show what they change, or write."""
        step = request.POST.get("step", "")
        if step == "write":
            return self.write()
        try:
            rows, count = self.chosen()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(self.list_url)
        if step == "preview":
            form = BulkForm(request.POST, kind=self.kind)
            return self.preview(form, rows) if form.is_valid() else self.ask(form, count)
        # Whoever comes back from the preview finds what was typed.
        initial = {name: request.POST[name] for name in (*self.kind.fields, "reason") if name in request.POST}
        return self.ask(BulkForm(kind=self.kind, initial=initial), count)

    def ask(self, form: BulkForm, count: int) -> HttpResponse:
        """Show the form for the values."""
        status = 422 if form.is_bound else 200
        return self.page(
            "clusters/registry/bulk_form.html", _("Change several rows"), status, form=form, count=count
        )

    def preview(self, form: BulkForm, rows: QuerySet) -> HttpResponse:
        """Show every row that would change, and every row that would not, with the reason."""
        plan = preview_bulk(kind=self.kind, user=self.request.user, rows=rows, values=form.values)
        typed = {name: self.request.POST.get(name, "") for name in (*self.kind.fields, "reason")}
        seal = sealed(user=self.request.user, kind=self.kwargs["kind"], seen=plan.seen, data=typed)
        return self.page(
            "clusters/registry/bulk_preview.html",
            _("Check the changes"),
            plan=plan,
            typed=typed,
            seal=seal,
            reason=form.cleaned_data["reason"],
        )

    def write(self) -> HttpResponse:
        """Write what the preview showed, and say which rows were left out."""
        try:
            seen, typed = unsealed(
                self.request.POST.get("seal", ""), user=self.request.user, kind=self.kwargs["kind"]
            )
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return HttpResponseRedirect(self.list_url)
        form = BulkForm(typed, kind=self.kind)
        if not form.is_valid():
            return self.ask(form, len(seen))
        outcome = change_in_bulk(
            kind=self.kind,
            user=self.request.user,
            seen=seen,
            values=form.values,
            reason=form.cleaned_data["reason"],
        )
        return self.report(outcome)

    def report(self, outcome: Outcome) -> HttpResponse:
        """Say what was done; rows that were left out are listed on a page of their own."""
        count = len(outcome.changed)
        sentence = ngettext("%(count)d row changed.", "%(count)d rows changed.", count) % {"count": count}
        if not (outcome.overtaken or outcome.refused or outcome.gone):
            messages.success(self.request, sentence)
            return HttpResponseRedirect(self.list_url)
        return self.page(
            "clusters/registry/bulk_outcome.html", _("What was changed"), outcome=outcome, sentence=sentence
        )

    @cached_property
    def kind(self) -> BulkKind:
        """What is changed."""
        if self.kwargs["kind"] not in BULK_KINDS:
            raise Http404
        return BULK_KINDS[self.kwargs["kind"]]

    @cached_property
    def list_view(self) -> Any:
        """The list the rows were chosen in, with its filter."""
        from clusters.views.records.lists import PlotListView, ProjectListView
        from clusters.views.workplace.listing import ClusterListView

        lists: dict[str, Any] = {
            "clusters": ClusterListView,
            "projects": ProjectListView,
            "plots": PlotListView,
        }
        view = lists[self.kwargs["kind"]]()
        view.setup(self.request)
        return view

    @property
    def list_url(self) -> str:
        """The list as it was left."""
        names = {"clusters": "cluster_list", "projects": "project_list", "plots": "plot_list"}
        if self.kwargs["kind"] not in names:
            raise Http404
        query = self.request.GET.urlencode()
        return reverse(f"registry:{names[self.kwargs['kind']]}") + (f"?{query}" if query else "")

    def chosen(self) -> tuple[QuerySet, int]:
        """Return the rows chosen within reach and their number. Raise ValidationError for none or too many."""
        visible = self.kind.model._default_manager.visible_to(self.request.user, Function.VIEW_REGISTRY)  # type: ignore[attr-defined]  # every model of a kind has it
        if self.request.POST.get("scope") == "all":
            filterset = self.list_view.filterset
            if filterset.errors:
                raise ValidationError(
                    _("The filter has a mistake, so nobody can say which rows match. Correct it.")
                )
            rows = visible.filter(pk__in=filterset.qs.order_by().values("pk"))
        else:
            keys = [key for key in self.request.POST.getlist("row") if key.isascii() and key.isdigit()]
            rows = visible.filter(pk__in=keys[: MAX_BULK_ROWS + 1])
        count = rows.count()
        if not count:
            raise ValidationError(
                _("No row is chosen. Tick rows in the list, or choose all that match the filter.")
            )
        if count > MAX_BULK_ROWS:
            raise ValidationError(
                _("%(count)s rows are chosen; at most %(limit)s are changed at once. Narrow the filter.")
                % {"count": count, "limit": MAX_BULK_ROWS}
            )
        return rows.select_related(*self.kind.joins) if self.kind.joins else rows, count

    def page(self, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
        """Render a step."""
        name = self.kind.model._meta.verbose_name_plural
        context |= {
            "title": title,
            "list_url": self.list_url,
            "kind": self.kwargs["kind"],
            "is_part": bool(self.kind.cluster),
            "scope": "all" if self.request.POST.get("scope") == "all" else "ticked",
            "keys": self.request.POST.getlist("row")[:MAX_BULK_ROWS],
            "breadcrumbs": [(str(name)[:1].upper() + str(name)[1:], self.list_url), (title, "")],
        }
        return render(self.request, template, context, status=status)
