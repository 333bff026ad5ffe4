"""What a reader chose for a list: columns and rows on a page, kept in the account or, without one, in the session."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from core.lists.kept import Kept
from core.models import ListPreference

ALL = "all"
PAGE_SIZES = ("10", "20", "50", ALL)
DEFAULT_PAGE_SIZE = "20"
# "All" on one page ends here: beyond it a page takes longer to draw than a filter takes to set.
MAX_ROWS = 2000
_SESSION_KEY = "lists"


@dataclass(frozen=True)
class ListChoice:
    """The columns a reader wants (empty: those the list shows by itself) and the rows on a page."""

    columns: tuple[str, ...] = ()
    page_size: str = DEFAULT_PAGE_SIZE

    @property
    def rows(self) -> int:
        """The greatest number of rows on a page."""
        return MAX_ROWS if self.page_size == ALL else int(self.page_size)


def choice_of(request: HttpRequest, list_name: str, kept: Kept) -> ListChoice:
    """Return what the reader chose for this list, in the account or, without one, in the session."""
    if request.user.is_authenticated:
        chosen = kept.preference or {}
    else:
        chosen = request.session.get(_SESSION_KEY, {}).get(list_name, {})
    columns, page_size = chosen.get("columns", ()), chosen.get("page_size")
    return ListChoice(tuple(columns), page_size if page_size in PAGE_SIZES else DEFAULT_PAGE_SIZE)


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
