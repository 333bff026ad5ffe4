"""A page of a list that is narrowed or reordered: its keys first, then its rows."""

from typing import Any

from django.db.models import QuerySet
from django_tables2.data import TableQuerysetData


class KeysFirst(TableQuerysetData):
    """The data of a table whose pages are found by their keys and fetched afterwards.

    PostgreSQL must look at every row found to know which fifty come first. For that it needs a key and what orders
    it, mostly an index; joined to all that a line shows, thousands of rows would be carried along for nothing.
    ``rows`` are the rows the person may see, joined and annotated as the table shows them, neither narrowed nor in
    the table's order. Costs one query more a page.
    """

    def __init__(self, found: QuerySet, rows: QuerySet) -> None:
        super().__init__(found)
        self.rows = rows

    def __getitem__(self, part: Any) -> Any:
        """Return the rows of a page in the order of their keys; one that vanished meanwhile is left out."""
        if not isinstance(part, slice):
            return super().__getitem__(part)
        keys = list(self.data.values_list("pk", flat=True)[part])
        rows = self.rows.order_by().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]
