"""What stands in one column of a django-tables2 table, row after row.

The package asks each cell anew which arguments its column's function takes and what its accessor leads to. Of the
time a list of fifty rows took, that was a third; here a column is asked once a table.
"""

from typing import Any

from django_tables2.columns.base import BoundColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import signature


class CellsOf:
    """The cells of a column over records of one model."""

    def __init__(self, table: Any, column: BoundColumn) -> None:
        self._table = table
        self._column = column
        self._default = column.default
        self._empty = column.column.empty_values
        self._path = column.accessor.bits
        self._is_asked = False
        self._label = ""
        self._names, self._takes_all = signature(column.render)

    def content(self, row: BoundRow) -> Any:
        """Return what the column shows of the row's record, neither localized nor escaped."""
        value = self._value(row.record)
        if value in self._empty:
            return self._default
        given = {
            "value": value,
            "record": row.record,
            "column": self._column.column,
            "bound_column": self._column,
            "bound_row": row,
            "table": self._table,
        }
        wanted = given if self._takes_all else {name: given[name] for name in self._names}
        content = self._column.render(**wanted)
        return self._column.link(content, **given) if self._column.link else content

    def _value(self, record: Any) -> Any:
        if not self._is_asked:
            # Of stored choices the reader gets the label.
            field = self._column.accessor.get_field(type(record))
            self._label = f"get_{self._path[-1]}_display" if getattr(field, "choices", None) else ""
            self._is_asked = True
        value = record
        for number, name in enumerate(self._path, start=1):
            owner, value = value, getattr(value, name, None)
            if number == len(self._path) and self._label and hasattr(owner, self._label):
                return getattr(owner, self._label)()
            if callable(value):
                value = value()
            if value is None:
                break
        return value
