"""Lists: a FilterSet over a table, one address for what is shown, the reader's own columns."""

from core.lists.choices import DEFAULT_PAGE_SIZE, MAX_ROWS, PAGE_SIZES, ListChoice
from core.lists.views import FilteredListView

__all__ = ["DEFAULT_PAGE_SIZE", "MAX_ROWS", "PAGE_SIZES", "FilteredListView", "ListChoice"]
