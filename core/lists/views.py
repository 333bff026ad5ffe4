"""The view behind every list."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.core.validators import EMPTY_VALUES
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views import View
from django_filters import FilterSet

from core.lists import choices, saved
from core.lists.bulk import MAX_BULK_ROWS
from core.lists.conditions import conditions_in_force
from core.lists.export import export_rows, export_tools, is_export
from core.lists.kept import Kept, read_kept, units_of
from core.lists.paging import PageFirst
from core.lists.selection import SELECTION, SelectionColumn
from core.models import SavedView
from core.search import SearchFilter

FRAGMENT = "components/list.html"
TARGET = "list"


class FilteredListView(View):
    """Show the rows a person may see: filtered, sorted, paged, in the columns they chose.

    A room sets ``list_name``, ``model``, ``filterset_class``, ``table_class`` and ``template_name``; the template
    includes ``components/filters.html`` and ``components/list.html``. ``rows`` may be extended with joins and
    annotations. htmx is answered with the element ``#list`` alone. Queries: the rows with their number (and their
    keys before them where the list is narrowed or reordered), and what the reader keeps of the list, whatever the
    data.
    """

    list_name: str
    model: Any
    filterset_class: type[FilterSet]
    table_class: type[tables.Table]
    template_name: str
    # What htmx gets: a template whose outermost element is ``#list``.
    fragment_name: str = FRAGMENT
    # Shown before the reader chooses; empty means every column.
    default_columns: tuple[str, ...] = ()
    # Columns that name the row and cannot be hidden.
    fixed_columns: tuple[str, ...] = ("name",)
    # What exports hand over where the accessor of a table column does not name a column of the database: a path, an
    # expression, or an ``ExportColumn``.
    export_columns: Mapping[str, Any] = {}
    # An expression for the GeoJSON geometry of a row; without one the list has no GeoJSON.
    export_geometry: Any = None
    # Where rows ticked in the list are sent to be changed together; empty where they cannot be.
    bulk_url: str = ""
    # Rows that ``count_note`` tells the number of.
    counted_apart: Q | None = None
    # What an empty list says while no filter narrows it; without it the words of the table.
    empty_text: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand over the rows as a file when the address asks for one."""
        if is_export(request):
            return export_rows(self)
        if request.method == "GET" and not request.GET and (view := self.kept.default_view):
            return HttpResponseRedirect(saved.address_of(request.path, view))
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> QuerySet:
        """Return every row the person may see."""
        return self.model.objects.visible_to(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with the list alone when htmx asks for it."""
        fragment = (
            request.headers.get("HX-Target") == TARGET and "HX-History-Restore-Request" not in request.headers
        )
        response = render(
            request, self.fragment_name if fragment else self.template_name, self.get_context_data()
        )
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remember the chosen columns and page size, or act on a saved view, and show the list again."""
        if "saved_action" in request.POST and request.user.is_authenticated:
            return self._act_on_view(request)
        wanted = set(request.POST.getlist("columns"))
        choices.remember_choice(
            request,
            list_name=self.list_name,
            columns=[name for name in self.column_names if name in wanted],
            page_size=request.POST.get("page_size", ""),
        )
        query = request.GET.copy()
        query.pop("per_page", None)
        query.pop("page", None)
        query.pop(saved.PARAMETER, None)
        if not query and self.kept.default_view:
            query[saved.PARAMETER] = saved.NO_VIEW
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)

    def _act_on_view(self, request: HttpRequest) -> HttpResponse:
        shown = {"columns": list(self.choice.columns), "page_size": self.choice.page_size}
        try:
            view, sentence = saved.act_on_view(
                request, list_name=self.list_name, chosen=self.saved_view, shown=shown
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, sentence)
        keeps_filter = view is not None and request.POST["saved_action"] not in ("save", "update")
        return HttpResponseRedirect(
            request.get_full_path()
            if keeps_filter
            else saved.address_of(request.path, view)
            if view
            else f"{request.path}?{saved.PARAMETER}={saved.NO_VIEW}"
        )

    def count_note(self) -> str:
        """Return what a reader must know of the number of rows; most lists have nothing to say."""
        return ""

    @cached_property
    def kept(self) -> Kept:
        """What the reader keeps of this list in the account."""
        return read_kept(self.request.user, self.list_name)

    @cached_property
    def saved_view(self) -> SavedView | None:
        """The saved view that the address names."""
        asked = self.request.GET.get(saved.PARAMETER)
        return next((view for view in self.kept.views if str(view.pk) == asked), None) if asked else None

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Return what the templates of a list need; extend it for the page around."""
        conditions = conditions_in_force(self.filterset, self.request)
        if self.empty_text and not conditions:
            self.table.empty_text = self.empty_text
        return {
            "view": self,
            "filter": self.filterset,
            "table": self.table,
            "total": self.table.paginator.count,
            "count_note": self.count_note(),
            "is_cut": self.choice.page_size == choices.ALL and self.table.paginator.num_pages > 1,
            "max_rows": choices.MAX_ROWS,
            "columns": self._column_choices(),
            "page_sizes": choices.PAGE_SIZES,
            "page_size": self.choice.page_size,
            "sort": self.request.GET.get("sort", ""),
            "per_page": self.request.GET.get("per_page", ""),
            "conditions": conditions,
            "export": export_tools(self),
            "saved": self._saved_tools(),
            "bulk": {"url": self.bulk_url, "limit": MAX_BULK_ROWS} if self.bulk_url else None,
            "reset": self._address_of_all_rows(),
            **extra,
        }

    def _address_of_all_rows(self) -> str:
        path = self.request.path
        return f"{path}?{saved.PARAMETER}={saved.NO_VIEW}" if self.kept.default_view else path

    def _saved_tools(self) -> dict[str, Any] | None:
        """Return what the menu of saved views needs; nothing for people who are not signed in."""
        user, path = self.request.user, self.request.path
        if not user.is_authenticated:
            return None
        default, chosen = self.kept.default_view, self.saved_view
        return {
            "chosen": chosen,
            "is_own": chosen is not None and chosen.user_id == user.pk,
            "is_default": chosen is not None and default is not None and chosen.pk == default.pk,
            "is_changed": chosen is not None and saved.query_to_keep(self.request.GET) != chosen.query,
            "parameter": self.request.GET.get(saved.PARAMETER, ""),
            "all_rows": self._address_of_all_rows(),
            "units": units_of(user),
            "views": [
                {
                    "view": view,
                    "url": saved.address_of(path, view),
                    "is_own": view.user_id == user.pk,
                    "is_default": default is not None and view.pk == default.pk,
                }
                for view in self.kept.views
            ],
        }

    @cached_property
    def filterset(self) -> FilterSet:
        """The filters, bound to the address; a value that cannot be read is named and filters nothing."""
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request)

    @cached_property
    def _all_columns(self) -> Any:
        return self.table_class(data=[]).columns

    @cached_property
    def column_names(self) -> list[str]:
        """Every column the table can show, in its order."""
        return [name for name in self._all_columns.names() if name not in self._excluded]

    @property
    def _excluded(self) -> set[str]:
        return set(self.table_class._meta.exclude)

    @cached_property
    def choice(self) -> choices.ListChoice:
        """What the reader chose before, as the saved view and the page size that the address names change it."""
        choice = choices.choice_of(self.request, self.list_name, self.kept)
        if self.saved_view:
            choice = replace(
                choice, columns=tuple(self.saved_view.columns), page_size=self.saved_view.page_size
            )
        asked = self.request.GET.get("per_page")
        return replace(choice, page_size=asked) if asked in choices.PAGE_SIZES else choice

    @cached_property
    def table(self) -> tables.Table:
        """The table on the asked page."""
        options: dict[str, Any] = {"exclude": (*self._excluded, *self._hidden_columns())}
        if self.bulk_url:
            options |= {"extra_columns": [(SELECTION, SelectionColumn())], "sequence": (SELECTION, "...")}
        table = self.whole_table(**options)
        table.swap_target = TARGET
        rows = self.rows() if self._is_narrowed() else None
        data = PageFirst(table.data.data, rows=rows, kind=self.counted_apart, is_searched=self._is_searched())
        data.set_table(table)
        table.data = table.rows.data = data
        page: Any = 1 if self.choice.page_size == choices.ALL else self.request.GET.get("page", 1)
        data.look_at(page, self.choice.rows)
        try:
            table.paginate(page=page, per_page=self.choice.rows)
        except PageNotAnInteger:
            table.paginate(page=1, per_page=self.choice.rows)
        except EmptyPage:
            table.paginate(page=table.paginator.num_pages, per_page=self.choice.rows)
        return table

    def _is_narrowed(self) -> bool:
        """Say whether the page cannot be read straight off the index that keeps the table's own order."""
        if self.request.GET.get("sort"):
            return True
        return any(value not in EMPTY_VALUES for value in self.filterset.form.cleaned_data.values())

    def _is_searched(self) -> bool:
        typed = self.filterset.form.cleaned_data
        return any(
            isinstance(one, SearchFilter) and typed.get(name) for name, one in self.filterset.filters.items()
        )

    def whole_table(self, **options: Any) -> tables.Table:
        """Return the table over every row, sorted by its own columns and then by key, so that pages never overlap."""
        table = self.table_class(data=self.filterset.qs, **options)
        if sort := self.request.GET.get("sort"):
            table.order_by = sort
        rows = table.data.data
        ordering = rows.query.order_by or rows.model._meta.ordering
        table.data.data = rows.order_by(*ordering, "pk")
        return table

    def shown_columns(self) -> set[str]:
        """Return the names of the columns that the reader sees."""
        chosen = {name for name in self.choice.columns if name in self.column_names}
        return (chosen or set(self.default_columns) or set(self.column_names)) | set(self.fixed_columns)

    def _hidden_columns(self) -> list[str]:
        shown = self.shown_columns()
        return [name for name in self.column_names if name not in shown]

    def _column_choices(self) -> list[dict[str, Any]]:
        """Return the columns a reader can show or hide."""
        shown = self.shown_columns()
        return [
            {"name": name, "label": self._all_columns[name].header, "is_shown": name in shown}
            for name in self.column_names
            if name not in self.fixed_columns
        ]
