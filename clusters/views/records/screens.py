"""The declaration of a kind of record: its pages and addresses follow from it.

    PLOT = RecordScreen(
        name="plot", path="plots", model=Plot, form=PlotForm, parent=CLUSTER,
        words=Words(_("Plot"), _("Plots"), _("New plot")), ...
    )
    urlpatterns = PLOT.urls()

gives ``registry:plot`` (page), ``registry:plot_create``, ``_edit``, ``_delete`` and ``_history``; the list, which
has its own table and filter, is a view of its own (``lists``). Addresses of records of a cluster take ``code`` and
``pk``, those of an infrastructure project ``code``, ``parent`` and ``pk``, lines of a plan ``parent`` and ``pk``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import URLPattern, path, reverse

from accounts.roles import Function
from clusters.forms.records.base import RecordForm
from clusters.models import Cluster
from clusters.services.records import save_record
from clusters.views.records.parents import Parent


@dataclass(frozen=True)
class Words:
    """How a kind of record is called on its pages; ``prompt`` asks before one is removed."""

    one: Any
    many: Any
    new: Any


@dataclass(frozen=True, kw_only=True)
class RecordScreen:
    """The pages of one kind of record.

    ``function`` is needed to write; reading needs VIEW_REGISTRY. ``anchor`` is the part of the parent's page that
    shows the records. ``save`` writes a cleaned form; ``around`` adds to the page of one record what is no column of
    it. A screen without ``has_page`` returns to the parent's page.
    """

    name: str
    path: str
    model: type[models.Model]
    form: type[RecordForm]
    parent: Parent
    words: Words
    function: Function = Function.EDIT_REGISTRY
    anchor: str = ""
    has_page: bool = True
    joins: Sequence[str] = ()
    #: How one record is called where its own name is not enough.
    title: Callable[[Any], str] = str
    form_template: str = "clusters/records/form.html"
    page_template: str = "clusters/records/record.html"
    #: Name of the list's address, for screens that have one.
    list_name: str = ""
    #: Columns that this person may not see of the record.
    hidden: Callable[[Any, Any], frozenset[str]] = field(default=lambda record, user: frozenset())
    #: Called before a page shows the record, to log the reading of personal data.
    read: Callable[[Any, Any], None] = field(default=lambda record, request: None)
    around: Callable[[Any, Any], dict[str, Any]] = field(default=lambda record, request: {})
    save: Callable[[RecordForm, Cluster | None], models.Model] = field(
        default=lambda form, cluster: save_record(
            record=form.instance,
            reason=form.cleaned_data["reason"],
            cluster=cluster,
            then=form.save_hanging,
        )
    )

    def urls(self) -> list[URLPattern]:
        """Return the addresses of the screen."""
        from clusters.views.records import pages

        base = f"{self.parent.prefix}{self.path}/"
        patterns = [
            path(f"{base}new/", pages.CreateView.as_view(screen=self), name=f"{self.name}_create"),
            path(f"{base}<int:pk>/edit/", pages.EditView.as_view(screen=self), name=f"{self.name}_edit"),
            path(
                f"{base}<int:pk>/delete/", pages.DeleteView.as_view(screen=self), name=f"{self.name}_delete"
            ),
            path(
                f"{base}<int:pk>/history/",
                pages.HistoryView.as_view(screen=self),
                name=f"{self.name}_history",
            ),
        ]
        if self.has_page:
            patterns.append(path(f"{base}<int:pk>/", pages.RecordView.as_view(screen=self), name=self.name))
        return patterns

    def url(self, action: str, record: models.Model) -> str:
        """Return the address of an action on a record: ``edit``, ``delete``, ``history``; empty for its page."""
        name = f"registry:{self.name}_{action}" if action else f"registry:{self.name}"
        return reverse(name, kwargs={**self.parent.kwargs_of(record), "pk": record.pk})

    def home(self, record: Any, parent: Any) -> str:
        """Return where one goes after saving: the record's page, or the part of the parent's page that shows it."""
        if self.has_page and record is not None:
            return self.url("", record)
        return self.up(parent)

    def up(self, parent: Any) -> str:
        """Return where one goes when the record is gone."""
        if self.parent.name:
            return f"{self.parent.page(parent)}{'#' + self.anchor if self.anchor else ''}"
        return reverse(f"registry:{self.list_name}")
