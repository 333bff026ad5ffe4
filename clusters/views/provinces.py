"""Lists of people who work across provinces name the province of each row."""

from typing import Any

from django.http import HttpRequest

from accounts.roles import Function
from accounts.scope import scope_of


class NamesProvinces:
    """A ``FilteredListView`` with a column ``province`` that is in sight where the rows come from several.

    An officer of one province has no use for it and finds it among the columns to choose.
    """

    default_columns: tuple[str, ...]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Add the column to those shown before the reader chooses."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        scope = scope_of(request.user, Function.VIEW_REGISTRY)
        if scope.national or len(scope.province_ids) > 1:
            self.default_columns = (*self.default_columns, "province")
