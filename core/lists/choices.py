"""What a reader chose for a list: columns and rows on a page, kept in the account or, without one, in the session."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from core.models import ListPreference, SavedView

ALL = "all"
PAGE_SIZES = ("10", "20", "50", ALL)
DEFAULT_PAGE_SIZE = "20"
# "All" on one page ends here: beyond it a page takes longer to draw than a filter takes to set.
MAX_ROWS = 2000
_SESSION_KEY = "lists"


@dataclass(frozen=True)
class ListChoice:
    """The columns a reader wants (empty: those the list shows by itself), rows on a page, the view it opens with."""

    columns: tuple[str, ...] = ()
    page_size: str = DEFAULT_PAGE_SIZE
    default_view: SavedView | None = None

    @property
    def rows(self) -> int:
        """The greatest number of rows on a page."""
        return MAX_ROWS if self.page_size == ALL else int(self.page_size)


def read_choice(request: HttpRequest, list_name: str) -> ListChoice:
    """Return what the reader chose for this list; one query for a person who is signed in."""
    if request.user.is_authenticated:
        rows = ListPreference.objects.select_related("default_view")
        kept = rows.filter(user=request.user, list_name=list_name).first()
        columns, page_size = (kept.columns, kept.page_size) if kept else ((), DEFAULT_PAGE_SIZE)
        view = kept.default_view if kept else None
    else:
        view = None
        entry = request.session.get(_SESSION_KEY, {}).get(list_name, {})
        columns, page_size = entry.get("columns", ()), entry.get("page_size", DEFAULT_PAGE_SIZE)
    return ListChoice(tuple(columns), page_size if page_size in PAGE_SIZES else DEFAULT_PAGE_SIZE, view)


def remember_choice(request: HttpRequest, *, list_name: str, columns: Sequence[str], page_size: str) -> None:
    """Keep the reader's choice for the next visit; an unknown page size becomes the usual one."""
    page_size = page_size if page_size in PAGE_SIZES else DEFAULT_PAGE_SIZE
    if request.user.is_authenticated:
        ListPreference.objects.update_or_create(
            user=request.user,
            list_name=list_name,
            defaults={"columns": list(columns), "page_size": page_size},
        )
        return
    lists = dict(request.session.get(_SESSION_KEY, {}))
    lists[list_name] = {"columns": list(columns), "page_size": page_size}
    request.session[_SESSION_KEY] = lists
