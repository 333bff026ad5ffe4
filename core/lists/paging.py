"""A page of a list and the number of all its rows, in as few statements as its order allows."""

import re
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Window
from django_tables2.data import TableQuerysetData


class NumberOf(Subquery):
    """How many rows a queryset has, asked beside others in one statement; it is worked out once for them all."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk"))


class PageFirst(TableQuerysetData):
    """The data of a table whose page is read before its rows are counted, and brings their number along.

    ``found`` are the rows in the table's order. PostgreSQL must look at every row found to know which fifty come
    first. For that it needs a key and what orders it, mostly an index; joined to all that a line shows, thousands of
    rows would be carried along for nothing. So where the list is narrowed or reordered, the keys of a page are read
    first and its rows fetched by them: ``rows`` are then the rows the person may see, joined and annotated as the
    table shows them. ``kind`` tells rows that are counted apart. Costs one statement a page, with ``rows`` two.

    ``is_searched``: finding a row costs more than carrying its key along, as where text is looked for; they are then
    counted as they come, where other rows are counted beside, mostly from an index.
    """

    def __init__(
        self,
        found: QuerySet,
        *,
        rows: QuerySet | None = None,
        kind: Q | None = None,
        is_searched: bool = False,
    ) -> None:
        super().__init__(found)
        self.rows = rows
        self.kind = kind
        self.is_searched = is_searched
        self._seen, self._page = range(0), list[Any]()
        self._numbers: tuple[int, int] | None = None

    def look_at(self, number: Any, per_page: int) -> None:
        """Read the page of that number, if it is one; a page without rows does not know how many there are."""
        if not re.fullmatch(r"[1-9][0-9]{0,8}", str(number), re.ASCII):
            return
        first = (int(number) - 1) * per_page
        self._seen = range(first, first + per_page)
        self._page = self._read(slice(first, first + per_page))
        if not first and not self._page:
            self._numbers = 0, 0

    def __len__(self) -> int:
        """Return the number of rows found."""
        return self._counted()[0]

    @property
    def of_kind(self) -> int:
        """The number of rows found that are of the kind; zero where none was named."""
        return self._counted()[1]

    def __getitem__(self, part: Any) -> Any:
        """Return the rows of a page in their order; one that vanished since its key was read is left out."""
        if not isinstance(part, slice):
            return super().__getitem__(part)
        first = part.start or 0
        if self._page and first == self._seen.start and first < part.stop <= self._seen.stop:
            return self._page[: part.stop - first]
        return self._read(part)

    def _counted(self) -> tuple[int, int]:
        if self._numbers is None:
            of_kind = 0 if self.kind is None else self.data.filter(self.kind).count()
            self._numbers = self.data.count(), of_kind
        return self._numbers

    def _number(self, kind: Q | None = None) -> Window | NumberOf:
        if self.is_searched:
            return Window(Count("pk", filter=kind))
        return NumberOf(self.data if kind is None else self.data.filter(kind))

    def _read(self, part: slice) -> list[Any]:
        numbers = {"rows_found": self._number()}
        if self.kind is not None:
            numbers["rows_of_kind"] = self._number(self.kind)
        found = self.data.annotate(**numbers)
        if self.rows is None:
            page = list(found[part])
            if page:
                self._numbers = page[0].rows_found, getattr(page[0], "rows_of_kind", 0)
            return page
        lines = list(found.values_list("pk", *numbers)[part])
        if lines:
            self._numbers = (*lines[0][1:], 0)[:2]
        rows = self.rows.order_by().in_bulk([line[0] for line in lines])
        return [rows[line[0]] for line in lines if line[0] in rows]
